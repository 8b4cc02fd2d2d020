"""Pictures: which ones are shown, what is wrong with them, and which files are published instead of them.

Nothing that was submitted is published as it came. A picture's bytes are found and named here, decoded and re-encoded
in worker processes (``workers.py``: ``decode.py``, then ``encode.py``), and kept in the cache.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from errno import ENOENT
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.cache import Cache, key
from generator.catalog import Catalog
from generator.kind import Media
from generator.media import encode, svg
from generator.media.decode import ENDINGS, Limits, form_of
from generator.media.encode import Form
from generator.media.workers import Crew, Lost
from generator.messages import Words, words
from generator.problems import Problem, Span, problem
from generator.records import Record
from generator.schema import part_paths, values_at
from generator.sources import Sources, is_inside, resolve

STORY_WIDTHS = (640, 1280)
OPENING_WIDTHS = (960, 1920)
WORDMARK_WIDTHS = (320, 640)
STEP = "pictures"
_VERDICT = b"fine"  # what the cache keeps of a picture that was only checked
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")  # ISO/IEC 23008-12, annex B
_DRAWING = re.compile(rb"<svg[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that something shows, with the place that names it. ``public`` pictures are published in
    ``widths`` (pixels), the others only checked."""

    path: str
    span: Span
    widths: tuple[int, ...]
    public: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """A published form of a picture: its address in the site and its size in pixels."""

    form: Form
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
    def sources(self) -> Mapping[Form, tuple[Variant, ...]]:
        """The other variants by form, the best form first."""
        forms = dict.fromkeys(each.form for each in self.variants[:-1])
        return {form: tuple(each for each in self.variants[:-1] if each.form == form) for form in forms}


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    values: tuple[tuple[str, object], ...] = ()
    place: tuple[int, int] | None = None  # line and column in the picture's own file


def wanted(catalog: Catalog, public: Catalog, sources: Sources) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """All pictures that records and stories of ``catalog`` show, those of ``public`` marked as such."""
    found: list[Wanted] = []
    problems: list[Problem] = []
    for record in catalog:
        shown = public.get(record.kind, record.id) is not None
        for target, span, widths in named(record):
            path = _locate(record, target, sources)
            if path in sources.refused:
                continue  # already reported where it stands
            if isinstance(path, str):
                found.append(Wanted(path, span, widths, shown))
            else:
                problems.append(problem(path.code, span, path=target, **dict(path.values)))
    return tuple(found), tuple(problems)


def unpublished(picture: Wanted) -> Wanted:
    """The same picture, to be checked only."""
    return replace(picture, public=False)


def named(record: Record) -> Iterator[tuple[str, Span, tuple[int, ...]]]:
    """What ``record`` and its story name as pictures: the path as written, its place, and the widths to publish."""
    for pattern in part_paths(type(record.data), Media):
        for path, media in values_at(record.data, pattern):
            yield media.src, record.span(*path, "src"), media.widths
    if record.story:
        for link in record.story.links:
            if link.is_picture:
                yield link.target, link.span, STORY_WIDTHS


def _locate(record: Record, target: str, sources: Sources) -> str | _Fault:
    path = resolve(record.folder, target)
    if path is None or not (is_inside(path, record.folder) or is_inside(path, "content")):
        return _Fault("SEC-006")
    if path in sources.files or path in sources.refused:
        return path
    twin = sources.lower.get(path.casefold())
    if twin is not None:
        return _Fault("IMG-006", (("other", twin.rpartition("/")[2]),))
    return _Fault("IMG-001")


