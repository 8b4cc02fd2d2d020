"""What stands at an address of the preview: a page, some other file, or the way to one."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path

from generator.messages import Language
from generator.preview import panels
from generator.preview.http import files
from generator.preview.state import Showing


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: ``html`` with what its relative addresses start from where that is not its own, another ``file``,
    or a ``location`` to ask at."""

    status: HTTPStatus = HTTPStatus.OK
    html: str | None = field(default=None, repr=False)
    base: str | None = None
    file: Path | None = None
    parts: tuple[str, ...] = ()
    location: str | None = None


def at(target: str, now: Showing, language: Language) -> Answer:
    """The answer to a request of ``target``. A page that is newer than the folder comes before that of the folder."""
    if now.folder is None:
        return Answer(html=panels.bare_page(now, language))
    parts = files.parts_of(target)
    if parts is None:
        return missing(now.folder, now, language)
    name = "/".join(parts) if parts[-1] else "/".join((*parts[:-1], "index.html"))
    if name in now.pages:
        return Answer(html=now.pages[name])
    found = files.find(now.folder, parts)
    if parts[-1] and (f"{name}/index.html" in now.pages or (found is not None and found.is_dir())):
        path, mark, query = target.partition("#")[0].partition("?")
        return Answer(HTTPStatus.FOUND, location=f"{path}/{mark}{query}")
    if found is not None and found.is_dir():
        found = files.find(found, ("index.html",))
    elif found is None and now.former is not None and files.is_unchanging(parts):
        found = files.find(now.former, parts)  # a page of the former build asks for what goes with it
    if found is None:
        return missing(now.folder, now, language)
    if found.suffix != ".html":
        return Answer(file=found, parts=parts)
    try:
        return Answer(html=found.read_bytes().decode("utf-8", "replace"))
    except OSError:
        return missing(now.folder, now, language)


def missing(folder: Path, now: Showing, language: Language) -> Answer:
    """That there is no such page, with the site's own page that says so."""
    try:
        html = (folder / "404.html").read_text("utf-8")
    except OSError:
        html = panels.bare_page(now, language)
    return Answer(HTTPStatus.NOT_FOUND, html, "/")


def tag_at(target: str, now: Showing, language: Language) -> str:
    """What tells the page at ``target`` from itself with any other content."""
    answer = at(target, now, language)
    return tag(panels.filled(answer.html or "", now, language, answer.base))


def tag(html: str) -> str:
    """A digest of a page."""
    return blake2b(html.encode(), digest_size=12).hexdigest()
