"""The words of what can be wrong with a decision about a match, or with a re-check."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "asked-already": ProblemText(
            "Penginapan sudah diminta memeriksa laporan ini, dan belum menjawab.",
            "The lodging was asked to check this report already and has not answered yet.",
        ),
        "nobody-to-ask": ProblemText(
            "Penginapan ini tidak mempunyai pengelola yang dapat dihubungi.",
            "This lodging has no manager who could be asked.",
        ),
        "recheck-running": ProblemText(
            "Pemeriksaan ulang yang sama sedang berjalan.", "The same re-check is running already."
        ),
    }
)
