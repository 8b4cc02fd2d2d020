"""The one message catalogue: everything a clerk or a visitor reads, in Chinese and in English.

``problems/`` holds one table per problem code, a file for each family, ``words/`` the words of the pages and of the
commands, ``fields/`` what the fields of records are called in English. A kind may keep such tables beside its code, as
``words.toml``, ``problems.toml`` and ``fields.toml``. All are plain data, so a city's translator needs no Python. Codes are
permanent: none is ever reused. A problem of the level ``error`` stops publishing, a ``warning`` does not; ``{…}`` are values filled in by the checker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Literal, NamedTuple

from generator.messages import lean

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Words(NamedTuple):
    """One wording in both languages; which one is shown is decided only when it is printed."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the wording in ``language``."""
        return self.zh if language == "zh" else self.en


@cache
def _table(name: str) -> Mapping[str, Mapping[str, str]]:
    merged: dict[str, Mapping[str, str]] = {}
    for file in _files(name):
        table = lean.read(file.read_text(encoding="utf-8"))
        repeated = merged.keys() & table.keys()
        if repeated:
            raise ValueError(f"{name}: {file} says again what another file says: {sorted(repeated)}")
        merged |= table
    return merged


def _files(name: str) -> Iterator[Traversable]:
    """The files of a table: those of this package, then what kinds keep beside their code."""
    yield from (each for each in _inside(resources.files(__package__).joinpath(name)) if each.name.endswith(".toml"))
    for kind in _inside(resources.files("generator").joinpath("kinds")):
        own = kind.joinpath(f"{name}.toml")
        if kind.is_dir() and own.is_file():
            yield own


def _inside(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda each: each.name)


def problem_entries() -> Mapping[str, Mapping[str, str]]:
    """Return the catalogue of problems: code → ``level``, ``zh``, ``en``, ``fix_zh``, ``fix_en``."""
    return _table("problems")


@cache
def words(key: str) -> Words:
    """Return the wording ``key`` of ``words/``. Raises ``KeyError`` for a key that is not there."""
    entry = _table("words")[key]
    return Words(entry["zh"], entry["en"])


@cache
def field_words(key: str) -> tuple[str, str] | None:
    """Return the English title of the field ``key``, such as ``Brand.slogan``, and what stands in it, ``None`` for one
    that has no wording of its own. The Chinese ones stand in the models."""
    entry = _table("fields").get(key)
    return (entry["title"], entry["about"]) if entry else None


_STOPS, _OUTCRIES = "。．，,；;：:、", "！？!?…"
_PARTING = frozenset(f"{_STOPS}.")


def followed(text: str, rest: str) -> str:
    """``text`` and what follows it, with one sign between them: whoever wrote the text may have ended it like a sentence."""
    if not rest or rest[0] not in _PARTING:
        return text + rest
    ended = text.rstrip()
    if ended.endswith(tuple(_OUTCRIES)):
        return ended + (rest[1:] if rest[0] in "。." or not ended.endswith("…") else rest)
    stops = _STOPS + ("." if rest[0] in ".。" else "")
    return (ended.rstrip(stops).rstrip() or text) + rest


def fill(template: str, values: Mapping[str, object]) -> str:
    """``template`` with its ``{names}`` filled in, never two signs of punctuation in a row where a value ends."""
    text = ""
    for literal, name in _parts(template):
        text = followed(text, literal) if text else literal
        if name is not None:
            text += str(values[name])
    return text


@cache
def _parts(template: str) -> tuple[tuple[str, str | None], ...]:
    """What stands before each name of ``template``, and the name; ``None`` after the last."""
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def say(key: str, language: Language, **values: object) -> str:
    """Return the wording ``key`` in ``language`` with ``values`` filled in."""
    return fill(words(key).in_language(language), values)


def words_under(prefix: str, language: Language) -> Mapping[str, str]:
    """Return every wording whose key begins with ``prefix`` and a dot, by the rest of its key."""
    start = f"{prefix}."
    return {key.removeprefix(start): say(key, language) for key in _table("words") if key.startswith(start)}
