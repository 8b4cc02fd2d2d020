"""Pictures: what records show is found, decoded with limits, and re-encoded without anything but the pixels.

Limits follow the design of the threat: only JPEG, PNG, WebP and AVIF by their first bytes, bounded in bytes and
pixels before a pixel is decoded, first frame, orientation applied, colours to sRGB, every kind of metadata dropped.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import PIL
from PIL import Image, ImageCms, ImageOps

from generator.cache import Cache, key
from generator.catalog import Catalog
from generator.kind import Media
from generator.problems import Problem, Span, problem
from generator.records import Record
from generator.schema import part_paths, values_at
from generator.sources import Sources, is_inside, resolve

STORY_WIDTHS = (640, 1280)
OPENING_WIDTHS = (960, 1920)
_STEP = "pictures"
_RECIPE = f"1 webp80 pillow {PIL.__version__}"
_ENDINGS = {
    "JPEG": ("jpg", "jpeg"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
}
_PARALLEL_FROM = 8


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

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A published picture, smallest variant first."""

    variants: tuple[Variant, ...]
    key: str = field(repr=False)

    @property
    def largest(self) -> Variant:
        """The variant with the most pixels."""
        return self.variants[-1]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one picture: bytes of the file and pixels of the image."""

    file_size: int
    pixels: int


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    values: tuple[tuple[str, object], ...] = ()


def wanted(catalog: Catalog, public: Catalog, sources: Sources) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """All pictures that records and stories of ``catalog`` show, those of ``public`` marked as such."""
    found: list[Wanted] = []
    problems: list[Problem] = []
    for record in catalog:
        shown = public.get(record.kind, record.id) is not None
        for target, span, widths in _named(record):
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


def _named(record: Record) -> Iterator[tuple[str, Span, tuple[int, ...]]]:
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
    pictures: Iterable[Wanted], sources: Sources, cache: Cache, limits: Limits, jobs: int = 1
) -> tuple[Mapping[str, Picture], tuple[Problem, ...]]:
    """Check every picture and make the variants of the public ones.

    Returns source path → picture, and a problem at the first place that names each unusable file. One bad picture
    never keeps the others from being made. ``jobs`` is the number of worker processes.
    """
    tasks: dict[str, _Task] = {}
    for each in pictures:
        widths = set(each.widths) if each.public else set()
        before = tasks.get(each.path)
        if before is not None:
            widths |= set(before.widths)
        file = sources.files[each.path]
        first = before.span if before else each.span
        tasks[each.path] = _Task(each.path, str(file.absolute), tuple(sorted(widths)), first, limits, str(cache.root))
    results: dict[str, Picture] = {}
    problems: list[Problem] = []
    for task, outcome in zip(tasks.values(), _run(list(tasks.values()), jobs), strict=True):
        if isinstance(outcome, _Fault):
            problems.append(problem(outcome.code, task.span, path=task.path, **dict(outcome.values)))
        elif outcome is not None:
            results[task.path] = outcome
    return results, tuple(problems)


def encoded(pictures: Iterable[Picture], cache: Cache) -> Iterator[tuple[str, bytes]]:
    """The files of ``pictures``: address in the site → bytes, each once."""
    seen: set[str] = set()
    for picture in pictures:
        blob = cache.read(_STEP, picture.key)
        assert blob is not None, "a picture vanished from the cache during the build"
        for variant, content in zip(picture.variants, _unpack(blob)[1], strict=True):
            if variant.address not in seen:
                seen.add(variant.address)
                yield variant.address, content


@dataclass(frozen=True, slots=True)
class _Task:
    path: str
    file: str
    widths: tuple[int, ...]
    span: Span
    limits: Limits
    cache: str


def _run(tasks: list[_Task], jobs: int) -> Iterator[Picture | _Fault | None]:
    if jobs < 2 or len(tasks) < _PARALLEL_FROM:
        yield from map(_develop, tasks)
        return
    with ProcessPoolExecutor(jobs) as workers:
        yield from workers.map(_develop, tasks, chunksize=4)


def _develop(task: _Task) -> Picture | _Fault | None:
    try:
        raw = _read(task)
    except OSError as error:
        return _Fault("IMG-004", (("reason", error.strerror or "?"),))
    if isinstance(raw, _Fault):
        return raw
    name = key(_STEP, _RECIPE, (sha256(raw).hexdigest(), repr(task.widths), repr(task.limits)))
    cache = Cache(Path(task.cache))
    blob = cache.read(_STEP, name)
    if blob is None:
        made = _make(raw, task)
        if isinstance(made, _Fault):
            return made
        cache.write(_STEP, name, made)
        blob = made
    variants = tuple(Variant(*each) for each in _unpack(blob)[0])
    return Picture(variants, name) if variants else None


def _read(task: _Task) -> bytes | _Fault:
    with Path(task.file).open("rb") as file:
        raw = file.read(task.limits.file_size + 1)
    if len(raw) > task.limits.file_size:
        return _Fault("IMG-005", (("limit", f"{task.limits.file_size >> 20} MB"),))
    form = _format(raw)
    ending = task.path.rpartition(".")[2].lower()
    if form is None:
        return _Fault("IMG-002", (("ending", ending),))
    if ending not in _ENDINGS[form]:
        return _Fault("IMG-003", (("ending", ending), ("form", form), ("right", _ENDINGS[form][0])))
    return raw


def _format(raw: bytes) -> str | None:
    """The format by its first bytes; the file's name proves nothing."""
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WEBP"
    if raw[4:12] in (b"ftypavif", b"ftypavis"):
        return "AVIF"
    return None


