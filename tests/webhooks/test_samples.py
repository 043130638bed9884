"""The samples of the guide verify what is really sent, and refuse everything else."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from apoa.webhooks.event_types import EVENT_TYPES, TEST_EVENT
from apoa.webhooks.signing import new_secret, signed_headers

GUIDE = Path("docs/api/webhooks.md").read_text("utf-8")
BODY = '{"type":"stay.accepted","data":{"client_ref":"Ω-1"}}'.encode()
Verifier = Callable[[str, dict[str, str], bytes], bool]


def sample(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found[1]


def by_python(secret: str, headers: dict[str, str], body: bytes) -> bool:
    names: dict[str, Any] = {}
    exec(sample("python"), names)  # noqa: S102 - our own guide
    genuine: bool = names["is_genuine"](secret, headers, body)
    return genuine


def by_program(
    language: str, start: list[str], end: str
) -> Callable[[str, dict[str, str], bytes], bool]:
    def verify(secret: str, headers: dict[str, str], body: bytes) -> bool:
        asked = json.dumps({"secret": secret, "headers": headers, "body": body.hex()})
        done = subprocess.run(
            [*start, sample(language).removeprefix("<?php") + end],
            input=asked,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout.strip() == "true"

    return verify


BY_NODE = by_program(
    "javascript",
    ["node", "-e"],
    'const a = JSON.parse(require("node:fs").readFileSync(0, "utf-8"));'
    'console.log(isGenuine(a.secret, a.headers, Buffer.from(a.body, "hex")));',
)
BY_PHP = by_program(
    "php",
    ["php", "-r"],
    "$a = json_decode(file_get_contents('php://stdin'), true);"
    "echo is_genuine($a['secret'], $a['headers'], hex2bin($a['body'])) ? 'true' : 'false';",
)


@pytest.mark.parametrize(
    ("program", "verify"),
    [("python", by_python), ("node", BY_NODE), ("php", BY_PHP)],
    ids=["python", "javascript", "php"],
)
def test_a_sample_verifies(program: str, verify: Verifier) -> None:
    if program != "python" and shutil.which(program) is None:
        pytest.skip(f"{program} is not on this machine")
    secret, other = new_secret(), new_secret()
    moment = datetime.now(UTC)
    good = signed_headers([secret], "id-1", moment, BODY)
    both = signed_headers([other, secret], "id-1", moment, BODY)
    old = signed_headers([secret], "id-1", datetime.fromtimestamp(time.time() - 400, UTC), BODY)
    assert verify(secret, good, BODY)
    assert verify(secret, both, BODY)
    assert not verify(other, good, BODY)
    assert not verify(secret, good, BODY + b" ")
    assert not verify(secret, good | {"webhook-id": "id-2"}, BODY)
    assert not verify(secret, good | {"webhook-timestamp": "soon"}, BODY)
    assert not verify(secret, good | {"webhook-signature": "v1,AAAA v1a,é"}, BODY)
    assert not verify(secret, old, BODY)
    assert not verify(secret, {}, BODY)


def test_the_guide_names_every_event() -> None:
    for name in (*EVENT_TYPES, TEST_EVENT):
        assert f"`{name}`" in GUIDE
