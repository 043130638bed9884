"""The words of everything that can be wrong with a machine-readable zone.

"mrz-characters" has its words in the slice of stays, which refuses the same text.
"""

from apoa.base.problems import ProblemText, register_problems

UNREADABLE = {
    "mrz-length": ProblemText(
        "Baris MRZ harus 2 x 44, 2 x 36 atau 3 x 30 karakter.",
        "A machine-readable zone has 2 x 44, 2 x 36 or 3 x 30 characters.",
    ),
    "mrz-kind": ProblemText(
        "Huruf pertama MRZ bukan jenis dokumen yang dikenal.",
        "The first letter of the zone names no known kind of document.",
    ),
}
FAULTS = {
    "mrz-check-digit": ProblemText(
        "Angka pemeriksa pada baris {line} posisi {position} tidak cocok.",
        "The check digit on line {line}, position {position}, does not hold.",
    ),
    "mrz-document-code-unusual": ProblemText(
        "Kode jenis dokumen tidak lazim untuk ukuran ini.",
        "The kind of document is unusual for this size.",
    ),
    "mrz-state-unknown": ProblemText(
        "Kode negara pada baris {line} posisi {position} tidak dikenal.",
        "The country code on line {line}, position {position}, is not known.",
    ),
    "mrz-name-missing": ProblemText("MRZ tidak memuat nama.", "The zone holds no name."),
    "mrz-name-separators": ProblemText(
        "Nama terbagi lebih dari dua; periksa nama keluarga dan nama depan.",
        "The name is parted more than once; look at surname and given names.",
    ),
    "mrz-name-digit": ProblemText(
        "Angka di dalam nama pada baris {line} posisi {position}.",
        "There is a digit in the name on line {line}, position {position}.",
    ),
    "mrz-document-number-missing": ProblemText(
        "MRZ tidak memuat nomor dokumen.", "The zone holds no document number."
    ),
    "mrz-birth-date-invalid": ProblemText(
        "Tanggal lahir pada MRZ bukan tanggal yang ada.",
        "The zone's date of birth is not a date that exists.",
    ),
    "mrz-birth-date-zeros": ProblemText(
        "Tanggal lahir pada MRZ memakai nol; dibaca sebagai tidak diketahui.",
        "The zone's date of birth has zeros; they are read as unknown.",
    ),
    "mrz-birth-year-unknown": ProblemText(
        "Tahun lahir tidak tercantum pada MRZ.", "The zone does not state the year of birth."
    ),
    "mrz-sex-invalid": ProblemText(
        "Jenis kelamin pada MRZ tidak terbaca.", "The zone's sex cannot be read."
    ),
    "mrz-expiry-not-stated": ProblemText(
        "MRZ tidak memuat tanggal akhir berlaku.", "The zone states no date of expiry."
    ),
    "mrz-expiry-invalid": ProblemText(
        "Tanggal akhir berlaku pada MRZ bukan tanggal yang ada.",
        "The zone's date of expiry is not a date that exists.",
    ),
    "mrz-expiry-out-of-range": ProblemText(
        "Tahun akhir berlaku pada MRZ tidak dapat dipastikan.",
        "The year of the zone's date of expiry cannot be told.",
    ),
}

register_problems(UNREADABLE | FAULTS)
