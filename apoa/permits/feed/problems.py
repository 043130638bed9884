"""The words of everything that can be wrong with a permit feed, its columns and its rows."""

from apoa.base.problems import ProblemText, register_problems

# What is wrong with a file, or with the choice of its columns.
FILE_FAULTS = {
    "feed-empty": ProblemText(
        "Berkas kosong: tidak ada baris data.", "The file is empty: there is no row of data."
    ),
    "feed-too-large": ProblemText(
        "Berkas lebih dari {max} MB.", "The file is larger than {max} MB."
    ),
    "feed-kind-unknown": ProblemText(
        "Berkas bukan CSV, XLSX atau JSON.", "The file is not CSV, XLSX or JSON."
    ),
    "feed-old-excel": ProblemText(
        "Berkas berformat XLS lama atau dilindungi kata sandi; simpan sebagai XLSX tanpa kata"
        " sandi.",
        "The file is in the old XLS format or behind a password; save it as XLSX without one.",
    ),
    "feed-encoding": ProblemText(
        "Baris {row} tidak terbaca sebagai {encoding}. Simpan sebagai CSV UTF-8, atau pilih"
        " penyandian yang benar.",
        "Row {row} cannot be read as {encoding}. Save as CSV UTF-8, or choose the right encoding.",
    ),
    "feed-row-too-large": ProblemText(
        "Baris {row} terlalu besar (lebih dari {max} MB); mungkin tanda kutip tidak ditutup.",
        "Row {row} is too large (over {max} MB); perhaps a quotation mark is not closed.",
    ),
    "feed-csv-broken": ProblemText(
        "Baris {row} bukan CSV yang dapat dibaca.", "Row {row} is not CSV that can be read."
    ),
    "feed-json-broken": ProblemText(
        "JSON rusak pada butir {row}.", "The JSON is broken at item {row}."
    ),
    "feed-json-shape": ProblemText(
        "JSON harus berupa larik, objek dengan larik bernama permits, atau satu objek per baris.",
        "The JSON must be an array, an object with an array named permits, or one object on each"
        " line.",
    ),
    "feed-xlsx-broken": ProblemText(
        "Berkas bukan XLSX yang utuh.", "The file is not a sound XLSX."
    ),
    "feed-xlsx-unpacks": ProblemText(
        "Isi XLSX setelah dibuka lebih dari {max} MB; pecah berkasnya atau kirim sebagai CSV.",
        "Unpacked, the XLSX is over {max} MB; split it, or send it as CSV.",
    ),
    "feed-xlsx-ratio": ProblemText(
        "Berkas XLSX dimampatkan secara tidak wajar dan tidak dibuka.",
        "The XLSX is compressed beyond reason and was not opened.",
    ),
    "feed-xlsx-cells": ProblemText(
        "Lembar berisi lebih dari {max} sel; pecah berkasnya atau kirim sebagai CSV.",
        "The sheet spans more than {max} cells; split it, or send it as CSV.",
    ),
    "feed-sheet-unknown": ProblemText(
        "Lembar itu tidak ada di berkas.", "There is no such sheet in the file."
    ),
    "feed-file-gone": ProblemText(
        "Berkas tidak lagi disimpan; kirim lagi.",
        "The file is not kept any more; send it anew.",
    ),
    "feed-file-altered": ProblemText(
        "Berkas yang tersimpan tidak utuh; kirim lagi.",
        "The stored file is not whole; send it anew.",
    ),
    "feed-columns-missing": ProblemText(
        "Kolom berikut tidak ada: {columns}.", "These columns are missing: {columns}."
    ),
    "feed-column-unknown": ProblemText(
        "Berkas tidak mempunyai kolom {column}.", "The file has no column {column}."
    ),
    "feed-column-twice": ProblemText(
        "Kolom {column} ada lebih dari sekali.", "The column {column} is there more than once."
    ),
    "feed-field-unknown": ProblemText(
        "Isian {field} tidak dikenal.", "The field {field} is not known."
    ),
    "feed-as-of-ahead": ProblemText(
        "Tanggal data tidak boleh di masa depan.", "The date of the data cannot lie ahead."
    ),
}
# What is wrong with one row or item.
FAULTS = {
    "feed-too-many-cells": ProblemText(
        "Baris mempunyai lebih banyak sel daripada judul kolom.",
        "The row has more cells than there are column headings.",
    ),
    "feed-not-an-item": ProblemText("Butir harus berupa objek.", "The item must be an object."),
    "formula-in-cell": ProblemText(
        "Sel berisi rumus; kirim nilainya.", "The cell holds a formula; send its value."
    ),
    "digits-lost": ProblemText(
        "Angka sepanjang ini sudah kehilangan digit di lembar kerja; jadikan teks.",
        "A number this long has lost digits in the sheet; make it text.",
    ),
    "bare-day-number": ProblemText(
        "Ini nomor hari dari lembar kerja; tulis sebagai tanggal.",
        "This is a sheet's day number; write it as a date.",
    ),
    "permit-number-unreadable": ProblemText(
        "Nomor harus berisi huruf A-Z atau angka.",
        "The number must hold letters A-Z or digits.",
    ),
    "permit-name-needed": ProblemText(
        "Nama keluarga atau nama depan harus ada.",
        "A surname or given names must be there.",
    ),
    "permit-country-unknown": ProblemText(
        "Negara tidak dikenal; gunakan kode tiga huruf.",
        "The country is not known; use a three-letter code.",
    ),
    "permit-not-foreign": ProblemText(
        "Pemegang izin tinggal bukan warga negara Indonesia.",
        "The holder of a permit is not an Indonesian citizen.",
    ),
    "permit-kind-needed": ProblemText(
        "Jenis izin atau kode indeks yang dikenal harus ada.",
        "A kind of permit, or an index code that is known, must be there.",
    ),
    "permit-index-form": ProblemText(
        "Kode indeks terdiri atas 2 sampai 10 huruf atau angka.",
        "An index code is 2 to 10 letters or digits.",
    ),
    "permit-until-before-from": ProblemText(
        "Berlaku sampai mendahului berlaku dari.", "Valid until is before valid from."
    ),
    "permit-status-date-needed": ProblemText(
        "Tanggal status harus ada bila statusnya bukan aktif.",
        "The date of the status must be there unless it is active.",
    ),
    "permit-birth-in-future": ProblemText(
        "Tanggal lahir di masa depan.", "The date of birth lies ahead."
    ),
    "permit-not-stored": ProblemText(
        "Baris ini tidak dapat disimpan.", "This row cannot be stored."
    ),
}
# What is unusual: the row is taken all the same.
WARNINGS = {
    "permit-index-unknown": ProblemText(
        "Kode indeks {code} tidak ada di tabel; tetap disimpan.",
        "The index code {code} is not in the table; it is stored all the same.",
    ),
    "permit-office-unknown": ProblemText(
        "Kantor penerbit tidak dikenal; dikosongkan.",
        "The issuing office is not known; it was left empty.",
    ),
    "permit-region-unknown": ProblemText(
        "Kode wilayah tidak dikenal; dikosongkan.",
        "The region code is not known; it was left empty.",
    ),
    "permit-number-twice": ProblemText(
        "Nomor ini sudah ada di baris lebih awal dengan isi lain; baris ini yang berlaku.",
        "An earlier row has this number with other content; this row stands.",
    ),
    "permit-newer-known": ProblemText(
        "Register sudah memuat data yang lebih baru tentang izin ini; tidak diubah.",
        "The register holds newer data of this permit; nothing was changed.",
    ),
}

register_problems(FILE_FAULTS | FAULTS | WARNINGS)
