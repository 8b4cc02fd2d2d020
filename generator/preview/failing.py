"""Why a change made no site, told to whoever made the change: what is wrong, in which file and line, and what to do."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import TracebackType

import jinja2
from jinja2 import meta

from generator.messages import Language, say
from generator.policy import Unsafe
from generator.privacy.masking import mask
from generator.publishing.publish import CannotPublish
from generator.system.failures import CannotDo, cause_of
from generator.text.legible import in_line
from generator.themes.templates import environment

_LONGEST = 300  # characters of what a library says


def check_templates(theme: Path, language: Language) -> None:
    """Raise ``jinja2.TemplateError`` for the first template of exhibits that cannot be read or asks for one that is not
    there: each page of a kind would fail by it. The templates of frames are all read by the engine."""
    files = sorted((theme / "exhibits").rglob("*.html"))
    _read_all(
        theme / "exhibits", tuple((each, each.stat().st_mtime_ns, each.stat().st_size) for each in files), language
    )


@lru_cache(maxsize=1)  # reading them takes half as long as a whole build of a small site
def _read_all(folder: Path, files: tuple[tuple[Path, int, int], ...], language: Language) -> None:
    reader = environment(folder.parent, language)
    for file, *_ in files:
        name = file.relative_to(folder).as_posix()
        tree = reader.parse(file.read_text("utf-8"), name, str(file))
        reader.compile(tree, name, str(file), raw=True)  # which names the filters that are not there
        for asked in meta.find_referenced_templates(tree):
            if asked is not None and not (folder / asked).is_file():
                raise jinja2.TemplateNotFound(asked)


def reason_of(error: Exception, root: Path, language: Language) -> str:
    """What is told of ``error``, in one line, as sentences. With EXHIBIT_TRACEBACK all of it goes to the standard error
    output."""
    if os.environ.get("EXHIBIT_TRACEBACK"):
        traceback.print_exception(error)
    told = next(tell for kind, tell in _TOLD if isinstance(error, kind))
    return mask(in_line(told(error, root, language)))


def _of_syntax(error: jinja2.TemplateSyntaxError, root: Path, language: Language) -> str:
    place = f"{_shown(error.filename or error.name or '?', root)}:{error.lineno}"
    return say("preview.template", language, place=place, reason=_short(error.message or ""))


def _of_missing(error: jinja2.TemplateNotFound, root: Path, language: Language) -> str:
    return say("machine.template", language, name=in_line(error.name or ""))


def _of_machine(error: OSError | MemoryError, root: Path, language: Language) -> str:
    return cause_of(error, language)


def _of_publishing(error: CannotPublish, root: Path, language: Language) -> str:
    return say(error.key, language, **{"out": "", **{name: in_line(str(each)) for name, each in error.values.items()}})


def _of_page(error: Unsafe, root: Path, language: Language) -> str:
    return say("preview.unsafe", language, reason=_short(str(error)))


def _as_told(error: Exception, root: Path, language: Language) -> str:
    return str(error)


def _of_other(error: Exception, root: Path, language: Language) -> str:
    reason = _short(f"{type(error).__name__}: {error}")
    place = _in_template(error.__traceback__, root)
    if place:
        return say("preview.template", language, place=place, reason=reason)
    return say("preview.fault", language, reason=reason)


def _in_template(trace: TracebackType | None, root: Path) -> str:
    """The innermost line of a template that something failed at, empty where it was none."""
    found = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        found = f"{_shown(file, root)}:{trace.tb_lineno}" if file.endswith(".html") else found
        trace = trace.tb_next
    return found


def _shown(file: str, root: Path) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


# The first that fits; what stands below knows less.
_TOLD: tuple[tuple[type | tuple[type, ...], Callable[..., str]], ...] = (
    (jinja2.TemplateSyntaxError, _of_syntax),
    (jinja2.TemplateNotFound, _of_missing),
    ((OSError, MemoryError), _of_machine),
    (CannotPublish, _of_publishing),
    (CannotDo, _as_told),
    (Unsafe, _of_page),
    (Exception, _of_other),
)
