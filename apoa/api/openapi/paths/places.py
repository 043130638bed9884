"""The parameters that name what a call is about."""

from apoa.api.openapi.operation import Parameter
from apoa.api.openapi.paths.stay_examples import PROPERTY_ID, STAY_ID
from apoa.api.openapi.shapes import ID

LODGING = Parameter(
    "property_id", "path", ID, "A lodging of the key: see GET /me.", True, PROPERTY_ID
)
STAY = Parameter(
    "stay_id", "path", ID, "The stay's id, from the answer to its report.", True, STAY_ID
)
