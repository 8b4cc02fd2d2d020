"""The media types of files by the ending of their names, which are everywhere the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Every ending that a site publishes: servers do not know all of them, or under other names.
PUBLISHED: Final[Mapping[str, str]] = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "xml": "application/xml",
    "txt": "text/plain",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar",
    "vtt": "text/vtt",
    "link": "application/link-format",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
# With those that only a visitor's own files beside the site have.
TYPES: Final[Mapping[str, str]] = {
    **PUBLISHED,
    "mjs": "text/javascript",
    "map": "application/json",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "m4v": "video/mp4",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "md": "text/markdown",
    "yml": "text/yaml",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FEEDS: Final[Mapping[str, str]] = {"xml": "application/atom+xml", "json": "application/feed+json"}
JSON_SCHEMA: Final = "application/schema+json"
LINKS: Final = PUBLISHED["link"]  # RFC 6690
JSON_LD: Final = "application/ld+json"
HTTP: Final = "application/http"  # an answer of a server with its headers (RFC 9112, 10.2)
UNKNOWN: Final = "application/octet-stream"
_WRITTEN = ("application/json", "application/xml", "application/manifest+json", "image/svg+xml")


def is_text(media_type: str) -> bool:
    """Whether files of ``media_type`` are written in characters: these shrink when they are compressed."""
    return media_type.startswith("text/") or media_type in _WRITTEN
