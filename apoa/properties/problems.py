"""The words of what the registration of a lodging refuses."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "nib-13-digits": ProblemText(
            "NIB terdiri dari tepat 13 angka.", "A NIB has exactly 13 digits."
        ),
        "nib-or-reason": ProblemText(
            "Isi NIB, atau jelaskan mengapa tidak ada.",
            "Give the NIB, or say why there is none.",
        ),
        "nib-and-reason": ProblemText(
            "Kosongkan alasan ini bila NIB diisi.", "Leave this reason empty when a NIB is given."
        ),
        "region-too-wide": ProblemText(
            "Pilih desa, kelurahan atau kecamatan.", "Choose a village or a district."
        ),
        "region-unknown": ProblemText(
            "Wilayah ini tidak ada dalam daftar.", "This region is not on the list."
        ),
        "region-not-served": ProblemText(
            "Pendaftaran dari wilayah ini belum dapat dilakukan. Yang sudah dapat: {areas}.",
            "Lodgings of this region cannot register yet. Those of these regions can: {areas}.",
        ),
        "coordinate-malformed": ProblemText(
            "Tulis sebagai derajat desimal, misalnya -3,792845.",
            "Write decimal degrees, such as -3.792845.",
        ),
        "both-coordinates": ProblemText(
            "Isi lintang dan bujur, atau kosongkan keduanya.",
            "Give both latitude and longitude, or neither.",
        ),
        "phone-malformed": ProblemText(
            "Nomor telepon terdiri dari 6 sampai 15 angka.",
            "A telephone number has 6 to 15 digits.",
        ),
        "registration-decided": ProblemText(
            "Pendaftaran ini sudah diputuskan. Lihat riwayatnya.",
            "This registration has been decided already. See its history.",
        ),
        "link-used": ProblemText("Tautan ini sudah dipakai.", "This link has been used already."),
        "link-expired": ProblemText(
            "Masa berlaku tautan ini sudah habis.", "The time of this link is over."
        ),
        "property-not-reporting": ProblemText(
            "Tempat penginapan ini sedang tidak dapat melapor: belum disetujui, ditangguhkan atau"
            " ditutup. Hubungi kantor imigrasi Anda.",
            "This lodging cannot report now: it is not approved yet, suspended or closed. Ask your"
            " immigration office.",
        ),
        "nothing-changed": ProblemText("Tidak ada yang diubah.", "Nothing was changed."),
        "area-held-already": ProblemText(
            "Wilayah ini sudah menjadi wilayah kerja kantor ini.",
            "This office is answerable for this region already.",
        ),
        "area-not-held": ProblemText(
            "Wilayah ini bukan wilayah kerja kantor mana pun.",
            "No office is answerable for this region itself.",
        ),
        "area-has-lodgings": ProblemText(
            "{count} tempat penginapan akan tanpa kantor. Berikan wilayah ini kepada kantor lain.",
            "{count} lodgings would be left without an office. Give this region to another one.",
        ),
    }
)
