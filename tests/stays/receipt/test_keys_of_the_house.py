"""The system does not start with keys whose receipts nobody could verify."""

import dataclasses

import pytest
from flask import Flask

from apoa.app import create_app
from apoa.base.errors import SettingsError
from apoa.db import secrets as held
from apoa.db.base import db
from apoa.stays.receipt.keyring import KeyRing, new_key_entry
from apoa.stays.receipt_keys import list_receipt_keys, require_own_receipt_keys
from tests.cast import Cast
from tests.supervision.finding import report


@pytest.mark.parametrize("text", ["r1:" + "x" * 44, "r1", "r1:AAAA,r1:AAAA", ""])
def test_unsound_keys_are_refused_at_the_start_without_quoting_them(app: Flask, text: str) -> None:
    settings = dataclasses.replace(app.extensions["apoa_settings"], receipt_keys=text)
    with pytest.raises(SettingsError, match="APOA_RECEIPT_KEYS") as error:
        create_app(settings)
    assert "AAAA" not in str(error.value)


def test_another_key_under_a_used_id_is_refused_and_a_new_id_is_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(cast)
    ours = held.secrets()
    (used,) = [key.key_id for key in list_receipt_keys()]
    require_own_receipt_keys()

    def settings_say(text: str) -> None:
        keys = dataclasses.replace(ours, receipt_keys=text)
        monkeypatch.setattr("apoa.stays.receipt_keys.secrets", lambda: keys)

    settings_say(f"{new_key_entry('next')},{ours.receipt_keys}")
    require_own_receipt_keys()
    settings_say(new_key_entry("next"))
    require_own_receipt_keys()
    settings_say(new_key_entry(used))
    with pytest.raises(SettingsError, match=f"{used} signed receipts with another key"):
        require_own_receipt_keys()
    assert KeyRing.parse(ours.receipt_keys).signing_key_id == used
    db.session.rollback()
