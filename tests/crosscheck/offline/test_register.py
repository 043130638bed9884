"""The compact register gives back what it took, and finds by keys."""

from apoa.crosscheck.matching.keys import match_keys
from apoa.crosscheck.matching.person import Document, Person
from apoa.crosscheck.matching.score import prepared
from apoa.crosscheck.offline.people import Identified
from apoa.crosscheck.offline.register import Register
from apoa.crosscheck.offline.share import Sample, likeliest_share

PERSON = Person(
    "De La Cruz", "Juan", "1990-02-00", "PHL", "M", (Document("P1234567", "PHL"),)
)  # fmt: skip
WEIRD = Identified("id \x1f, \udc80\n", Person(surname="X Æ A-12"))


def filled(*permits: Identified) -> Register:
    register = Register()
    register.fill(permits, lambda _: None)
    return register


def test_holders_come_back_as_they_were() -> None:
    register = filled(Identified("p1", PERSON), WEIRD)
    assert len(register) == 2
    assert register.holder(0) == prepared(PERSON)
    assert register.holder(1) == prepared(WEIRD.person)
    assert [register.permit_id(place) for place in (0, 1)] == ["p1", WEIRD.id]


def test_keys_find_all_that_have_them_unless_too_many() -> None:
    register = filled(*(Identified(str(number), PERSON) for number in range(5)))
    key = min(match_keys(PERSON))
    assert register.find(key, 5) == [0, 1, 2, 3, 4]
    assert register.find(key, 4) == []
    assert register.find("nobody's", 5) == []


def test_words_are_counted() -> None:
    register = filled(*(Identified(str(number), PERSON) for number in range(2000)))
    assert register.frequencies.rarity("JUAN") < 2
    assert register.frequencies.rarity("CARLOS") > 10


def test_the_share_follows_the_evidence() -> None:
    assert likeliest_share([30.0] * 500) > 0.97
    assert likeliest_share([30.0] * 250 + [None] * 250) < 0.6
    assert 0.8 < likeliest_share([]) < 0.9


def test_a_sample_keeps_its_size_and_passes_all_on() -> None:
    sample: Sample[int] = Sample(10)
    assert list(sample.watch(range(1000))) == list(range(1000))
    assert len(sample.kept) == 10
    assert max(sample.kept) > 100
