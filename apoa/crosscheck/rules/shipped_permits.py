"""The shipped rules that ask whether the guest has a permit that fits."""

from apoa.crosscheck.rules.names import RuleId, Section, Severity
from apoa.crosscheck.rules.parameters import Parameter, Words
from apoa.crosscheck.rules.shipped import (
    OVERSTAY_LAW,
    PERMIT_KINDS,
    REPORT_LAW,
    VISA_LAW,
    VISIT_KINDS,
    ShippedRule,
    days_parameter,
)

_LAST_DAY = Parameter(
    "last_day_inclusive",
    True,
    Words(
        "Hari terakhir izin masih boleh berada di Indonesia",
        "On the permit's last day the holder may still be in the country",
    ),
)


PERMIT_RULES = (
    ShippedRule(
        RuleId.PERMIT_EXPIRED,
        Severity.HIGH,
        Section.SUPERVISION,
        Words("Izin tinggal habis", "Permit expired"),
        Words(
            "Tamu masih menginap sesudah hari terakhir izin tinggalnya.",
            "The guest was still in a lodging after the permit's last day.",
        ),
        OVERSTAY_LAW,
        (_LAST_DAY,),
    ),
    ShippedRule(
        RuleId.PERMIT_EXPIRES_DURING_STAY,
        Severity.LOW,
        Section.SUPERVISION,
        Words("Izin tinggal akan habis saat menginap", "Permit ends during the stay"),
        Words(
            "Rencana keluar sesudah hari terakhir izin tinggal.",
            "The planned departure lies after the permit's last day.",
        ),
        OVERSTAY_LAW,
        (_LAST_DAY,),
    ),
    ShippedRule(
        RuleId.PERMIT_CANCELLED,
        Severity.HIGH,
        Section.SUPERVISION,
        Words("Izin tinggal sudah berakhir", "Permit ended early"),
        Words(
            "Izin tinggal dicabut, dibatalkan, atau berakhir karena keberangkatan (EPO) sebelum"
            " tamu menginap.",
            "The permit was revoked, cancelled, or ended by departure (EPO) before the guest was"
            " in the lodging.",
        ),
        OVERSTAY_LAW,
        (
            days_parameter(
                "days_to_leave",
                0,
                "Hari untuk meninggalkan Indonesia sesudah berakhir",
                "Days to leave the country after the end",
            ),
        ),
    ),
    ShippedRule(
        RuleId.NO_PERMIT,
        Severity.NORMAL,
        Section.INSARKOM,
        Words("Izin tinggal tidak ditemukan", "No permit found"),
        Words(
            "Tidak ada izin tinggal yang cocok, padahal data izin sudah lebih baru.",
            "No permit fits, although the register is recent enough to hold it.",
        ),
        OVERSTAY_LAW,
        (
            Parameter(
                "grace_hours",
                48,
                Words(
                    "Data izin harus sekian jam lebih baru daripada saat check-in",
                    "The register must be this many hours more recent than the check-in",
                ),
                most=2000,
            ),
            Parameter(
                "kinds_expected",
                ("bvk", "voa", "itk", "itas", "itap"),
                Words("Jenis izin yang ada dalam data", "Kinds of permit that the register holds"),
                least=1,
                options=PERMIT_KINDS,
            ),
            days_parameter(
                "supervision_after_days",
                3,
                "Pindah ke pengawasan sesudah sekian hari",
                "Goes to supervision after this many days",
            ),
        ),
    ),
    ShippedRule(
        RuleId.NATIONALITY_NOT_ELIGIBLE,
        Severity.NORMAL,
        Section.SUPERVISION,
        Words("Kewarganegaraan tidak berhak", "Nationality not eligible"),
        Words(
            "BVK atau VoA, tetapi kewarganegaraannya tidak ada dalam daftar pada hari masuk.",
            "BVK or VoA, but the nationality was not on the list in force at entry.",
        ),
        VISA_LAW,
    ),
    ShippedRule(
        RuleId.NO_STAY_REPORTED,
        Severity.LOW,
        Section.SUPERVISION,
        Words("Belum ada laporan menginap", "No stay reported"),
        Words(
            "Pemegang izin kunjungan sudah masuk Indonesia, tetapi tidak ada penginapan yang"
            " melaporkannya.",
            "A visit-permit holder entered the country, but no lodging has reported them.",
        ),
        REPORT_LAW,
        (
            days_parameter(
                "after_days", 7, "Sesudah sekian hari sejak masuk", "Days after entry", least=1
            ),
            Parameter(
                "kinds",
                VISIT_KINDS,
                Words("Jenis izin", "Kinds of permit"),
                least=1,
                options=PERMIT_KINDS,
            ),
        ),
    ),
)
