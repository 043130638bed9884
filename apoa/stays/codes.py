"""The closed lists of a stay: each code with its word in Indonesian and in English."""

from typing import NamedTuple


class Code(NamedTuple):
    """A code that never changes, and what a person reads for it."""

    code: str
    indonesian: str
    english: str

    def in_locale(self, locale: str) -> str:
        """The word of a language; Indonesian unless English is asked for."""
        return self.english if locale == "en" else self.indonesian


SEXES = (
    Code("F", "Perempuan", "Female"),
    Code("M", "Laki-laki", "Male"),
    Code("X", "Tidak ditentukan", "Unspecified"),
)
STATES = (
    Code("in_house", "Masih menginap", "In house"),
    Code("departed", "Sudah keluar", "Departed"),
    Code("cancelled", "Dibatalkan", "Cancelled"),
)
DOCUMENT_TYPES = (
    Code("passport", "Paspor", "Passport"),
    Code("travel_document", "Dokumen perjalanan", "Travel document"),
    Code("laissez_passer", "Laissez-passer", "Laissez-passer"),
    Code("seafarer_book", "Buku pelaut", "Seafarer's book"),
    Code("refugee_document", "Dokumen pengungsi", "Refugee document"),
    Code("identity_card", "Kartu identitas", "Identity card"),
    Code("other", "Dokumen lain", "Other document"),
)
PERMIT_KINDS = (
    Code("bvk", "Bebas visa kunjungan (BVK)", "Visa-free visit (BVK)"),
    Code("voa", "Visa saat kedatangan (VoA)", "Visa on arrival (VoA)"),
    Code("itk", "Izin tinggal kunjungan (ITK)", "Visit stay permit (ITK)"),
    Code("itas", "Izin tinggal terbatas (ITAS)", "Limited stay permit (ITAS)"),
    Code("itap", "Izin tinggal tetap (ITAP)", "Permanent stay permit (ITAP)"),
    Code("diplomatic", "Izin tinggal diplomatik", "Diplomatic stay permit"),
    Code("service", "Izin tinggal dinas", "Service stay permit"),
    Code("unknown", "Tidak diketahui", "Not known"),
)
PURPOSES = (
    Code("tourism", "Wisata", "Tourism"),
    Code("business", "Bisnis", "Business"),
    Code("work", "Bekerja", "Work"),
    Code("study", "Belajar", "Study"),
    Code("family", "Keluarga", "Family"),
    Code("social", "Sosial dan budaya", "Social and cultural"),
    Code("transit", "Transit", "Transit"),
    Code("medical", "Berobat", "Medical treatment"),
    Code("religious", "Keagamaan", "Religious"),
    Code("government", "Tugas pemerintahan", "Government"),
    Code("other", "Lainnya", "Other"),
)


def code_name(codes: tuple[Code, ...], code: str, locale: str = "id") -> str:
    """What a person reads for a code; the code itself where the list does not hold it."""
    return next((one.in_locale(locale) for one in codes if one.code == code), code)
