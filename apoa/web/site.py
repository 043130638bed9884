"""Which areas the site has, where they stand, and who may enter them."""

from apoa.web.account import blueprint as account
from apoa.web.areas import (
    ANYBODY,
    LODGINGS,
    NATIONAL,
    OFFICERS,
    ONBOARDING,
    SEARCHERS,
    SIGNED_IN,
    Area,
)
from apoa.web.directorate import blueprint as directorate
from apoa.web.docs import blueprint as docs
from apoa.web.frontdesk import blueprint as frontdesk
from apoa.web.insarkom import blueprint as insarkom
from apoa.web.officers import blueprint as officers
from apoa.web.own import blueprint as own
from apoa.web.public import blueprint as public
from apoa.web.supervision import blueprint as supervision

AREAS = [
    Area(public, "/", ANYBODY),  # home, registration of a lodging, receipts, status
    Area(account, "/", ANYBODY),  # sign-in and the links of mails
    Area(docs, "/api/docs", ANYBODY),  # guides, calls and error codes for developers
    Area(own, "/account", SIGNED_IN),  # one's own password and sessions
    Area(frontdesk, "/frontdesk", LODGINGS),
    Area(officers, "/officers", OFFICERS),  # home of officers, people, audit
    Area(insarkom, "/insarkom", ONBOARDING),
    Area(supervision, "/supervision", SEARCHERS),
    Area(directorate, "/directorate", NATIONAL),
]
