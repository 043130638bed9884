"""What one reported stay consists of, as frozen values: what was sent and nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Guest:
    """The person as reported on the stay: a snapshot, not a master record.

    `birth_date` is "1974-08-12", with 00 for an unknown day or an unknown month and day.
    `nationality` is a canonical code of `apoa.base.countries`.
    """

    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    mononym: bool
    native_name: str | None = field(repr=False)
    sex: str
    birth_date: str = field(repr=False)
    birth_place: str | None = field(repr=False)
    nationality: str

    @property
    def full_name(self) -> str:
        """The name as a person reads it: given names first."""
        return " ".join(part for part in (self.given_names, self.surname) if part)


@dataclass(frozen=True)
class TravelDocument:
    """The document as shown at the desk, its number as typed; or the reason why there is none."""

    type: str | None = None
    number: str | None = field(default=None, repr=False)
    issuing_state: str | None = None
    expires_on: date | None = None
    unavailable_reason: str | None = None


@dataclass(frozen=True)
class PermitClaim:
    """The residence permit that the guest says to have; nobody has checked it."""

    kind: str
    number: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Entry:
    """When and by which port the guest came into the country."""

    entered_on: date | None = None
    port: str | None = None


@dataclass(frozen=True)
class Contact:
    """How the guest can be reached."""

    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class StayReport:
    """One guest's stay in one lodging, as reported. Instants are aware.

    `client_ref` is the sender's own name of the stay, `party_ref` of the group it came with.
    Made by `apoa.stays.schemas.StayReportSchema`, which holds the rules.
    """

    client_ref: str | None
    party_ref: str | None
    room: str | None
    guest: Guest
    document: TravelDocument
    mrz: tuple[str, ...] | None = field(repr=False)
    permit: PermitClaim | None
    entry: Entry | None
    purpose: str | None
    contact: Contact | None
    checked_in_at: datetime
    expected_departure_on: date
    checked_out_at: datetime | None
    late_reason: str | None
