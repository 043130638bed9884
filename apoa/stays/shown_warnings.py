"""A stay's warnings as they are shown: with the values that the table does not hold."""

from apoa.base.errors import Problem
from apoa.stays.columns import report_of
from apoa.stays.models import Stay
from apoa.stays.mrz_doubts import check_mrz_doubts, is_mrz_doubt
from apoa.stays.outcome import problems_from_json


def warnings_of(stay: Stay) -> tuple[Problem, ...]:
    """Every warning of the stay; those from its zone are worked out again from what is sealed.

    For those who may see the stay. Raises CannotDecrypt.
    """
    stored = problems_from_json(stay.warnings)
    if not any(is_mrz_doubt(one) for one in stored):
        return stored
    others = tuple(one for one in stored if not is_mrz_doubt(one))
    return (*others, *check_mrz_doubts(report_of(stay), stay.checked_in_on))
