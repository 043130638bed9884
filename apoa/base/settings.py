"""What the operator decides: read from the environment once, checked at start, then frozen.

Values come from environment variables; the file `apoa.env` in the instance folder fills in what
the environment does not say. Production refuses to start with a missing or default secret.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from apoa.base.errors import SettingsError

SECRETS = ("APOA_SECRET_KEY", "APOA_DOCUMENT_KEYS", "APOA_BLIND_KEY", "APOA_RECEIPT_KEYS")
ENVIRONMENTS = ("development", "test", "production")
_PLACEHOLDERS = ("change", "secret", "default", "example", "replace", "password")
_MIN_SECRET_CHARS = 40
_MIN_TOKEN_CHARS = 24


@dataclass(frozen=True)
class Settings:
    """The settings of a running system."""

    environment: str
    instance_path: Path
    database_url: str
    owner_database_url: str
    base_url: str
    secret_key: str = field(repr=False)
    document_keys: dict[str, bytes] = field(repr=False)
    blind_key: bytes = field(repr=False)
    receipt_keys: str = field(repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "APOA <no-reply@apoa.invalid>"
    trusted_proxies: int = 0
    session_idle_minutes: int = 60
    session_absolute_hours: int = 12
    argon2_time_cost: int = 3
    argon2_memory_kib: int = 65536
    database_pool_size: int = 10
    log_level: str = "INFO"
    demo_stays: int = 5000
    api_calls_per_minute: int = 600
    api_open_calls_per_minute: int = 120
    metrics_token: str | None = field(default=None, repr=False)

    @property
    def is_production(self) -> bool:
        """Whether real guests are in here."""
        return self.environment == "production"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies carry `__Host-` and Secure: wherever the address is https."""
        return self.base_url.startswith("https://")


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings that these variables say. Raises SettingsError naming each bad variable."""
    instance_path = Path(environ.get("APOA_INSTANCE") or "instance").absolute()
    values = _with_instance_file(environ, instance_path / "apoa.env")
    environment = values.get("APOA_ENV", "production")
    if environment not in ENVIRONMENTS:
        raise SettingsError(f"APOA_ENV must be one of {', '.join(ENVIRONMENTS)}")
    problems = _secret_problems(values, strict=environment == "production")
    if not values.get("APOA_DATABASE_URL"):
        problems.append("APOA_DATABASE_URL is missing")
    base_url = values.get("APOA_BASE_URL", "").rstrip("/")
    if environment == "production" and not base_url.startswith("https://"):
        problems.append("APOA_BASE_URL is missing or is not an https:// address")
    if problems:
        raise SettingsError("; ".join(problems))
    database_url = sqlalchemy_url(values["APOA_DATABASE_URL"])
    return Settings(
        environment=environment,
        instance_path=instance_path,
        database_url=database_url,
        owner_database_url=sqlalchemy_url(values.get("APOA_OWNER_DATABASE_URL") or database_url),
        base_url=base_url or f"http://127.0.0.1:{values.get('PORT', '8000')}",
        secret_key=values["APOA_SECRET_KEY"],
        document_keys=_parse_keys("APOA_DOCUMENT_KEYS", values["APOA_DOCUMENT_KEYS"]),
        blind_key=_parse_key("APOA_BLIND_KEY", values["APOA_BLIND_KEY"]),
        receipt_keys=values["APOA_RECEIPT_KEYS"],
        smtp_url=values.get("APOA_SMTP_URL") or None,
        mail_from=values.get("APOA_MAIL_FROM") or Settings.mail_from,
        trusted_proxies=_whole_number(values, "APOA_TRUSTED_PROXIES", 0),
        session_idle_minutes=_whole_number(values, "APOA_SESSION_IDLE_MINUTES", 60),
        session_absolute_hours=_whole_number(values, "APOA_SESSION_ABSOLUTE_HOURS", 12),
        argon2_time_cost=_whole_number(values, "APOA_ARGON2_TIME_COST", 3),
        argon2_memory_kib=_whole_number(values, "APOA_ARGON2_MEMORY_KIB", 65536),
        database_pool_size=_whole_number(values, "APOA_DATABASE_POOL_SIZE", 10),
        log_level=values.get("APOA_LOG_LEVEL", "INFO").upper(),
        demo_stays=_whole_number(values, "APOA_DEMO_STAYS", 5000),
        api_calls_per_minute=_whole_number(values, "APOA_API_CALLS_PER_MINUTE", 600),
        api_open_calls_per_minute=_whole_number(values, "APOA_API_OPEN_CALLS_PER_MINUTE", 120),
        metrics_token=_long_enough(values, "APOA_METRICS_TOKEN"),
    )


def settings_from_environment() -> Settings:
    """The settings of this process."""
    return settings_from(os.environ)


def read_env_file(path: Path) -> dict[str, str]:
    """The KEY=value lines of a file; {} when there is none."""
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key.strip(): value.strip() for key, _, value in pairs}


def sqlalchemy_url(url: str) -> str:
    """The same address with the driver named, as SQLAlchemy wants it."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _with_instance_file(environ: Mapping[str, str], path: Path) -> dict[str, str]:
    in_file = read_env_file(path)
    wanted = environ.get("APOA_ENV")
    if wanted and in_file.get("APOA_ENV", "production") != wanted:
        # Secrets made for trying must never be those of a production system.
        in_file = {}
    return in_file | {key: value for key, value in environ.items() if value}


def _secret_problems(values: Mapping[str, str], *, strict: bool) -> list[str]:
    problems = []
    seen: dict[str, str] = {}
    for name in SECRETS:
        value = values.get(name, "")
        if not value:
            problems.append(f"{name} is missing")
        elif strict and any(word in value.lower() for word in _PLACEHOLDERS):
            problems.append(f"{name} is a default value")
        elif len(value) < _MIN_SECRET_CHARS:
            problems.append(f"{name} is too short")
        elif value in seen:
            problems.append(f"{name} is the same as {seen[value]}")
        seen.setdefault(value, name)
    return problems


def _parse_keys(name: str, value: str) -> dict[str, bytes]:
    keys = {}
    for part in value.split(","):
        key_id, _, encoded = part.strip().partition(":")
        if not key_id.isascii() or not 1 <= len(key_id) <= 32:
            raise SettingsError(f"{name} must be key-id:base64, several parted by commas")
        keys[key_id] = _parse_key(name, encoded)
    return keys


def _parse_key(name: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise SettingsError(f"{name} is not base64") from None
    if len(key) != 32:
        raise SettingsError(f"{name} must be 32 bytes in base64")
    return key


def _long_enough(values: Mapping[str, str], name: str) -> str | None:
    value = values.get(name)
    if value is not None and len(value) < _MIN_TOKEN_CHARS:
        raise SettingsError(f"{name} is too short")
    return value


def _whole_number(values: Mapping[str, str], name: str, default: int) -> int:
    value = values.get(name)
    if value is None:
        return default
    if not value.isdigit():
        raise SettingsError(f"{name} must be a whole number")
    return int(value)
