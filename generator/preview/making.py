"""A build of the preview: into the folder that is not shown, whatever becomes of it."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable
from pathlib import Path

from generator.engines import Engine
from generator.messages import say
from generator.pipeline import build
from generator.preview.failing import check_templates, reason_of
from generator.preview.state import Preview
from generator.stages.settings import Settings
from generator.stages.survey import Outcome
from generator.system.durable import link_or_copy
from generator.system.plainfiles import clear

Tell = Callable[[str], None]
Show = Callable[[Outcome, Path], None]


class Ended(BaseException):
    """The preview ends, and what is being built is wanted no more."""


def update(settings: Settings, engine: Engine, preview: Preview, tell: Tell, show: Show | None = None) -> bool:
    """Build and show what came of it. Where nothing did, for whatever reason, say why, go on showing the site before, and
    return ``False``: what is impossible now may be possible after the next change."""
    try:
        rebuild(settings, engine, preview, show)
        is_done = True
    except Exception as error:  # noqa: BLE001  the preview outlives it and shows it
        reason = reason_of(error, settings.root, preview.language)
        preview.fail(reason)
        tell(say("serve.failed", preview.language, reason=reason))
        is_done = False
    gc.collect()  # the command line collects seldom, and a preview builds all day
    return is_done


def rebuild(settings: Settings, engine: Engine, preview: Preview, show: Show | None = None) -> None:
    """Build into the folder that is not shown, then show it."""
    check_templates(settings.counting().theme, preview.language)
    target = preview.free
    _prepare(target, preview.now.folder)
    (show or preview.show)(build(settings, target, engine), target)


def _prepare(target: Path, shown: Path | None) -> None:
    """The first time, let the second folder have the files of the first one: they take no room twice."""
    if shown is None or target.exists():
        return
    half = target.with_name("half")
    clear(half)
    shutil.copytree(shown, half, copy_function=_link)
    half.rename(target)


def _link(old: str, new: str) -> str:
    link_or_copy(Path(old), Path(new))
    return new
