"""Problems as data: what is wrong, where, and what to do. Author mistakes never raise; they become these."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.messages import Language, Words, fill, problem_entries
from generator.privacy.masking import mask, mask_quoted
from generator.text.legible import in_line

PICTURE_ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg", ".bmp", ".tif", ".tiff", ".heic"}
)


Level = Literal["error", "warning"]
LONGEST = 1_000  # characters of one value in a message


class Span(NamedTuple):
    """A place in a source file. ``path`` is relative to the site's root with ``/``; line and column count from 1,
    the column in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Places:
    """Offsets of a text as places in its file, found without counting from the beginning each time."""

    def __init__(self, path: str, text: str, first_line: int = 1) -> None:
        self.path, self.text, self.offset = path, text, first_line - 1
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def span(self, at: int) -> Span:
        """The place of the character at offset ``at``."""
        line = bisect_right(self.starts, at)
        return Span(self.path, line + self.offset, at - self.starts[line - 1] + 1)


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """What the catalogue says of one code."""

    code: str
    level: str
    text: Words
    remedy: Words
    can_be_lifted: bool = False  # by a record that says why the rule is wrong there


def _read_catalogue() -> dict[str, ProblemEntry]:
    return {
        code: ProblemEntry(
            code, row["level"], Words(row["zh"], row["en"]), Words(row["fix_zh"], row["fix_en"]), bool(row.get("lift"))
        )
        for code, row in problem_entries().items()
    }


CATALOGUE: dict[str, ProblemEntry] = _read_catalogue()


def declare(code: str, level: Level, text: Words, remedy: Words, *, can_be_lifted: bool = False) -> str:
    """Word a problem in the module of its rule, which then needs no entry in ``generator/messages/problems/``, and return
    its ``code``. For the top level of a module. Raises ``ValueError`` for a code that means something already."""
    entry = ProblemEntry(code, level, text, remedy, can_be_lifted)
    if CATALOGUE.setdefault(code, entry) != entry:
        raise ValueError(f"{code} says two things")
    return code


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of an author at one place. ``values`` fill the catalogue's wording; a value may be ``Words``.
    ``is_eased`` is one in a draft, which is not finished yet: it stops nobody's site."""

    code: str
    span: Span
    values: tuple[tuple[str, object], ...] = ()
    is_eased: bool = False

    @property
    def level(self) -> str:
        """``error`` stops publishing, ``warning`` does not."""
        return "warning" if self.is_eased else CATALOGUE[self.code].level

    @property
    def is_grave(self) -> bool:
        """Whether it would be an error anywhere but in a draft."""
        return CATALOGUE[self.code].level == "error"

    @property
    def is_error(self) -> bool:
        """Whether this problem stops the site from being published."""
        return self.level == "error"

    @property
    def place(self) -> str:
        """The place as it may be printed: a file's name can hold somebody's number, too."""
        return in_line(mask(str(self.span)))

    def text(self, language: Language) -> str:
        """What is wrong."""
        return self._fill(CATALOGUE[self.code].text, language)

    def remedy(self, language: Language) -> str:
        """What to do about it."""
        return self._fill(CATALOGUE[self.code].remedy, language)

    def _fill(self, words: Words, language: Language) -> str:
        return fill(words.in_language(language), {name: _shown(value, language) for name, value in self.values})


def _shown(value: object, language: Language) -> object:
    """A value as it may be printed: in one language, without anybody's personal data or anything a terminal obeys, and
    no longer than anybody reads. What is cut is masked first."""
    if isinstance(value, Words):
        return _bounded(in_line(mask_quoted(value.in_language(language))))
    return _bounded(in_line(mask_quoted(value))) if isinstance(value, str) else value


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def problem(code: str, span: Span, **values: object) -> Problem:
    """Return the problem ``code`` at ``span``. Raises ``KeyError`` for a code the catalogue does not have."""
    if code not in CATALOGUE:
        raise KeyError(f"no such problem code: {code}")
    return Problem(code, span, tuple(sorted(values.items())))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return ``problems`` without repetitions, sorted by path, position and code."""
    return tuple(sorted(set(problems), key=lambda each: (each.span, each.code, repr(each.values))))


def is_of_picture(problem: Problem) -> bool:
    """Whether a problem is about a picture alone, so that the record that names it can still be previewed."""
    path = str(dict(problem.values).get("path", "")).lower()
    is_pointer = problem.code == "TXT-055" and path.endswith(tuple(PICTURE_ENDINGS))
    return problem.code.startswith(("IMG-00", "IMG-01")) or is_pointer


def any_errors(problems: Iterable[Problem]) -> bool:
    """Whether publishing has to stop."""
    return any(each.is_error for each in problems)
