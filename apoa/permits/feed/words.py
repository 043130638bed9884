"""How registers write kinds, statuses, sexes and countries: which word stands for which code."""

from functools import lru_cache

from apoa.base.countries import COUNTRIES, is_nationality, normalize_country
from apoa.base.names import fold

KINDS = ("bvk", "voa", "itk", "itas", "itap", "diplomatic", "service")
STATUSES = ("active", "extended", "converted", "cancelled", "revoked", "departed")
SEXES = ("F", "M", "X")

# The keys are folded: upper-case A-Z, digits and single spaces.
KIND_WORDS = {
    "BVK": "bvk",
    "BEBAS VISA": "bvk",
    "BEBAS VISA KUNJUNGAN": "bvk",
    "VISA EXEMPTION": "bvk",
    "VISA FREE": "bvk",
    "VOA": "voa",
    "EVOA": "voa",
    "E VOA": "voa",
    "VKSK": "voa",
    "VISA ON ARRIVAL": "voa",
    "VISA KUNJUNGAN SAAT KEDATANGAN": "voa",
    "ITK": "itk",
    "IZIN TINGGAL KUNJUNGAN": "itk",
    "KUNJUNGAN": "itk",
    "VISIT": "itk",
    "VISIT STAY PERMIT": "itk",
    "ITAS": "itas",
    "KITAS": "itas",
    "EITAS": "itas",
    "E ITAS": "itas",
    "IZIN TINGGAL TERBATAS": "itas",
    "TERBATAS": "itas",
    "LIMITED STAY PERMIT": "itas",
    "ITAP": "itap",
    "KITAP": "itap",
    "EITAP": "itap",
    "E ITAP": "itap",
    "IZIN TINGGAL TETAP": "itap",
    "TETAP": "itap",
    "PERMANENT STAY PERMIT": "itap",
    "DIPLOMATIC": "diplomatic",
    "DIPLOMATIK": "diplomatic",
    "IZIN TINGGAL DIPLOMATIK": "diplomatic",
    "SERVICE": "service",
    "DINAS": "service",
    "IZIN TINGGAL DINAS": "service",
}
STATUS_WORDS = {
    "ACTIVE": "active",
    "AKTIF": "active",
    "BERLAKU": "active",
    "VALID": "active",
    "EXTENDED": "extended",
    "DIPERPANJANG": "extended",
    "PERPANJANGAN": "extended",
    "CONVERTED": "converted",
    "ALIH STATUS": "converted",
    "DIALIHSTATUSKAN": "converted",
    "BERALIH": "converted",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
    "BATAL": "cancelled",
    "DIBATALKAN": "cancelled",
    "PEMBATALAN": "cancelled",
    "REVOKED": "revoked",
    "CABUT": "revoked",
    "DICABUT": "revoked",
    "DEPARTED": "departed",
    "BERANGKAT": "departed",
    "KELUAR": "departed",
    "EPO": "departed",
    "ERP": "departed",
    "EXIT PERMIT ONLY": "departed",
    "TELAH MENINGGALKAN INDONESIA": "departed",
}
SEX_WORDS = {
    "F": "F",
    "P": "F",
    "W": "F",
    "PEREMPUAN": "F",
    "WANITA": "F",
    "FEMALE": "F",
    "M": "M",
    "L": "M",
    "LAKI LAKI": "M",
    "LAKILAKI": "M",
    "PRIA": "M",
    "MALE": "M",
    "X": "X",
    "U": "X",
    "UNSPECIFIED": "X",
    "TIDAK DISEBUTKAN": "X",
}
_MORE_COUNTRIES = {
    "AMERIKA": "USA",
    "UNITED STATES OF AMERICA": "USA",
    "TIONGKOK": "CHN",
    "RRT": "CHN",
    "RRC": "CHN",
    "CINA": "CHN",
    "REPUBLIK RAKYAT TIONGKOK": "CHN",
    "KOREA": "KOR",
    "REPUBLIC OF KOREA": "KOR",
    "REPUBLIK KOREA": "KOR",
    "INGGRIS": "GBR",
    "BRITANIA RAYA": "GBR",
    "RUSSIAN FEDERATION": "RUS",
    "VIET NAM": "VNM",
    "UAE": "ARE",
    "UNI EMIRAT ARAB": "ARE",
    "HOLLAND": "NLD",
    "CZECH REPUBLIC": "CZE",
    "CEKO": "CZE",
    "TURKEY": "TUR",
    "TURKI": "TUR",
    "BIRMA": "MMR",
    "UK": "GBR",
}
_WORDS_OF = {"kind": KIND_WORDS, "status": STATUS_WORDS, "sex": SEX_WORDS}


@lru_cache(maxsize=4096)
def code_of(what: str, text: str) -> str | None:
    """The code that a word stands for; `what` is "kind", "status" or "sex"."""
    lower = text.lower()
    if (what == "kind" and lower in KINDS) or (what == "status" and lower in STATUSES):
        return lower
    return _WORDS_OF[what].get(fold(text))


@lru_cache(maxsize=4096)
def country_of(text: str) -> str | None:
    """The three-letter code of a country by its code or its name in Indonesian or English."""
    try:
        return normalize_country(text)
    except ValueError:
        return _by_name().get(fold(text))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Names that several codes share name none."""
    found: dict[str, str | None] = {}
    for country in COUNTRIES.values():
        if not is_nationality(country.code):
            continue
        for name in {fold(country.name_id), fold(country.name_en)}:
            found[name] = country.code if found.get(name, country.code) == country.code else None
    names = {name: code for name, code in found.items() if code}
    return names | _alpha_2() | {fold(name): code for name, code in _MORE_COUNTRIES.items()}


def _alpha_2() -> dict[str, str]:
    import pycountry

    return {str(one.alpha_2): str(one.alpha_3) for one in pycountry.countries}
