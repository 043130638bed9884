"""How the acts in the audit are called on the screen; one without words here shows its code."""

from flask_babel import lazy_gettext as _

from apoa.access.roles import Role
from apoa.web.role_labels import role_label
from apoa.web.ui import STATE_TAGS

ACTION_WORDS = {
    "report_stay": _("Laporan menginap dibuat"),
    "amend_stay": _("Laporan menginap diubah"),
    "check_out_stay": _("Tamu check-out"),
    "cancel_stay": _("Laporan menginap dibatalkan"),
    "reopen_stay": _("Laporan menginap dibuka kembali"),
    "view_stay": _("Laporan menginap dibuka"),
    "list_versions": _("Riwayat laporan dibuka"),
    "print_receipt": _("Tanda terima dicetak"),
    "find_in_property": _("Tamu dicari di penginapan"),
    "find_returning_guest": _("Tamu lama dicari di penginapan"),
    "purpose_stated": _("Tujuan melihat data dinyatakan"),
    "stays_searched": _("Orang asing dicari"),
    "search_page_opened": _("Hasil pencarian dibuka"),
    "expired_searches_wiped": _("Pencarian lama dihapus"),
    "person_opened": _("Data orang asing dibuka"),
    "register_property": _("Penginapan didaftarkan"),
    "verify_registration": _("Surel pendaftaran dipastikan"),
    "correct_registration": _("Pendaftaran diperbaiki"),
    "approve_registration": _("Pendaftaran disetujui"),
    "ask_back_registration": _("Pendaftaran dikembalikan"),
    "refuse_registration": _("Pendaftaran ditolak"),
    "edit_property": _("Data penginapan diubah"),
    "suspend_property": _("Penginapan ditangguhkan"),
    "resume_property": _("Penangguhan dicabut"),
    "close_property": _("Penginapan ditutup"),
    "reopen_property": _("Penginapan dibuka kembali"),
    "open_property": _("Data penginapan dibuka"),
    "resend_verification": _("Surel pendaftaran dikirim lagi"),
    "move_property": _("Penginapan pindah kantor"),
    "invitation_sent": _("Undangan dikirim"),
    "invitation_withdrawn": _("Undangan ditarik kembali"),
    "invitation_accepted": _("Undangan diterima"),
    "person_removed": _("Petugas penginapan dikeluarkan"),
    "user_disabled": _("Akun petugas dinonaktifkan"),
    "user_enabled": _("Akun petugas diaktifkan kembali"),
    "signed_in": _("Berhasil masuk"),
    "sign_in_refused": _("Gagal masuk"),
    "session_opened": _("Sesi dimulai"),
    "session_ended": _("Sesi diakhiri"),
    "password_changed": _("Kata sandi diganti"),
    "password_refused": _("Kata sandi lama salah"),
    "password_reset_asked": _("Kata sandi baru diminta"),
    "password_reset": _("Kata sandi baru ditentukan"),
    "email_change_asked": _("Alamat surel baru diminta"),
    "email_verified": _("Alamat surel dipastikan"),
    "profile_changed": _("Nama atau bahasa diubah"),
    "set_working_area": _("Wilayah kerja ditentukan"),
    "remove_working_area": _("Wilayah kerja dihapus"),
    "add_office": _("Kantor ditambahkan"),
    "rename_office": _("Nama kantor diubah"),
    "set_deadline": _("Batas waktu ditentukan"),
    "declare_outage": _("Gangguan sistem dinyatakan"),
    "end_outage": _("Gangguan sistem berakhir"),
    "upsert_permits": _("Izin tinggal dimuat"),
    "extend_permit": _("Izin tinggal diperpanjang"),
    "change_permit_status": _("Izin tinggal diakhiri"),
    "learn_permit_document": _("Dokumen pemegang izin ditambahkan"),
    "view_permit": _("Izin tinggal dibuka"),
    "add_permit_index": _("Aturan kode indeks ditambahkan"),
    "add_nationality": _("Kewarganegaraan ditambahkan pada daftar"),
    "end_nationality": _("Kewarganegaraan diakhiri pada daftar"),
    "key_made": _("Kunci API dibuat"),
    "key_rotated": _("Kunci API diganti"),
    "key_narrowed": _("Kunci API dilepas dari penginapan"),
    "key_ended": _("Kunci API diakhiri"),
    "conformance_started": _("Uji kesesuaian dimulai"),
    "conformance_passed": _("Sertifikat kesesuaian diterbitkan"),
    "reconcile": _("Daftar tamu dicocokkan"),
    "webhook_subscribed": _("Webhook didaftarkan"),
    "webhook_endpoint_amended": _("Webhook diubah"),
    "webhook_secret_replaced": _("Rahasia webhook diganti"),
    "webhook_unsubscribed": _("Webhook dihapus"),
    "webhook_endpoint_disabled": _("Webhook dinonaktifkan"),
    "webhook_tested": _("Uji coba webhook dikirim"),
    "webhook_replayed": _("Kiriman webhook diulang"),
    "match_confirmed": _("Kecocokan dipastikan"),
    "match_rejected": _("Kecocokan ditolak"),
    "correction_asked": _("Penginapan diminta memeriksa laporan"),
    "review_listed": _("Antrean tinjauan dibuka"),
    "review_opened": _("Tinjauan kecocokan dibuka"),
    "recheck_started": _("Pemeriksaan ulang dimulai"),
    "recheck_stopped": _("Pemeriksaan ulang dihentikan"),
    "audit_read": _("Jejak audit dibaca"),
    "scope_everywhere": _("Sistem melihat seluruh data"),
}
ACTOR_WORDS = {
    "anonymous": _("Belum masuk"),
    "system": _("Sistem"),
    "worker": _("Sistem"),
    "user": _("Pengguna"),
}
SUBJECT_WORDS = {
    "stay": _("Laporan"),
    "property": _("Tempat penginapan"),
    "user": _("Akun"),
    "session": _("Sesi"),
    "invitation": _("Undangan"),
    "office": _("Kantor imigrasi"),
    "stay_search": _("Pencarian"),
    "deadline_rule": _("Batas waktu"),
    "outage": _("Gangguan"),
    "permit": _("Izin tinggal"),
    "permit_feed": _("Umpan izin tinggal"),
    "permit_index": _("Kode indeks"),
    "nationality_list": _("Daftar kewarganegaraan"),
    "api_key": _("Kunci API"),
    "webhook_endpoint": _("Webhook"),
}
DETAIL_WORDS = {
    "version": _("Versi"),
    "source": _("Asal"),
    "changed": _("Isian yang diubah"),
    "fields": _("Isian yang diubah"),
    "terms": _("Dicari menurut"),
    "hits": _("Jumlah hasil"),
    "first_page": _("Halaman pertama"),
    "other_stays": _("Laporan lain"),
    "count": _("Jumlah"),
    "state": _("Keadaan"),
    "reason": _("Alasan"),
    "role": _("Peran"),
    "hours": _("Jam"),
    "effective_from": _("Mulai berlaku"),
    "starts_at": _("Dimulai"),
    "ends_at": _("Berakhir"),
    "deadlines_moved": _("Batas lapor yang bergeser"),
    "region_code": _("Kode wilayah"),
    "office_before": _("Kantor sebelumnya"),
    "moved": _("Dipindah"),
    "before": _("Sebelum"),
    "after": _("Sesudah"),
    "email_trace": _("Jejak alamat surel"),
    "disabled": _("Akun dinonaktifkan"),
    "new_permits": _("Izin baru"),
    "changed_permits": _("Izin berubah"),
    "code": _("Kode"),
    "list": _("Daftar"),
    "nationality": _("Kewarganegaraan"),
    "day": _("Tanggal"),
    "of_action": _("Tindakan"),
    "of_day": _("Hari"),
}
VALUE_WORDS = {
    "True": _("ya"),
    "False": _("tidak"),
    "name": _("Nama"),
    "document_number": _("Nomor dokumen"),
    "nationality": _("Kewarganegaraan"),
    "birth_date": _("Tanggal lahir"),
    "property_id": _("Tempat penginapan"),
    "property_name": _("Nama tempat penginapan"),
    "region_code": _("Wilayah"),
    "in_house_on": _("Menginap pada tanggal"),
    "in_house_from": _("Menginap sejak tanggal"),
    "in_house_to": _("Menginap sampai tanggal"),
    "locale": _("Bahasa"),
    # Why the system looked everywhere.
    "cross-check": _("Pemeriksaan silang"),
    "deadlines of announced guests": _("Batas waktu tamu yang diumumkan"),
    "declared outage": _("Gangguan dinyatakan"),
    "demo": _("Data contoh dimuat"),
    "expired searches wiped": _("Pencarian lama dihapus"),
    "lodging handed over": _("Penginapan diserahkan ke kantor lain"),
    "old answers forgotten": _("Jawaban lama dihapus"),
    "old calls forgotten": _("Catatan panggilan lama dihapus"),
    "old webhook events forgotten": _("Peristiwa webhook lama dihapus"),
    "permit register": _("Register izin tinggal"),
    "receipt verification": _("Pemeriksaan tanda terima"),
    "same NIB at another office": _("NIB yang sama di kantor lain"),
    "webhooks that fell through": _("Webhook yang tertinggal"),
    "working area changed": _("Wilayah kerja diubah"),
}


def action_words(action: str) -> str:
    """The words of an action, or its code."""
    return str(ACTION_WORDS.get(action, action))


def detail_words(key: str, value: object) -> str:
    """One detail of an act, as `key: value`; what has no words here stands as it was recorded."""
    values = value if isinstance(value, list) else [value]
    return f"{DETAIL_WORDS.get(key, key)}: {', '.join(_value_words(key, one) for one in values)}"


def _value_words(key: str, value: object) -> str:
    text = str(value)
    if key == "state" and text in STATE_TAGS:
        return str(STATE_TAGS[text][1])
    if key == "role" and text in set(Role):
        return role_label(text)
    if key == "of_action":
        return action_words(text)
    return str(VALUE_WORDS.get(text, text))
