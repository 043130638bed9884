"""What happens to a person's data between the permit and the hotel desk; each kind by itself."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, replace

from apoa.base.mrz import MrzFields, MrzFormat, make_mrz
from apoa.base.names import fold, mrz_fold, national_cyrillic

_LOOKALIKE = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S", "B": "8", "8": "B"}
_NEAR = {"A": "S", "S": "A", "E": "R", "R": "T", "T": "Y", "I": "O", "O": "I", "N": "M", "M": "N",
         "V": "B", "B": "V", "D": "F", "L": "K", "K": "L", "U": "Y", "C": "X",
         "G": "H"}  # fmt: skip
_EAR = (("PH", "F"), ("CK", "K"), ("C", "K"), ("Y", "I"), ("I", "Y"), ("Z", "S"), ("W", "V"),
        ("EI", "IE"), ("OU", "U"), ("EE", "I"), ("TH", "T"), ("J", "Y"), ("KH", "H"))  # fmt: skip
_OTHER_SPELLINGS = {
    "MOHAMMED": "MUHAMMAD MOHAMED MOHAMMAD MOHAMAD", "AHMED": "AHMAD AHMET", "HUSSEIN":
    "HUSSAIN HUSAIN HOSSEIN", "HASSAN": "HASAN", "YOUSEF": "YUSUF YOUSSEF YOUSUF", "KHALID":
    "KHALED", "ABDULLAH": "ABDALLAH ABDULLA", "ABDULRAHMAN": "ABDELRAHMAN ABDURRAHMAN", "OMAR":
    "UMAR", "FAISAL": "FAYSAL", "NASSER": "NASIR NASER", "SULAIMAN": "SULEIMAN SOLIMAN", "AISHA":
    "AYSHA AICHA", "FATIMA": "FATMA FATIMAH", "MARYAM": "MARIAM", "LAYLA": "LEILA LAILA", "SAUD":
    "SAOUD", "IBRAHIM": "EBRAHIM", "NOURA": "NORAH NURA", "MAJED": "MAJID", "ALI": "ALY",
    "ZHANG": "CHANG", "ZHOU": "CHOU", "XU": "HSU", "XIE": "HSIEH", "CAI": "TSAI", "GUO": "KUO",
    "ZHENG": "CHENG", "LI": "LEE", "XIAO": "HSIAO", "ZHAO": "CHAO", "LYU": "LU", "LUO": "LO",
    "LEE": "YI RHEE", "PARK": "PAK BAK", "CHOI": "CHOE", "JUNG": "JEONG CHUNG", "KIM": "GIM",
    "YOON": "YUN", "LIM": "IM", "OHNO": "ONO", "SATO": "SATOU", "ITO": "ITOH", "ENDO": "ENDOH",
    "MOHD": "MUHAMMAD MOHAMAD", "LAKSHMI": "LAXMI", "CHOUDHURY": "CHAUDHARY CHOWDHURY",
    "AGARWAL": "AGGARWAL", "DUTTA": "DATTA",
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A row of a file of guests or permits."""

    surname: str
    given_names: str
    birth_date: str
    nationality: str
    sex: str
    document_number: str
    issuing_state: str


Noise = Callable[[Record, random.Random], Record]


def renewed_passport(record: Record, rng: random.Random) -> Record:
    """Another number of the same make."""
    number = "".join(
        rng.choice(string.digits) if sign.isdigit() else sign for sign in record.document_number
    )
    return replace(record, document_number=number)


def wrong_sign(record: Record, rng: random.Random) -> Record:
    """One sign of the number replaced, left out, doubled, or changed places with the next."""
    number = record.document_number
    if len(number) < 4:
        return record
    place = rng.randrange(len(number) - 1)
    other = rng.choice([sign for sign in string.digits if sign != number[place]])
    made = rng.choices(
        [
            number[:place] + other + number[place + 1 :],
            number[:place] + number[place + 1 :],
            number[:place] + number[place] + number[place:],
            number[:place] + number[place + 1] + number[place] + number[place + 2 :],
        ],
        (6, 1, 1, 2),
    )[0]
    return replace(record, document_number=made)


def lookalike_sign(record: Record, rng: random.Random) -> Record:
    """O for 0, I for 1, S for 5, B for 8, or the other way round."""
    places = [i for i, sign in enumerate(record.document_number) if sign in _LOOKALIKE]
    if not places:
        return record
    place = rng.choice(places)
    number = record.document_number
    number = number[:place] + _LOOKALIKE[number[place]] + number[place + 1 :]
    return replace(record, document_number=number)


def misspelt(name: str, rng: random.Random) -> str:
    """One slip of the hand or the ear in one word."""
    words = name.split()
    if not words:
        return name
    place = rng.randrange(len(words))
    words[place] = _slip(words[place], rng)
    return " ".join(words)


def _slip(word: str, rng: random.Random) -> str:
    heard = [(a, b) for a, b in _EAR if a in word[1:]]
    if heard and rng.random() < 0.3:
        a, b = rng.choice(heard)
        return word[0] + word[1:].replace(a, b, 1)
    place = rng.randrange(len(word))
    letter = _NEAR.get(word[place], rng.choice(string.ascii_uppercase))
    if len(word) < 3:
        return word + letter
    ways = [
        word[:place] + letter + word[place + 1 :],
        word[:place] + rng.choice(string.ascii_uppercase) + word[place + 1 :],
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :] if place else word,
    ]
    return rng.choice(ways)


