"""What stands around every page: the menu, the place one works for, the language switch."""

from dataclasses import dataclass

from flask import Flask, g, request, url_for
from flask_babel import gettext as _

from apoa.access.actors import Actor
from apoa.access.roles import Role
from apoa.base.clock import now
from apoa.web.locale import select_locale
from apoa.web.role_labels import role_label


@dataclass(frozen=True)
class NavItem:
    """One entry of a menu."""

    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class ActorView:
    """What a page shows of the person who is signed in."""

    name: str
    role_label: str


def register_navigation(app: Flask) -> None:
    """Gives every template the frame's variables."""
    app.context_processor(_frame)


def _frame() -> dict[str, object]:
    actor: Actor | None = g.get("actor")
    shown = None
    if actor is not None:
        shown = ActorView(actor.name, role_label(actor.main_role) if actor.main_role else "")
    return {
        "actor": shown,
        "current_locale": select_locale(),
        "clock_now": now(),
        "place_name": _place_name(actor),
        "place_kind": _("Kantor imigrasi"),
        "nav_items": menu(actor),
        "account_items": _account_items() if actor else [],
        "home_url": url_for("public.home"),
        "sign_out_url": url_for("account.sign_out"),
        "language_url": url_for("public.choose_language"),
    }


def _place_name(actor: Actor | None) -> str | None:
    """Where an officer serves; pages of a lodging name the lodging instead."""
    if actor is not None and actor.national_roles:
        return _("Direktorat Jenderal Imigrasi")
    return actor.place_name if actor else None


def menu(actor: Actor | None) -> list[NavItem]:
    """The main menu: of the lodging in the address, of an officer, or of a visitor."""
    if actor is None:
        return []
    property_id = (request.view_args or {}).get("property_id") if request else None
    if property_id is None and len(actor.property_roles) == 1 and not actor.is_officer:
        property_id = next(iter(actor.property_roles))
    if property_id in actor.property_roles:
        return _frontdesk_items(actor, property_id)
    if actor.is_officer:
        return _officer_items(actor)
    return [_item(_("Tempat penginapan saya"), "frontdesk.properties")]


def _frontdesk_items(actor: Actor, property_id: object) -> list[NavItem]:
    items = [
        _item(_("Hari ini"), "frontdesk.board", property_id=property_id),
        _item(_("Lapor tamu"), "frontdesk.new_stay", property_id=property_id),
        _item(_("Laporan menginap"), "frontdesk.stays", property_id=property_id),
    ]
    if actor.property_roles.get(property_id) == Role.MANAGER:  # type: ignore[call-overload]
        items += [
            _item(_("Petugas"), "frontdesk.people", property_id=property_id),
            _item(_("Data penginapan"), "frontdesk.details", property_id=property_id),
            _item(_("Sambungan PMS"), "frontdesk.keys", property_id=property_id),
        ]
    if len(actor.property_roles) > 1:
        items.append(_item(_("Ganti penginapan"), "frontdesk.properties"))
    return items


def _officer_items(actor: Actor) -> list[NavItem]:
    roles = actor.roles
    items = [_item(_("Beranda"), "officers.home")]
    if roles & {Role.INSARKOM, Role.HEAD_OF_OFFICE, Role.DIRECTORATE, Role.AUDITOR}:
        items.append(_item(_("Pendaftaran"), "insarkom.registrations"))
        items.append(_item(_("Penginapan"), "insarkom.properties"))
    if roles & {Role.INSARKOM, Role.HEAD_OF_OFFICE, Role.DIRECTORATE}:
        items.append(_item(_("Data izin tinggal"), "insarkom.permit_feeds"))
    if roles & {Role.SUPERVISION, Role.INSARKOM, Role.HEAD_OF_OFFICE, Role.DIRECTORATE}:
        items.append(_item(_("Cari orang asing"), "supervision.search"))
    if roles & {Role.INSARKOM, Role.HEAD_OF_OFFICE}:
        items.append(_item(_("Tinjauan kecocokan"), "insarkom.review_queue"))
    items.append(_item(_("Temuan"), "officers.findings"))
    items.append(_item(_("Cari izin tinggal"), "officers.permit_search"))
    if roles & {Role.DIRECTORATE, Role.AUDITOR}:
        items.append(_item(_("Kantor"), "directorate.offices"))
    if Role.DIRECTORATE in roles:
        items.append(_item(_("Batas waktu"), "directorate.deadlines"))
        items.append(_item(_("Tabel izin"), "directorate.permit_indexes"))
    if roles & {Role.DIRECTORATE, Role.AUDITOR}:
        items.append(_item(_("Gangguan sistem"), "directorate.outages"))
    items.append(_item(_("Aturan pemeriksaan"), "officers.rules"))
    items.append(_item(_("Antrean pemeriksaan"), "officers.cross_check"))
    if roles & {Role.HEAD_OF_OFFICE, Role.DIRECTORATE}:
        items.append(_item(_("Petugas"), "officers.people"))
    if roles & {Role.HEAD_OF_OFFICE, Role.DIRECTORATE, Role.AUDITOR}:
        items.append(_item(_("Jejak audit"), "officers.audit"))
    return items


def _account_items() -> list[NavItem]:
    return [
        _item(_("Akun saya"), "own.account"),
        _item(_("Sesi masuk"), "own.sessions"),
    ]


def _item(label: str, endpoint: str, **values: object) -> NavItem:
    url = url_for(endpoint, **values)  # type: ignore[arg-type]
    # By the address too: a form shown again after a fault has that of its page.
    here = bool(request) and (request.endpoint == endpoint or request.path == url)
    return NavItem(label, url, here)
