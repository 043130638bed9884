"""Full names alone: the same in other writing, or another's."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.crosscheck.matching.names import name_similarity

HARD = Path(__file__).parents[3] / "benchmarks" / "linkage" / "hard_names.csv"
SAME_FROM = 0.75
NAMES = st.text(
    st.sampled_from("ABEIJKLMNOSTXYZ éüßлйж王'-.") | st.characters(codec="utf-8"), max_size=40
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sergey Ivanov", "IVANOV SERGEI"),
        ("Сергей Иванов", "Sergei Ivanov"),
        ("Mohammed Al-Rashid", "MUHAMMAD RASHEED"),
        ("Abdul Rahman Khalid", "Abdurrahman Khaled"),
        ("Zhang Xiaoming", "Chang Hsiao-ming"),
        ("Kim Jong-il", "Gim Jeong Il"),
        ("De La Cruz Juan", "Juan Delacruz"),
        ("William Henry Gates", "Bill Gates"),
        ("Ivan Petrovich Sidorov", "Ivan Sidorov"),
        ("J. R. R. Tolkien", "John Ronald Reuel Tolkien"),
        ("Suharto", "Soeharto"),
        ("Maria Ivanova", "Maria Ivanov"),
    ],
)
def test_one_name_in_two_writings(first: str, second: str) -> None:
    assert name_similarity(first, second) > SAME_FROM


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("John Smith", "Jane Smith"),
        ("Maria Lopez", "Mario Lopez"),
        ("Daniel Cohen", "Daniela Cohen"),
        ("Wang Wei", "Wang Mei"),
        ("Liu Jianhua", "Liu Jianguo"),
        ("Ivan Ivanovich Petrov", "Ivan Alekseevich Petrov"),
        ("Ahmad bin Yusuf", "Yusuf bin Ahmad"),
        ("J. Smith", "R. Smith"),
        ("Abdul Rahman Khan", "Abdul Rahim Khan"),
        ("William Johnson", "William Johnston"),
        ("Wang Wei", ""),
        ("", ""),
    ],
)
def test_two_names(first: str, second: str) -> None:
    assert name_similarity(first, second) < SAME_FROM


@given(NAMES, NAMES)
def test_it_is_symmetric_and_between_0_and_1(first: str, second: str) -> None:
    there = name_similarity(first, second)
    assert there == name_similarity(second, first)
    assert 0.0 <= there <= 1.0


@given(
    st.lists(st.sampled_from(["WANG", "IVANOV", "MARIA", "ANNA", "LEE"]), min_size=1, max_size=8)
)
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert name_similarity(" ".join(words), " ".join(reversed(words))) == 1.0


def test_the_hard_set_is_told_apart() -> None:
    with HARD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    judged = [(name_similarity(row["a"], row["b"]) > SAME_FROM, row["same"] == "1") for row in rows]
    right = sum(found and true for found, true in judged)
    found, true = (sum(column) for column in zip(*judged, strict=True))
    assert 2 * right / (found + true) > 0.85
