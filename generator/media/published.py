"""A picture as it is published, and as the cache keeps it: its files behind a head that says which they are.

Addresses are no part of what is kept: they follow from the bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from generator.media.formats import encode
from generator.media.formats.encode import Encoding
from generator.media.workers import is_sound

PictureForm = Encoding | Literal["svg"]
_ENDINGS: Mapping[str, str] = {**encode.ENDINGS, "svg": "svg"}


@dataclass(frozen=True, slots=True)
class Variant:
    """A published form of a picture: its address in the site and its size in pixels."""

    form: PictureForm
    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A published picture: its ``variants`` form by form, smallest first, the fallback last. ``tint`` is the class of
    the colour behind it, empty for none. ``kept`` is the entry of a cache that could not keep it."""

    variants: tuple[Variant, ...]
    tint: str
    key: str = field(repr=False)
    kept: bytes | None = field(default=None, repr=False, compare=False)

    @property
    def fallback(self) -> Variant:
        """What every browser can show, in the largest width."""
        return self.variants[-1]

    @property
    def sources(self) -> Mapping[PictureForm, tuple[Variant, ...]]:
        """The other variants by form, the best form first."""
        forms = dict.fromkeys(each.form for each in self.variants[:-1])
        return {form: tuple(each for each in self.variants[:-1] if each.form == form) for form in forms}


def pack(head: Mapping[str, Any], body: bytes) -> bytes:
    """A worker's answer as the cache keeps it. Addresses are no part of it: they follow from the bytes."""
    text = json.dumps({name: head[name] for name in ("made", "tint", "seen", "blank")}).encode()
    return len(text).to_bytes(4, "big") + text + body


def is_answer(blob: bytes, is_published: bool) -> bool:
    """Whether ``blob`` is what a sound worker answers; a kept value is asked as much as a worker is."""
    try:
        head, end = head_of(blob)
        return is_sound(head, blob[end:], is_published) and "fault" not in head
    except (ValueError, TypeError):
        return False


def head_of(blob: bytes) -> tuple[dict[str, Any], int]:
    """The head of a kept answer, and where its files begin. Raises ``ValueError`` for what is none."""
    end = 4 + int.from_bytes(blob[:4], "big")
    try:
        return json.loads(blob[4:end]), end
    except RecursionError as error:
        raise ValueError("lists in lists without end") from error


def picture_of(name: str, blob: bytes, is_kept: bool = True) -> Picture:
    """The picture of a kept answer; ``name`` is its key in the cache, which keeps it or not."""
    head, _ = head_of(blob)
    variants = tuple(
        Variant(form, _address(content, form, width), width, height)
        for (form, width, height, _), content in zip(head["made"], contents_of(blob), strict=True)
    )
    return Picture(variants, head["tint"], name, None if is_kept else blob)


def _address(content: bytes, form: str, width: int) -> str:
    return f"media/{sha256(content).hexdigest()[:20]}-{width}.{_ENDINGS[form]}"


def contents_of(blob: bytes) -> Iterator[bytes]:
    """The files of a kept answer, one after the other."""
    head, at = head_of(blob)
    for *_, length in head["made"]:
        yield blob[at : at + length]
        at += length
