"""A guest in the review queue, a permit that was extended, and findings, all made by acts."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from apoa.base.clock import today
from apoa.crosscheck.frequencies import forget_name_frequencies
from apoa.permits.content import DocumentContent
from tests.cast import Cast
from tests.crosscheck.engine.conftest import make_permit, register, report, work

PURPOSE = "Surat tugas W8-17"


@dataclass(frozen=True)
class Ground:
    """The permit of Anna under two other passports, and a report of hers in lodging A."""

    permit_id: UUID
    stay_id: UUID
    property_id: UUID

    @property
    def review(self) -> str:
        """The address of the page with both records."""
        return f"/insarkom/review/{self.property_id}/{self.stay_id}"

    @property
    def person(self) -> str:
        """The address of the stay's page."""
        return f"/supervision/stays/{self.property_id}/{self.stay_id}"

    @property
    def permit(self) -> str:
        """The address of the permit's page."""
        return f"/officers/permits/{self.permit_id}"


@pytest.fixture(autouse=True)
def _fresh_frequencies() -> None:
    forget_name_frequencies()


@pytest.fixture
def ground(cast: Cast) -> Ground:
    """Linked by all but the document, and the permit ends before she means to leave."""
    [permit_id] = register(
        make_permit(
            given_names="ANA MARIA",
            index_code="E28A",
            sponsor="PT Contoh Sejahtera",
            valid_until=today("Asia/Jakarta") + timedelta(days=1),
            documents=(DocumentContent("K7654321", "SWE"), DocumentContent("J1112223", "SWE")),
        )
    )
    work()
    stay_id = report(cast)
    work()
    return Ground(permit_id, stay_id, cast.property_a)


def state_purpose(client: FlaskClient, path: str = "/insarkom/review") -> None:
    """Answers the question that stands before the first page that shows a person."""
    assert client.post_form(path, {"purpose": PURPOSE}).status_code == 303  # type: ignore[attr-defined]


def sign_in(client: FlaskClient, user_id: UUID, path: str) -> None:
    """As an officer who said why they look."""
    client.sign_in_as(user_id)  # type: ignore[attr-defined]
    state_purpose(client, path)
