"""Drawings are made in worker processes and kept in the cache: a second build of the same draws nothing."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import PIL
from PIL import features

from generator.cache import Cache, key
from generator.making import reason_of
from generator.media import canvas, cards, typesetting
from generator.media.cards import SIZES, Drawing
from generator.media.pictures import variant
from generator.media.published import Picture

_STEP = "drawings"
_CODE = (typesetting, canvas, cards)  # whoever changes how it is drawn need not remember to say so here
_RECIPE = " ".join(
    (
        sha256("".join(Path(each.__file__).read_text("utf-8") for each in _CODE).encode()).hexdigest(),
        f"pillow {PIL.__version__}",
        f"freetype {features.version('freetype2')}",
        f"segno {version('segno')}",
        f"fonts {version('pylopdf-fonts-zh-cn')}",
    )
)
_PARALLEL_FROM = 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing that lies in the cache: ``size`` in bytes."""

    drawing: Drawing = field(repr=False)
    key: str
    size: int


def draw(drawings: Mapping[str, Drawing], cache: Cache, jobs: int = 1) -> tuple[Mapping[str, Drawn | str], int]:
    """Make every drawing that the cache does not have, in ``jobs`` processes. Returns name → what was made or, as text,
    why it could not be made, and how many were really drawn."""
    found: dict[str, Drawn | str] = {}
    missing: dict[str, Drawing] = {}
    for name, drawing in drawings.items():
        kept = cache.read(_STEP, _key(drawing))
        if kept is None or not _is_sound(kept, drawing):
            missing[name] = drawing
        else:
            found[name] = Drawn(drawing, _key(drawing), len(kept))
    bare = Cache(cache.root, cache.secret)  # what was read here is no concern of the processes
    tasks = [(each, bare) for each in missing.values()]
    found |= dict(zip(missing, _run(tasks, jobs), strict=True))
    failed = sum(isinstance(each, str) for each in found.values())
    return {name: found[name] for name in drawings}, len(missing) - failed


def content(drawn: Drawn, cache: Cache) -> bytes:
    """The file of a drawing; it is drawn once more where the cache could not keep it."""
    kept = cache.read(_STEP, drawn.key)
    return kept if kept is not None and _is_sound(kept, drawn.drawing) else _made(drawn.drawing, cache)


def _is_sound(kept: bytes, drawing: Drawing) -> bool:
    """Whether a kept value is a PNG of the size of ``drawing`` and nothing behind it."""
    wide, high = SIZES[drawing.form]
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + wide.to_bytes(4) + high.to_bytes(4)
    return kept.startswith(head) and kept.endswith(b"\0\0\0\0IEND\xaeB`\x82")


def _key(drawing: Drawing) -> str:
    face = drawing.face
    seen = (face.mark.key if face.mark else "", face.photo.key if face.photo else "")
    texts = (face.title, face.label, face.line, face.unit, face.text, face.credit, face.note)
    rest = (drawing.form, drawing.site, drawing.address, drawing.hint)
    return key(_STEP, _RECIPE, (repr((texts, face.entries, seen, rest, drawing.inks)),))


def _run(tasks: list[tuple[Drawing, Cache]], jobs: int) -> Iterator[Drawn | str]:
    """What each task gives, in their order."""
    if jobs < 2 or len(tasks) < _PARALLEL_FROM:
        yield from map(_draw, tasks)
        return
    done = 0
    try:
        with ProcessPoolExecutor(jobs, initializer=_leave_signals_to_parent) as workers:
            for each in workers.map(_draw, tasks, chunksize=6):
                yield each
                done += 1
    except BrokenProcessPool:  # one of them took its worker with it: the rest one by one, so that only that one is lost
        yield from map(_draw_alone, tasks[done:])


def _leave_signals_to_parent() -> None:
    """Ctrl+C in a terminal reaches every process of it; the one that was started by a person answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _draw_alone(task: tuple[Drawing, Cache]) -> Drawn | str:
    try:
        with ProcessPoolExecutor(1, initializer=_leave_signals_to_parent) as worker:
            return worker.submit(_draw, task).result()
    except BrokenProcessPool as error:
        return reason_of(error)


def _draw(task: tuple[Drawing, Cache]) -> Drawn | str:
    """The drawing in the cache, or why there is none. Errors are no values that every process could pass on."""
    try:
        return _kept(task)
    except Exception as error:  # noqa: BLE001  the reason becomes a problem at the record's place
        return reason_of(error)


def _kept(task: tuple[Drawing, Cache]) -> Drawn:
    drawing, cache = task
    made = _made(drawing, cache)
    name = _key(drawing)
    cache.write(_STEP, name, made)
    return Drawn(drawing, name, len(made))


def _made(drawing: Drawing, cache: Cache) -> bytes:
    face, wide = drawing.face, SIZES[drawing.form][0]
    is_alone = face.mark is not None and drawing.form != "poster"
    photo = None if is_alone else face.photo
    return cards.png(drawing, _file(face.mark, 340, cache), _file(photo, round(wide * 0.8), cache))


def _file(picture: Picture | None, wide: int, cache: Cache) -> bytes | None:
    """The bytes of ``picture``; ``None`` for one of lines, which a card cannot draw."""
    return variant(picture, wide, cache) if picture and picture.fallback.form != "svg" else None
