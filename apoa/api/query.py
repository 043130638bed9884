"""Reads the query of an address as strictly as a body: each name known, once, and with a value."""

from typing import Any

from flask import request

from apoa.base.errors import InvalidInput, Problem
from apoa.base.schema import InputSchema


def read_query(schema: InputSchema) -> Any:
    """What the schema makes of it. Raises InvalidInput; pointers name the parameters."""
    values = request.args.to_dict(flat=False)
    faults = []
    for name, given in values.items():
        if name in schema.fields and (len(given) > 1 or not given[0]):
            code = "invalid" if len(given) > 1 else "required"
            faults.append(Problem(f"/{name}", code))
    if faults:
        raise InvalidInput(faults)
    return schema.read({name: given[0] for name, given in values.items()})
