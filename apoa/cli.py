"""The operator's commands: `flask --help` lists them."""

import json

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from flask_migrate import Migrate, upgrade

from apoa.access.officers import create_officer
from apoa.access.roles import Role
from apoa.base.errors import Refused
from apoa.base.problems import problem_text
from apoa.base.settings import Settings
from apoa.commands.crosscheck import crosscheck
from apoa.commands.permits import permits
from apoa.db.base import db
from apoa.db.roles import ensure_application_role, load_as_owner, require_safe_role
from apoa.delivery.mail_out import mail_folder
from apoa.delivery.run_workers import run_workers
from apoa.delivery.worker import make_worker
from apoa.demo.credentials import credentials_text, read_credentials
from apoa.offices.load import load_regions
from apoa.permits.load_tables import load_permit_tables
from apoa.stays.receipt_keys import require_own_receipt_keys
from apoa.web.account.links import invitation_link


def register_commands(app: Flask) -> None:
    """Adds every command to `flask`."""
    Migrate(app, db, directory="migrations")
    app.cli.add_command(prepare)
    app.cli.add_command(worker)
    app.cli.add_command(regions)
    app.cli.add_command(demo)
    app.cli.add_command(users)
    app.cli.add_command(crosscheck)
    app.cli.add_command(permits)


def _settings() -> Settings:
    from flask import current_app

    value: Settings = current_app.extensions["apoa_settings"]
    return value


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database up to date; on a trial instance's first start load the demo."""
    settings = _settings()
    ensure_application_role(settings.owner_database_url)
    upgrade()
    require_safe_role()
    require_own_receipt_keys()
    load_as_owner(settings.owner_database_url, load_regions)
    load_as_owner(settings.owner_database_url, load_permit_tables)
    from apoa.demo.load import has_data, load_demo

    if settings.environment == "development" and not has_data():
        click.echo("Memuat data contoh (sekali saja) / loading demo data (only once) ...")
        load_demo(settings, lambda line: click.echo(f"  {line}"))


@click.command()
@click.pass_context
def worker(context: click.Context) -> None:
    """Run the background worker until it is ended."""
    from flask import current_app

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    run_workers(make_worker(app))


regions = AppGroup("regions", help="The country's regions.")


@regions.command("load")
def regions_load() -> None:
    """Load or refresh the regions that ship with the system."""
    count = load_as_owner(_settings().owner_database_url, load_regions)
    click.echo(f"{count} regions")


users = AppGroup("users", help="Accounts that nobody inside can make.")


@users.command("create-directorate")
@click.argument("email")
@click.argument("name")
@click.option("--print-link", is_flag=True, help="Also print the link that the mail carries.")
def users_create_directorate(email: str, name: str, print_link: bool) -> None:
    """Invite the first person of the directorate, who then invites the others."""
    links: list[str] = []

    def link(token: str) -> str:
        links.append(invitation_link(token))
        return links[-1]

    try:
        create_officer(email, name, Role.DIRECTORATE, None, link=link)
    except Refused as error:
        raise click.ClickException(
            "; ".join(problem_text(problem, "en") for problem in error.problems)
        ) from None
    click.echo("The invitation is on its way by mail; it works for 7 days.")
    if print_link:
        click.echo(links[-1])


demo = AppGroup("demo", help="Invented data for trying.")


@demo.command("credentials")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def demo_credentials(as_json: bool) -> None:
    """Print the demo accounts."""
    accounts = read_credentials(_settings())
    click.echo(json.dumps(accounts, indent=2) if as_json else credentials_text(accounts))


@demo.command("welcome")
def demo_welcome() -> None:
    """Print where the system is and who can sign in."""
    settings = _settings()
    click.echo(f"\nAPOA: {settings.base_url}")
    if settings.smtp_url is None:
        click.echo(f"Surel / mail: {mail_folder(settings)}")
    if settings.environment == "development":
        click.echo(credentials_text(read_credentials(settings)))
    click.echo("Ctrl-C mengakhiri semuanya / ends all of it.")
