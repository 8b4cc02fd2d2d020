"""Drawings are made in worker processes and kept in the cache: a second build of the same draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import PIL
from PIL import features

from generator.catalog.making import reason_of
from generator.media.cards import canvas, faces, typesetting
from generator.media.cards.faces import SIZES, Drawing
from generator.media.pictures import variant
from generator.media.published import Picture
from generator.media.workers import pools
from generator.messages import Words, words
from generator.system.cache import Cache, key
from generator.watch import Watch

_STEP = "drawings"
STAGE = "draw"
_CODE = (typesetting, canvas, faces)  # whoever changes how it is drawn need not remember to say so here
_RECIPE = " ".join(
    (
        sha256("".join(Path(str(each.__file__)).read_text("utf-8") for each in _CODE).encode()).hexdigest(),
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

    @property
    def kept_as(self) -> tuple[str, str]:
        """The step and the name of the value in the cache."""
        return _STEP, self.key


_Task = tuple[Drawing, Cache]
_Answer = int | str | Words  # the bytes of a drawing, or why there is none
Reason = str | Words


def draw(
    drawings: Mapping[str, Drawing], cache: Cache, jobs: int = 1, watch: Watch | None = None
) -> tuple[Mapping[str, Drawn | Reason], int]:
    """Make every drawing that the cache does not have, in ``jobs`` processes. Returns name → what was made or why it
    could not be made, and how many were really drawn. ``watch`` is told how far it is."""
    found: dict[str, Drawn | Reason] = {}
    missing: dict[str, Drawing] = {}
    for name, drawing in drawings.items():
        kept = cache.read(_STEP, _key(drawing))
        if kept is None or not _is_sound(kept, drawing):
            missing[name] = drawing
        else:
            found[name] = Drawn(drawing, _key(drawing), len(kept))
    bare = Cache(cache.root, cache.secret)  # what was read here is no concern of the processes
    tasks = [(each, bare) for each in missing.values()]
    for (name, drawing), made in zip(missing.items(), _run(tasks, jobs, watch or Watch()), strict=True):
        found[name] = Drawn(drawing, _key(drawing), made) if isinstance(made, int) else made
    failed = sum(not isinstance(each, Drawn) for each in found.values())
    return {name: found[name] for name in drawings}, len(missing) - failed


def content(drawn: Drawn, cache: Cache) -> bytes:
    """The file of a drawing; it is drawn once more where the cache could not keep it."""
    drawing = drawn.drawing
    return cache.get_or_make(_STEP, drawn.key, lambda: _made(drawing, cache), lambda kept: _is_sound(kept, drawing))


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


def _run(tasks: list[_Task], jobs: int, watch: Watch) -> list[_Answer]:
    """What each task gives, in their order."""
    if jobs < 2 or len(tasks) < _PARALLEL_FROM:
        return [*watch.each(STAGE, map(_draw, tasks), len(tasks))]
    answers = pools.run(_draw, tasks, jobs, lambda done: watch.reached(STAGE, done, len(tasks)))
    return [words("drawing.died") if isinstance(each, pools.Died) else each for each in answers]


def _draw(task: _Task) -> _Answer:
    """The size of the drawing that is now in the cache, or why there is none. Errors are no values that every process
    could pass on."""
    drawing, cache = task
    try:
        made = _made(drawing, cache)
        cache.write(_STEP, _key(drawing), made)
        return len(made)
    except MemoryError:
        return words("drawing.memory")
    except Exception as error:  # noqa: BLE001  the reason becomes a problem at the record's place
        return reason_of(error)


def _made(drawing: Drawing, cache: Cache) -> bytes:
    face, wide = drawing.face, SIZES[drawing.form][0]
    is_alone = face.mark is not None and drawing.form != "poster"
    photo = None if is_alone else face.photo
    return faces.png(drawing, _file(face.mark, 340, cache), _file(photo, round(wide * 0.8), cache))


def _file(picture: Picture | None, wide: int, cache: Cache) -> bytes | None:
    """The bytes of ``picture``; ``None`` for one of lines, which a card cannot draw."""
    return variant(picture, wide, cache) if picture and picture.fallback.form != "svg" else None
