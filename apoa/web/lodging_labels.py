"""How lodgings' types, fields, steps and likenesses are called on the screen."""

from flask_babel import lazy_gettext as _l

from apoa.properties.duplicates import DuplicateReason
from apoa.properties.models import PropertyType
from apoa.properties.rules import EventKind

TYPE_LABELS = {
    PropertyType.HOTEL: _l("Hotel"),
    PropertyType.GUESTHOUSE: _l("Wisma / guest house"),
    PropertyType.HOMESTAY: _l("Homestay"),
    PropertyType.VILLA: _l("Vila"),
    PropertyType.KOS: _l("Kos"),
    PropertyType.APARTMENT: _l("Apartemen"),
    PropertyType.PRIVATE_HOUSE: _l("Rumah pribadi"),
    PropertyType.COMPANY_MESS: _l("Mes perusahaan"),
}
FIELD_LABELS = {
    "type": _l("Jenis tempat penginapan"),
    "name": _l("Nama tempat penginapan"),
    "nib": _l("NIB (Nomor Induk Berusaha)"),
    "no_nib_reason": _l("Alasan tidak ada NIB"),
    "address": _l("Alamat jalan"),
    "region_code": _l("Desa, kelurahan atau kecamatan"),
    "latitude": _l("Lintang"),
    "longitude": _l("Bujur"),
    "rooms": _l("Jumlah kamar"),
    "phone": _l("Nomor telepon"),
    "responsible_name": _l("Nama penanggung jawab"),
    "responsible_email": _l("Surel penanggung jawab"),
}
EVENT_LABELS = {
    EventKind.REGISTERED: _l("Didaftarkan"),
    EventKind.SUBMITTED: _l("Surel diverifikasi, menunggu pemeriksaan"),
    EventKind.ASKED_BACK: _l("Diminta melengkapi"),
    EventKind.CORRECTED: _l("Diperbaiki dan dikirim lagi"),
    EventKind.APPROVED: _l("Disetujui"),
    EventKind.REFUSED: _l("Ditolak"),
    EventKind.SUSPENDED: _l("Ditangguhkan"),
    EventKind.RESUMED: _l("Diaktifkan kembali"),
    EventKind.CLOSED: _l("Ditutup"),
    EventKind.REOPENED: _l("Dibuka kembali"),
    EventKind.EDITED: _l("Data diubah pengelola"),
    EventKind.MOVED: _l("Pindah kantor imigrasi"),
}
DUPLICATE_LABELS = {
    DuplicateReason.SAME_NIB: _l("NIB sama"),
    DuplicateReason.LIKE_NAME_NEARBY: _l("nama mirip, berdekatan"),
    DuplicateReason.LIKE_NAME_IN_DISTRICT: _l("nama mirip, kecamatan sama"),
}
