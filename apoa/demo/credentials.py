"""The demo accounts and keys: secrets made at the first start, kept in the instance alone."""

import json
from typing import Any

from apoa.base.settings import Settings

FILE = "demo-credentials.json"


def read_credentials(settings: Settings) -> dict[str, Any]:
    """The accounts and the keys of the API, or none where no demo was loaded."""
    path = settings.instance_path / FILE
    if not path.is_file():
        return {"accounts": [], "keys": []}
    value: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return {"keys": []} | value


def credentials_text(credentials: dict[str, Any]) -> str:
    """The accounts and keys as lines for a terminal."""
    lines = ["Akun contoh / demo accounts:"]
    for account in credentials["accounts"]:
        place = account["office"] or ", ".join(p["name"] for p in account["properties"])
        lines.append(
            f"  {account['role']:<15} {account['email']:<36} {account['password']:<18} {place}"
        )
    lines.append("Kunci API contoh / demo API keys:")
    lines += [f"  {key['mode']:<5} {key['key']}" for key in credentials["keys"]]
    return "\n".join(lines)
