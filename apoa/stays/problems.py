"""The words of everything that can be wrong or unusual about a stay."""

from apoa.base.problems import ProblemText, register_problems

FAULTS = {
    "name-or-mononym": ProblemText(
        "Isi nama ini, atau tandai bahwa tamu hanya punya satu nama.",
        "Fill in this name, or mark that the guest has a single name.",
    ),
    "mononym-one-name": ProblemText(
        "Tamu dengan satu nama: isi hanya satu dari kedua nama.",
        "A guest with a single name: fill in only one of the two names.",
    ),
    "no-letters": ProblemText("Harus berisi huruf.", "This must hold letters."),
    "day-without-month": ProblemText(
        "Tanggal tanpa bulan: isi bulannya, atau kosongkan tanggalnya.",
        "A day without a month: give the month, or leave the day out.",
    ),
    "birth-in-future": ProblemText(
        "Tanggal lahir belum terjadi.", "The date of birth is in the future."
    ),
    "birth-too-long-ago": ProblemText(
        "Tanggal lahir lebih dari {years} tahun yang lalu.",
        "The date of birth is more than {years} years ago.",
    ),
    "unknown-country": ProblemText(
        "Bukan kode negara yang dikenal.", "This is not a known country code."
    ),
    "not-a-nationality": ProblemText(
        "Kode ini menerbitkan dokumen, tetapi bukan kewarganegaraan.",
        "This code issues documents, but nobody has it as a nationality.",
    ),
    "not-foreign": ProblemText(
        "Warga negara Indonesia tidak dilaporkan.", "Indonesian citizens are not reported."
    ),
    "document-number-or-reason": ProblemText(
        "Isi nomor dokumen, atau alasan mengapa tidak ada.",
        "Give the document's number, or the reason why there is none.",
    ),
    "document-number-and-reason": ProblemText(
        "Nomor dokumen dan alasan ketiadaannya tidak dapat diisi bersama.",
        "A document's number and a reason for having none exclude each other.",
    ),
    "document-number-unreadable": ProblemText(
        "Nomor dokumen harus berisi huruf A-Z atau angka.",
        "A document's number must hold letters A-Z or digits.",
    ),
    "mrz-shape": ProblemText(
        "MRZ harus berupa teks atau daftar baris.",
        "The machine-readable zone must be text or a list of lines.",
    ),
    "mrz-characters": ProblemText(
        "Baris MRZ hanya berisi A-Z, angka dan tanda <.",
        "A machine-readable zone holds only A-Z, digits and the sign <.",
    ),
    "invalid-phone": ProblemText("Bukan nomor telepon.", "This is not a telephone number."),
    "check-in-in-future": ProblemText(
        "Waktu masuk paling lambat {minutes} menit dari sekarang.",
        "The check-in may be at most {minutes} minutes from now.",
    ),
    "check-in-implausible": ProblemText(
        "Waktu masuk sebelum tahun {year}; periksa tahunnya.",
        "The check-in is before the year {year}; look at the year.",
    ),
    "departure-before-check-in": ProblemText(
        "Rencana keluar lebih awal daripada hari masuk.",
        "The expected departure is before the day of check-in.",
    ),
    "departure-too-far": ProblemText(
        "Rencana keluar paling lama {years} tahun setelah masuk.",
        "The expected departure may be at most {years} years after the check-in.",
    ),
    "check-out-before-check-in": ProblemText(
        "Waktu keluar lebih awal daripada waktu masuk.", "The check-out is before the check-in."
    ),
    "check-out-in-future": ProblemText(
        "Waktu keluar belum terjadi.", "The check-out is in the future."
    ),
    "nothing-to-find-by": ProblemText(
        "Sebutkan client_ref, nomor dokumen, atau nama dan tanggal lahir.",
        "Give a client_ref, a document's number, or a name and a date of birth.",
    ),
}
CONFLICTS = {
    "client-ref-in-use": ProblemText(
        "Nomor rujukan ini sudah dipakai laporan {stay_id} dengan isi lain.",
        "This reference already names stay {stay_id}, which has other content.",
    ),
    "submission-in-use": ProblemText(
        "Formulir ini sudah dikirim sebagai laporan {stay_id} dengan isi lain.",
        "This form was already sent as stay {stay_id}, with other content.",
    ),
    "stay-cancelled": ProblemText(
        "Laporan ini sudah dibatalkan; buka kembali dahulu.",
        "This stay was cancelled; reopen it first.",
    ),
    "stay-already-departed": ProblemText(
        "Tamu ini sudah tercatat keluar pada waktu lain; ubah laporannya untuk membetulkan.",
        "This guest is already checked out at another time; amend the stay to correct it.",
    ),
    "check-out-needs-reopen": ProblemText(
        "Tamu sudah keluar; waktu keluar hanya dihapus dengan membuka kembali laporan.",
        "The guest has departed; only reopening the stay takes the check-out away.",
    ),
    "party-too-large": ProblemText(
        "Rombongan ini lebih dari {max} tamu; buka tanda terima satu per satu.",
        "This party has more than {max} guests; open the receipts one by one.",
    ),
    "deadline-in-past": ProblemText(
        "Batas waktu baru paling awal berlaku mulai hari ini.",
        "A new deadline is in force from today at the earliest.",
    ),
    "deadline-already-set": ProblemText(
        "Sudah ada batas waktu yang berlaku mulai saat itu.",
        "There is a deadline in force from that instant already.",
    ),
}
WARNINGS = {
    "document-expired": ProblemText(
        "Dokumen sudah tidak berlaku pada hari masuk.",
        "The document had expired on the day of check-in.",
    ),
    "possible-duplicate": ProblemText(
        "Tamu ini mungkin sudah dilaporkan: {stay_id}.",
        "This guest may have been reported already: {stay_id}.",
    ),
    "unusual-length": ProblemText(
        "Lama menginap tidak biasa: {nights} malam.", "An unusual length of stay: {nights} nights."
    ),
    "minor-alone": ProblemText(
        "Tamu belum berumur 18 tahun dan tidak ada orang dewasa dalam rombongannya.",
        "The guest is under 18 and no adult is in the same party.",
    ),
    "late": ProblemText(
        "Terlambat {hours} jam {minutes} menit.", "{hours} hours {minutes} minutes late."
    ),
    "late-without-reason": ProblemText(
        "Laporan terlambat; tuliskan alasannya.", "The report is late; give the reason."
    ),
    "specimen-document": ProblemText(
        "Kode UTO hanya ada pada contoh dokumen.", "The code UTO is only on sample documents."
    ),
    "mrz-disagrees": ProblemText(
        "Isian dan MRZ berbeda: diisi {given}, terbaca {read}.",
        "Report and machine-readable zone differ: given {given}, read {read}.",
    ),
    "mrz-proposal": ProblemText(
        "MRZ baris {line} posisi {position}: terbaca {found}, mungkin seharusnya {proposed}.",
        "The zone's line {line}, position {position}: read {found}, perhaps {proposed}.",
    ),
    "mrz-name-truncated": ProblemText(
        "Nama memenuhi barisnya pada MRZ, mungkin terpotong; lengkapi dari halaman paspor.",
        "The name fills its line in the zone and may be cut; complete it from the passport's page.",
    ),
}

register_problems(FAULTS | CONFLICTS | WARNINGS)
