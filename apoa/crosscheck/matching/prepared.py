"""A person folded once, to be scored many times."""

from dataclasses import dataclass, field

from apoa.crosscheck.matching.documents import document_signs
from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.matching.words import name_words, telling_words


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `score` reads. The first `surname_words` of `words` are the surname."""

    words: tuple[str, ...] = field(repr=False)
    surname_words: int = field(repr=False)
    birth_date: str = field(repr=False)
    nationality: str
    sex: str
    documents: tuple[tuple[str, str], ...] = field(repr=False)


def prepared(person: Person) -> Prepared:
    """The person ready for `score`; documents become (signs, issuing state)."""
    surname = name_words(person.surname)
    given_names = name_words(person.given_names)
    if not surname and not given_names and person.native_name:
        surname = name_words(person.native_name)
    telling_surname = telling_words(surname)
    words = (*telling_surname, *telling_words(given_names))
    return Prepared(
        words=words,
        surname_words=len(telling_surname),
        birth_date=person.birth_date or "",
        nationality=person.nationality or "",
        sex=person.sex if person.sex in ("F", "M") else "",
        documents=tuple(
            (document_signs(document.number), document.issuing_state or "")
            for document in person.documents
            if document.number
        ),
    )
