"""Pictures: which ones are shown, what is wrong with them, and which files are published instead of them.

Nothing that was submitted is published as it came. A picture's bytes are found and named here, decoded and re-encoded
in worker processes (``workers.py``: ``decode.py``, then ``encode.py``), and kept in the cache.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from errno import ENOENT
from functools import partial
from hashlib import sha256
from importlib.metadata import version

from generator.catalog.catalog import Catalog
from generator.catalog.making import CODE, reason_of
from generator.catalog.model import Media
from generator.catalog.record import Record
from generator.executors import HERE, Executor, Unusable
from generator.media.formats import attached, encode, svg, vector
from generator.media.formats.forms import ENDINGS, Limits, form_of
from generator.media.published import Picture, contents_of, head_of, is_answer, pack, picture_of
from generator.media.workers import Answering, CannotStart, Lost, crew_of
from generator.messages import Words, words
from generator.problems import Problem, Span, problem
from generator.schema.fields import Part
from generator.schema.validation import part_paths, values_at
from generator.source.files import SourceFile, Sources, is_inside, locate, meant_path, path_advice
from generator.source.pointers import is_pointer
from generator.system.cache import Cache, key
from generator.system.sealed import Changed
from generator.watch import Watch

STORY_WIDTHS = (640, 1280)
STORY_LEAST = 320  # pixels; a picture of a story is never shown wider than it is
OPENING_WIDTHS = (960, 1920)
WORDMARK_WIDTHS = (320, 640)
STEP = "pictures"
_TINIEST = 8  # pixels a side; nobody sees anything in less
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")  # ISO/IEC 23008-12, annex B
_DRAWN_ENDINGS = ("svg",)
_DRAWING = re.compile(rb"<svg[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that something shows, with the place that names it. ``public`` pictures are published in
    ``widths`` (pixels), the others only checked. ``least`` is what its longer side must have (pixels), 0 for nothing."""

    path: str
    span: Span
    widths: tuple[int, ...]
    public: bool
    least: int = 0


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
        for target, span, widths, least in named(record):
            path = _locate(record, target, sources)
            if path in sources.refused:
                continue  # already reported where it stands
            if isinstance(path, str):
                found.append(Wanted(path, span, widths, shown, least))
                continue
            problems.append(problem(path.code, span, path=target, **dict(path.values)))
            meant = _locate(record, meant_path(target), sources)
            if isinstance(meant, _Fault):
                if path.code == "SEC-006" and _is_misspelt(target):  # written well, it would lead nowhere either
                    problems.append(problem(meant.code, span, path=meant_path(target), **dict(meant.values)))
            elif meant not in sources.refused:
                found.append(Wanted(meant, span, widths, False, least))  # what was meant is looked at all the same
    return tuple(found), tuple(problems)


def _is_misspelt(target: str) -> bool:
    """Whether a path within the record is only written as Windows writes it; what names a whole disk is another mistake."""
    return "\\" in target and re.match(r"[A-Za-z]:|[\\/]", target.strip()) is None


def unpublished(picture: Wanted) -> Wanted:
    """The same picture, to be checked only."""
    return replace(picture, public=False)


def named(record: Record) -> Iterator[tuple[str, Span, tuple[int, ...], int]]:
    """What ``record`` and its story name as pictures: the path as written, its place, the widths to publish, and the least
    that the longer side must have."""
    model: type[Part] = type(record.data)
    for pattern in part_paths(model, Media):
        for path, media in values_at(record.data, pattern):
            yield media.src, record.span(*path, "src"), media.widths, media.least
    if record.story:
        for link in record.story.links:
            if link.is_picture:
                yield link.target, link.span, STORY_WIDTHS, STORY_LEAST


def located(record: Record, target: str, sources: Sources) -> str | None:
    """The path of the file that ``record`` means by ``target``, ``None`` where there is none of use."""
    path = _locate(record, target, sources)
    return path if isinstance(path, str) and path in sources.files else None


