"""What a version's act and way of coming are called."""

from flask_babel import gettext as _

from apoa.stays.models import Source


def act_label(act: str) -> str:
    """What was done."""
    return {
        "report": _("laporan diterima"),
        "amend": _("laporan diubah"),
        "check_out": _("check-out"),
        "cancel": _("laporan dibatalkan"),
        "reopen": _("dibuka kembali"),
    }.get(act.removesuffix("_stay"), act)


def source_label(source: str) -> str:
    """By which way it came, where no person is named."""
    return {
        Source.WEB: _("melalui situs"),
        Source.API: _("melalui sistem hotel"),
        Source.IMPORT: _("melalui berkas"),
        Source.OFFLINE: _("melalui situs, saat sambungan putus"),
        Source.DEMO: _("data contoh"),
    }[Source(source)]
