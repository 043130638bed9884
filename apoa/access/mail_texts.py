"""The words of access's mails. Where the reader's language is unknown: Indonesian, then English."""

from apoa.access.roles import Role

Texts = tuple[str, str]

_ROLES: dict[Role, Texts] = {
    Role.CLERK: ("petugas resepsionis", "front-desk clerk"),
    Role.MANAGER: ("pengelola penginapan", "lodging manager"),
    Role.INSARKOM: ("petugas Insarkom", "Insarkom officer"),
    Role.SUPERVISION: ("petugas Pengawasan", "supervision officer"),
    Role.HEAD_OF_OFFICE: ("kepala kantor", "head of office"),
    Role.DIRECTORATE: ("petugas Direktorat", "directorate officer"),
    Role.AUDITOR: ("auditor", "auditor"),
}


def in_both_languages(indonesian: str, english: str) -> str:
    """One body with both texts."""
    return f"{indonesian.strip()}\n\n----\n\n{english.strip()}\n"


def invitation_mail(role: Role, place: str, link: str) -> Texts:
    """Subject and body of an invitation."""
    role_id, role_en = _ROLES[role]
    body = in_both_languages(
        f"""Anda diundang ke APOA (pelaporan tamu asing) sebagai {role_id} di {place}.

Terima undangan di sini dalam 7 hari:
{link}

Jika Anda tidak mengenal undangan ini, abaikan saja surel ini.""",
        f"""You are invited to APOA (reporting of foreign guests) as {role_en} at {place}.

Accept the invitation here within 7 days:
{link}

If you know nothing of this, just ignore this mail.""",
    )
    return "Undangan APOA / Invitation to APOA", body


def reset_mail(locale: str, link: str) -> Texts:
    """Subject and body of the mail with which a lost password is replaced."""
    if locale == "en":
        return (
            "A new password for APOA",
            f"""Somebody asked for a new password for your APOA account.

Choose it here within one hour:
{link}

If it was not you, do nothing: your password stays as it is.
""",
        )
    return (
        "Kata sandi baru untuk APOA",
        f"""Ada permintaan kata sandi baru untuk akun APOA Anda.

Tentukan kata sandi baru di sini dalam satu jam:
{link}

Jika bukan Anda yang meminta, abaikan saja: kata sandi Anda tidak berubah.
""",
    )


def password_changed_mail(locale: str) -> Texts:
    """Tells the owner that the password is another one now."""
    if locale == "en":
        return (
            "Your APOA password was changed",
            """The password of your APOA account was changed.

If it was not you, ask for a new password at once ("Forgot the password?" on the sign-in page) and
tell the manager of your lodging or your immigration office.
""",
        )
    return (
        "Kata sandi APOA Anda sudah diganti",
        """Kata sandi akun APOA Anda sudah diganti.

Jika bukan Anda yang menggantinya, segera minta kata sandi baru ("Lupa kata sandi?" di halaman
masuk) dan beri tahu pengelola penginapan atau kantor imigrasi Anda.
""",
    )


def verify_email_mail(locale: str, link: str) -> Texts:
    """Subject and body of the mail that asks whether an address is right."""
    if locale == "en":
        return (
            "Confirm your e-mail address for APOA",
            f"""You want to use this address for APOA.

Confirm it here within 24 hours:
{link}

If it was not you, just ignore this mail.
""",
        )
    return (
        "Pastikan alamat surel Anda untuk APOA",
        f"""Anda ingin memakai alamat ini untuk APOA.

Pastikan di sini dalam 24 jam:
{link}

Jika bukan Anda, abaikan saja surel ini.
""",
    )


def address_taken_mail(locale: str) -> Texts:
    """Tells the owner of an address, and nobody else, that it has an account already."""
    if locale == "en":
        return (
            "Your e-mail address has an APOA account",
            """Somebody wanted to use this address for
another APOA account. It has an account already, so nothing was changed. Sign in with that one, or
ask for a new password if you do not know it any more.
""",
        )
    return (
        "Alamat surel Anda sudah punya akun APOA",
        """Seseorang ingin memakai alamat ini untuk akun
APOA yang lain. Alamat ini sudah punya akun, jadi tidak ada yang diubah. Masuklah dengan akun itu,
atau minta kata sandi baru jika sudah lupa.
""",
    )


def address_changed_mail(locale: str) -> Texts:
    """Tells the address of before that the account is under another one now."""
    if locale == "en":
        return (
            "The e-mail address of your APOA account was changed",
            """Your APOA account is under
another e-mail address now, as was asked for with your password.

If it was not you, tell the manager of your lodging or your immigration office at once.
""",
        )
    return (
        "Alamat surel akun APOA Anda sudah diganti",
        """Akun APOA Anda sekarang memakai alamat surel
lain, sesuai permintaan yang disertai kata sandi Anda.

Jika bukan Anda yang meminta, segera beri tahu pengelola penginapan atau kantor imigrasi Anda.
""",
    )
