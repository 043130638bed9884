"""What the document says in words: the description of the whole, of scopes, tags and fields."""

DESCRIPTION = """\
Report each foreign guest of a lodging and know at once, and for certain, whether it was accepted.

**Sign in** with `Authorization: Bearer` and an API key, or with a token of one hour got for its id
and secret. Keys of test mode (`apoa_test_…`) act by the same rules on data that counts nowhere.

**Repeat safely.** Send an `Idempotency-Key` with every POST and your own `client_ref` with every
stay. A request without an answer may be sent again at any time: it is never stored twice.

**Errors** are RFC 9457 problems. Decide by `code`; `errors` names every fault at once by a JSON
pointer. `type` leads to a page about the code. Besides what each operation lists, a method that an
address does not have answers 405 with `Allow` (`#/components/responses/MethodNotAllowed`), and what
cannot be read as a request of HTTP answers 400, 414 or 431 before anything else is looked at.

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
    "permits:write": "Send residence permits; keys of an immigration office only",
}
TAGS = {
    "Stays": "Report guests and read what was reported",
    "Changes": "Amend, check out, cancel, reopen",
    "Receipts": "The proof of a report, and whether a receipt is genuine",
    "Reconciliation": "Hold your list of who is in house against ours",
    "Webhooks": "Have events sent to an address of yours, signed",
    "Conformance": "Show that an integration does everything right",
    "Permits": "An immigration office sends residence permits",
    "General": "Health, outages, the key itself, code lists, tokens",
}
FIELD_WORDS = {
    "StayReport.client_ref": "Your own name of this stay; unique within the lodging.",
    "StayReport.party_ref": "Your own name of the group that the guest came with.",
    "StayReport.room": "Room or unit, where there is one.",
    "StayReport.mrz": (
        "The machine-readable zone, two or three lines (ICAO Doc 9303). Guest and document, or"
        " fields of them, may then be left out; what is given stands, named and empty too, and a"
        " contradiction is a warning."
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
    "PermitFeedInput.data_as_of": (
        "When your register stood as you send it; the time of the call unless you say otherwise."
        " What the register knows as of later is not changed."
    ),
    "PermitFeedInput.dry_run": "true: the same verdicts, and no permit is stored.",
    "PermitRow.number": "With issuing_state it names the permit; it holds a letter A-Z or a digit.",
    "PermitRow.issuing_state": (
        "The state that issued the holder's document: a code of three or two letters, or its name"
        " in Indonesian or English."
    ),
    "PermitRow.kind": (
        "bvk, voa, itk, itas, itap, diplomatic, service, or a usual word for it. May be left out"
        " where index_code is known."
    ),
    "PermitRow.index_code": "Such as E33G; an unknown one is a warning.",
    "PermitRow.niora": "In any writing.",
    "PermitRow.surname": "One of surname, given_names and full_name is needed.",
    "PermitRow.given_names": "As written in the passport.",
    "PermitRow.full_name": (
        "Where the parts are not known: with a comma behind the surname, else all is the surname."
    ),
    "PermitRow.sex": "F, M or X, or a usual word for it.",
    "PermitRow.birth_date": "1974-08-12; with what is unknown as 00: 1974-08-00, 1974-00-00.",
    "PermitRow.nationality": "As issuing_state; never Indonesia.",
    "PermitRow.valid_from": "The first day: 2026-11-24, 24/11/2026, 24 Nov 2026.",
    "PermitRow.valid_until": "The last day, inclusive; not before valid_from.",
    "PermitRow.entered_on": "The day of the last entry.",
    "PermitRow.status": (
        "active, extended, converted, cancelled, revoked, departed, or a usual word for it; active"
        " unless you say otherwise."
    ),
    "PermitRow.status_on": "From which day the status holds; needed unless it is active.",
    "PermitRow.sponsor": "Who answers for the holder.",
    "PermitRow.region_code": "Of the registered address: 17.71.01, with or without points.",
    "PermitRow.issuing_office": "The office's code or name.",
    "PermitRow.document_number": "Of the holder's present passport.",
    "PermitRow.document_expires_on": "The last day of that passport.",
    "PermitRow.previous_document_numbers": (
        "Older passports of the same state, parted by semicolons; at most ten."
    ),
    "Entry.entered_on": "The day of entry.",
    "Entry.port": "The port's code or name, such as DPS.",
}
