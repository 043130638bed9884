"""The words of what can be wrong with a change of the rules."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "rule-in-past": ProblemText(
            "Perubahan paling awal berlaku mulai hari ini.",
            "A change is in force from today at the earliest.",
        ),
        "rule-already-set": ProblemText(
            "Sudah ada perubahan yang berlaku mulai hari itu.",
            "There is a change in force from that day already.",
        ),
        "rule-as-before": ProblemText(
            "Tidak ada yang berubah.", "Nothing is different from before."
        ),
        "rule-switched-already": ProblemText(
            "Aturan sudah dalam keadaan itu pada hari itu.",
            "The rule is in that state on that day already.",
        ),
    }
)
