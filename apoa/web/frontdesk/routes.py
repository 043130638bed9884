"""The lodging's pages: today, stays, receipts, people. Each subject has its own file."""

from apoa.web.frontdesk import (
    amend_stay,
    board,
    board_acts,
    conformance,
    details,
    keys,
    new_stay,
    people,
    receipts,
    stay_acts,
    stay_list,
    stay_page,
    webhooks,
)

__all__ = [
    "amend_stay",
    "board",
    "board_acts",
    "conformance",
    "details",
    "keys",
    "new_stay",
    "people",
    "receipts",
    "stay_acts",
    "stay_list",
    "stay_page",
    "webhooks",
]
