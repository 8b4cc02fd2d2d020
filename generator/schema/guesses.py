"""What was probably meant by a key or an id that is not known, and how a message says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from pydantic.fields import FieldInfo

from generator.messages import Words, words
from generator.schema import advice


def nearest(text: str, known: Mapping[str, object] | tuple[str, ...]) -> str | None:
    """The entry of ``known`` that ``text`` was probably meant to be, or ``None``."""
    from rapidfuzz import fuzz, process

    plain = unicodedata.normalize("NFKC", text)  # an id in wide letters is misspelt too
    hit = process.extractOne(text if text in known else plain, list(known), scorer=fuzz.ratio, score_cutoff=65)
    return hit[0] if hit else None


def clearly_nearest(text: str, known: tuple[str, ...]) -> str | None:
    """The nearest of ``known``, if no other is nearly as near."""
    from rapidfuzz import fuzz, process

    hits = process.extract(text, known, scorer=fuzz.ratio, score_cutoff=50, limit=2)
    if not hits or (len(hits) > 1 and hits[0][1] - hits[1][1] < 10):
        return None
    return hits[0][0]


def guess_field(key: str, known: Mapping[str, FieldInfo]) -> str | None:
    """The field of ``known`` that ``key`` misspells, or calls by its Chinese label."""
    bare = key.strip("“”\"' *【】").replace("-", "_").replace(" ", "_")
    return nearest(bare, known) or nearest(bare.casefold(), known) or advice.field_meant(key, known)


def did_you_mean(text: str, known: Mapping[str, object] | tuple[str, ...], names: Mapping[str, str]) -> Words:
    """A sentence that names the nearest of ``known`` by id or the one called so; empty when there is none."""
    guess = nearest(text, known) or next((key for key, name in names.items() if name == text), None)
    if guess is None and (called := nearest(text, tuple(names.values()))):
        guess = next(key for key, name in names.items() if name == called)
    return shown_guess(guess, names.get(guess)) if guess else Words("", "")


def shown_guess(key: str, name: str | None) -> Words:
    """A question that names what was probably meant."""
    shown = f"{key}（{name}）" if name and name != key else key
    return Words(f"是不是“{shown}”？", f'Did you mean "{key}"?')


def listing(known: Mapping[str, FieldInfo]) -> Words:
    """A sentence that lists all fields that may stand somewhere."""
    return Words(f"这里可以写：{'、'.join(known)}。", f"Known here: {', '.join(known)}.")


def listing_of_names(known: Mapping[str, str]) -> Words:
    """A sentence that lists all ids that may be chosen, with their names."""
    return Words(
        f"可以填：{'、'.join(f'{key}（{name}）' for key, name in known.items())}。", f"Allowed: {', '.join(known)}."
    )


def option_hint(field: FieldInfo | None, key: str, text: object, expected: str) -> tuple[Words, Words]:
    """What may be written for a value that is none of a fixed few, and what to type."""
    values = tuple(re.findall(r"'([^']*)'", expected))
    hint = Words(f"可以填：{'、'.join(values)}。", f"Allowed: {', '.join(values)}.")
    guess = advice.option(field, text, values) or (clearly_nearest(text, values) if isinstance(text, str) else None)
    return hint, advice.filled("advice.write", key=key, value=guess) if guess else words("advice.choose")
