"""The two forms of a permit's page: a later last day, and an end before the last day."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from apoa.base.clock import today
from apoa.permits.models import PermitStatus
from apoa.permits.rules import NEXT_STATUSES
from apoa.web.crosscheck.permit_words import STATUS_MARKS
from apoa.web.fields import DatePartsField
from apoa.web.office_clock import office_time_zone


class ExtendForm(FlaskForm):
    """A later last day, and when it was granted."""

    valid_until = DatePartsField(_l("Hari terakhir yang baru"))
    granted_on = DatePartsField(_l("Diberikan pada tanggal"))
    reason = StringField(_l("Alasan"))


class EndForm(FlaskForm):
    """How a permit ended before its last day, and since when."""

    status = SelectField(_l("Status baru"), validate_choice=False)
    status_on = DatePartsField(_l("Sejak tanggal"))
    reason = StringField(_l("Alasan"))


class PermitForms:
    """Both forms of a permit's page, the one that was sent with what was typed."""

    def __init__(self, sent: str | None = None) -> None:
        self.extend = ExtendForm(prefix="extend", **_typed(sent == "extend"))
        self.end = EndForm(prefix="end", **_typed(sent == "end"))
        self.end.status.choices = [
            (one, STATUS_MARKS[PermitStatus(one)][1]) for one in sorted(NEXT_STATUSES["active"])
        ]
        day = today(office_time_zone())
        if sent != "extend":
            self.extend.granted_on.process_data(day)
        if sent != "end":
            self.end.status_on.process_data(day)


def _typed(is_sent: bool) -> dict[str, Any]:
    return {} if is_sent else {"formdata": None}
