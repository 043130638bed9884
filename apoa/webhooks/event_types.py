"""Which events there are, in the words of the list from which one chooses."""

from apoa.base.problems import ProblemText

STAY_EVENTS = {
    "stay.accepted": ProblemText("Laporan tamu diterima", "A guest's report was accepted"),
    "stay.amended": ProblemText("Laporan tamu diubah", "A report was amended"),
    "stay.checked_out": ProblemText("Tamu keluar", "A guest checked out"),
    "stay.cancelled": ProblemText("Laporan tamu dibatalkan", "A report was cancelled"),
    "stay.reopened": ProblemText("Tamu kembali menginap", "A guest is in house after all"),
}
DEADLINE_EVENTS = {
    "deadline.approaching": ProblemText(
        "Batas waktu tamu yang belum dilaporkan mendekat",
        "The deadline of a guest not reported yet is near",
    ),
    "deadline.missed": ProblemText(
        "Batas waktu tamu yang belum dilaporkan lewat",
        "The deadline of a guest not reported yet has passed",
    ),
}
# May be chosen already, so that nobody has to come back; none is sent yet.
RESERVED_EVENTS = {
    "data_query.opened": ProblemText(
        "Kantor menanyakan data (belum dikirim)", "The office asks about data (not sent yet)"
    ),
    "data_query.closed": ProblemText(
        "Pertanyaan kantor selesai (belum dikirim)",
        "The office's question is settled (not sent yet)",
    ),
}
EVENT_TYPES = STAY_EVENTS | DEADLINE_EVENTS | RESERVED_EVENTS
# Sent on demand alone, to the endpoint that asked for it.
TEST_EVENT = "webhook.test"
