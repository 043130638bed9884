"""The shipped rules that ask who the guest is."""

from apoa.crosscheck.rules.names import RuleId, Section, Severity
from apoa.crosscheck.rules.parameters import Parameter, Words
from apoa.crosscheck.rules.shipped import DATA_LAW, FALSE_LAW, OVERSTAY_LAW, WATCH_LAW, ShippedRule

PERSON_RULES = (
    ShippedRule(
        RuleId.WATCHLIST_HIT,
        Severity.URGENT,
        Section.SUPERVISION,
        Words("Ada dalam daftar cekal atau perhatian", "On a watchlist"),
        Words(
            "Tamu ada, atau mungkin ada, dalam daftar cekal atau perhatian.",
            "The guest is, or may be, on a watchlist.",
        ),
        WATCH_LAW,
        (
            Parameter(
                "include_probable",
                True,
                Words("Termasuk yang baru mungkin sama", "Also those who only may be the same"),
            ),
        ),
    ),
    ShippedRule(
        RuleId.DOCUMENT_MISMATCH,
        Severity.NORMAL,
        Section.INSARKOM,
        Words("Nomor dokumen berbeda", "Another document number"),
        Words(
            "Tamu mungkin pemegang izin ini, tetapi nomor dokumennya lain.",
            "The guest is probably this permit holder, with another document number.",
        ),
        DATA_LAW,
    ),
    ShippedRule(
        RuleId.IDENTITY_CONFLICT,
        Severity.HIGH,
        Section.SUPERVISION,
        Words("Dokumen milik orang lain", "Document of another person"),
        Words(
            "Nomor dokumen ini tercatat atas orang lain.",
            "This document number is registered for another person.",
        ),
        FALSE_LAW,
    ),
    ShippedRule(
        RuleId.DOCUMENT_EXPIRED,
        Severity.NORMAL,
        Section.SUPERVISION,
        Words("Dokumen perjalanan habis berlaku", "Travel document expired"),
        Words(
            "Dokumen perjalanan tidak berlaku lagi saat tamu menginap.",
            "The travel document had expired while the guest was in the lodging.",
        ),
        OVERSTAY_LAW,
    ),
)
