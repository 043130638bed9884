"""What can be set on a rule: each parameter's kind, bounds and words, and how values are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apoa.base.errors import InvalidInput, Problem


@dataclass(frozen=True)
class Words:
    """The same text in Indonesian and in English."""

    indonesian: str
    english: str

    def in_locale(self, locale: str) -> str:
        """The text of a language; Indonesian unless English is asked for."""
        return self.english if locale == "en" else self.indonesian


@dataclass(frozen=True)
class Parameter:
    """A value that the directorate may set: a whole number, a yes or no, or some of the options.

    The kind is that of `default`: int, bool, or tuple of codes.
    """

    name: str
    default: int | bool | tuple[str, ...]
    label: Words
    least: int = 0
    most: int = 3650
    options: tuple[str, ...] = ()

    @property
    def is_flag(self) -> bool:
        """Whether it is a yes or no."""
        return isinstance(self.default, bool)

    @property
    def is_list(self) -> bool:
        """Whether it is some of the options."""
        return isinstance(self.default, tuple)

    def read(self, value: Any) -> int | bool | list[str]:
        """The value as it is stored. Raises _Faulty."""
        if self.is_flag:
            if not isinstance(value, bool):
                raise _Faulty("not-a-choice")
            return value
        if self.is_list:
            return self._read_list(value)
        text = str(value).strip() if isinstance(value, int | str) else ""
        if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 7):
            raise _Faulty("not-a-number" if text else "required")
        if not self.least <= int(text) <= self.most:
            raise _Faulty("out-of-range", min=str(self.least), max=str(self.most))
        return int(text)

    def _read_list(self, value: Any) -> list[str]:
        chosen = list(value) if isinstance(value, list | tuple) else None
        if chosen is None or any(one not in self.options for one in chosen):
            raise _Faulty("not-a-choice")
        if not chosen and self.least:
            raise _Faulty("required")
        return [one for one in self.options if one in chosen]


class _Faulty(ValueError):
    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read_parameters(known: tuple[Parameter, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all parameters; one that is not given keeps its default.

    Raises InvalidInput with a problem for each faulty or unknown one.
    """
    names = {one.name for one in known}
    faults = [
        Problem(f"/parameters/{name}", "unknown-field") for name in values if name not in names
    ]
    read = dict(defaults_of(known))
    for one in known:
        if one.name not in values:
            continue
        try:
            read[one.name] = one.read(values[one.name])
        except _Faulty as fault:
            faults.append(Problem(f"/parameters/{one.name}", fault.code, fault.params))
    if faults:
        raise InvalidInput(faults)
    return read


def defaults_of(known: tuple[Parameter, ...]) -> dict[str, Any]:
    """The values as they are shipped."""
    return {
        one.name: list(one.default) if isinstance(one.default, tuple) else one.default
        for one in known
    }
