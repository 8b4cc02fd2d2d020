"""What a file says it is by its first bytes, and the bounds of what is decoded. Nothing is decoded here."""

from __future__ import annotations

from dataclasses import dataclass

ENDINGS = {
    "JPEG": ("jpg", "jpeg"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
}
FAULTS = ("IMG-002", "IMG-004", "IMG-005", "IMG-009")  # what a worker may say of a picture


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one picture: bytes of the file and pixels of the image."""

    file_size: int
    pixels: int


def form_of(raw: bytes) -> str | None:
    """The format by the first bytes, a key of ``ENDINGS``, or ``None``; the file's name proves nothing."""
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WEBP"
    if raw[4:12] in (b"ftypavif", b"ftypavis"):
        return "AVIF"
    return None
