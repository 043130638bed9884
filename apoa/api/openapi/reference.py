"""What the pages about the API are made of: handed over when the house is wired."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apoa.api.openapi.document import document
from apoa.api.problems import API_PROBLEMS, ApiProblem


@dataclass(frozen=True)
class ApiReference:
    """The published document for an address, and every code that a problem can have."""

    document: Callable[[str], Mapping[str, Any]]
    problems: Mapping[str, ApiProblem]


REFERENCE = ApiReference(document, API_PROBLEMS)
EXTENSION = "apoa_api_reference"