def _locate(record: Record, target: str, sources: Sources) -> str | _Fault:
    path = locate(record.folder, target, sources.paths)
    if path is None or not (is_inside(path, record.folder) or is_inside(path, "content")):
        return _Fault("SEC-006", (("advice", path_advice(target)),))
    if path in sources.files or path in sources.refused:
        return path
    twin = sources.lower.get(path.casefold())
    if twin is not None:
        return _Fault("IMG-006", (("other", twin.rpartition("/")[2]),))
    return _Fault("IMG-001", (("advice", _advice(record, target, sources)),))


def _advice(record: Record, target: str, sources: Sources) -> Words:
    """What to type for a picture that is not there: the one path to it that was written from elsewhere."""
    name = target.rpartition("/")[2]
    for path in (target.lstrip("/"), f"{record.folder}/img/{name}", f"{record.folder}/{name}"):
        if path in sources.files and is_inside(path, record.folder):
            form = words("advice.picture.write")
            return Words(*(each.format(path=path.removeprefix(f"{record.folder}/")) for each in form))
    return words("advice.picture")


def develop(
    pictures: Iterable[Wanted],
    sources: Sources,
    cache: Cache,
    limits: Limits,
    jobs: int = 1,
    trusted: tuple[str, ...] = (),
    watch: Watch | None = None,
    executor: Executor = HERE,
) -> tuple[Mapping[str, Picture], tuple[Problem, ...]]:
    """Check every picture and make the variants of the public ones.

    Returns source path → picture, and a problem at the first place that names each unusable file. One bad picture
    never keeps the others from being made. ``jobs`` is the number of worker processes, ``trusted`` are the folders from
    which drawings (SVG) are taken. ``watch`` is told how far it is. ``executor`` says on which
    machines the workers are.
    """
    tasks = _tasks(pictures, sources, limits, trusted)
    if not tasks:
        return {}, ()
    from concurrent.futures import ThreadPoolExecutor  # here, as with all that only a site with pictures needs

    results: dict[str, Picture] = {}
    problems: list[Problem] = []
    with crew_of(executor, jobs) as crew, ThreadPoolExecutor(executor.lanes(jobs)) as lanes:
        try:
            outcomes = lanes.map(partial(_attempted, cache=cache, crew=crew), tasks)
            outcomes = (watch or Watch()).each("pictures", outcomes, len(tasks))
            for task, outcome in zip(tasks, outcomes, strict=True):
                if isinstance(outcome, tuple):
                    problems += [_problem(each, task) for each in outcome]
                    continue
                problems += (*_too_small(outcome, task), *_attached(outcome, task))
                if outcome.picture is not None:
                    results[task.path] = outcome.picture
        except (KeyboardInterrupt, SystemExit, Unusable):
            lanes.shutdown(wait=False, cancel_futures=True)  # else it would wait for all that were asked for
            raise
    return results, tuple(problems)


def _problem(fault: _Fault, task: _Task) -> Problem:
    span = Span(task.path, *fault.place) if fault.place else task.span
    values = dict(fault.values) if fault.code == CODE else {"path": task.path, **dict(fault.values)}
    return problem(fault.code, span, **values)


def _too_small(seen: _Seen, task: _Task) -> Iterator[Problem]:
    """What is wrong with the size of a picture that can be read, at every place that shows it."""
    asking = [each for each in task.places if each.least]
    if seen.size is not None:
        values = {"path": task.path, "size": f"{seen.size[0]} × {seen.size[1]}"}
        if min(seen.size) < _TINIEST:
            yield from (problem("IMG-011", each.span, **values) for each in asking)
            return
        small = [each for each in asking if max(seen.size) < each.least]
        yield from (problem("IMG-010", each.span, least=each.least, **values) for each in small)
    if seen.is_blank:
        yield from (problem("IMG-012", each.span, path=task.path) for each in asking[:1])


def _attached(seen: _Seen, task: _Task) -> Iterator[Problem]:
    """What the picture's file tells of somebody, which the published forms do not, or what a drawing shows."""
    if seen.shown:
        yield problem("PII-015", task.span, path=task.path, number=seen.shown)
    if seen.attached.has_place:
        yield problem("PII-010", task.span, path=task.path)
    if seen.attached.number:
        yield problem("PII-011", task.span, path=task.path, number=seen.attached.number)


