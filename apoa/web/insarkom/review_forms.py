"""What an officer fills in to decide about a match."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.fields import SelectChoice

from apoa.base.errors import NotFound
from apoa.crosscheck.ask_to_correct import AskedField
from apoa.crosscheck.compare import Agreement, FieldPair
from apoa.crosscheck.review_acts import SeenReview
from apoa.web.crosscheck.match_words import FIELD_WORDS
from apoa.web.fields import CheckboxesField

_ASKED_BY_FIELD = {
    "surname": AskedField.NAME,
    "given_names": AskedField.NAME,
    "birth_date": AskedField.BIRTH_DATE,
    "nationality": AskedField.NATIONALITY,
    "document_number": AskedField.DOCUMENT_NUMBER,
}


class ReviewForm(FlaskForm):
    """A decision, why, and what the page showed when it was taken."""

    version = HiddenField()
    proposed_id = HiddenField()
    permit_id = HiddenField()
    waiting = HiddenField()
    reason = StringField(_l("Catatan"))
    fields = CheckboxesField(_l("Yang diperiksa penginapan"), validate_choice=False)

    def offer_fields(self) -> None:
        """Fills the list of what a lodging can be asked to look at."""
        self.fields.choices = [SelectChoice(one.value, FIELD_WORDS[one]) for one in AskedField]

    def fields_that_differ(self, pairs: Sequence[FieldPair]) -> list[str]:
        """What a lodging would be asked about: the fields that do not agree."""
        found = {
            _ASKED_BY_FIELD[one.name]
            for one in pairs
            if one.name in _ASKED_BY_FIELD
            and one.agreement in (Agreement.CLOSE, Agreement.DIFFERENT)
        }
        return [one.value for one in AskedField if one in found]

    def asked(self) -> set[AskedField]:
        """The fields that were ticked."""
        return {AskedField(one) for one in self.fields.data or [] if one in set(AskedField)}

    def seen(self, property_id: UUID, stay_id: UUID) -> SeenReview:
        """What stood on the page. Raises NotFound where the form does not say."""
        try:
            return SeenReview(
                property_id,
                stay_id,
                version=int(self.version.data or ""),
                proposed_id=UUID(self.proposed_id.data) if self.proposed_id.data else None,
                permit_id=UUID(self.permit_id.data or ""),
                is_waiting=self.waiting.data == "1",
            )
        except ValueError:
            raise NotFound("review") from None
