"""Which writings of a name find one another, and which text is refused."""

import unicodedata
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apoa.base.names import (
    SHORTEST_QUERY,
    clean_text,
    fold,
    mrz_fold,
    name_key,
    name_tokens,
    national_cyrillic,
    query_tokens,
)

LATIN = "ABCDEFGHIJKLMNOPRSTUVWYZÄÅÆÇÐÉÖØÑÜÞŁŒŞİĐŽàßøőửễıŋ"
CYRILLIC = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЬЭЮЯЁІЇЄљњџћ"
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέίόύ"


def words_of(letters: str) -> st.SearchStrategy[str]:
    return st.text(alphabet=letters, min_size=2, max_size=12)


words = st.one_of(words_of(LATIN), words_of(CYRILLIC), words_of(GREEK))
names = st.lists(words, min_size=1, max_size=4)


def finds(query: str, *name: str | None) -> bool:
    tokens = name_tokens(*(name if len(name) > 1 else (name[0], None)))
    wanted = query_tokens(query)
    return bool(wanted) and all(
        any(token.startswith(start) for start in starts for token in tokens) for starts in wanted
    )


@pytest.mark.parametrize(
    ("text", "plain", "mrz"),
    [
        ("Müller", "MULLER", "MUELLER"),
        ("Mu\u0308ller", "MULLER", "MUELLER"),
        ("Straße", "STRASSE", "STRASSE"),
        ("Ærøskøbing", "AEROSKOBING", "AEROESKOEBING"),
        ("Håkansson", "HAKANSSON", "HAAKANSSON"),
        ("Þórður Ðe", "THORDUR DE", "THORDUR DE"),
        ("Łukasz Œuvre Ĳssel", "LUKASZ OEUVRE IJSSEL", "LUKASZ OEUVRE IJSSEL"),
        ("ıŋđħ İ", "INDH I", "INDH I"),
        ("Muñoz", "MUNOZ", "MUNOZ"),
        ("Nguyễn Thị Ánh", "NGUYEN THI ANH", "NGUYEN THI ANH"),
        ("d'Artagnan-O’Neill", "DARTAGNAN ONEILL", "DARTAGNAN ONEILL"),
        ("ERIKSSON<<ANNA<MARIA<<<<", "ERIKSSON ANNA MARIA", "ERIKSSON ANNA MARIA"),
        ("Йорданка", "YORDANKA", "IORDANKA"),
        ("Щукин Юрий", "SHCHUKIN YURIY", "SHCHUKIN IURII"),
        ("Γιώργος Παπαδόπουλος", "GIORGOS PAPADOPOYLOS", "GIORGOS PAPADOPOULOS"),
        ("محمود عبدالرحيم", "MHMWD BDALRHYM", "MXHMWD EBDALRXHYM"),
        ("فضّة", "FDA", "FXDZXDZXAH"),
        ("王小明", "", ""),
    ],
)
def test_letters_follow_the_tables(text: str, plain: str, mrz: str) -> None:
    assert (fold(text), mrz_fold(text)) == (plain, mrz)


def test_national_cyrillic_follows_the_exceptions() -> None:
    assert national_cyrillic("Ігор Юрій Гончаренко")["ukr"] == "IHOR YURII HONCHARENKO"
    assert national_cyrillic("Щерев Ъглов")["bul"] == "SHTEREV AGLOV"
    assert national_cyrillic("Ђоковић")["srp"] == "DJOKOVIC"


SAME_NAMES = [
    ["Müller", "MULLER", "MUELLER", "müller"],
    ["O'Connor", "OCONNOR", "O CONNOR", "O’Connor", "O-CONNOR"],
    ["Nguyễn", "NGUYEN", "Nguyen"],
    ["Йорданка", "YORDANKA", "IORDANKA", "йорданка"],
    ["Bäuerle", "BAUERLE", "BAEUERLE"],
    ["Håkansson", "HAKANSSON", "HAAKANSSON"],
    ["Sørensen", "SORENSEN", "SOERENSEN"],
    ["Min-jun", "MINJUN", "MIN JUN", "MIN<JUN"],
    ["van der Berg", "VANDERBERG", "VAN DER BERG"],
    ["Al-Rashid", "AL RASHID", "ALRASHID"],
    ["Sergey", "SERGEI", "Сергей"],
    ["أحمد", "احمد"],
    ["Παπαδόπουλος", "PAPADOPOULOS", "παπαδοπουλος"],
]


@pytest.mark.parametrize("writings", SAME_NAMES, ids=lambda group: fold(group[0]) or "arabic")
def test_writings_of_one_name_find_one_another(writings: list[str]) -> None:
    missed = [(a, b) for a in writings for b in writings if not finds(a, b)]
    assert missed == []