def _make(raw: bytes, task: _Task) -> bytes | _Fault:
    form = _format(raw)
    try:
        with Image.open(io.BytesIO(raw), formats=[form]) as source:
            if source.width * source.height > task.limits.pixels:
                size = f"{source.width} × {source.height}"
                return _Fault("IMG-005", (("limit", f"{task.limits.pixels // 1_000_000} MP ({size})"),))
            source.load()
            image = _plain(source)
    except Image.DecompressionBombError:
        return _Fault("IMG-005", (("limit", f"{task.limits.pixels // 1_000_000} MP"),))
    except Exception:  # noqa: BLE001  decoders of untrusted bytes raise whatever they like; all of it means "broken"
        return _Fault("IMG-004", (("reason", str(form)),))
    return _pack([_encode(image, width) for width in _fitting(task.widths, image.width)])


def _fitting(widths: tuple[int, ...], width: int) -> list[int]:
    """The widths to make: none larger than the source, but at least one if any was asked for."""
    return sorted({min(each, width) for each in widths})


def _plain(source: Image.Image) -> Image.Image:
    """The first frame, upright, in sRGB, as RGB or RGBA, without anything attached."""
    source.seek(0)
    image = ImageOps.exif_transpose(source)
    profile = source.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        image = _to_srgb(image, profile)
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    image = image.convert("RGBA" if transparent else "RGB")
    image.info.clear()
    return image


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile says nothing about the colours, so they are taken as they are


def _encode(image: Image.Image, width: int) -> tuple[int, int, bytes]:
    height = max(1, round(image.height * width / image.width))
    sized = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    sized.save(out, "WEBP", quality=80, method=4, exact=False)
    return width, height, out.getvalue()


def _pack(variants: list[tuple[int, int, bytes]]) -> bytes:
    names = [
        (f"media/{sha256(content).hexdigest()[:20]}-{width}.webp", width, height, len(content))
        for width, height, content in variants
    ]
    head = json.dumps(names).encode()
    return len(head).to_bytes(4, "big") + head + b"".join(content for _, _, content in variants)


def _unpack(blob: bytes) -> tuple[list[tuple[str, int, int]], list[bytes]]:
    size = int.from_bytes(blob[:4], "big")
    at = 4 + size
    variants: list[tuple[str, int, int]] = []
    contents: list[bytes] = []
    for address, width, height, length in json.loads(blob[4:at]):
        variants.append((address, width, height))
        contents.append(blob[at : at + length])
        at += length
    return variants, contents
