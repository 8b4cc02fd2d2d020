"""A worker for pictures that makes WebP only and is the project's own in everything else. ``develop.py`` starts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.media.formats import encode
from generator.media.workers import job


def variants(
    image: encode.Image.Image, widths: Iterable[int], done: Callable[[], None] = lambda: None
) -> list[encode.Encoded]:
    """``encode.variants`` without the other forms."""
    made = []
    for each in encode._resized(image, encode.widths_of(widths, image.width)):
        made.append(encode.Encoded("webp", each.width, each.height, encode._encoded(each, "webp")))
        done()
    return made


if __name__ == "__main__":
    encode.variants = variants
    job.main()
