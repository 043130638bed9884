"""The words of every fault and warning, in both languages, by a code that never changes.

A slice registers its own codes; pages and the API look the words up here.
"""

from dataclasses import dataclass

from apoa.base.errors import Problem


@dataclass(frozen=True)
class ProblemText:
    """What a code says. `{name}` in a text is filled from the problem's params."""

    indonesian: str
    english: str

    def in_locale(self, locale: str) -> str:
        """The text of a language; Indonesian unless English is asked for."""
        return self.english if locale == "en" else self.indonesian


PROBLEMS: dict[str, ProblemText] = {
    "required": ProblemText("Wajib diisi.", "This is needed."),
    "invalid": ProblemText("Isian ini tidak dapat dibaca.", "This cannot be read."),
    "unknown-field": ProblemText("Isian ini tidak dikenal.", "This field is not known."),
    "not-text": ProblemText("Harus berupa teks.", "This must be text."),
    "not-a-number": ProblemText("Harus berupa bilangan bulat.", "This must be a whole number."),
    "too-long": ProblemText("Paling banyak {max} karakter.", "At most {max} characters."),
    "too-short": ProblemText("Paling sedikit {min} karakter.", "At least {min} characters."),
    "too-many-items": ProblemText("Paling banyak {max} butir.", "At most {max} items."),
    "out-of-range": ProblemText(
        "Harus antara {min} dan {max}.", "This must be between {min} and {max}."
    ),
    "not-a-choice": ProblemText(
        "Pilih salah satu yang tersedia.", "Choose one of those on the list."
    ),
    "control-character": ProblemText(
        "Berisi karakter yang tidak dapat dibaca.", "This holds characters that cannot be read."
    ),
    "invalid-date": ProblemText("Bukan tanggal yang ada.", "This is not a date that exists."),
    "invalid-instant": ProblemText(
        "Tulis tanggal, jam dan zona waktunya.", "Give a date, a time and its time zone."
    ),
    "invalid-email": ProblemText("Bukan alamat surel.", "This is not an e-mail address."),
    "changed-meanwhile": ProblemText(
        "Data ini sudah diubah orang lain; muat ulang dahulu.",
        "Somebody else changed this meanwhile; load it again first.",
    ),
    "not-in-this-state": ProblemText(
        "Tidak dapat dilakukan pada keadaan sekarang.", "This cannot be done in the present state."
    ),
}


def register_problems(texts: dict[str, ProblemText]) -> None:
    """Adds a slice's codes. Raises ValueError for a code that says something else already."""
    for code, text in texts.items():
        if PROBLEMS.setdefault(code, text) != text:
            raise ValueError(f"problem code {code} is registered twice")


def problem_text(problem: Problem, locale: str) -> str:
    """The words for one problem. Raises KeyError for an unregistered code."""
    return PROBLEMS[problem.code].in_locale(locale).format(**problem.params)
