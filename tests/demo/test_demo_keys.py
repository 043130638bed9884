"""The demo comes with one live and one test key, and both are let in."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from apoa.base.settings import Settings
from apoa.demo.credentials import credentials_text, read_credentials
from apoa.demo.load import load_demo


def test_both_demo_keys_are_let_in(
    app: Flask, clean: None, settings: Settings, tmp_path: Path
) -> None:
    small = replace(settings, demo_stays=5, instance_path=tmp_path)
    assert read_credentials(small)["keys"] == []
    load_demo(small)
    credentials = read_credentials(small)
    assert [key["mode"] for key in credentials["keys"]] == ["live", "test"]
    for key in credentials["keys"]:
        assert key["key"] == f"{key['client_id']}_{key['client_secret']}"
        assert key["key"] in credentials_text(credentials)
        bearer = {"Authorization": f"Bearer {key['key']}"}
        body = app.test_client().get("/api/v1/me", headers=bearer).get_json()
        assert body["mode"] == key["mode"]
        shown = {one["id"] for one in body["properties"]}
        assert shown == {one["id"] for one in key["properties"]}
        assert shown
