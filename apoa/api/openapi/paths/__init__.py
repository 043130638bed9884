"""Every operation of the API, described; one file for each resource."""

from apoa.api.openapi.operation import Operation
from apoa.api.openapi.paths import (
    conformance,
    general,
    permits,
    reconciliation,
    stay_acts,
    stays,
    webhooks,
)

OPERATIONS: tuple[Operation, ...] = (
    *stays.OPERATIONS,
    *stay_acts.OPERATIONS,
    *reconciliation.OPERATIONS,
    *webhooks.OPERATIONS,
    *conformance.OPERATIONS,
    *permits.OPERATIONS,
    *general.OPERATIONS,
)
