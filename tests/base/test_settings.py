"""Settings: production refuses to start with a missing or default secret, and says which."""

import base64
from pathlib import Path

import pytest

from apoa.base.errors import SettingsError
from apoa.base.settings import SECRETS, settings_from


def b64(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return {
        "APOA_ENV": "production",
        "APOA_INSTANCE": str(tmp_path),
        "APOA_DATABASE_URL": "postgresql://apoa_app@db/apoa",
        "APOA_BASE_URL": "https://apoa.example.id/",
        "APOA_SECRET_KEY": "k" * 64,
        "APOA_DOCUMENT_KEYS": f"d1:{b64('d')}",
        "APOA_BLIND_KEY": b64("b"),
        "APOA_RECEIPT_KEYS": f"r1:{b64('r')}",
    }


def test_complete_production_settings_start(production: dict[str, str]) -> None:
    settings = settings_from(production)
    assert settings.is_production
    assert settings.secure_cookies
    assert settings.base_url == "https://apoa.example.id"
    assert settings.database_url == "postgresql+psycopg://apoa_app@db/apoa"


@pytest.mark.parametrize("name", [*SECRETS, "APOA_DATABASE_URL", "APOA_BASE_URL"])
def test_production_names_each_missing_setting(production: dict[str, str], name: str) -> None:
    del production[name]
    with pytest.raises(SettingsError, match=f"{name} is missing"):
        settings_from(production)


def test_all_missing_secrets_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_from({"APOA_ENV": "production", "APOA_INSTANCE": str(tmp_path)})
    assert all(name in str(caught.value) for name in SECRETS)


@pytest.mark.parametrize("name", SECRETS)
def test_production_refuses_a_default_value(production: dict[str, str], name: str) -> None:
    production[name] = "please-change-me-please-change-me-please-change-me"
    with pytest.raises(SettingsError, match=f"{name} is a default value") as caught:
        settings_from(production)
    assert "please" not in str(caught.value)


def test_a_secret_may_not_be_short_or_used_twice(production: dict[str, str]) -> None:
    production["APOA_SECRET_KEY"] = "short"
    with pytest.raises(SettingsError, match="APOA_SECRET_KEY is too short"):
        settings_from(production)
    production["APOA_SECRET_KEY"] = production["APOA_BLIND_KEY"]
    with pytest.raises(SettingsError, match="APOA_BLIND_KEY is the same as APOA_SECRET_KEY"):
        settings_from(production)


def test_production_refuses_plain_http(production: dict[str, str]) -> None:
    production["APOA_BASE_URL"] = "http://apoa.example.id"
    with pytest.raises(SettingsError, match="APOA_BASE_URL"):
        settings_from(production)


@pytest.mark.parametrize("value", ["no-colon", f"d1:{'x' * 44}", "d1:" + "A" * 40, ":" + "A" * 44])
def test_document_keys_must_be_readable(production: dict[str, str], value: str) -> None:
    production["APOA_DOCUMENT_KEYS"] = value
    with pytest.raises(SettingsError, match="APOA_DOCUMENT_KEYS"):
        settings_from(production)


def test_secrets_of_a_trial_instance_are_never_those_of_production(
    production: dict[str, str], tmp_path: Path
) -> None:
    lines = [f"{name}={production.pop(name)}" for name in SECRETS]
    (tmp_path / "apoa.env").write_text("\n".join(["APOA_ENV=development", *lines]))
    with pytest.raises(SettingsError, match="APOA_SECRET_KEY is missing"):
        settings_from(production)


def test_the_instance_file_fills_in_and_the_environment_wins(
    production: dict[str, str], tmp_path: Path
) -> None:
    lines = ["# note", "APOA_ENV=production", f"APOA_SECRET_KEY={'f' * 50}", "APOA_LOG_LEVEL=debug"]
    (tmp_path / "apoa.env").write_text("\n".join(lines))
    settings = settings_from(production)
    assert settings.log_level == "DEBUG"
    assert settings.secret_key == "k" * 64


def test_without_saying_so_it_is_production(production: dict[str, str]) -> None:
    del production["APOA_ENV"]
    assert settings_from(production).is_production


def test_secrets_do_not_show_in_a_representation(production: dict[str, str]) -> None:
    shown = repr(settings_from(production))
    assert not any(production[name] in shown for name in SECRETS)


def test_numbers_must_be_numbers(production: dict[str, str]) -> None:
    production["APOA_TRUSTED_PROXIES"] = "one"
    with pytest.raises(SettingsError, match="APOA_TRUSTED_PROXIES"):
        settings_from(production)
