"""The words of what webhook endpoints are refused for."""

from apoa.base.problems import ProblemText, register_problems

FAULTS = {
    "webhook-url-malformed": ProblemText(
        "Alamat ini bukan URL yang benar.", "This address is not a proper URL."
    ),
    "webhook-url-not-https": ProblemText(
        "Alamat harus dimulai dengan https://.", "The address must begin with https://."
    ),
    "webhook-url-not-public": ProblemText(
        "Alamat harus nama host yang dapat dijangkau dari internet.",
        "The address must be a host name that the internet can reach.",
    ),
    "webhook-needs-event": ProblemText(
        "Pilih paling sedikit satu kejadian.", "Choose at least one event."
    ),
    "webhook-url-taken": ProblemText(
        "Alamat ini sudah terdaftar.", "This address is registered already."
    ),
    "webhook-not-my-property": ProblemText(
        "Tempat penginapan ini bukan milik kunci ini.", "This lodging is not the key's."
    ),
}
CONFLICTS = {
    "too-many-webhook-endpoints": ProblemText(
        "Paling banyak {max} titik akhir. Hapus satu dahulu.",
        "At most {max} endpoints. Delete one first.",
    ),
    "webhook-endpoint-disabled": ProblemText(
        "Titik akhir ini dinonaktifkan. Aktifkan dahulu.",
        "This endpoint is disabled. Make it active first.",
    ),
    "webhook-endpoint-of-key": ProblemText(
        "Titik akhir ini milik sebuah kunci API; hanya kunci itu yang mengubahnya.",
        "This endpoint is an API key's; only that key changes it.",
    ),
}

register_problems(FAULTS | CONFLICTS)
