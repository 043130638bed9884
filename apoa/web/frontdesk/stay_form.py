"""The labels and boxes of the stay form; it holds no rules, `StayReportSchema` has them all."""

from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice

from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES
from apoa.web.fields import DatePartsField
from apoa.web.frontdesk.choices import code_choices, issuing_state_choices, nationality_choices


class StayForm(FlaskForm):
    """One guest of one lodging, in the order in which a clerk reads a passport."""

    submission_id = HiddenField()
    mrz = TextAreaField(_("Baris bawah paspor (MRZ)"))
    surname = StringField(_("Nama keluarga"))
    given_names = StringField(_("Nama depan"))
    mononym = BooleanField(_("Hanya punya satu nama"))
    native_name = StringField(_("Nama dalam aksara asli"))
    nationality = SelectField(_("Kewarganegaraan"))
    document_type = SelectField(_("Jenis dokumen"))
    document_number = StringField(_("Nomor dokumen"))
    document_issuing_state = SelectField(_("Negara penerbit"))
    birth_date = DatePartsField(_("Tanggal lahir"))
    birth_place = StringField(_("Tempat lahir"))
    sex = RadioField(
        _("Jenis kelamin"),
        choices=[
            SelectChoice("F", _("Perempuan")),
            SelectChoice("M", _("Laki-laki")),
            SelectChoice("X", _("Tidak ditentukan")),
        ],
    )
    document_expires_on = DatePartsField(_("Dokumen berlaku sampai"))
    document_unavailable_reason = StringField(_("Dokumen tidak tersedia, karena"))
    room = StringField(_("Kamar"))
    arrived_on = DatePartsField(_("Tanggal tiba"))
    arrived_time = StringField(_("Jam tiba"))
    expected_departure_on = DatePartsField(_("Rencana keluar"))
    left_on = DatePartsField(_("Tanggal keluar"))
    left_time = StringField(_("Jam keluar"))
    purpose = SelectField(_("Maksud kunjungan"))
    permit_kind = SelectField(_("Jenis izin tinggal"))
    permit_number = StringField(_("Nomor izin tinggal"))
    entered_on = DatePartsField(_("Tanggal masuk Indonesia"))
    entry_port = StringField(_("Tempat masuk Indonesia"))
    email = StringField(_("Surel tamu"))
    phone = StringField(_("Telepon tamu"))
    party_ref = StringField(_("Rombongan"))
    late_reason = StringField(_("Alasan bila terlambat lapor"))

    def offer_choices(self) -> None:
        """Fills the lists, in the reader's language; what was sent stays chosen."""
        self.nationality.choices = nationality_choices(self.nationality.data)
        self.document_issuing_state.choices = issuing_state_choices(
            self.document_issuing_state.data
        )
        self.document_type.choices = code_choices(DOCUMENT_TYPES, empty=False)
        self.purpose.choices = code_choices(PURPOSES)
        self.permit_kind.choices = code_choices(PERMIT_KINDS)

    @property
    def extra_is_open(self) -> bool:
        """Whether a folded field holds something or is faulty, so that it must be seen."""
        folded = (
            self.purpose, self.permit_kind, self.permit_number, self.entered_on,
            self.entry_port, self.email, self.phone,
        )  # fmt: skip
        return any(field.data or field.errors for field in folded)

    @property
    def no_document_is_open(self) -> bool:
        """Whether the reason for a missing document must be seen."""
        field = self.document_unavailable_reason
        return bool(field.data or field.errors)


class AmendForm(StayForm):
    """The same form with the version that it started from."""

    version = HiddenField()
    reason = StringField(_("Alasan perubahan"))


class CheckOutForm(FlaskForm):
    """When the guest left, if it was not just now."""

    left_on = DatePartsField(_("Tanggal keluar"))
    left_time = StringField(_("Jam keluar"))


class CancelForm(FlaskForm):
    """Why a report is cancelled."""

    cancel_reason = StringField(_("Alasan pembatalan"))


def new_submission_id() -> str:
    """Names one filled-in form, so that sending it twice makes one stay."""
    return str(uuid4())
