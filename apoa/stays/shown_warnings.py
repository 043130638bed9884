"""A stay's warnings as they are shown: with what the table does not hold, by today's deadline."""

from apoa.base.errors import Problem
from apoa.stays.columns import report_of
from apoa.stays.models import Stay
from apoa.stays.mrz_doubts import check_mrz_doubts, is_mrz_doubt
from apoa.stays.outcome import problems_from_json
from apoa.stays.warnings import LATE_CODES, check_lateness


def warnings_of(stay: Stay) -> tuple[Problem, ...]:
    """Every warning of the stay; those from its zone are worked out again from what is sealed.

    For those who may see the stay. Raises CannotDecrypt.
    """
    shown = plain_warnings_of(stay)
    if not any(is_mrz_doubt(one) for one in shown):
        return shown
    others = tuple(one for one in shown if not is_mrz_doubt(one))
    return (*others, *check_mrz_doubts(report_of(stay), stay.checked_in_on))


def plain_warnings_of(stay: Stay) -> tuple[Problem, ...]:
    """The same with a sign for each sealed value: for lists.

    Whether it is late is worked out from its deadline, which an outage may have moved since.
    """
    stored = problems_from_json(stay.warnings)
    others = [one for one in stored if one.code not in LATE_CODES]
    late = check_lateness(stay.late_reason, stay.first_received_at, stay.due_at)
    # Before those from the zone, as when it was reported.
    return tuple(sorted([*others, *late], key=is_mrz_doubt))
