"""Invented permit holders: families, twins and namesakes among them, for they are what is hard.

People are drawn from `pools` by a seeded generator; a part of the surnames is made up of syllables
so that rare ones occur, as they do.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.linkage.pools import POOLS, Pool

# Of what rare names are made, by nationality; "" is for all others. A dash parts beginning, middle
# and end. Real registers hold hundreds of thousands of different names.
_PARTS = {
    "": (
        "ba be bo da de di do fa ga ha he ka ke la le li lo lu ma me mi mo na ne ni no pa ra"
        " re ri ro sa se so ta te ti to va ve vi - ba be da de di la le li lo ma me mi na ne"
        " ni no ra re ri ro sa se si ta te ti to - n s r k l m th nd sen man ner ski rt ll"
    ),
    "RUS": (
        "бел вор гор дан жар зим кал лаз мал наз пан рад сав тар фил хар чер шал щук яр - а е"
        " и о - мов нов ров лов шин кин тин бов ков цев"
    ),
    "JPN": (
        "yama kawa naka mura taka matsu ishi ino kuro shira aka ao hashi mori iwa nishi"
        " higashi kita minami oka - - da moto mura kawa saki guchi yama ta no hara shita zawa"
        " mizu be"
    ),
    "THA": (
        "chai sri wong phon rat som thong bun char kit nara prat suk wat - a i - porn phan"
        " sit wat kul chai rak sin dee mongkol"
    ),
    "CHN": (
        "bo chao cheng da dong fei guang hai hao heng hong jia jian jing jun kai li liang"
        " long min ming peng qi ran rui shan shu tian wen xiang xin ya yi yong yu ze zhen zhi"
        " zi - - an bin chen fang gang hui jie jun kun lan lei lin mei na ning ping qin rong"
        " shi ting wei xia xuan yan ying yu yuan zhou"
    ),
    "KOR": (
        "min seo ha do ji jun hyun sung young sang dong kyung jae tae seung in chul ye eun su"
        " hye mi bo na yu hee ga da ra se - - jun yoon ho woo hun min hyun soo won yang su"
        " yeon eun jin ji bin young kyung hee ram ah rim sol"
    ),
    "VNM": (
        "văn thị minh quốc đức thanh hoàng xuân trọng gia đình ngọc thu phương bích kim thùy"
        " hữu công bảo - - hùng dũng tuấn anh tùng nam long trường hiếu khoa hương lan hoa"
        " thảo ánh hà châu mai ngọc oanh linh quân sơn phúc lộc"
    ),
    "SAU": (
        "abdul - - aziz rahman rahim karim malik hamid majid salam latif hadi wahab ghani"
        " qadir"
    ),
}  # fmt: skip
_RARE_SURNAMES, _RARE_GIVEN = 0.4, 0.25
# Their given names are of two syllables from a long list; few have a common one.
_SYLLABIC = {"CHN": 0.75, "KOR": 0.75, "VNM": 0.7}
_FIRST_BIRTH, _BIRTH_DAYS = date(1945, 1, 1), 23_000


@dataclass(frozen=True)
class Holder:
    """One person with the passport of the permit. Names as the person would write them."""

    surname: str
    given_names: str
    birth_date: str
    nationality: str
    sex: str
    number: str


class Maker:
    """Makes people; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._serial = {pool.nationality: self.random.randrange(10**6) for pool in POOLS}
        self._shares = [pool.share for pool in POOLS]

    def people(self, count: int) -> list[Holder]:
        """So many people; about a quarter in families, a few twins, a few namesakes."""
        found: list[Holder] = []
        while len(found) < count:
            person = self.person()
            found.append(person)
            draw = self.random.random()
            if draw < 0.03:
                found.append(self.twin(person))
            elif draw < 0.16:
                found += [self.relative(person) for _ in range(self.random.randrange(1, 4))]
            elif draw < 0.17:
                found.append(self.namesake(person))
        return found[:count]

    def person(self) -> Holder:
        """A person without ties."""
        pool = self.random.choices(POOLS, self._shares)[0]
        sex = self.random.choice("FM")
        surname = self._surname(pool)
        given = self._given(pool, sex)
        if pool.order == "single" and self.random.random() < 0.5:
            surname, given = given, ""
        return Holder(
            _inflected(surname, pool, sex), given, self.birth_date(), pool.nationality, sex,
            self.number(pool.nationality),
        )  # fmt: skip

    def twin(self, person: Holder) -> Holder:
        """The same surname and birth date, another first name, often the next passport."""
        sex = person.sex if self.random.random() < 0.6 else ("M" if person.sex == "F" else "F")
        return self._of_family(person, sex, person.birth_date)

    def relative(self, person: Holder) -> Holder:
        """A spouse, child or sibling: mostly the same surname, a near passport number."""
        sex = self.random.choice("FM")
        return self._of_family(person, sex, self.birth_date())

    def namesake(self, person: Holder) -> Holder:
        """The same names and nationality, another birth date, sometimes of the same year."""
        born = self.birth_date()
        if self.random.random() < 0.05:
            born = person.birth_date[:4] + born[4:]
        return replace(person, birth_date=born, number=self.number(person.nationality))

    def birth_date(self) -> str:
        """A day; a few only with a year, a few on the first of January."""
        born = _FIRST_BIRTH + timedelta(days=int(_BIRTH_DAYS * self.random.betavariate(2.2, 1.6)))
        draw = self.random.random()
        if draw < 0.004:
            return f"{born.year}-00-00"
        if draw < 0.012:
            return f"{born.year}-01-01"
        return born.isoformat()

    def number(self, nationality: str) -> str:
        """A new passport number in the manner of the state."""
        self._serial[nationality] += self.random.randrange(1, 4000)
        serial = self._serial[nationality]
        letters = {"CHN": "E", "AUS": "PA", "DEU": "C", "FRA": "19AB", "NLD": "NX", "KOR": "M"}
        digits = 7 if nationality in ("IND", "AUS", "NLD") else 8
        spread = serial * 7919 % 10**digits if self.random.random() < 0.6 else serial
        return f"{letters.get(nationality, '')}{spread % 10**digits:0{digits}}"

    def _of_family(self, person: Holder, sex: str, born: str) -> Holder:
        pool = _POOL_OF[person.nationality]
        given = self._given(pool, sex)
        while not set(person.given_names.split()).isdisjoint(given.split()[:1]):
            given = self._given(pool, sex)
        number = self.number(person.nationality)
        if self.random.random() < 0.4 and person.number[-1:].isdigit():
            number = person.number[:-1] + str((int(person.number[-1]) + 1) % 10)
        stem = person.surname
        if pool.order == "patronymic" and person.sex == "F":
            stem = stem.removesuffix("А")
        return Holder(_inflected(stem, pool, sex), given, born, person.nationality, sex, number)

    def _surname(self, pool: Pool) -> str:
        surname = self._common(pool.surnames)
        if pool.order == "double":
            return f"{surname} {self._rare_or(self._common(pool.surnames), 0.3)}"
        if pool.order in ("plain", "middle", "patronymic"):
            return self._rare_or(surname, _RARE_SURNAMES, pool.nationality)
        return surname

    def _given(self, pool: Pool, sex: str) -> str:
        names = pool.women if sex == "F" else pool.men
        first = self._common(names)
        if pool.nationality in _SYLLABIC:
            if self.random.random() >= _SYLLABIC[pool.nationality]:
                return first
            parts = [self._rare(pool.nationality, end) for end in (True, False)]
            return ("" if pool.nationality == "CHN" else " ").join(parts)
        if pool.order in ("plain", "middle", "single", "double"):
            first = self._rare_or(first, _RARE_GIVEN)
        if pool.order == "middle" and self.random.random() < 0.6:
            return f"{first} {self._common(names)}"
        if pool.order == "patronymic" and self.random.random() < 0.3:
            father = self._common(pool.men)
            stem = father.rstrip("ЙЬЯ")
            return f"{first} {stem}{'ОВНА' if sex == 'F' else 'ОВИЧ'}"
        if pool.order == "arabic" and self.random.random() < 0.5:
            return f"{first} BIN {self._rare_or(self._common(pool.men), 0.3, 'SAU')}"
        if pool.order == "malay" and self.random.random() < 0.7:
            return f"{first} {'BINTI' if sex == 'F' else 'BIN'}"
        return first

    def _rare_or(self, name: str, rate: float, nationality: str = "") -> str:
        if self.random.random() >= rate:
            return name
        nationality = nationality if nationality in _PARTS else ""
        begin, middle, end = (part.split() for part in _PARTS[nationality].split(" -"))
        made = self.random.choice(begin)
        for _ in range(self.random.randrange(2) + (nationality == "")):
            made += self.random.choice(middle or [""])
        return (made + self.random.choice(end)).upper()

    def _rare(self, nationality: str, begin: bool) -> str:
        parts = _PARTS[nationality].split(" -")
        return self.random.choice(parts[0 if begin else 2].split()).upper()

    def _common(self, names: tuple[str, ...]) -> str:
        """A name by rank: the first ones are much commoner."""
        place = int(len(names) * self.random.random() ** 1.7)
        return names[place]


def _inflected(surname: str, pool: Pool, sex: str) -> str:
    if pool.order == "patronymic" and sex == "F":
        return surname + "А"
    return surname


_POOL_OF = {pool.nationality: pool for pool in POOLS}
