"""How the terms of a search are told to the officer: on the page alone, never in an address."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from apoa.offices.queries import find_region_paths
from apoa.properties.queries import find_property
from apoa.supervision.terms import SearchTerms
from apoa.web.frontdesk.choices import country_label
from apoa.web.ui import localdate, partial_date, state_tag


def chips(terms: SearchTerms) -> list[tuple[str, str]]:
    """Name and value of each term that was used, in the order of the form."""
    return [(term_label(name), _value(name, getattr(terms, name))) for name in terms.used]


def term_label(name: str) -> str:
    """What a term is called on the screen."""
    return {
        "document_number": _("Nomor dokumen"),
        "name": _("Nama"),
        "nationality": _("Kewarganegaraan"),
        "birth_date": _("Tanggal lahir"),
        "property_id": _("Tempat penginapan"),
        "property_name": _("Nama tempat penginapan"),
        "region_code": _("Wilayah"),
        "state": _("Keadaan"),
        "in_house_on": _("Menginap pada tanggal"),
        "in_house_from": _("Menginap sejak tanggal"),
        "in_house_to": _("Menginap sampai tanggal"),
    }[name]


def dates_in_words(terms: SearchTerms) -> str:
    """For which days was searched."""
    if terms.in_house_on:
        return _("yang menginap pada %(day)s", day=localdate(terms.in_house_on))
    first, last = terms.in_house_from, terms.in_house_to
    if first and last:
        return _(
            "yang menginap antara %(first)s dan %(last)s",
            first=localdate(first),
            last=localdate(last),
        )
    if first:
        return _("yang menginap sejak %(day)s", day=localdate(first))
    if last:
        return _("yang menginap sampai %(day)s", day=localdate(last))
    return _("semua tanggal")


def advice(terms: SearchTerms) -> list[str]:
    """What to try when nothing was found, for the terms that were used."""
    others = set(terms.used) - {"document_number"}
    found = []
    if terms.document_number and others:
        found.append(_("Cari dengan nomor dokumen saja."))
    if terms.document_number and not others:
        found.append(
            _(
                "Periksa huruf dan angka yang mirip (O dan 0, I dan 1), atau cari dengan nama:"
                " orang itu mungkin memakai dokumen lain."
            )
        )
    if terms.name:
        found.append(_("Pakai lebih sedikit kata, atau hanya awal kata: dua huruf sudah cukup."))
    if terms.birth_date and not terms.birth_date.endswith("-00-00"):
        found.append(_("Kosongkan hari dan bulan lahir; cari dengan tahunnya saja."))
    if terms.property_name or terms.property_id or terms.region_code:
        found.append(_("Cari tanpa tempat penginapan atau di wilayah yang lebih luas."))
    if terms.in_house_on or terms.in_house_from or terms.in_house_to or terms.state:
        found.append(_("Perlebar rentang tanggal, atau cari tanpa tanggal dan keadaan."))
    if terms.nationality:
        found.append(
            _("Cari tanpa kewarganegaraan: orang itu mungkin dilaporkan dengan dokumen lain.")
        )
    return found


def _value(name: str, value: Any) -> str:
    if isinstance(value, date):
        return localdate(value)
    if name == "birth_date":
        return partial_date(value)
    if name == "nationality":
        return country_label(value)
    if name == "state":
        return state_tag(value)[1]
    if name == "region_code":
        return ", ".join(reversed(find_region_paths([value]).get(value, (value,))))
    if name == "property_id":
        lodging = find_property(value)
        return lodging.name if lodging else _("di luar wilayah Anda")
    return str(value)
