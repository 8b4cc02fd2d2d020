"""Films: the video file and the captions of a record are found and checked, and published as they are.

A film is known by its first bytes and its digest and never decoded: no decoder of ours meets bytes from outside. Where
the machine has ffprobe, that is asked how long the film is and how it is coded.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from typing import Any, Literal

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.kinds.video import probe
from generator.media.formats import tags
from generator.media.formats.attached import first_number
from generator.messages import Words, fill, words
from generator.problems import Problem, Span, problem
from generator.schema.fields import short
from generator.source import webvtt
from generator.source.files import SourceFile, path_advice, resolve
from generator.source.pointers import is_pointer
from generator.system.cache import Cache, key
from generator.system.sealed import Changed
from generator.text import durations

VideoForm = Literal["mp4", "webm"]

ENDINGS = ("mp4", "webm", "mov", "m4v", "mkv", "avi", "wmv", "flv", "mpg", "mpeg", "3gp", "rmvb", "ogv", "ts")
SLACK = 1000  # milliseconds that a caption may stand past a duration that is given in whole seconds
_TOLERANCE = 1  # seconds by which a duration given in whole seconds may differ from the file's
_STEP, _RECIPE = "digests", "1"
_HEAD = 1024  # bytes in which both formats have named themselves, and a pointer of Git LFS ends
_NO_FILM = frozenset({b"qt  ", b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"M4A ", b"M4B ", b"crx "})


def ending_of(name: str) -> str:
    """What stands behind the last full stop of a file name, in small letters; empty without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def form_of(head: bytes) -> VideoForm | None:
    """The format by the first bytes of a file (ISO/IEC 14496-12 section 4.3; RFC 8794 and the WebM container
    guidelines), ``None`` for any other. QuickTime, pictures and sound in the same boxes are others."""
    if head[4:8] == b"ftyp":
        return None if head[8:12] in _NO_FILM else "mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and re.search(rb"\x42\x82[\x80-\xff]webm", head):
        return "webm"
    return None


def digest_of(film: BufferedReader) -> str:
    """The SHA-256 of an open file in hexadecimal, read in blocks. Raises ``OSError`` when it cannot be read."""
    film.seek(0)
    return file_digest(film, "sha256").hexdigest()


def known_digest(film: BufferedReader, file: Path, cache: Cache | None, trusts_times: bool) -> str:
    """The SHA-256 of ``film``, which is ``file``, open. With ``trusts_times`` the one that was kept when path, number, size and times of the
    file were the same; otherwise its bytes are read. Raises ``OSError`` when it cannot be read."""
    facts = os.fstat(film.fileno())
    stamp = (str(file), *map(str, (facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)))
    name = key(_STEP, _RECIPE, stamp)
    if cache is None:
        return digest_of(film)

    def is_sound(kept: bytes) -> bool:
        return trusts_times and re.fullmatch(rb"[0-9a-f]{64}", kept) is not None

    return cache.get_or_make(_STEP, name, lambda: digest_of(film).encode(), is_sound).decode()


def name_beside(record: Record, written: str) -> str | None:
    """The name of the file beside ``record`` that ``written`` means, ``None`` when it leads elsewhere."""
    folder, _, name = (resolve(record.folder, written) or "").rpartition("/")
    return name if folder == record.folder and name else None


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """What is wrong with the film and the captions of ``record`` (VID-*). Its data has ``src``, ``host``, ``sha256``,
    ``size``, ``duration`` (seconds) and ``captions``."""
    yield from _check_film(record, inspection)
    yield from _check_captions(record, inspection)


def _check_film(record: Record, inspection: Inspection) -> Iterator[Problem]:
    video, sources, span = record.data, inspection.sources, record.span("src")
    name = None if video.host else name_beside(record, video.src)
    path = f"{record.folder}/{name}"
    file = sources.files.get(path) if name else None
    if file is not None:
        yield from _check_file(record, file, inspection)
    elif not video.host and name is None:
        yield problem("SEC-006", span, path=short(video.src), advice=path_advice(video.src))
    elif not video.host and path not in sources.refused:
        yield problem("VID-001", span, path=short(video.src), hint=_near(record, path, inspection))
    if file is not None or video.host:  # otherwise one of the others is the one that was meant
        for other in record.beside.values():
            if other is not file:
                yield problem("ID-008", Span(other.path), name=other.name)


def _near(record: Record, path: str, inspection: Inspection) -> Words:
    """A sentence that names the file that was probably meant; empty when there is none."""
    twin = inspection.sources.lower.get(path.casefold())
    found = [twin.rpartition("/")[2]] if twin else list(record.beside)
    names = "、".join(found[:3])
    return _filled("film.near", names=names) if found else Words("", "")


