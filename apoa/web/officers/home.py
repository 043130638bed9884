"""Where an officer's day begins: what this role can do, and how much waits."""

from dataclasses import dataclass

from flask import g, render_template, url_for
from flask_babel import gettext as _

from apoa.access.actors import Actor
from apoa.access.places import list_place_names
from apoa.access.roles import NATIONAL_ROLES, Action, Role
from apoa.crosscheck.findings.listing import count_active_findings
from apoa.crosscheck.review import ReviewFilters, ReviewTurn, count_review
from apoa.properties.listing import count_registrations
from apoa.properties.models import PropertyState
from apoa.web.areas import ONBOARDING
from apoa.web.officers import blueprint
from apoa.web.role_labels import role_label


@dataclass(frozen=True)
class Task:
    """A kind of work, and how many things wait in it (None: not counted)."""

    title: str
    hint: str
    url: str
    waiting: int | None = None


@blueprint.get("/")
def home() -> str:
    """The work of this role."""
    actor: Actor = g.actor
    places = list_place_names((), actor.office_roles)
    names = [role_label(r) for r in sorted(actor.roles) if r in (*NATIONAL_ROLES, *_in_offices())]
    return render_template(
        "officers/home.html", tasks=_tasks(actor), places=places, role_names=names
    )


def _in_offices() -> frozenset[Role]:
    actor: Actor = g.actor
    return frozenset().union(*actor.office_roles.values())


def _tasks(actor: Actor) -> list[Task]:
    tasks: list[Task] = []
    if actor.roles & ONBOARDING:
        tasks += _onboarding(actor)
    if actor.may(Action.SEARCH_STAYS):
        tasks.append(
            Task(
                _("Cari orang asing"),
                _("Menurut nomor dokumen, nama, kewarganegaraan, tempat atau tanggal."),
                url_for("supervision.search"),
            )
        )
    tasks += _cross_check(actor)
    if actor.may(Action.MANAGE_OFFICERS):
        hint = _("Undang petugas, dan nonaktifkan yang sudah pindah.")
        tasks.append(Task(_("Petugas"), hint, url_for("officers.people")))
    if actor.may(Action.EDIT_OFFICES):
        hint = _("Kantor imigrasi dan wilayah kerjanya.")
        tasks.append(Task(_("Kantor"), hint, url_for("directorate.offices")))
    if actor.may(Action.EDIT_DEADLINES):
        hint = _("Berapa jam setelah check-in sebuah laporan harus masuk.")
        tasks.append(Task(_("Batas waktu"), hint, url_for("directorate.deadlines")))
    if actor.may(Action.VIEW_AUDIT):
        hint = _("Siapa melakukan dan membuka apa, dan kapan.")
        tasks.append(Task(_("Jejak audit"), hint, url_for("officers.audit")))
    return tasks


def _cross_check(actor: Actor) -> list[Task]:
    tasks: list[Task] = []
    if actor.may(Action.REVIEW_MATCH):
        hint = _("Tamu yang mungkin pemegang izin tinggal, tetapi perlu dilihat orang.")
        waiting = count_review(actor, ReviewFilters(turn=ReviewTurn.OFFICE))
        url = url_for("insarkom.review_queue")
        tasks.append(Task(_("Tinjauan kecocokan"), hint, url, waiting))
    if actor.may(Action.VIEW_FINDINGS):
        hint = _("Yang menurut pemeriksaan silang perlu dilihat petugas.")
        waiting = sum(count_active_findings(actor).values())
        tasks.append(Task(_("Temuan"), hint, url_for("officers.findings"), waiting))
    if actor.may(Action.VIEW_PERMITS):
        hint = _("Menurut nomor izin, nomor dokumen, atau nama pemegang.")
        tasks.append(Task(_("Cari izin tinggal"), hint, url_for("officers.permit_search")))
    return tasks


def _onboarding(actor: Actor) -> list[Task]:
    return [
        Task(
            _("Pendaftaran"),
            _("Tempat penginapan yang menunggu keputusan."),
            url_for("insarkom.registrations"),
            count_registrations(actor)[PropertyState.SUBMITTED],
        ),
        Task(
            _("Penginapan"),
            _("Yang sudah terdaftar, dan yang ditangguhkan."),
            url_for("insarkom.properties"),
        ),
    ]
