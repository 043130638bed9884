"""The shipped rules about where people stay and how lodgings report."""

from apoa.crosscheck.rules.names import RuleId, Section, Severity
from apoa.crosscheck.rules.parameters import Parameter, Words
from apoa.crosscheck.rules.shipped import ADDRESS_LAW, REPORT_LAW, ShippedRule, days_parameter

CONDUCT_RULES = (
    ShippedRule(
        RuleId.TWO_PLACES,
        Severity.NORMAL,
        Section.SUPERVISION,
        Words("Menginap di dua tempat", "In two places"),
        Words(
            "Orang yang sama menginap di dua tempat pada malam yang sama.",
            "The same person was in house in two lodgings on the same night.",
        ),
        REPORT_LAW,
        (
            Parameter(
                "least_nights",
                1,
                Words("Paling sedikit malam yang sama", "Nights in common, at least"),
                least=1,
                most=30,
            ),
        ),
    ),
    ShippedRule(
        RuleId.FREQUENT_MOVER,
        Severity.LOW,
        Section.SUPERVISION,
        Words("Sering berpindah", "Moves often"),
        Words(
            "Menginap di banyak tempat dalam waktu singkat.",
            "In many lodgings within a short time.",
        ),
        ADDRESS_LAW,
        (
            Parameter(
                "most_properties",
                6,
                Words("Paling banyak tempat penginapan", "Lodgings, at most"),
                least=1,
                most=100,
            ),
            days_parameter(
                "within_days", 30, "Dalam sekian hari", "Within this many days", least=1
            ),
        ),
    ),
    ShippedRule(
        RuleId.AWAY_FROM_ADDRESS,
        Severity.LOW,
        Section.SUPERVISION,
        Words("Lama di luar wilayah alamat", "Long away from the address"),
        Words(
            "Pemegang ITAS atau ITAP lama menginap di luar wilayah alamat terdaftarnya.",
            "An ITAS or ITAP holder was for many nights outside the registered region.",
        ),
        ADDRESS_LAW,
        (
            days_parameter(
                "most_nights", 30, "Paling banyak malam di luar", "Nights outside, at most"
            ),
            days_parameter(
                "within_days", 90, "Dalam sekian hari", "Within this many days", least=1
            ),
            Parameter(
                "same_regency",
                True,
                Words(
                    "Wilayah adalah kabupaten/kota (jika tidak: provinsi)",
                    "The region is the regency (if not: the province)",
                ),
            ),
        ),
    ),
    ShippedRule(
        RuleId.LATE_REPORT,
        Severity.LOW,
        Section.INSARKOM,
        Words("Laporan terlambat", "Late report"),
        Words(
            "Tamu dilaporkan sesudah batas waktu lapor.",
            "The guest was reported after the deadline.",
        ),
        REPORT_LAW,
        (
            Parameter(
                "tolerated_hours",
                0,
                Words("Jam keterlambatan yang dibiarkan", "Hours late that are let pass"),
                most=720,
            ),
        ),
    ),
    ShippedRule(
        RuleId.DEPARTURE_NOT_REPORTED,
        Severity.LOW,
        Section.INSARKOM,
        Words("Keluarnya belum dilaporkan", "Departure not reported"),
        Words(
            "Rencana keluar sudah lewat, tetapi tamu masih tercatat menginap.",
            "The planned departure is over, but the guest is still recorded as in house.",
        ),
        REPORT_LAW,
        (days_parameter("after_days", 1, "Sesudah sekian hari", "After this many days"),),
    ),
    ShippedRule(
        RuleId.SILENT_PROPERTY,
        Severity.LOW,
        Section.INSARKOM,
        Words("Penginapan diam", "Silent lodging"),
        Words(
            "Penginapan yang biasanya melapor sudah lama tidak melapor, atau belum pernah.",
            "A lodging that used to report has long been silent, or has never reported.",
        ),
        REPORT_LAW,
        (
            days_parameter(
                "silent_days", 30, "Hari tanpa laporan", "Days without a report", least=1
            ),
            days_parameter(
                "least_reports",
                3,
                "Laporan dalam 90 hari sebelumnya, paling sedikit",
                "Reports in the 90 days before, at least",
                least=1,
            ),
            days_parameter(
                "never_days",
                60,
                "Hari sejak disetujui tanpa laporan apa pun",
                "Days since approval without any report",
                least=1,
            ),
        ),
    ),
)