@pytest.mark.parametrize("query", ["王", "小明", "王小明", "wang", "XIAO MING", "xiaoming wang"])
def test_chinese_name_is_found_by_either_script(query: str) -> None:
    assert finds(query, "WANG", "XIAOMING", "王小明")
    assert finds(query, "WANG", "XIAO MING", "王小明")


def test_korean_japanese_and_thai_names_are_found_by_their_own_letters() -> None:
    assert finds("김민준", "KIM", "MINJUN", "김민준")
    assert finds("田中", "TANAKA", "YUKI", "田中 由紀")
    assert finds("สมชาย", "JAIDEE", "SOMCHAI", "สมชาย ใจดี")


def test_other_people_are_not_found() -> None:
    name = ("ERIKSSON", "ANNA MARIA", None)
    assert not finds("ERIKSEN", *name)
    assert not finds("ANNA PETERSSON", *name)
    assert not finds("RIKSSON", *name)
    assert not finds("小红", "WANG", "XIAOMING", "王小明")


def test_too_short_words_alone_search_nothing() -> None:
    assert query_tokens("") == query_tokens("O") == query_tokens("<< - '") == []
    assert finds("Kennedy F John", "KENNEDY", "JOHN")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ériksson-Åberg", "ERIKSSON ABERG", True),
        ("Сергей", "SERGEY", True),
        ("O'Brien", "obrien", True),
        ("A - B", "A B", True),
        ("王伟", "王伟", True),
        ("王 伟", "王\u3000伟", True),
        ("ｶﾅ", "カナ", True),
        ("王伟", "李娜", False),
        ("王伟", "", False),
        ("สมชาย", "สมหญิง", False),
        ("กา", "กี", False),
        ("김민준", "박서연", False),
        ("राम", "रामा", False),
        ("Wang 伟", "WANG 磊", False),
        ("Wang 伟", "WANG 伟", True),
    ],
)
def test_names_without_a_plain_spelling_are_told_apart(one: str, other: str, is_same: bool) -> None:
    assert (name_key(one) == name_key(other)) is is_same


@given(st.text())
def test_a_folded_name_is_its_own_key(text: str) -> None:
    assert name_key(fold(text)) == fold(text)


@given(names, st.randoms(use_true_random=False), st.integers(2, 12))
def test_any_order_and_any_beginning_finds(name: list[str], chance: Random, length: int) -> None:
    text = " ".join(name)
    shuffled = [word[:length] for word in name]
    chance.shuffle(shuffled)
    assert finds(" ".join(shuffled), text) or not query_tokens(" ".join(shuffled))


@given(names, names)
def test_each_folding_of_a_name_finds_it_and_is_found(surname: list[str], given: list[str]) -> None:
    family, first = "-".join(surname), " ".join(given)
    # A spelling of one letter is never searched, so it cannot find or be found by it.
    letters = f"{fold(family)} {fold(first)} {mrz_fold(family)} {mrz_fold(first)}".split()
    assume(all(len(word) >= SHORTEST_QUERY for word in letters))
    for folding in (str, fold, mrz_fold, str.lower):
        assert finds(f"{folding(first)} {folding(family)}", family, first)
        assert finds(f"{family} {first}", folding(family), folding(first))


@given(st.text())
def test_foldings_are_plain_and_stable(text: str) -> None:
    for folding in (fold, mrz_fold):
        once = folding(text)
        assert set(once) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
        assert folding(once) == once == " ".join(once.split())
        assert folding(unicodedata.normalize("NFD", text)) == once


@given(st.text(), st.text())
def test_any_text_gives_tokens_without_spaces(surname: str, query: str) -> None:
    assert all(token and " " not in token for token in name_tokens(surname, None, query))
    assert all(start for starts in query_tokens(query) for start in starts)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"])))
def test_clean_text_is_stable_nfc_without_double_spaces(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize("sign", ["\x00", "\n", "\t", "\x7f", "\x85", "\u2028", "\u202e", "\ud800"])
def test_control_characters_are_refused_without_quoting_the_text(sign: str) -> None:
    with pytest.raises(ValueError, match="control character") as refusal:
        clean_text(f"SECRET{sign}NAME")
    assert "SECRET" not in str(refusal.value)


def test_text_that_lost_letters_to_a_broken_encoding_is_refused() -> None:
    with pytest.raises(ValueError, match="control character"):
        clean_text(b"M\xfcller".decode("utf-8", "replace"))


def test_persian_joiner_is_kept() -> None:
    assert clean_text(" علی\u200cرضا ") == "علی\u200cرضا"
