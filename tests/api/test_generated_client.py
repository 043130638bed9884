"""A client generated from the published description works against the running system."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest

from apoa.api.openapi.paths import OPERATIONS
from tests.api.running import Running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("api-system")]
PACKAGE = "apoa_client"


@pytest.fixture(scope="module")
def client_package(
    running: Running, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ModuleType]:
    """The package, made anew from what the system serves, importable for this module's tests."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "config.yml").write_text("post_hooks: []\n", "utf-8")
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("openapi-python-client")),
            "generate",
            f"--url={running.api_url}/openapi.json",
            "--meta=none",
            f"--config={folder / 'config.yml'}",
            f"--output-path={folder / PACKAGE}",
            "--fail-on-warning",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture
def client(running: Running, client_package: ModuleType) -> Iterator[Any]:
    """The generated client with the test key."""
    with client_package.AuthenticatedClient(  # type: ignore[attr-defined]
        base_url=running.api_url, token=running.bearer
    ) as made:
        yield made


@pytest.fixture
def models(client_package: ModuleType) -> Any:
    """The generated models."""
    return importlib.import_module(f"{PACKAGE}.models")


def call(name: str, **arguments: Any) -> Any:
    """One operation of the generated client, by module, with its whole answer."""
    module = importlib.import_module(f"{PACKAGE}.api.{name}")
    return module.sync_detailed(**arguments)


def report_of(models: Any, client_ref: str, arrived_at: datetime) -> Any:
    """A report, put together from the generated models."""
    return models.StayReport(
        client_ref=client_ref,
        room="204",
        guest=models.Guest(
            surname="LINDQVIST",
            given_names="ASTRID",
            sex=models.Sex.F,
            birth_date="1988-11-00",
            nationality=models.Nationality.SWE,
        ),
        document=models.Document(
            type_=models.DocumentType.PASSPORT,
            number="SE1234567",
            issuing_state=models.Country.SWE,
        ),
        purpose=models.Purpose.TOURISM,
        checked_in_at=arrived_at,
        expected_departure_on=(arrived_at + timedelta(days=3)).date(),
    )


def test_it_reports_amends_checks_out_and_lists(client: Any, models: Any) -> None:
    me = call("general.get_me", client=client).parsed
    lodging: UUID = me.properties[0].id
    arrived_at = datetime.now(UTC) - timedelta(hours=1)
    client_ref = f"GENERATED-{uuid4()}"
    report = report_of(models, client_ref, arrived_at)

    made = call(
        "stays.report_stay",
        client=client,
        property_id=lodging,
        body=report,
        idempotency_key=str(uuid4()),
    )
    assert made.status_code == 201
    stay = made.parsed
    assert (stay.state, stay.client_ref) == (models.StayState.IN_HOUSE, client_ref)
    assert stay.checked_in_at == arrived_at
    again = call("stays.report_stay", client=client, property_id=lodging, body=report)
    assert (again.status_code, again.parsed.id) == (200, stay.id)

    amended = call(
        "changes.amend_stay",
        client=client,
        property_id=lodging,
        stay_id=stay.id,
        body=models.StayPatch(room="305"),
        if_match=made.headers["ETag"],
    )
    assert (amended.status_code, amended.parsed.room, amended.parsed.version) == (200, "305", 2)

    left = call(
        "changes.check_out_stay",
        client=client,
        property_id=lodging,
        stay_id=stay.id,
        body=models.CheckOut(checked_out_at=datetime.now(UTC)),
    )
    assert (left.status_code, left.parsed.state) == (200, models.StayState.DEPARTED)

    listed = call(
        "stays.list_stays", client=client, property_id=lodging, client_ref=client_ref, limit=5
    )
    assert [one.id for one in listed.parsed.items] == [stay.id]
    assert listed.parsed.next_cursor is None


def test_every_operation_of_it_can_be_imported(client_package: ModuleType) -> None:
    folder = Path(str(client_package.__file__)).parent / "api"
    modules = [one for one in folder.glob("*/*.py") if one.stem != "__init__"]
    assert len(modules) == len(OPERATIONS)
    for one in modules:
        importlib.import_module(f"{PACKAGE}.api.{one.parent.name}.{one.stem}")


def test_it_reads_a_refusal_as_a_problem(running: Running, client: Any, models: Any) -> None:
    report = report_of(models, "GENERATED-AHEAD", datetime.now(UTC) + timedelta(days=2))
    answer = call(
        "stays.report_stay", client=client, property_id=UUID(running.property_id), body=report
    )
    assert answer.status_code == 422
    assert isinstance(answer.parsed, models.Problem)
    assert answer.parsed.code == "invalid-input"
    assert [one.code for one in answer.parsed.errors] == ["check-in-in-future"]