def develop(
    pictures: Iterable[Wanted],
    sources: Sources,
    cache: Cache,
    limits: Limits,
    jobs: int = 1,
    trusted: tuple[str, ...] = (),
) -> tuple[Mapping[str, Picture], tuple[Problem, ...]]:
    """Check every picture and make the variants of the public ones.

    Returns source path → picture, and a problem at the first place that names each unusable file. One bad picture
    never keeps the others from being made. ``jobs`` is the number of worker processes, ``trusted`` are the folders from
    which drawings (SVG) are taken.
    """
    tasks = _tasks(pictures, sources, limits, trusted)
    results: dict[str, Picture] = {}
    problems: list[Problem] = []
    with Crew(jobs) as crew, ThreadPoolExecutor(jobs) as lanes:
        try:
            outcomes = lanes.map(partial(_develop, cache=cache, crew=crew), tasks)
            for task, outcome in zip(tasks, outcomes, strict=True):
                if isinstance(outcome, Picture):
                    results[task.path] = outcome
                problems += [_problem(each, task) for each in outcome] if isinstance(outcome, tuple) else []
        except (KeyboardInterrupt, SystemExit):
            lanes.shutdown(wait=False, cancel_futures=True)  # else it would wait for all that were asked for
            raise
    return results, tuple(problems)


def _problem(fault: _Fault, task: _Task) -> Problem:
    span = Span(task.path, *fault.place) if fault.place else task.span
    return problem(fault.code, span, path=task.path, **dict(fault.values))


def encoded(pictures: Iterable[Picture], cache: Cache) -> Iterator[tuple[str, bytes]]:
    """The files of ``pictures``: address in the site → bytes, each once."""
    seen: set[str] = set()
    for picture in pictures:
        blob = picture.kept or cache.read_again(STEP, picture.key)
        if blob is None:
            raise FileNotFoundError(ENOENT, "a picture vanished from the cache during the build", str(cache.root))
        for variant, content in zip(picture.variants, _contents(blob), strict=True):
            if variant.address not in seen:
                seen.add(variant.address)
                yield variant.address, content


def variant(picture: Picture, width: int, cache: Cache) -> bytes:
    """The file of the smallest published form of ``picture`` that is at least ``width`` pixels wide, else the largest."""
    blob = picture.kept or cache.read(STEP, picture.key)
    assert blob is not None, "a picture vanished from the cache during the build"
    forms = sorted(zip(picture.variants, _contents(blob), strict=True), key=lambda each: (each[0].width, each[0].form))
    best = next((each for each, _ in forms if each.width >= width), forms[-1][0])
    fitting = [(each.form == "webp", content) for each, content in forms if each.width == best.width]
    return max(fitting, key=lambda each: each[0])[1]  # of one width the form that is quick to read


@dataclass(frozen=True, slots=True)
class _Task:
    """One file: ``widths`` are all that are wanted of it, ``publish`` is whether any is."""

    path: str
    file: Path
    widths: tuple[int, ...]
    publish: bool
    span: Span
    limits: Limits
    is_trusted: bool


def _tasks(pictures: Iterable[Wanted], sources: Sources, limits: Limits, trusted: tuple[str, ...]) -> list[_Task]:
    """One task a file. Widths that only unpublished records want are not made of one that is published."""
    named: dict[str, list[Wanted]] = {}
    for each in pictures:
        named.setdefault(each.path, []).append(each)
    tasks = []
    for path, places in named.items():
        public = [each for each in places if each.public]
        widths = sorted({width for each in public or places for width in each.widths})
        file = sources.files[path].absolute
        is_trusted = any(is_inside(path, folder) for folder in trusted)
        tasks.append(_Task(path, file, tuple(widths), bool(public), places[0].span, limits, is_trusted))
    return tasks


def _develop(task: _Task, cache: Cache, crew: Crew) -> Picture | tuple[_Fault, ...] | None:
    try:
        raw = _read(task)
    except OSError as error:
        return (_Fault("IMG-004", (("reason", error.strerror or "?"),)),)
    if isinstance(raw, _Fault):
        return (raw,)
    if task.is_trusted and task.path.lower().endswith(".svg"):
        return _drawing(raw, task)
    digest = sha256(raw).hexdigest()
    name, verdict = (_key(digest, task, publish) for publish in (True, False))
    blob = cache.read(STEP, name)
    if blob is not None:
        return _picture(name, blob) if task.publish else None
    if not task.publish and cache.read(STEP, verdict) is not None:
        return None
    made = _make(raw, task, crew)
    if isinstance(made, _Fault):
        return (made,)
    is_kept = cache.write(STEP, name if task.publish else verdict, made)
    return _picture(name, made, is_kept) if task.publish else None


