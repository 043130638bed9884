"""What the document says in words: the description of the whole, of scopes, tags and fields."""

DESCRIPTION = """\
Report each foreign guest of a lodging and know at once, and for certain, whether it was accepted.

**Sign in** with `Authorization: Bearer` and an API key, or with a token of one hour got for its id
and secret. Keys of test mode (`apoa_test_…`) act by the same rules on data that counts nowhere.

**Repeat safely.** Send an `Idempotency-Key` with every POST and your own `client_ref` with every
stay. A request without an answer may be sent again at any time: it is never stored twice.

**Errors** are RFC 9457 problems. Decide by `code`; `errors` names every fault at once by a JSON
pointer. `type` leads to a page about the code. Besides what each operation lists, a method that an
address does not have answers 405 with `Allow`.

**Words** of problems and warnings are Indonesian, or English with `Accept-Language: en`.
`X-Request-Id` is taken over from the request (1 to 64 letters, digits, `.`, `_`, `:`, `-`).

**Text** is Unicode in NFC; spaces at the ends are dropped and runs of spaces become one; control
characters, line separators and marks that turn the direction of writing are refused. `""` means
the same as `null`. A body may be packed with gzip. JSON must be strict: no name twice in an
object, no NaN, numbers of at most 30 digits, at most 16 levels, at most 2 MiB, also when unpacked.
"""
SCOPE_WORDS = {
    "stays:read": "Read stays and their versions",
    "stays:write": "Report, amend, check out, cancel and reopen stays",
    "receipts:read": "Fetch receipts",
    "webhooks:manage": "Register and test webhook endpoints",
}
TAGS = {
    "Stays": "Report guests and read what was reported",
    "Changes": "Amend, check out, cancel, reopen",
    "Receipts": "The proof of a report, and whether a receipt is genuine",
    "Reconciliation": "Hold your list of who is in house against ours",
    "Webhooks": "Have events sent to an address of yours, signed",
    "Conformance": "Show that an integration does everything right",
    "General": "Health, outages, the key itself, code lists, tokens",
}
FIELD_WORDS = {
    "StayReport.client_ref": "Your own name of this stay; unique within the lodging.",
    "StayReport.party_ref": "Your own name of the group that the guest came with.",
    "StayReport.room": "Room or unit, where there is one.",
    "StayReport.mrz": (
        "The machine-readable zone, two or three lines (ICAO Doc 9303). Guest and document, or"
        " fields of them, may then be left out; what is given stands and a contradiction is a"
        " warning."
    ),
    "StayReport.permit": "The residence permit that the guest says to have.",
    "StayReport.entry": "The last entry into Indonesia.",
    "StayReport.purpose": "Code list purposes.",
    "StayReport.contact": "How the guest can be reached.",
    "StayReport.checked_in_at": "At most an hour ahead; the deadline runs from here.",
    "StayReport.expected_departure_on": (
        "A day at the lodging, from the day of check-in to five years after it."
    ),
    "StayReport.checked_out_at": "Not before the check-in, not ahead. null while the guest is in.",
    "StayReport.late_reason": "Why the report comes after the deadline. Never a reason to refuse.",
    "Guest.surname": "As written in the passport; null for a guest whose single name is the other.",
    "Guest.given_names": "As written in the passport.",
    "Guest.mononym": "true: the guest has one name, in surname or in given_names.",
    "Guest.native_name": "The name in its own script.",
    "Guest.sex": "F, M or X (code list sexes).",
    "Guest.birth_date": (
        "1974-08-12; with an unknown day 1974-08-00, with unknown day and month 1974-00-00."
    ),
    "Guest.birth_place": "As written in the passport.",
    "Guest.nationality": "Code list countries; Indonesians are not reported.",
    "Document.type": "Code list document-types.",
    "Document.number": "As written; null with unavailable_reason.",
    "Document.issuing_state": "Code list countries.",
    "Document.expires_on": "An expired document is a warning, no refusal.",
    "Document.unavailable_reason": "Why there is no number, instead of an invented one.",
    "Permit.kind": "Code list permit-kinds.",
    "Permit.number": "Any writing; a number of an unknown kind is welcome.",
    "CheckOut.checked_out_at": "Not before the check-in, not ahead.",
    "Cancel.reason": "Why, in your own words.",
    "Reopen.reason": "Why, in your own words.",
    "StayFilter.client_ref": "Your own name of the stay, exactly.",
    "StayFilter.party_ref": "Your own name of the group, exactly.",
    "StayFilter.state": "in_house, departed or cancelled.",
    "StayFilter.checked_in_from": "Arrived on this day or later, by the lodging's own day.",
    "StayFilter.checked_in_to": "Arrived on this day or earlier, by the lodging's own day.",
    "StayFilter.updated_since": "Changed at this instant or later.",
    "StayFilter.cursor": "The next_cursor of the page before.",
    "StayFilter.limit": "How many at most; 50 unless you say otherwise.",
    "DeliveryFilter.state": "pending, delivered or failed.",
    "DeliveryFilter.cursor": "The next_cursor of the page before.",
    "DeliveryFilter.limit": "How many at most; 50 unless you say otherwise.",
    "ReceiptQuery.version": "The receipt of this version of the stay.",
    "RunInput.integration": "What is being shown: the system's name and release.",
    "Entry.entered_on": "The day of entry.",
    "Entry.port": "The port's code or name, such as DPS.",
}
