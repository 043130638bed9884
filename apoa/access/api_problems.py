"""The words of what keys and callers are refused for."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "credentials-missing": ProblemText(
            "Kirim kunci API: Authorization: Bearer apoa_live_... atau apoa_test_...",
            "Send an API key: Authorization: Bearer apoa_live_... or apoa_test_...",
        ),
        "credentials-invalid": ProblemText(
            "Kunci atau token ini tidak dikenal.", "This key or token is not known."
        ),
        "key-expired": ProblemText(
            "Masa berlaku kunci ini sudah habis. Pengelola dapat membuat yang baru.",
            "This key has expired. The lodging's manager can make a new one.",
        ),
        "key-ended": ProblemText(
            "Kunci ini sudah diakhiri oleh pengelola.", "This key was ended by a manager."
        ),
        "token-expired": ProblemText(
            "Masa berlaku token ini sudah habis. Minta token baru.",
            "This token has expired. Ask for a new one.",
        ),
        "key-name-needed": ProblemText(
            "Beri nama 1 sampai {max} karakter.", "Give a name of 1 to {max} characters."
        ),
        "key-name-taken": ProblemText(
            "Sudah ada kunci aktif dengan nama ini. Pilih nama lain.",
            "There is a live key of this name already. Choose another name.",
        ),
        "unknown-scope": ProblemText(
            "Cakupan ini tidak ada: {scope}.", "There is no such scope: {scope}."
        ),
        "key-needs-scope": ProblemText(
            "Pilih paling sedikit satu cakupan.", "Choose at least one scope."
        ),
        "key-needs-property": ProblemText(
            "Pilih paling sedikit satu tempat penginapan.", "Choose at least one lodging."
        ),
        "key-expiry": ProblemText(
            "Masa berlaku harus di antara besok dan {days} hari dari sekarang.",
            "The expiry must be between tomorrow and {days} days from now.",
        ),
        "key-not-live": ProblemText("Kunci ini sudah berakhir.", "This key has ended or expired."),
        "scope-not-granted": ProblemText(
            "Kunci ini tidak mempunyai cakupan {scope}.",
            "This key does not have the scope {scope}.",
        ),
    }
)
