"""Which codes name a nationality or an issuing state, and what they are called.

Sources: ISO 3166-1 (pycountry) and the additions of ICAO Doc 9303 part 3 section 5; names of the
ISO codes from CLDR, in Indonesian and English.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pycountry
from babel import Locale

from apoa.base.names import fold

HOME = "IDN"
SPECIMEN = "UTO"


@dataclass(frozen=True)
class Country:
    """One code of a state, territory, organisation or kind of person without nationality.

    valid_until is the last day on which the code was given out; None where it still is.
    """

    code: str
    name_id: str
    name_en: str
    is_icao_only: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    is_nationality: bool = True


# Doc 9303-3 section 5 parts A (British), B and C (European Union, United Nations), D and E.
_ICAO_NATIONALITIES = (
    ("GBD", "Inggris Raya (warga teritori seberang laut)", "British Overseas Territories citizen"),
    ("GBN", "Inggris Raya (warga seberang laut, BNO)", "British National (Overseas)"),
    ("GBO", "Inggris Raya (warga negara seberang laut)", "British Overseas citizen"),
    ("GBP", "Inggris Raya (orang yang dilindungi)", "British protected person"),
    ("GBS", "Inggris Raya (kawula Inggris)", "British subject"),
    ("RKS", "Kosovo", "Kosovo"),
    ("UNO", "Perserikatan Bangsa-Bangsa", "United Nations"),
    ("UNA", "Badan khusus Perserikatan Bangsa-Bangsa", "United Nations specialized agency"),
    ("UNK", "Penduduk Kosovo (dokumen UNMIK)", "Resident of Kosovo (UNMIK document)"),
    ("XCC", "Komunitas Karibia (CARICOM)", "Caribbean Community (CARICOM)"),
    ("XOM", "Ordo Militer Berdaulat Malta", "Sovereign Military Order of Malta"),
    ("XPO", "INTERPOL", "International Criminal Police Organization (INTERPOL)"),
    ("XXA", "Tanpa kewarganegaraan (Konvensi 1954)", "Stateless person (1954 Convention)"),
    ("XXB", "Pengungsi (Konvensi 1951)", "Refugee (1951 Convention)"),
    ("XXC", "Pengungsi lainnya", "Refugee, other"),
    ("XXX", "Kewarganegaraan tidak disebutkan", "Unspecified nationality"),
)
# They issue documents; nobody's nationality is theirs. XCT is not of Doc 9303, but on documents.
_ICAO_ISSUERS = (
    ("EUE", "Uni Eropa (laissez-passer)", "European Union (laissez-passer)"),
    ("XBA", "Bank Pembangunan Afrika", "African Development Bank"),
    ("XIM", "Bank Ekspor-Impor Afrika", "African Export-Import Bank"),
    ("XCE", "Dewan Eropa", "Council of Europe"),
    (
        "XCO",
        "Pasar Bersama Afrika Timur dan Selatan (COMESA)",
        "Common Market for Eastern and Southern Africa (COMESA)",
    ),
    (
        "XEC",
        "Masyarakat Ekonomi Negara-Negara Afrika Barat (ECOWAS)",
        "Economic Community of West African States (ECOWAS)",
    ),
    ("XES", "Organisasi Negara Karibia Timur", "Organization of Eastern Caribbean States"),
    ("XMP", "Majelis Parlementer Mediterania", "Parliamentary Assembly of the Mediterranean"),
    (
        "XDC",
        "Komunitas Pembangunan Afrika Bagian Selatan",
        "Southern African Development Community",
    ),
    ("XCT", "Siprus Utara (penerbit dokumen)", "Northern Cyprus (document issuer)"),
)
# Doc 9303-3 section 5 part H keeps codes that ISO withdrew, for documents issued before.
_WITHDRAWN = (
    ("ANT", "Antillen Belanda", "Netherlands Antilles", date(2010, 12, 15)),
    ("NTZ", "Zona Netral", "Neutral Zone", date(1993, 7, 12)),
)
# Where the CLDR name is longer or less plain than what a clerk looks for.
_OWN_NAMES = {
    "CIV": ("Pantai Gading", "Ivory Coast"),
    "HKG": ("Hong Kong", "Hong Kong"),
    "MAC": ("Makau", "Macao"),
    "MMR": ("Myanmar", "Myanmar"),
    "PSE": ("Palestina", "Palestine"),
}
# D is how German documents write it; XKX is what the European Union writes for Kosovo.
_OTHER_WRITINGS = {"D": "DEU", "XKX": "RKS"}


def _build() -> dict[str, Country]:
    indonesian, english = (Locale(language).territories for language in ("id", "en"))
    built = {}
    for entry in pycountry.countries:
        code, two = str(entry.alpha_3), str(entry.alpha_2)
        name_id, name_en = _OWN_NAMES.get(code, (indonesian[two], english[two]))
        built[code] = Country(code, name_id, name_en)
    for code, name_id, name_en in _ICAO_NATIONALITIES:
        built[code] = Country(code, name_id, name_en, is_icao_only=True)
    for code, name_id, name_en in _ICAO_ISSUERS:
        built[code] = Country(code, name_id, name_en, is_icao_only=True, is_nationality=False)
    for code, name_id, name_en, until in _WITHDRAWN:
        built[code] = Country(
            code, name_id, name_en, is_icao_only=True, valid_until=until, is_nationality=False
        )
    built[SPECIMEN] = Country(SPECIMEN, "Utopia (spesimen)", "Utopia (specimen)", is_icao_only=True)
    return dict(sorted(built.items()))


COUNTRIES: Mapping[str, Country] = MappingProxyType(_build())


def country_name(code: str, locale: str = "id") -> str:
    """What a person reads for a canonical code: Indonesian for `id...`, else English.

    Raises KeyError for a code that is not in COUNTRIES.
    """
    country = COUNTRIES[code]
    return country.name_id if locale.lower().startswith("id") else country.name_en


def normalize_country(text: str) -> str:
    """The canonical three-letter code of what was typed or scanned: `D<<` and `deu` give DEU.

    Raises ValueError, without quoting the text, for anything else than a known code.
    """
    code = text.strip().rstrip("<").upper()
    code = _OTHER_WRITINGS.get(code, code)
    if code not in COUNTRIES:
        raise ValueError("the text is not a known country code")
    return code


def is_nationality(code: str) -> bool:
    """Whether a person may have this canonical code as nationality, the specimen's included."""
    return code in COUNTRIES and COUNTRIES[code].is_nationality


def is_specimen(code: str) -> bool:
    """Whether the code is Utopia, which only sample documents carry (Doc 9303-3 section 5)."""
    return code == SPECIMEN


def is_foreign(code: str) -> bool:
    """Whether a guest of this nationality is to be reported; Indonesians are not (UU 6/2011)."""
    return code != HOME


def nationalities(locale: str = "id") -> list[Country]:
    """All nationalities to choose from, by their name in the locale; no specimen."""
    chosen = [
        country
        for country in COUNTRIES.values()
        if country.is_nationality and not is_specimen(country.code)
    ]
    return sorted(
        chosen, key=lambda country: (fold(country_name(country.code, locale)), country.code)
    )
