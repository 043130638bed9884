"""The words of what can be wrong with a search."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "no-search-term": ProblemText(
            "Isi setidaknya satu hal yang dicari selain keperluan dan keadaan: nama, nomor"
            " dokumen, kewarganegaraan, tanggal lahir, tempat, wilayah, atau tanggal menginap.",
            "Give at least one thing to look for besides purpose and state: a name, a document"
            " number, a nationality, a birth date, a lodging, a region, or dates of stay.",
        ),
        "no-permit-term": ProblemText(
            "Isi nomor izin, nomor dokumen, atau nama dengan tanggal lahir atau kewarganegaraan.",
            "Give a permit number, a document number, or a name with a date of birth or a"
            " nationality.",
        ),
        "name-needs-more": ProblemText(
            "Nama saja terlalu luas: tambahkan tanggal lahir atau kewarganegaraan.",
            "A name alone is too wide: add a date of birth or a nationality.",
        ),
        "name-unsearchable": ProblemText(
            "Tulis setidaknya dua huruf dari satu kata nama.",
            "Give at least two letters of one word of the name.",
        ),
        "too-many-words": ProblemText("Paling banyak {max} kata.", "At most {max} words."),
        "birth-year-needed": ProblemText(
            "Tulis tahun lahir; hari dan bulan boleh kosong.",
            "Give the year of birth; day and month may stay empty.",
        ),
        "property-name-unsearchable": ProblemText(
            "Tulis setidaknya satu huruf atau angka dari nama penginapan.",
            "Give at least one letter or digit of the lodging's name.",
        ),
        "dates-reversed": ProblemText(
            "Tanggal akhir lebih awal daripada tanggal mulai.",
            "The last date is before the first date.",
        ),
        "choose-region": ProblemText(
            "Pilih salah satu wilayah yang ditemukan, atau kosongkan.",
            "Choose one of the regions found, or leave it empty.",
        ),
        "one-kind-of-dates": ProblemText(
            "Pilih satu tanggal atau rentang tanggal, jangan keduanya.",
            "Choose one date or a range of dates, not both.",
        ),
    }
)
