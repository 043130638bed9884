"""How roles are called on the screen."""

from flask_babel import gettext as _

from apoa.access.roles import Role


def role_label(role: str) -> str:
    """The role's name in the reader's language."""
    return {
        Role.CLERK: _("Petugas resepsionis"),
        Role.MANAGER: _("Pengelola penginapan"),
        Role.INSARKOM: _("Insarkom"),
        Role.SUPERVISION: _("Pengawasan"),
        Role.HEAD_OF_OFFICE: _("Kepala kantor"),
        Role.DIRECTORATE: _("Direktorat"),
        Role.AUDITOR: _("Auditor"),
        Role.API_CLIENT: _("Sistem penginapan (kunci API)"),
    }[Role(role)]
