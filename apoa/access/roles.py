"""The roles, the actions, and which role may do which: belt three's table."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is, in a lodging, in an office, or nationally."""

    CLERK = "clerk"
    MANAGER = "manager"
    INSARKOM = "insarkom"
    SUPERVISION = "supervision"
    HEAD_OF_OFFICE = "head_of_office"
    DIRECTORATE = "directorate"
    AUDITOR = "auditor"
    API_CLIENT = "api_client"


PROPERTY_ROLES = (Role.CLERK, Role.MANAGER)
OFFICE_ROLES = (Role.INSARKOM, Role.SUPERVISION, Role.HEAD_OF_OFFICE)
NATIONAL_ROLES = (Role.DIRECTORATE, Role.AUDITOR)
OFFICER_ROLES = OFFICE_ROLES + NATIONAL_ROLES


class Action(StrEnum):
    """What can be asked of `require`."""

    # in one lodging
    VIEW_BOARD = "view_board"
    REPORT_STAY = "report_stay"
    VIEW_STAY = "view_stay"
    AMEND_STAY = "amend_stay"
    CHECK_OUT_STAY = "check_out_stay"
    CANCEL_STAY = "cancel_stay"
    REOPEN_STAY = "reopen_stay"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_KEYS = "manage_keys"
    MANAGE_WEBHOOKS = "manage_webhooks"
    EDIT_PROPERTY = "edit_property"
    # in one office
    VIEW_PROPERTIES = "view_properties"
    REVIEW_REGISTRATION = "review_registration"
    SUSPEND_PROPERTY = "suspend_property"
    SEARCH_STAYS = "search_stays"
    OPEN_PERSON = "open_person"
    VIEW_AUDIT = "view_audit"
    MANAGE_OFFICERS = "manage_officers"
    MANAGE_OFFICE_KEYS = "manage_office_keys"
    # the register of permits and the cross-check
    VIEW_PERMITS = "view_permits"
    IMPORT_PERMITS = "import_permits"
    EDIT_PERMIT_TABLES = "edit_permit_tables"
    REVIEW_MATCH = "review_match"
    VIEW_FINDINGS = "view_findings"
    RUN_RECHECK = "run_recheck"
    EDIT_RULES = "edit_rules"
    SWITCH_RULES = "switch_rules"
    EDIT_WATCHLIST = "edit_watchlist"
    # nationally
    EDIT_OFFICES = "edit_offices"
    EDIT_DEADLINES = "edit_deadlines"
    DECLARE_OUTAGES = "declare_outages"


_LODGING = frozenset({*PROPERTY_ROLES, Role.API_CLIENT})
_SEARCHERS = frozenset({Role.SUPERVISION, Role.HEAD_OF_OFFICE, Role.DIRECTORATE})
_READERS = frozenset(OFFICER_ROLES)
_REGISTRARS = frozenset({Role.INSARKOM, Role.HEAD_OF_OFFICE, Role.DIRECTORATE})

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.VIEW_BOARD: frozenset(PROPERTY_ROLES),
    Action.REPORT_STAY: _LODGING,
    Action.VIEW_STAY: _LODGING,
    Action.AMEND_STAY: _LODGING,
    Action.CHECK_OUT_STAY: _LODGING,
    Action.CANCEL_STAY: _LODGING,
    Action.REOPEN_STAY: _LODGING,
    Action.MANAGE_PEOPLE: frozenset({Role.MANAGER}),
    Action.MANAGE_KEYS: frozenset({Role.MANAGER}),
    Action.MANAGE_WEBHOOKS: frozenset({Role.MANAGER, Role.API_CLIENT}),
    Action.EDIT_PROPERTY: frozenset({Role.MANAGER}),
    Action.VIEW_PROPERTIES: _READERS,
    Action.REVIEW_REGISTRATION: frozenset({Role.INSARKOM, Role.HEAD_OF_OFFICE}),
    Action.SUSPEND_PROPERTY: frozenset({Role.INSARKOM, Role.HEAD_OF_OFFICE}),
    Action.SEARCH_STAYS: _SEARCHERS | {Role.INSARKOM},
    Action.OPEN_PERSON: _SEARCHERS | {Role.INSARKOM},
    Action.VIEW_AUDIT: frozenset({Role.HEAD_OF_OFFICE, Role.DIRECTORATE, Role.AUDITOR}),
    Action.MANAGE_OFFICERS: frozenset({Role.HEAD_OF_OFFICE, Role.DIRECTORATE}),
    Action.VIEW_PERMITS: _READERS,
    Action.IMPORT_PERMITS: _REGISTRARS | {Role.API_CLIENT},
    Action.MANAGE_OFFICE_KEYS: frozenset({Role.INSARKOM, Role.HEAD_OF_OFFICE}),
    Action.EDIT_PERMIT_TABLES: frozenset({Role.DIRECTORATE}),
    Action.REVIEW_MATCH: frozenset({Role.INSARKOM, Role.HEAD_OF_OFFICE}),
    Action.VIEW_FINDINGS: _READERS,
    Action.RUN_RECHECK: _REGISTRARS,
    Action.EDIT_RULES: frozenset({Role.DIRECTORATE}),
    Action.SWITCH_RULES: frozenset({Role.HEAD_OF_OFFICE}),
    Action.EDIT_WATCHLIST: frozenset({Role.SUPERVISION, Role.HEAD_OF_OFFICE}),
    Action.EDIT_OFFICES: frozenset({Role.DIRECTORATE}),
    Action.EDIT_DEADLINES: frozenset({Role.DIRECTORATE}),
    Action.DECLARE_OUTAGES: frozenset({Role.DIRECTORATE}),
}
