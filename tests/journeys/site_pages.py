"""Every page that a browser can open, who enters it, and how it is looked at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

VISITOR = "visitor"
CLERK, MANAGER = "clerk", "manager"
INSARKOM, SUPERVISION, HEAD = "insarkom", "supervision", "head_of_office"
DIRECTORATE, AUDITOR = "directorate", "auditor"
LODGING = (CLERK, MANAGER)
ONBOARDING = (INSARKOM, HEAD, DIRECTORATE, AUDITOR)
SEARCHERS = (SUPERVISION, INSARKOM, HEAD, DIRECTORATE)
OFFICERS = (INSARKOM, SUPERVISION, HEAD, DIRECTORATE, AUDITOR)
NATIONAL = (DIRECTORATE, AUDITOR)
SIGNED_IN = (*LODGING, *OFFICERS)
ROLES = (VISITOR, *SIGNED_IN)

PAGES: dict[str, tuple[str, ...]] = {
    "public.home": (VISITOR, CLERK, INSARKOM),
    "public.register": (VISITOR,),
    "public.registration_sent": (VISITOR,),
    "public.verify_link": (VISITOR,),
    "public.correct_link": (VISITOR,),
    "public.correction_sent": (VISITOR,),
    "public.receipts": (VISITOR, SUPERVISION),
    "public.receipt": (VISITOR, CLERK),
    "public.certificate": (VISITOR, CLERK),
    "docs.home": (VISITOR, CLERK),
    "docs.guide": (VISITOR,),
    "docs.call": (VISITOR,),
    "docs.error_codes": (VISITOR,),
    "docs.error_code": (VISITOR,),
    "account.sign_in": (VISITOR,),
    "account.forgot_password": (VISITOR,),
    "account.choose_password": (VISITOR,),
    "account.invitation": (VISITOR,),
    "account.verify_email": (VISITOR,),
    "own.account": SIGNED_IN,
    "own.profile": SIGNED_IN,
    "own.password": SIGNED_IN,
    "own.email": SIGNED_IN,
    "own.sessions": SIGNED_IN,
    "frontdesk.properties": LODGING,
    "frontdesk.board": LODGING,
    "frontdesk.new_stay": LODGING,
    "frontdesk.stays": LODGING,
    "frontdesk.stay": LODGING,
    "frontdesk.amend": LODGING,
    "frontdesk.people": (MANAGER,),
    "frontdesk.details": (MANAGER,),
    "frontdesk.keys": (MANAGER,),
    "frontdesk.new_key": (MANAGER,),
    "frontdesk.key": (MANAGER,),
    "frontdesk.key_calls": (MANAGER,),
    "frontdesk.conformance": (MANAGER,),
    "frontdesk.conformance_run": (MANAGER,),
    "frontdesk.webhooks": (MANAGER,),
    "frontdesk.new_webhook": (MANAGER,),
    "frontdesk.webhook": (MANAGER,),
    "frontdesk.edit_webhook": (MANAGER,),
    "officers.home": OFFICERS,
    "officers.cross_check": (INSARKOM, SUPERVISION, DIRECTORATE),
    "officers.permit_search": (SUPERVISION, AUDITOR),
    "officers.permit_hits": (SUPERVISION, AUDITOR),
    "officers.permit": OFFICERS,
    "officers.findings": OFFICERS,
    "officers.finding": OFFICERS,
    "insarkom.review_queue": (INSARKOM, HEAD),
    "insarkom.review": (INSARKOM, HEAD),
    "officers.rules": (HEAD, AUDITOR, INSARKOM),
    "officers.rule": (HEAD, DIRECTORATE),
    "officers.people": (HEAD, DIRECTORATE),
    "officers.audit": (HEAD, DIRECTORATE, AUDITOR),
    "insarkom.permit_feeds": (INSARKOM, HEAD, DIRECTORATE),
    "insarkom.permit_feed": (INSARKOM, HEAD),
    "insarkom.permit_keys": (INSARKOM, HEAD),
    "insarkom.registrations": ONBOARDING,
    "insarkom.registration": ONBOARDING,
    "insarkom.properties": ONBOARDING,
    "insarkom.property_page": ONBOARDING,
    "supervision.search": SEARCHERS,
    "supervision.results": SEARCHERS,
    "supervision.person": SEARCHERS,
    "directorate.offices": NATIONAL,
    "directorate.office": NATIONAL,
    "directorate.deadlines": (DIRECTORATE,),
    "directorate.rule": (DIRECTORATE,),
    "directorate.fine_rates": (DIRECTORATE,),
    "directorate.permit_indexes": (DIRECTORATE,),
    "directorate.nationality_lists": (DIRECTORATE,),
    "directorate.outages": NATIONAL,
    "directorate.outage": NATIONAL,
}
# Read by programs, or downloaded: not looked at.
NO_PAGES = {
    "static",
    "public.metrics",
    "public.regions",
    "insarkom.regions",
    "insarkom.permit_feed_template",
    "insarkom.permit_feed_report",
    "supervision.regions",
    "public.receipt_json",
    "public.receipt_keys",
    "frontdesk.receipt_pdf",
    "frontdesk.party_receipts_pdf",
    "public.certificate_json",
}
LOOKS = ((360, "id"), (1280, "en"), (1280, "id"), (360, "en"))
_RULE = re.compile(r"^(\S+) +(?:[A-Z]+, )*GET(?:, [A-Z]+)* +(/\S*) *$", re.MULTILINE)
_PART = re.compile(r"<(?:[a-z]+:)?(\w+)>")


@dataclass(frozen=True)
class Look:
    """One page as one role sees it, in one width and one language."""

    endpoint: str
    role: str
    width: int
    locale: str

    @property
    def name(self) -> str:
        """For the picture's file and for messages."""
        return f"{self.endpoint}-{self.role}-{self.width}-{self.locale}"


def get_rules(routes: str) -> dict[str, str]:
    """Endpoint and rule of everything that answers to GET, as `flask routes` prints the map."""
    return {found[1]: found[2] for found in _RULE.finditer(routes)}


def address(rule: str, values: Mapping[str, str]) -> str:
    """The rule with values in its places. Raises KeyError where one is missing."""
    return _PART.sub(lambda part: values[part[1]], rule)


def looks_of(role: str) -> list[Look]:
    """What this role is shown: each page in both widths and both languages, over all its roles."""
    chosen = []
    for endpoint, roles in PAGES.items():
        times = max(2, len(roles))
        for number in range(times):
            if roles[number % len(roles)] == role:
                width, locale = LOOKS[number % len(LOOKS)]
                chosen.append(Look(endpoint, role, width, locale))
    return sorted(chosen, key=lambda look: look.locale, reverse=True)
