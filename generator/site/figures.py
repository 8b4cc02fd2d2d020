"""Pictures in pages: the view of one for templates, and the markup of one in a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from generator.media.published import Picture, Variant
from generator.text.media_types import TYPES

_STORY_SIZES = "(min-width: 48em) 42rem, 92vw"


def picture_view(picture: Picture) -> Mapping[str, Any]:
    """The part of a picture's view that comes from its files: its ``sources``, best form first, and the file that every
    browser can show. ``tint`` and ``focus`` are classes of the style sheet or empty."""
    fallback = picture.fallback
    return {
        "sources": [
            {"type": TYPES[form], "variants": [{"address": each.address, "width": each.width} for each in variants]}
            for form, variants in picture.sources.items()
        ],
        "address": fallback.address,
        "type": TYPES[fallback.form],
        "width": fallback.width,
        "height": fallback.height,
        "tint": picture.tint,
        "focus": "",
    }


def figure(picture: Picture, here: Callable[[str], str], alt: str, title: str, *, is_lazy: bool, label: str | None) -> str:
    """The markup of a picture in a story. ``here`` makes addresses relative to the page; with a ``label`` the picture is a
    link to its largest form."""
    fallback = picture.fallback

    def at(variant: Variant) -> str:
        return here(variant.address)

    sources = "".join(
        f'<source type="{TYPES[form]}" srcset="{", ".join(f"{at(each)} {each.width}w" for each in variants)}" '
        f'sizes="{_STORY_SIZES}">'
        for form, variants in picture.sources.items()
    )
    loading = ' loading="lazy"' if is_lazy else ""
    tint = f' class="{picture.tint}"' if picture.tint else ""
    image = (
        f'<picture>{sources}<img{tint} src="{at(fallback)}" width="{fallback.width}" height="{fallback.height}" '
        f'alt="{escape(alt)}"{loading} decoding="async"></picture>'
    )
    if label is not None:
        image = f'<a class="story-picture" href="{at(fallback)}" aria-label="{escape(label)}">{image}</a>'
    return f'{image}<span class="story-caption">{escape(title)}</span>' if title else image
