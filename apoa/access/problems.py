"""The words of what access refuses."""

from apoa.base.problems import ProblemText, register_problems

PASSWORD_COMMON = "password-common"  # noqa: S105 - the code of a problem
PASSWORD_CONTEXT = "password-context"  # noqa: S105 - the code of a problem
WRONG_CREDENTIALS = "wrong-credentials"
WRONG_PASSWORD = "wrong-password"  # noqa: S105 - the code of a problem
LINK_NOT_VALID = "link-not-valid"
MEMBER_ALREADY = "member-already"
LAST_MANAGER = "last-manager"
NOT_ONESELF = "not-oneself"

register_problems(
    {
        PASSWORD_COMMON: ProblemText(
            "Kata sandi ini terlalu mudah ditebak atau sudah banyak bocor. Pakai beberapa kata"
            " yang tidak berhubungan.",
            "This password is too easy to guess or has leaked too often. Use some words that have"
            " nothing to do with each other.",
        ),
        PASSWORD_CONTEXT: ProblemText(
            "Kata sandi ini terlalu mirip dengan nama, surel, tempat penginapan atau nama sistem."
            " Tambahkan kata lain.",
            "This password is too close to your name, your e-mail address, the lodging or this"
            " system. Add other words.",
        ),
        WRONG_CREDENTIALS: ProblemText(
            "Surel atau kata sandi tidak cocok.",
            "The e-mail address or the password is not right.",
        ),
        WRONG_PASSWORD: ProblemText(
            "Bukan kata sandi Anda yang sekarang.", "This is not your present password."
        ),
        LINK_NOT_VALID: ProblemText(
            "Tautan ini sudah dipakai atau sudah lewat waktunya.",
            "This link has been used already, or its time is over.",
        ),
        MEMBER_ALREADY: ProblemText(
            "Orang ini sudah mempunyai peran itu di sini.",
            "This person already has that role here.",
        ),
        LAST_MANAGER: ProblemText(
            "Pengelola terakhir tidak dapat dikeluarkan. Undang pengelola lain dahulu.",
            "The last manager cannot be removed. Invite another manager first.",
        ),
        NOT_ONESELF: ProblemText(
            "Ini tidak dapat dilakukan pada akun sendiri.",
            "This cannot be done to one's own account.",
        ),
    }
)
