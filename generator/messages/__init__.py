"""The one message catalogue: everything a clerk or a visitor reads, in Chinese and in English.

``problems.toml`` holds one table per problem code, ``words.toml`` the words of the pages and of the commands.
Both are plain data, so a city's translator needs no Python.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

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
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def problem_entries() -> Mapping[str, Mapping[str, str]]:
    """Return the catalogue of problems: code → ``level``, ``zh``, ``en``, ``fix_zh``, ``fix_en``."""
    return _table("problems")


@cache
def words(key: str) -> Words:
    """Return the wording ``key`` of ``words.toml``. Raises ``KeyError`` for a key that is not there."""
    entry = _table("words")[key]
    return Words(entry["zh"], entry["en"])


def say(key: str, language: Language, **values: object) -> str:
    """Return the wording ``key`` in ``language`` with ``values`` filled in."""
    return words(key).in_language(language).format(**values)
