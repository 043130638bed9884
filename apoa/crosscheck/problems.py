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
        "review-confirmed-meanwhile": ProblemText(
            "{name} sudah memutuskan laporan ini: orang yang sama. Keputusan Anda tidak disimpan.",
            "{name} has decided about this report already: the same person. Your decision was not"
            " kept.",
        ),
        "review-rejected-meanwhile": ProblemText(
            "{name} sudah memutuskan laporan ini: bukan orang yang sama. Keputusan Anda tidak"
            " disimpan.",
            "{name} has decided about this report already: not the same person. Your decision was"
            " not kept.",
        ),
        "review-changed": ProblemText(
            "Kecocokan laporan ini sudah berubah. Keputusan Anda tidak disimpan.",
            "The match of this report has changed. Your decision was not kept.",
        ),
        "recheck-running": ProblemText(
            "Pemeriksaan ulang yang sama sedang berjalan.", "The same re-check is running already."
        ),
    }
)
