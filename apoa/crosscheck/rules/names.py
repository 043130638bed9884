"""The rules of the cross-check by id, how severe a finding can be, and who handles it."""

from enum import StrEnum


class RuleId(StrEnum):
    """The ids of the rules; they never change."""

    WATCHLIST_HIT = "watchlist-hit"
    PERMIT_EXPIRED = "permit-expired"
    PERMIT_EXPIRES_DURING_STAY = "permit-expires-during-stay"
    PERMIT_CANCELLED = "permit-cancelled"
    NO_PERMIT = "no-permit"
    DOCUMENT_MISMATCH = "document-mismatch"
    IDENTITY_CONFLICT = "identity-conflict"
    DOCUMENT_EXPIRED = "document-expired"
    TWO_PLACES = "two-places"
    FREQUENT_MOVER = "frequent-mover"
    AWAY_FROM_ADDRESS = "away-from-address"
    NATIONALITY_NOT_ELIGIBLE = "nationality-not-eligible"
    NO_STAY_REPORTED = "no-stay-reported"
    LATE_REPORT = "late-report"
    DEPARTURE_NOT_REPORTED = "departure-not-reported"
    SILENT_PROPERTY = "silent-property"


class Severity(StrEnum):
    """How soon somebody should look; `urgent` is at once."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Section(StrEnum):
    """The section of an office that handles a finding."""

    INSARKOM = "insarkom"
    SUPERVISION = "supervision"
