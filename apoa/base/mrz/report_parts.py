"""Which parts of a stay report a reading can fill in."""

from apoa.base.mrz.reading import MrzReading

_YEAR_UNKNOWN = "0000"
_MONTH_UNKNOWN = "00"
# The crew of aircraft carry a certificate that the list of document types does not name.
_DOCUMENT_TYPES = {"crew_certificate": "other"}


def to_report_parts(reading: MrzReading) -> tuple[dict[str, object], dict[str, object]]:
    """The `guest` and the `document` of a report, in the shape of the API, None where unknown.

    A report needs the year of birth and knows no day without a month: a birth date of unknown year
    is left out, and a day without a month is dropped. A visa is no travel document and the number
    in its zone may be its own or the passport's, so it fills in the guest alone.
    Proposals that the reading did not apply are not used.
    """
    guest: dict[str, object] = {
        "surname": reading.surname,
        "given_names": reading.given_names,
        "mononym": reading.mononym,
        "sex": reading.sex,
        "birth_date": _reportable(reading.birth_date),
        "nationality": reading.nationality,
    }
    document: dict[str, object] = dict.fromkeys(("type", "number", "issuing_state", "expires_on"))
    if reading.document_type != "visa":
        document["type"] = _DOCUMENT_TYPES.get(reading.document_type, reading.document_type)
        document["number"] = reading.document_number
        document["issuing_state"] = reading.issuing_state
        document["expires_on"] = reading.expires_on.isoformat() if reading.expires_on else None
    return guest, document


def _reportable(birth_date: str | None) -> str | None:
    if birth_date is None or birth_date.startswith(_YEAR_UNKNOWN):
        return None
    year, month, _ = birth_date.split("-")
    return f"{year}-00-00" if month == _MONTH_UNKNOWN else birth_date
