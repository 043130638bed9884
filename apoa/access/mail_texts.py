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