def encoded(pictures: Iterable[Picture], cache: Cache) -> Iterator[tuple[str, bytes]]:
    """The files of ``pictures``: address in the site → bytes, each once."""
    seen: set[str] = set()
    for picture in pictures:
        blob = picture.kept or cache.read_again(STEP, picture.key)
        if blob is None:
            raise FileNotFoundError(ENOENT, "a picture vanished from the cache during the build", str(cache.root))
        for variant, content in zip(picture.variants, contents_of(blob), strict=True):
            if variant.address not in seen:
                seen.add(variant.address)
                yield variant.address, content


def variant(picture: Picture, width: int, cache: Cache) -> bytes:
    """The file of the smallest published form of ``picture`` that is at least ``width`` pixels wide, else the largest."""
    blob = picture.kept or cache.read(STEP, picture.key)
    assert blob is not None, "a picture vanished from the cache during the build"
    forms = sorted(zip(picture.variants, contents_of(blob), strict=True), key=lambda each: (each[0].width, each[0].form))
    best = next((each for each, _ in forms if each.width >= width), forms[-1][0])
    fitting = [(each.form == "webp", content) for each, content in forms if each.width == best.width]
    return max(fitting, key=lambda each: each[0])[1]  # of one width the form that is quick to read


@dataclass(frozen=True, slots=True)
class _Task:
    """One file: ``widths`` are all that are wanted of it, ``publish`` is whether any is."""

    path: str
    file: SourceFile
    widths: tuple[int, ...]
    publish: bool
    places: tuple[Wanted, ...]
    limits: Limits
    is_trusted: bool

    @property
    def span(self) -> Span:
        """The first place that names the file."""
        return self.places[0].span

    @property
    def is_vector(self) -> bool:
        """Whether it is a drawing that is published as one."""
        return self.is_trusted and self.path.lower().endswith(".svg")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file that can be shown: the picture where it is published, its own size (``None`` for a drawing, which has any),
    whether all of it has one colour, and what is attached to it."""

    picture: Picture | None
    size: tuple[int, int] | None
    is_blank: bool
    attached: attached.Attached = attached.Attached(False, None)
    shown: str | None = None  # a number of somebody in a drawing, masked


def _tasks(pictures: Iterable[Wanted], sources: Sources, limits: Limits, trusted: tuple[str, ...]) -> list[_Task]:
    """One task a file. Widths that only unpublished records want are not made of one that is published."""
    named: dict[str, list[Wanted]] = {}
    for each in pictures:
        named.setdefault(each.path, []).append(each)
    tasks = []
    for path, places in named.items():
        public = [each for each in places if each.public]
        widths = sorted({width for each in public or places for width in each.widths})
        file = sources.files[path]
        is_trusted = any(is_inside(path, folder) for folder in trusted)
        tasks.append(_Task(path, file, tuple(widths), bool(public), tuple(places), limits, is_trusted))
    return tasks


def _attempted(task: _Task, cache: Cache, crew: Answering) -> _Seen | tuple[_Fault, ...]:
    """The same as ``_looked_at``; a fault of ours costs one picture. Machines on which no worker starts, or that are
    lost, make none."""
    try:
        return _looked_at(task, cache, crew)
    except (CannotStart, Unusable):
        raise
    except Exception as error:  # noqa: BLE001  it becomes a problem at the place that names the picture
        return (_Fault(CODE, (("what", words("making.picture")), ("name", task.path), ("reason", reason_of(error)))),)


def _looked_at(task: _Task, cache: Cache, crew: Answering) -> _Seen | tuple[_Fault, ...]:
    try:
        raw = _read(task)
    except Changed:
        return (_Fault("SEC-021", place=(1, 1)),)
    except OSError as error:
        return (_Fault("IMG-004", (("reason", error.strerror or "?"),)),)
    if isinstance(raw, _Fault):
        return (raw,)
    seen = _develop(raw, task, cache, crew)
    if not isinstance(seen, _Seen):
        return seen
    shown = attached.drawn(raw) if task.path.lower().endswith(".svg") else None
    return replace(seen, attached=attached.read(raw), shown=shown)


def _develop(raw: bytes, task: _Task, cache: Cache, crew: Answering) -> _Seen | tuple[_Fault, ...]:
    if task.is_vector:
        return _drawing(raw, task)
    digest = sha256(raw).hexdigest()
    name = _key(digest, task, task.publish)
    blob = cache.read(STEP, name)
    is_published = task.publish
    if blob is None and not task.publish:  # a build that published it has looked at it, too
        blob, is_published = cache.read(STEP, _key(digest, task, True)), True
    if blob is not None and is_answer(blob, is_published):
        return _seen(task, name, blob, is_kept=True)
    made = _make(raw, task, crew)
    if isinstance(made, _Fault):
        return (made,)
    return _seen(task, name, made, cache.write(STEP, name, made))


def _seen(task: _Task, name: str, blob: bytes, is_kept: bool) -> _Seen:
    head, _ = head_of(blob)
    picture = picture_of(name, blob, is_kept) if task.publish else None
    return _Seen(picture, tuple(head["seen"]) if head["seen"] else None, head["blank"])


def _drawing(raw: bytes, task: _Task) -> _Seen | tuple[_Fault, ...]:
    """A drawing, which is no more work than a text: it needs no worker and no cache."""
    made = svg.clean(raw, max(task.widths))
    if isinstance(made, tuple):
        return tuple(_refused(each) for each in made)
    head = {"made": [("svg", made.width, made.height, len(made.content))], "tint": "", "seen": None, "blank": False}
    return _Seen(picture_of("", pack(head, made.content), is_kept=False), None, False)


def _refused(fault: svg.DrawingFault) -> _Fault:
    return _Fault("IMG-008", (("what", _reason(fault.reason, fault.what)),), (fault.line, fault.column))


def _reason(reason: str, what: str) -> Words:
    return Words(*(each.format(what=what) for each in words(f"svg.{reason}")))


def _key(digest: str, task: _Task, publish: bool) -> str:
    recipe = f"{encode.version()} resvg {version('resvg-py')}" if task.path.lower().endswith(".svg") else encode.version()
    return key(STEP, recipe, (digest, repr(task.widths), repr(task.limits), str(publish)))


def _read(task: _Task) -> bytes | _Fault:
    with task.file.opened() as file:
        raw = file.read(min(task.limits.file_size, os.fstat(file.fileno()).st_size) + 1)
    if len(raw) > task.limits.file_size:
        return _Fault("IMG-005", (("limit", f"{task.limits.file_size >> 20} MB"),))
    if is_pointer(raw):
        return _Fault("TXT-055")
    ending = task.path.rpartition(".")[2].lower()
    form = form_of(raw)
    if form is None and vector.is_drawing(raw):
        form = "SVG"
    if task.is_vector:
        return raw
    if form is None:
        return _Fault("IMG-002", (("ending", ending), ("hint", hint_for(task.path, raw))))
    right = _DRAWN_ENDINGS if form == "SVG" else ENDINGS[form]
    if ending not in right:
        return _Fault("IMG-003", (("ending", ending), ("form", form), ("right", right[0])))
    return raw


def _make(raw: bytes, task: _Task, crew: Answering) -> bytes | _Fault:
    """What the cache keeps of a picture: its files, or that there is nothing wrong with it."""
    limits = {"file_size": task.limits.file_size, "pixels": task.limits.pixels}
    answer = crew.ask({"widths": task.widths, "publish": task.publish, **limits}, raw)
    if isinstance(answer, Lost):
        return _Fault("IMG-007", (("reason", words(f"picture.{answer.reason}")),))
    head, body = answer
    if head.get("fault") == "IMG-009":
        place = tuple(head["place"]) if head["place"] else None
        return _Fault("IMG-009", (("what", _reason(head["values"]["reason"], head["values"]["what"])),), place)
    if "fault" in head:
        return _Fault(head["fault"], tuple(sorted(head["values"].items())))
    return pack(head, body)


def hint_for(path: str, raw: bytes) -> Words:
    """A sentence for whoever submitted a packed drawing (SVGZ) or a photograph as phones keep it (HEIC), empty for anything
    else."""
    if path.lower().endswith((".svg", ".svgz")) or _DRAWING.search(raw[:1024]):
        return words("picture.svg")
    return words("picture.heic") if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC else Words("", "")
