"""The words of everything that can be wrong with a permit, or with the tables of permits."""

from apoa.base.problems import ProblemText, register_problems

register_problems(
    {
        "permit-already-registered": ProblemText(
            "Nomor izin ini sudah ada dalam register.",
            "This permit number is in the register already.",
        ),
        "permit-status-final": ProblemText(
            "Izin berstatus {status} tidak dapat menjadi {wanted}.",
            "A permit that is {status} cannot become {wanted}.",
        ),
        "permit-extension-not-later": ProblemText(
            "Tanggal ini tidak sesudah hari terakhir izin, {until}.",
            "This day is not after the permit's last day, {until}.",
        ),
        "permit-extension-beyond-table": ProblemText(
            "Lebih lama daripada yang diizinkan tabel kode indeks; tuliskan alasannya.",
            "Longer than the table of index codes allows; give the reason.",
        ),
        "permit-status-before-begin": ProblemText(
            "Tanggal ini mendahului hari pertama izin.",
            "This day is before the permit's first day.",
        ),
        "permit-index-form": ProblemText(
            "Kode indeks terdiri atas 2 sampai 10 huruf atau angka.",
            "An index code is 2 to 10 letters or digits.",
        ),
        "index-already-set": ProblemText(
            "Kode indeks ini sudah mempunyai aturan mulai hari itu.",
            "This index code has a rule from that day on already.",
        ),
        "extension-needs-length": ProblemText(
            "Isi lama perpanjangan, atau 0 pada banyaknya perpanjangan.",
            "Give the length of an extension, or 0 as their number.",
        ),
        "extension-needs-number": ProblemText(
            "Tanpa perpanjangan, kosongkan lamanya.",
            "Without extensions, leave their length empty.",
        ),
        "nationality-already-listed": ProblemText(
            "Kewarganegaraan ini sudah ada dalam daftar pada hari itu.",
            "This nationality is on the list on that day already.",
        ),
        "nationality-list-ended": ProblemText(
            "Kewarganegaraan ini sudah diakhiri dalam daftar.",
            "This nationality was ended on the list already.",
        ),
        "end-before-begin": ProblemText(
            "Hari terakhir mendahului hari pertama, {begins_on}.",
            "The last day is before the first day, {begins_on}.",
        ),
    }
)
