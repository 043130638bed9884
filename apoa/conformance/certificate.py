"""What a certificate states and how it is proved: signed like receipts, checked by anybody."""

import base64
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from apoa.conformance.models import ConformanceRun
from apoa.conformance.steps import Seen, Step
from apoa.db.base import session
from apoa.stays.receipt.number import ALPHABET
from apoa.stays.receipt.signing import format_instant
from apoa.stays.sign_statement import SignedStatement, find_public_key, is_signed, sign_statement

CERTIFICATE_FORMAT = "apoa-conformance-1"
# With 60 random bits no number leads to another one.
_NUMBER = re.compile(f"UJI(-[{ALPHABET}]{{4}}){{3}}")


@dataclass(frozen=True)
class Certificate:
    """What anybody may know of a certificate. All but the verdict was signed."""

    genuine: bool
    number: str
    integration: str
    contract_version: str
    started_at: datetime
    passed_at: datetime
    steps: list[tuple[str, datetime]]
    payload: dict[str, Any]
    signature: str
    key_id: str
    public_key: str


def certify(run: ConformanceRun, seen: Mapping[Step, Seen], passed_at: datetime) -> None:
    """Puts a signed certificate on a run that has shown every step."""
    number = "-".join(["UJI", *(_group() for _ in range(3))])
    stated = {
        "format": CERTIFICATE_FORMAT,
        "number": number,
        "integration": run.integration,
        "contract_version": run.contract_version,
        "started_at": format_instant(run.started_at),
        "passed_at": format_instant(passed_at),
        "steps": [{"name": str(step), "at": format_instant(seen[step].at)} for step in Step],
    }
    signed = sign_statement(stated, passed_at)
    run.passed_at = passed_at
    run.certificate_number = number
    run.payload = signed.payload
    run.signing_key_id = signed.key_id
    run.signature = signed.signature


def find_certificate(number: str) -> Certificate | None:
    """The certificate of a number; None when there is none."""
    if not _NUMBER.fullmatch(number):
        return None
    run = session().scalar(
        select(ConformanceRun).where(ConformanceRun.certificate_number == number)
    )
    return _certificate(run) if run is not None else None


def _certificate(run: ConformanceRun) -> Certificate:
    statement = SignedStatement(run.payload or b"", run.signing_key_id or "", run.signature or b"")
    public_key = find_public_key(statement.key_id)
    stated: dict[str, Any] = json.loads(statement.payload)
    is_of_this = {
        "format": CERTIFICATE_FORMAT,
        "number": run.certificate_number,
        "integration": run.integration,
        "contract_version": run.contract_version,
        "key_id": run.signing_key_id,
    }.items() <= stated.items()
    return Certificate(
        genuine=is_of_this and public_key is not None and is_signed(statement, public_key),
        number=stated["number"],
        integration=stated["integration"],
        contract_version=stated["contract_version"],
        started_at=datetime.fromisoformat(stated["started_at"]),
        passed_at=datetime.fromisoformat(stated["passed_at"]),
        steps=[(one["name"], datetime.fromisoformat(one["at"])) for one in stated["steps"]],
        payload=stated,
        signature=base64.b64encode(statement.signature).decode(),
        key_id=statement.key_id,
        public_key=base64.b64encode(public_key).decode() if public_key else "",
    )


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(4))
