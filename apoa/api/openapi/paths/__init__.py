"""Every operation of the API, described; one file for each resource."""

from apoa.api.openapi.operation import Operation
from apoa.api.openapi.paths import general, stay_acts, stays, webhooks

OPERATIONS: tuple[Operation, ...] = (
    *webhooks.OPERATIONS,
    *general.OPERATIONS,
    *stays.OPERATIONS,
    *stay_acts.OPERATIONS,
)
