"""What the invented lodgings of the demo data are called, where they are and who runs them.

All names, addresses and numbers are made up; a likeness to a real lodging or person is chance.
"""

from collections.abc import Mapping, Sequence
from random import Random
from types import MappingProxyType

_FLOWERS = (
    "Melati Kenanga Cempaka Anggrek Dahlia Flamboyan Kamboja Bougenville Teratai Seruni Mawar"
    " Wijayakusuma Rafflesia Seroja Tanjung Soka Kemuning Lavender Sedap_Malam Alamanda"
).split()
_SCENERY = (
    "Pantai_Biru Bukit_Hijau Ombak_Tenang Senja_Emas Pasir_Putih Lembah_Sejuk Taman_Sari"
    " Telaga_Warna Bintang_Laut Karang_Indah Embun_Pagi Cakrawala Samudera Mutiara Nusa_Damai"
    " Tepian_Sungai Rimba_Raya Bumi_Asri Surya_Kencana Candra_Buana Kelapa_Gading Mentari"
).split()
_PERSON_NAMES = (
    "Pak_Darmo Bu_Ratna Nenek_Sum Mak_Itam Pak_Haji_Amran Bu_Yuni Mbah_Karto Uni_Desi Pak_Ketut"
    " Bu_Lastri Wak_Leman Bang_Ujang Bu_Endang Pak_Tarigan Mbok_Nah Ibu_Cik_Mas"
).split()
_COMPANIES = (
    "Tambang_Rejang_Sentosa Sawit_Muko_Lestari Energi_Seluma_Abadi Galangan_Lobam_Jaya"
    " Resor_Lagoi_Mandiri Kaolin_Tulung_Agung Gula_Brantas_Makmur Bauksit_Bintan_Utama"
    " Semen_Walet_Putih Karet_Kepahiang_Raya Panas_Bumi_Hululais Logistik_Pulau_Baai"
).split()
# Each takes {name}; {place} is the town, where the pattern has it.
_PATTERNS: Mapping[str, tuple[Sequence[str], Sequence[str]]] = MappingProxyType(
    {
        "hotel": (
            ("Hotel {name}", "{name} Hotel", "Grand {name} Hotel {place}", "Hotel {name} Syariah"),
            (*_FLOWERS, *_SCENERY),
        ),
        "guesthouse": (
            ("Guest House {name}", "{name} Guesthouse", "Wisma {name}", "Losmen {name}"),
            (*_FLOWERS, *_SCENERY),
        ),
        "homestay": (
            ("Homestay {name}", "Pondok {name}", "{name} Homestay {place}"),
            (*_PERSON_NAMES, *_SCENERY),
        ),
        "villa": (("Villa {name}", "{name} Villas", "Vila {name} {place}"), _SCENERY),
        "kos": (
            ("Kos {name}", "Rumah Kos {name}", "Kos Putri {name}", "Kost Eksklusif {name}"),
            (*_FLOWERS, *_PERSON_NAMES),
        ),
        "apartment": (
            ("Apartemen {name}", "{name} Residence", "Apartemen {name} {place}"),
            (*_SCENERY, *_FLOWERS),
        ),
        "private_house": (("Rumah {name}", "Kediaman {name}"), _PERSON_NAMES),
        "company_mess": (("Mess PT {name}", "Mess Karyawan PT {name}"), _COMPANIES),
    }
)
PROPERTY_KINDS: tuple[str, ...] = tuple(_PATTERNS)
_STREETS = (
    "Jenderal_Sudirman Ahmad_Yani Diponegoro Gajah_Mada Hayam_Wuruk Pahlawan Merdeka Soekarno-Hatta"
    " Kartini Imam_Bonjol Veteran Pantai_Panjang Cut_Nyak_Dien Mawar Kenanga Cendrawasih Rajawali"
    " Nusantara Pelabuhan Pasar_Lama Danau_Dendam Bukit_Barisan Raya_Trikora Masjid_Raya Melur"
    " Flamboyan Salak Cempedak Kapuas Serayu Brantas Semeru Kelud Anggrek Pemuda Hang_Tuah"
).split()
_MALE = (
    "Agus Budi Dedi Eko Hendra Iwan Joko Rudi Slamet Wahyu Yusuf Ahmad_Fauzi Muhammad_Rizki Andi"
    " Bambang Dwi Fajar Gunawan Heri Indra Made I_Ketut Petrus Rahmat Suparman Teguh Zulfikar"
).split()
_FEMALE = (
    "Siti Dewi Sri Ani Rina Ratna Yuliana Fitri Nur_Aini Lestari Wulan Indah Kartika Mega Putri"
    " Rahayu Sulastri Tuti Umi Yanti Maria Ni_Luh Desi Endang Herlina Linda Novi Retno"
).split()
_FAMILY = (
    "Saputra Wijaya Santoso Setiawan Hidayat Nugroho Pratama Kurniawan Siregar Nasution Simanjuntak"
    " Harahap Lubis Susanto Hartono Wibowo Firmansyah Ramadhan Permana Suryadi Halim Gunadi Tarigan"
    " Sinaga Utami Handayani Puspita Anggraini Maharani Wahyuni"
).split()
_SINGLE_NAME_SHARE = 0.2


def property_name(rng: Random, kind: str, place: str) -> str:
    """A name for a lodging of one of PROPERTY_KINDS; place is the town, such as `Bengkulu`.

    Raises KeyError for another kind.
    """
    patterns, names = _PATTERNS[kind]
    return rng.choice(patterns).format(name=_spoken(rng.choice(names)), place=place)


def street_address(rng: Random) -> str:
    """Street, number, and often the neighbourhood: `Jl. Kenanga No. 12 RT 03/RW 01`."""
    address = f"Jl. {_spoken(rng.choice(_STREETS))} No. {rng.randint(1, 180)}"
    if rng.random() < 0.2:
        address += rng.choice("ABC")
    if rng.random() < 0.5:
        address += f" RT {rng.randint(1, 12):02}/RW {rng.randint(1, 8):02}"
    return address


def responsible_person(rng: Random) -> str:
    """An Indonesian name, single for about one in five."""
    given = _spoken(rng.choice(rng.choice((_MALE, _FEMALE))))
    if rng.random() < _SINGLE_NAME_SHARE:
        return given
    return f"{given} {rng.choice(_FAMILY)}"


def nib(rng: Random) -> str:
    """Thirteen digits; they begin with 99 so that nobody takes the number for an issued one."""
    return "99" + "".join(rng.choice("0123456789") for _ in range(11))


def _spoken(name: str) -> str:
    return name.replace("_", " ")