def _check_file(record: Record, file: SourceFile, inspection: Inspection) -> tuple[Problem, ...]:
    try:
        with file.opened() as film:
            return (*_check_open(record, film, file, inspection),)
    except Changed:
        return (problem("SEC-021", Span(file.path)),)
    except OSError as error:
        reason = _filled("film.unreadable", reason=error.strerror or str(error))
        return (problem("VID-003", record.span("src"), path=record.data.src, reason=reason),)


def _check_open(record: Record, film: BufferedReader, file: SourceFile, inspection: Inspection) -> Iterator[Problem]:
    video, span, megabytes = record.data, record.span("src"), inspection.config.limits.video_megabytes
    head = film.read(_HEAD)
    if is_pointer(head):
        yield problem("TXT-055", span, path=file.path)
        return
    form, right = form_of(head), None
    if form == ending_of(file.name) and file.size <= megabytes << 20:
        right = known_digest(film, file.absolute, inspection.cache, inspection.trusts_times)
        yield from _check_tags(record, tags.read(film, form))
    if form is None:
        yield problem("VID-003", span, path=video.src, reason=words("film.not_one"))
    elif form != ending_of(file.name):
        yield problem("VID-003", span, path=video.src, reason=_filled("film.other_ending", form=form))
    elif right is None:
        yield problem("VID-010", span, path=video.src, size=-(-file.size // (1 << 20)), limit=megabytes)
    elif right != video.sha256:
        yield problem("VID-002", record.span("sha256"), path=video.src, right=right)
    if video.size is not None and video.size != file.size:
        yield problem("VID-012", record.span("size"), path=video.src, given=video.size, right=file.size)
    if form and right and inspection.ffprobe:
        found = probe.ask(inspection.ffprobe, film, form, right, inspection.cache)
        yield from _check_content(record, found) if found else ()


def _check_tags(record: Record, found: tags.Tags) -> Iterator[Problem]:
    """PII-012 to PII-014: what is attached to a film is published with it."""
    path, span = record.data.src, record.span("src")
    number = first_number(list(found.texts))
    if found.has_place:
        yield problem("PII-012", span, path=path)
    if number:
        yield problem("PII-014", span, path=path, number=number)
    if found.people:
        yield problem("PII-013", span, path=path, fields="、".join(found.people))


def _check_content(record: Record, found: probe.Findings) -> Iterator[Problem]:
    video = record.data
    if found.seconds is not None and abs(found.seconds - video.duration) > _TOLERANCE:
        right = durations.clock(max(1, round(found.seconds)))
        given = durations.clock(video.duration)
        yield problem("VID-013", record.span("duration"), path=video.src, given=given, right=right)
    if found.unusual:
        yield problem("VID-014", record.span("src"), path=video.src, codecs="、".join(found.unusual))


def _filled(key: str, **values: object) -> Words:
    return Words(*(fill(each, values) for each in words(key)))


def _check_captions(record: Record, inspection: Inspection) -> Iterator[Problem]:
    video = record.data
    span = record.span("captions")
    name = name_beside(record, video.captions)
    path = f"{record.folder}/{name}"
    text = record.texts.get(name or "")
    if name is None:
        yield problem("SEC-006", span, path=short(video.captions), advice=path_advice(video.captions))
        return
    if not name.endswith(".vtt"):
        yield problem("VID-004", span, path=short(video.captions), reason=words("captions.ending"))
        return
    if path not in inspection.sources.files:
        if path not in inspection.sources.refused:
            yield problem("VID-004", span, path=short(video.captions), reason=words("captions.missing"))
        return
    for other in record.texts.values():
        if other is not text:
            yield problem("ID-008", Span(other.path), name=other.path.rpartition("/")[2])
    if text is not None:
        yield from _check_cues(text.path, text.text, video)


def _check_cues(path: str, text: str, video: Any) -> Iterator[Problem]:
    cues, faults = webvtt.read(text)
    for line, column, mistake, first in faults:
        if mistake == "repeated":
            yield problem("VID-020", Span(path, line, column), first=first)
        else:
            yield problem("VID-005", Span(path, line, column), what=words(f"vtt.{mistake}"))
    if not cues and not faults:
        yield problem("VID-009", Span(path), path=path.rpartition("/")[2])
    late = next((cue for cue in cues if cue.end > video.duration * 1000 + SLACK), None)
    if late is not None:  # the first tells it all: often it is the duration that is wrong
        end, whole = webvtt.time_text(late.end), durations.clock(video.duration)
        yield problem("VID-006", Span(path, late.line, late.end_column), end=end, duration=whole)