def misspelt_surname(record: Record, rng: random.Random) -> Record:
    """A slip in the surname."""
    return replace(record, surname=misspelt(record.surname, rng))


def misspelt_given(record: Record, rng: random.Random) -> Record:
    """A slip in the given names."""
    return replace(record, given_names=misspelt(record.given_names, rng))


def swapped_names(record: Record, _: random.Random) -> Record:
    """Surname and given names in each other's place."""
    return replace(record, surname=record.given_names, given_names=record.surname)


def wrong_birth(record: Record, rng: random.Random) -> Record:
    """Another day, month or year, day and month swapped, or parts unknown."""
    if len(record.birth_date) != 10 or "00" in (record.birth_date[5:7], record.birth_date[8:]):
        return record
    year, month, day = (int(part) for part in record.birth_date.split("-"))
    kind = rng.choices(("day", "month", "year", "swap", "unknown"), (45, 15, 15, 15, 10))[0]
    if kind == "day":
        day = rng.choice([d for d in range(1, 29) if d != day])
    elif kind == "month":
        month = rng.choice([m for m in range(1, 13) if m != month])
    elif kind == "year":
        year += rng.choice((-10, -2, -1, 1, 2, 10))
    elif kind == "swap" and day <= 12:
        day, month = month, day
    else:
        day, month = 0, (0 if rng.random() < 0.5 else month)
    return replace(record, birth_date=f"{year:04}-{month:02}-{day:02}")


def other_spelling(record: Record, rng: random.Random) -> Record:
    """Another romanization of words that have several."""

    def respelt(name: str) -> str:
        words = name.split()
        options = [i for i, word in enumerate(words) if word in _OTHER_SPELLINGS]
        if options:
            place = rng.choice(options)
            words[place] = rng.choice(_OTHER_SPELLINGS[words[place]].split())
        return " ".join(words)

    return replace(record, surname=respelt(record.surname), given_names=respelt(record.given_names))


def in_latin(name: str, rng: random.Random, other: bool) -> str:
    """A name in Latin letters: as the passport's zone has it, or as others write it."""
    if name.isascii():
        return name
    if not other:
        return mrz_fold(name)
    ways = [fold(name), name.upper()]
    if any("А" <= char <= "я" for char in name):
        ways += [fold(name), _english_cyrillic(name), national_cyrillic(name)["ukr"]]
    return rng.choice(ways)


def _english_cyrillic(name: str) -> str:
    latin = fold(name)
    for ending, other in (("IY", "Y"), ("EY", "EI"), ("YO", "E")):
        latin = latin.replace(ending, other)
    return latin


def without_patronymic(record: Record, rng: random.Random) -> Record:
    """Only the first of the given names, or a further one."""
    words = record.given_names.split()
    if len(words) > 1 and rng.random() < 0.7:
        return replace(record, given_names=words[0])
    return replace(record, given_names=f"{record.given_names} {rng.choice(_FURTHER)}".strip())


_FURTHER = ("JAMES", "MARIA", "LEE", "ANN", "IVANOVICH", "JOSEPH", "KUMAR", "ROSE", "BIN ALI")


def joined_or_parted(record: Record, rng: random.Random) -> Record:
    """XIAOMING for XIAO MING, MARIE CLAIRE for MARIE-CLAIRE."""
    given = record.given_names
    if " " in given:
        return replace(record, given_names=given.replace(" ", "", 1))
    if "-" in given:
        return replace(record, given_names=given.replace("-", rng.choice(("", " "))))
    return record


def single_name(record: Record, rng: random.Random) -> Record:
    """All of the name in one field, or only one part of it."""
    kind = rng.random()
    if kind < 0.5:
        return replace(record, surname=f"{record.given_names} {record.surname}".strip(),
                       given_names="")  # fmt: skip
    if kind < 0.75 and record.given_names:
        return replace(record, surname=record.given_names, given_names="")
    return replace(record, given_names="")


def initials(record: Record, _: random.Random) -> Record:
    """Given names but the first as letters."""
    words = record.given_names.split()
    return replace(record, given_names=" ".join(words[:1] + [word[0] for word in words[1:]]))


def truncated(record: Record, _: random.Random) -> Record:
    """As the machine-readable zone cuts it; short names only lose what stands after 20 signs."""
    try:
        lines = make_mrz(
            MrzFields(MrzFormat.TD3, "P", "UTO", record.surname, record.given_names, "X", "UTO",
                      "1990-01-01", "X", None)
        )  # fmt: skip
    except ValueError:
        return record
    primary, _, secondary = lines[0][5:].partition("<<")
    surname, given = (" ".join(part.split("<")).split() for part in (primary, secondary))
    given_text = " ".join(given)
    return replace(record, surname=" ".join(surname), given_names=given_text[:12].strip())


def empty_field(record: Record, rng: random.Random) -> Record:
    """One field left empty."""
    field = rng.choice(
        ("birth_date", "nationality", "sex", "document_number", "issuing_state", "given_names")
    )
    return replace(record, **{field: ""})


def wrong_sex(record: Record, _: random.Random) -> Record:
    """The other one of F and M."""
    return replace(record, sex="M" if record.sex == "F" else "F")


def without_accents(record: Record, rng: random.Random) -> Record:
    """MULLER where the zone says MUELLER, and lower case."""
    change = rng.choice((str.lower, str.title, str.upper))
    return replace(record, surname=change(record.surname), given_names=change(record.given_names))
