"""The words of what can be wrong with an act on a finding, a rule or a switch."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "finding-not-open": ProblemText(
            "Temuan ini sudah selesai.", "This finding is closed already."
        ),
    }
)
