"""MkDocs with Material, driven in memory. The only module that imports mkdocs.

Nothing is written and no Markdown is converted here: pages are MkDocs pages whose content is already safe HTML,
rendered one by one through the theme's templates. Plugins, hooks and ``mkdocs.yml`` play no part.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.theme import Theme

from generator.engines import BODY, HEAD, IMPRINT, REPORT, STYLES, TITLE, Document, Frame, FrameData, FrameKey, cut
from generator.story import Heading
from generator.system.cache import Cache
from generator.text.addresses import relative
from generator.themes.compiled import Compiled
from generator.themes.sandbox import Sandbox

_FRAME_TEMPLATE = "main.html"
_SHOWN = {
    MkDocsConfig: frozenset(["site_name", "site_description", "extra", "theme"]),
    Theme: frozenset(["name", "language", "direction", "font", "icon", "features", "palette"]),
    Navigation: frozenset(["items"]),
    Page: frozenset(["title", "url", "meta", "toc", "content", "file", "is_homepage", "active"]),
    File: frozenset(["src_uri", "url", "name"]),
    TableOfContents: frozenset(["items"]),
    AnchorLink: frozenset(["title", "id", "level", "url", "children"]),
}


class MkDocsEngine:
    """The engine of published sites."""

    name = "mkdocs"

    def stylesheets(self) -> tuple[str, ...]:
        """Material's main style sheet. Its palettes are not used: the five colours of the site replace them."""
        folder = resources.files("material") / "templates" / "assets" / "stylesheets"
        files = sorted((each for each in folder.iterdir() if _is_main(each.name)), key=lambda each: each.name)
        return tuple(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", each.read_text("utf-8")) for each in files)

    def render(
        self, frame_data: FrameData, documents: tuple[Document, ...], frames: frozenset[FrameKey]
    ) -> tuple[Mapping[str, str], Mapping[FrameKey, Frame]]:
        """See ``Engine.render``."""
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        with tempfile.TemporaryDirectory() as nowhere:
            Path(nowhere, "docs").mkdir()
            config = _config(frame_data, nowhere)
            stage = _Stage(frame_data, config, documents, frames)
            pages = {each.address: stage.document(each) for each in documents}
            return pages, {key: stage.frame(key) for key in sorted(frames)}


def _environment(config: MkDocsConfig, cache: Cache | None) -> Sandbox:
    """The theme's environment, in the sandbox. Of its objects templates see what describes the site, and call nothing."""
    given = config.theme.get_env()
    sandbox = Sandbox(
        _SHOWN,
        loader=given.loader,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(cache, "frames") if cache else None,
    )
    sandbox.filters |= {name: given.filters[name] for name in ("url", "script_tag")}
    return sandbox


def _is_main(name: str) -> bool:
    return name.startswith("main.") and name.endswith(".css")


def _config(frame_data: FrameData, nowhere: str) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict(
        {
            "site_name": frame_data.name,
            "site_description": frame_data.description,
            "docs_dir": f"{nowhere}/docs",
            "site_dir": f"{nowhere}/site",
            "use_directory_urls": frame_data.links == "site",
            "plugins": [],
            "theme": {
                "name": "material",
                "custom_dir": str(frame_data.theme / "frame"),
                "language": "zh" if frame_data.language.startswith("zh") else "en",
                "font": False,
            },
            "nav": [{title: _source(address)} for title, address in frame_data.navigation],
            "extra": {
                "language": frame_data.language,
                "home": relative("", "", frame_data.links),
                "styles": list(frame_data.styles),
                "scripts": list(frame_data.scripts),
                "footer": frame_data.footer,
                "search": frame_data.search,
                "words": frame_data.words,
                "wordmark": frame_data.wordmark,
                "host": frame_data.host,
                "for_server": frame_data.links == "site",
            },
        }
    )
    errors, _ = config.validate()
    if errors:
        raise RuntimeError(f"MkDocs refuses its configuration: {errors}")
    return config


def _source(address: str) -> str:
    return f"{address}index.md"


class _Stage:
    """The files, the navigation and the templates of one rendering."""

    def __init__(
        self, frame_data: FrameData, config: MkDocsConfig, documents: tuple[Document, ...], frames: frozenset[FrameKey]
    ) -> None:
        self.frame_data, self.config = frame_data, config
        addresses = dict.fromkeys([*(each.address for each in documents), *(to for _, to in frame_data.navigation)])
        addresses |= dict.fromkeys(self.frame_address(key) for key in sorted(frames))
        self.files = Files(
            [File(_source(each), None, config.site_dir, config.use_directory_urls) for each in addresses]
        )
        # MkDocs takes an empty navigation for none and makes one up from all files
        self.nav = get_navigation(self.files, config) if frame_data.navigation else Navigation([], [])
        self.env = _environment(config, frame_data.cache)
        self.template = self.env.get_template(_FRAME_TEMPLATE)
        self.items = {item.url: item for item in self.nav.items if isinstance(item, Page)}

    @staticmethod
    def frame_address(key: FrameKey) -> str:
        """A place of the right depth for a frame; nothing is ever written there."""
        return "/".join(["frame"] * key[1]) + "/" if key[1] else ""

    def document(self, document: Document) -> str:
        page = self.page(document.address)
        page.content, page.toc = document.html, TableOfContents(_links(document.outline))
        facts = {
            "title": document.title,
            "window": document.window,
            "head": document.head,
            "styles": "",
            "report": document.report,
            "imprint": document.imprint,
        }
        return self.show(page, {**facts, "section": document.section, "document": True})

    def frame(self, key: FrameKey) -> Frame:
        page = self.page(self.frame_address(key))
        page.content, page.toc = BODY, TableOfContents([])
        facts = {"window": TITLE, "head": HEAD, "styles": STYLES, "report": REPORT, "imprint": IMPRINT}
        return cut(self.show(page, {**facts, "section": key[0], "document": False}))

    def page(self, address: str) -> Page:
        file = self.files.get_file_from_path(_source(address))
        assert file is not None
        return file.page if file.page is not None else Page(None, file, self.config)

    def show(self, page: Page, meta: Mapping[str, str | bool]) -> str:
        self.env.begin()
        context = get_context(self.nav, self.files, self.config, page)
        page.meta = dict(meta)
        return self.template.render(context)


def _links(outline: tuple[Heading, ...]) -> list[AnchorLink]:
    """The outline as the nested entries that the theme's table of contents walks."""
    roots: list[AnchorLink] = []
    open_: list[AnchorLink] = []
    for heading in outline:
        link = AnchorLink(heading.text, heading.id, heading.level)
        while open_ and open_[-1].level >= heading.level:
            open_.pop()
        (open_[-1].children if open_ else roots).append(link)
        open_.append(link)
    return roots
