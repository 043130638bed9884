"""The words of what can be wrong with an entry of the watchlist."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "watch-needs-more": ProblemText(
            "Isi nomor dokumen atau tanggal lahir; nama saja cocok dengan terlalu banyak orang.",
            "Give a document number or a birth date; a name alone fits too many people.",
        ),
        "watch-entry-ended": ProblemText(
            "Catatan ini sudah berakhir.", "This entry has ended already."
        ),
        "watch-dates-reversed": ProblemText(
            "Hari terakhir lebih awal daripada hari mulai.",
            "The last day is before the first day.",
        ),
    }
)
