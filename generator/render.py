"""Bytes from views: exhibits through our own templates, each hung in the frame of its section and depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from html import escape
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.catalog.making import attempt
from generator.config import SiteConfig
from generator.engines import Document, Engine, Frame, FrameKey, House
from generator.messages import Language, followed, say, words_under
from generator.outputs import search
from generator.page import head, linkeddata
from generator.page.footer import colophon, report_address
from generator.page.imprint import imprint
from generator.pages.lobby import wordmark
from generator.policy import has_data_pictures, seal
from generator.problems import Problem
from generator.site import unpublished
from generator.site.context import Show
from generator.site.plan import Page, Site, section_address
from generator.text.addresses import LinkStyle, depth, output_file, relative, to_root
from generator.text.dates import LONG_TERM
from generator.themes.assets import Assets
from generator.themes.sandbox import Sandbox

_ENLARGED = ('<ul class="gallery">', '<a class="story-picture"')  # no text can look like these: its < is escaped
_VIEWER_WORDS = ("label", "close", "previous", "next", "position")


def render(show: Show, engine: Engine, assets: Assets, theme: Path) -> Iterator[tuple[str, bytes] | Problem]:
    """Yield (file, bytes) for every page of the site, each with the policy of what it may load. One that cannot be made,
    or that would load or run what no page may, is a problem; in a preview a page stands there that says so."""
    data_pictures = any(has_data_pictures(assets.files[each].decode(), each) for each in assets.styles)
    for address, html in _pages(show, engine, assets, theme):
        made = html
        if isinstance(html, str):
            finish = partial(seal, html, address, data_pictures=data_pictures)
            made = attempt(finish, show.site.pages[address].origin, "page", address or "/")
        if isinstance(made, Problem):
            yield made
            if show.is_preview:
                yield output_file(address), seal(_sorry(made, show), address).encode()
        else:
            yield output_file(address), made.encode()


def _sorry(fault: Problem, show: Show) -> str:
    """What a preview shows in place of a page that cannot be made: as plain as can be, so that nothing fails here."""
    language = show.config.words
    told = "".join(f"<p>{escape(each)}</p>" for each in (fault.text(language), fault.remedy(language), str(fault.span)))
    title = escape(show.word("making.sorry"))
    return (
        f'<!doctype html>\n<html lang="{show.config.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1>{told}</main></body></html>\n"
    )


def _pages(show: Show, engine: Engine, assets: Assets, theme: Path) -> Iterator[tuple[str, str | Problem]]:
    """Yield (address, HTML or why there is none) for every page of the site."""
    subjects = linkeddata.subjects(show)
    navigation = _navigation(show.config, show.site)
    sections = frozenset(address for _, address in navigation)
    documents, exhibits = _sorted(show.site)
    keys = frozenset(_frame_key(each, sections) for each in exhibits)
    house = _house(show, assets, theme, navigation)
    made = {
        each.address: attempt(
            partial(_document, each, show, assets, subjects), each.origin, "page", each.address or "/"
        )
        for each in documents
    }
    yield from ((address, each) for address, each in made.items() if isinstance(each, Problem))
    sound = tuple(each for each in made.values() if not isinstance(each, Problem))
    rendered, frames = engine.render(house, sound, keys)
    yield from rendered.items()
    env = environment(theme, show.config.words, show.links, assets.page_scripts)
    for page in exhibits:
        frame = frames[_frame_key(page, sections)]
        hung = partial(_exhibit, page, show, env, frame, assets, subjects)
        yield page.address, attempt(hung, page.origin, "page", page.address or "/")


def _sorted(site: Site) -> tuple[list[Page], list[Page]]:
    documents = [page for page in site.pages.values() if page.document is not None]
    return documents, [page for page in site.pages.values() if page.document is None]


def _frame_key(page: Page, sections: frozenset[str]) -> FrameKey:
    return (page.section if page.section in sections else "", depth(page.address))


def _navigation(config: SiteConfig, site: Site) -> tuple[tuple[str, str], ...]:
    items = ((item.title, section_address(item.to)) for item in config.navigation)
    return tuple((title, at) for title, at in items if at in site.pages and not site.pages[at].is_gone)


def _house(show: Show, assets: Assets, theme: Path, navigation: tuple[tuple[str, str], ...]) -> House:
    config = show.config
    return House(
        name=config.name,
        description=config.description,
        language=config.language,
        theme=theme,
        links=show.links,
        navigation=navigation,
        styles=assets.styles,
        scripts=assets.scripts,
        footer=colophon(show),
        search=search.form(show, assets.page_scripts),
        words=words_under("frame", config.words),
        wordmark=wordmark(show),
        host=config.host.model_dump(),
    )


def _document(page: Page, show: Show, assets: Assets, subjects: linkeddata.Subjects) -> Document:
    story = page.document
    assert story is not None
    outline = tuple(each for each in story.headings if each.level <= 3)
    html = show.story(story, page)
    markup = head.markup(page, show, subjects) + _viewer(html, page, show, assets)
    report = report_address(page, show)
    window = page.titled(show.config.name)
    above = unpublished.banner(page, show, subjects) + imprint(page, show)
    return Document(page.address, page.section, page.title, window, markup, html, outline, report, above)


def _viewer(html: str, page: Page, show: Show, assets: Assets) -> str:
    """The script that enlarges pictures, for the head of a page that has some; empty for any other."""
    if "viewer" not in assets.page_scripts or not any(each in html for each in _ENLARGED):
        return ""
    words = "".join(f' data-{name}="{escape(show.word(f"viewer.{name}"))}"' for name in _VIEWER_WORDS)
    return f'<script src="{to_root(page.address)}{assets.page_scripts["viewer"]}" defer{words}></script>'


def _exhibit(
    page: Page, show: Show, env: Sandbox, frame: Frame, assets: Assets, subjects: linkeddata.Subjects
) -> str:
    assert page.view is not None
    env.begin()
    view = page.view(page, show)
    body = env.get_template(page.template).render(**view, page_address=page.address, is_first_picture=_once())
    if offered := show.downloads(*page.downloads):
        body += env.get_template("downloads.html").render(offered=offered, page_address=page.address)
    markup = head.markup(page, show, subjects) + _viewer(body, page, show, assets)
    if view.get("head"):
        markup += env.get_template(view["head"]).render(view)
    if view.get("base"):
        markup = f'<base href="{escape(view["base"])}">{markup}'
    above = unpublished.banner(page, show, subjects) + imprint(page, show)
    return frame.hang(page.titled(show.config.name), markup, body, report_address(page, show), above)


def _once() -> Callable[[], bool]:
    """A question that is answered with yes the first time."""
    answers = chain((True,), repeat(False))
    return lambda: next(answers)


def environment(
    theme: Path, language: Language, links: LinkStyle = "site", scripts: Mapping[str, str] | None = None
) -> Sandbox:
    """The environment of our own templates: everything escaped, nothing undefined, addresses made relative.
    ``scripts`` are those that a template may load with ``{{ script("name") }}``: name → address."""
    env = Sandbox(
        loader=jinja2.FileSystemLoader(theme / "exhibits"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )

    @jinja2.pass_context
    def here(context: jinja2.runtime.Context, address: str) -> str:
        return relative(context["page_address"], address, links)

    @jinja2.pass_context
    def srcset(context: jinja2.runtime.Context, source: Mapping[str, Any]) -> str:
        root = to_root(context["page_address"])
        return ", ".join(f"{root}{each['address']} {each['width']}w" for each in source["variants"])

    @jinja2.pass_context
    def script(context: jinja2.runtime.Context, name: str) -> Markup:
        address = to_root(context["page_address"]) + (scripts or {})[name]
        return Markup('<script src="{}" defer></script>').format(address)

    env.globals["script"] = script
    env.filters |= {
        "here": here,
        "srcset": srcset,
        "day": lambda value: day(value, language),
        "paragraphs": paragraphs,
        "then": followed,
    }
    env.globals["is_first_picture"] = lambda: False
    env.globals["t"] = lambda key, **values: say(key, language, **values)
    return env


def piece(env: Sandbox, file: str, macro: str, address: str, given: Any) -> str:
    """The markup that ``macro`` of a template ``file`` gives for ``given`` on the page at ``address``."""
    env.begin()
    module = env.get_template(file).make_module({"page_address": address})
    return str(getattr(module, macro)(given))


def day(value: date | str | None, language: Language) -> Markup:
    """A date as read by people, marked up with the ISO form: 2024年5月1日, or less where less is known. What a preview
    shows may have none yet, and what is long-term says so."""
    if value is None or value == LONG_TERM:
        return Markup("{}").format(say("date.long_term" if value else "pending.undated", language))
    iso = value.isoformat() if isinstance(value, date) else value
    parts = [int(each) for each in iso.split("-")]
    if language == "zh":
        text = "".join(f"{number}{unit}" for number, unit in zip(parts, "年月日", strict=False))
    else:
        text = iso
    return Markup('<time datetime="{}">{}</time>').format(iso, text)


def paragraphs(text: str) -> Markup:
    """Plain text with its line breaks as paragraphs."""
    return Markup("").join(Markup("<p>{}</p>").format(line.strip()) for line in text.split("\n") if line.strip())