def _drawing(raw: bytes, task: _Task) -> Picture | tuple[_Fault, ...]:
    """A drawing, which is no more work than a text: it needs no worker and no cache."""
    made = svg.clean(raw, max(task.widths))
    if isinstance(made, tuple):
        return tuple(_refused(each) for each in made)
    head = {"made": [("svg", made.width, made.height, len(made.content))], "tint": ""}
    return _picture("", _pack(head, made.content), is_kept=False)


def _refused(fault: svg.Fault) -> _Fault:
    what = Words(*(each.format(what=fault.what) for each in words(f"svg.{fault.reason}")))
    return _Fault("IMG-008", (("what", what),), (fault.line, fault.column))


def _key(digest: str, task: _Task, publish: bool) -> str:
    return key(STEP, encode.VERSION, (digest, repr(task.widths), repr(task.limits), str(publish)))


def _read(task: _Task) -> bytes | _Fault:
    with task.file.open("rb") as file:
        raw = file.read(min(task.limits.file_size, os.fstat(file.fileno()).st_size) + 1)
    if len(raw) > task.limits.file_size:
        return _Fault("IMG-005", (("limit", f"{task.limits.file_size >> 20} MB"),))
    if task.is_trusted and task.path.lower().endswith(".svg"):
        return raw
    form = form_of(raw)
    ending = task.path.rpartition(".")[2].lower()
    if form is None:
        return _Fault("IMG-002", (("ending", ending), ("hint", hint_for(task.path, raw))))
    if ending not in ENDINGS[form]:
        return _Fault("IMG-003", (("ending", ending), ("form", form), ("right", ENDINGS[form][0])))
    return raw


def _make(raw: bytes, task: _Task, crew: Crew) -> bytes | _Fault:
    """What the cache keeps of a picture: its files, or that there is nothing wrong with it."""
    limits = {"file_size": task.limits.file_size, "pixels": task.limits.pixels}
    answer = crew.ask({"widths": task.widths, "publish": task.publish, **limits}, raw)
    if isinstance(answer, Lost):
        return _Fault("IMG-007", (("reason", words(f"picture.{answer.reason}")),))
    head, body = answer
    if "fault" in head:
        return _Fault(head["fault"], tuple(sorted(head["values"].items())))
    return _pack(head, body) if task.publish else _VERDICT


def hint_for(path: str, raw: bytes) -> Words:
    """A sentence for whoever submitted a drawing (SVG) or a photograph as phones keep it (HEIC), empty for anything else."""
    if path.lower().endswith((".svg", ".svgz")) or _DRAWING.search(raw[:1024]):
        return words("picture.svg")
    return words("picture.heic") if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC else Words("", "")


def _pack(head: Mapping[str, Any], body: bytes) -> bytes:
    """A worker's answer as the cache keeps it, every file with the name it will have in the site."""
    at, variants = 0, []
    for form, width, height, length in head["made"]:
        digest = sha256(body[at : at + length]).hexdigest()[:20]
        variants.append((form, f"media/{digest}-{width}.{encode.ENDINGS.get(form, form)}", width, height, length))
        at += length
    text = json.dumps({"variants": variants, "tint": head["tint"]}).encode()
    return len(text).to_bytes(4, "big") + text + body


def _head(blob: bytes) -> tuple[dict[str, Any], int]:
    end = 4 + int.from_bytes(blob[:4], "big")
    return json.loads(blob[4:end]), end


def _picture(name: str, blob: bytes, is_kept: bool = True) -> Picture:
    head, _ = _head(blob)
    variants = tuple(Variant(*each[:4]) for each in head["variants"])
    return Picture(variants, head["tint"], name, None if is_kept else blob)


def _contents(blob: bytes) -> Iterator[bytes]:
    head, at = _head(blob)
    for *_, length in head["variants"]:
        yield blob[at : at + length]
        at += length
