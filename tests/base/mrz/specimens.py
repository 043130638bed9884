"""The sample zones that ICAO prints in Doc 9303, and a day on which their centuries fit."""

from datetime import date

SPECIMEN_DAY = date(2011, 6, 1)

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = (
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F1204159<<<<<<<6",
)
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
MRV_B = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "L8988901C4XXX4009078F9612109<<<<<<<<",
)
# Doc 9303-11 appendix D: document numbers that continue in the optional data.
LONG_TD1 = (
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
)
LONG_TD2 = (
    "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<",
    "D23145890<UTO3407127M95071227349<<<8",
)
# The Belgian identity card's public specimen: a long number in use, and optional data in line 2.
BELGIAN = (
    "IDBEL600001795<0152<<<<<<<<<<<",
    "1301014F2311207BEL130101987398",
    "SPECIMEN<<SPECIMEN<<<<<<<<<<<<",
)
ALL = {
    "TD1": TD1,
    "TD2": TD2,
    "TD3": TD3,
    "MRV-A": MRV_A,
    "MRV-B": MRV_B,
    "long TD1": LONG_TD1,
    "long TD2": LONG_TD2,
}
