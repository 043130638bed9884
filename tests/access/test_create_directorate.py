"""The operator's command for the first person of the directorate."""

from typing import Any

from flask import Flask

from apoa.access.accept_invitation import find_invitation
from apoa.access.roles import Role
from tests.cast import Cast


def test_the_command_sends_an_invitation_and_prints_the_link_if_asked(
    app: Flask, cast: Cast
) -> None:
    run = app.test_cli_runner()
    done = run.invoke(
        args=["users", "create-directorate", "pusat@example.com", "Ibu Pusat", "--print-link"]
    )
    assert done.exit_code == 0, done.output
    seen = find_invitation(done.output.strip().rpartition("/")[2])
    assert seen is not None
    assert (seen.role, seen.name) == (Role.DIRECTORATE, "Ibu Pusat")


def test_the_link_is_not_printed_unasked(app: Flask, cast: Cast) -> None:
    done = app.test_cli_runner().invoke(
        args=["users", "create-directorate", "pusat@example.com", "Ibu Pusat"]
    )
    assert done.exit_code == 0
    assert "/invitations/" not in done.output


def test_a_faulty_address_is_said_and_nothing_is_sent(app: Flask, cast: Cast, audit: Any) -> None:
    done = app.test_cli_runner().invoke(
        args=["users", "create-directorate", "no address", "Ibu Pusat"]
    )
    assert done.exit_code == 1
    assert "e-mail address" in done.output
    assert audit("invitation_sent") == []
