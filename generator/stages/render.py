"""Bytes from views: exhibits through our own templates, each hung in the frame of its section and depth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from html import escape
from itertools import chain, repeat

from generator.catalog.making import attempt
from generator.config import SiteConfig
from generator.engines import Document, Engine, Frame, FrameData, FrameKey
from generator.executors import HERE, Executor
from generator.messages import words_under
from generator.outputs import search
from generator.page import footer, head, linkeddata, states
from generator.page.footer import report_address
from generator.page.imprint import imprint
from generator.pages import frozen, unpublished
from generator.pages.site_pictures import wordmark
from generator.policy import has_data_pictures, seal
from generator.problems import Problem
from generator.site.context import Made, Page, Plan, Public, Site
from generator.site.plan import section_address
from generator.standing.reads import Asked
from generator.standing.things import Standings
from generator.system.forks import batches
from generator.system.sealed import Sealed
from generator.text.addresses import depth, output_file, to_root
from generator.themes.assets import Assets
from generator.themes.look import Look

_ENLARGED = ('<ul class="gallery">', '<a class="story-picture"', '<a class="enlarge"')  # no text can look like these: its < is escaped
_TOGETHER = 16  # pages that a process makes before it takes the next
_TOGETHER_AFAR = 64  # and that are sent for at once
_VIEWER_WORDS = ("label", "close", "previous", "next", "position", "larger", "smaller", "zoomed")

_Noted = tuple[str, list[tuple[str, bytes] | Problem], Asked | None]  # an address, its files, what they were made from


@dataclass(frozen=True, slots=True)
class Hanging:
    """What a page is hung with: the site, its look, the frames of all its pages and what they were made from."""

    made: Made
    look: Look
    data: FrameData = field(repr=False)
    frames: Mapping[FrameKey, Frame] = field(repr=False)
    subjects: linkeddata.Subjects = field(repr=False)
    sections: frozenset[str] = field(repr=False)
    data_pictures: bool  # whether a style sheet has pictures of its own

    def hung(self, page: Page) -> str | Problem:
        """The HTML of an exhibit, or why there is none."""
        frame = self.frames[_frame_key(page, self.sections)]
        exhibit = partial(_exhibit, page, self.made, frame, self.look, self.subjects)
        return attempt(exhibit, page.origin, "page", page.address or "/")

    def to_be_sent(self) -> Hanging:
        """The same without what is of this machine alone."""
        return replace(self, data=replace(self.data, cache=None))

    def finished(self, address: str, html: str | Problem) -> Iterator[tuple[str, bytes] | Problem]:
        """The file of a page with its policy, or the problem with what stands in its place."""
        return _finished(self.made, self.data_pictures, address, html)


def render(
    made: Made,
    engine: Engine,
    look: Look,
    jobs: int = 1,
    keep: Callable[[Hanging], None] = lambda hanging: None,
    standings: Standings | None = None,
    executor: Executor = HERE,
) -> Iterator[tuple[str, bytes | Sealed] | Problem]:
    """Yield (file, bytes) for every page of the site, each with the policy of what it may load. One that cannot be made,
    or that would load or run what no page may, is a problem; in a preview a page stands there that says so. ``jobs`` is
    the number of processes, ``keep`` is given what single pages can be made with once more. Pages that stand by
    ``standings`` are not made; ``executor`` makes the others."""
    pages = tuple(made.plan.pages.values())
    hanging, documents = _hanging(made, engine, look, pages)
    keep(hanging)
    for address, html in documents:
        yield from hanging.finished(address, html)
    standings = standings or Standings()
    standings.hang_in(sha256(repr(sorted((at, each.digest) for at, each in hanging.frames.items())).encode()).hexdigest())
    exhibits: list[Page] = []
    for page in pages:
        file = output_file(page.address)
        standing = standings.of(page.address, file, made.tell) if page.document is None else None
        if standing is not None:
            yield file, standing
        elif page.document is None:
            exhibits.append(page)

    if not executor.is_afar:
        for template, page in {page.template: page for page in exhibits}.items():  # so that no process compiles what another one has
            attempt(partial(look.templates.get_template, template), page.origin, "page", page.address or "/")  # told with the page
    else:
        hanging, standings = hanging.to_be_sent(), Standings()
    chunks = batches([each.address for each in exhibits], _TOGETHER if not executor.is_afar else _TOGETHER_AFAR)
    for part in executor.spread(_rendered, (hanging, standings), chunks, jobs):
        for address, files, asked in part:
            if not any(isinstance(each, Problem) for each in files):
                standings.note(address, asked)
            yield from files


def _rendered(given: tuple[Hanging, Standings], addresses: Iterable[str]) -> list[_Noted]:
    """The pages at ``addresses``."""
    hanging, standings = given
    return [_noted(hanging.made.plan.pages[each], hanging, standings) for each in addresses]


def _noted(page: Page, hanging: Hanging, standings: Standings) -> _Noted:
    """The files of a page with what it was made from."""
    standings.begin()
    files = [*hanging.finished(page.address, hanging.hung(page))]
    return page.address, files, standings.taken()


def render_again(before: Hanging, made: Made, engine: Engine, pages: Iterable[Page]) -> Iterator[tuple[str, bytes] | Problem]:
    """The same for some ``pages`` of ``made``, which is the site of ``before`` with a few changes."""
    pages = tuple(pages)
    hanging, documents = _hanging(made, engine, before.look, pages, before)
    for address, html in (*documents, *((page.address, hanging.hung(page)) for page in pages if page.document is None)):
        yield from hanging.finished(address, html)


def _finished(
    made: Made, data_pictures: bool, address: str, html: str | Problem
) -> Iterator[tuple[str, bytes] | Problem]:
    page = html
    if isinstance(html, str):
        finish = partial(seal, html, address, data_pictures=data_pictures)
        page = attempt(finish, made.plan.pages[address].origin, "page", address or "/")
    if isinstance(page, Problem):
        yield page
        if made.preview is not None:
            yield output_file(address), seal(_sorry(page, made), address).encode()
    else:
        yield output_file(address), page.encode()


def _sorry(fault: Problem, public: Public) -> str:
    """What a preview shows in place of a page that cannot be made: as plain as can be, so that nothing fails here."""
    language = public.config.words
    told = "".join(f"<p>{escape(each)}</p>" for each in (fault.text(language), fault.remedy(language), str(fault.span)))
    title = escape(public.word("making.sorry"))
    return (
        f'<!doctype html>\n<html lang="{public.config.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1>{told}</main></body></html>\n"
    )


def _hanging(
    made: Made, engine: Engine, look: Look, pages: Iterable[Page], before: Hanging | None = None
) -> tuple[Hanging, list[tuple[str, str | Problem]]]:
    """What ``pages`` are hung with, and the editorial ones among them as (address, HTML or why there is none). Frames of
    ``before`` are good for pages with the same around them."""
    subjects = linkeddata.subjects(made)
    data = _frame_data(made, look, _navigation(made.config, made.plan))
    sections = frozenset(address for _, address in data.navigation)
    hung = {
        each.address: attempt(
            partial(_document, each, made, look.assets, subjects), each.origin, "page", each.address or "/"
        )
        for each in pages
        if each.document is not None
    }
    faults = [(address, each) for address, each in hung.items() if isinstance(each, Problem)]
    sound = tuple(each for each in hung.values() if not isinstance(each, Problem))
    frames = before.frames if before is not None and before.data == data else {}
    missing = frozenset(_frame_key(each, sections) for each in pages if each.document is None) - frames.keys()
    rendered: Mapping[str, str] = {}
    if before is None or sound or missing:
        rendered, more = engine.render(data, sound, missing)
        frames = {**frames, **more}
    data_pictures = before.data_pictures if before is not None else _has_data_pictures(look.assets)
    hanging = Hanging(made, look, data, frames, subjects, sections, data_pictures)
    return hanging, [*faults, *rendered.items()]


def _has_data_pictures(assets: Assets) -> bool:
    """Whether any style sheet holds pictures of its own. Every one is looked at, for none may load from elsewhere."""
    sheets = (*assets.styles, *assets.page_styles.values())
    found = [has_data_pictures(assets.files[each].decode(), each) for each in sheets]
    return any(found)


def _frame_key(page: Page, sections: frozenset[str]) -> FrameKey:
    return (page.section if page.section in sections else "", depth(page.address))


def _navigation(config: SiteConfig, plan: Plan) -> tuple[tuple[str, str], ...]:
    items = ((item.title, section_address(item.to)) for item in config.navigation)
    return tuple((title, at) for title, at in items if at in plan.pages and not plan.pages[at].is_gone)


def _frame_data(site: Site, look: Look, navigation: tuple[tuple[str, str], ...]) -> FrameData:
    config, assets = site.config, look.assets
    return FrameData(
        name=config.name,
        description=config.description,
        language=config.language,
        theme=look.folder,
        links=site.links,
        navigation=navigation,
        styles=assets.styles,
        scripts=assets.scripts,
        footer=footer.view(site),
        search=search.form(site, assets.page_scripts),
        words=words_under("frame", config.words),
        wordmark=wordmark(site),
        host=config.host.model_dump(),
        cache=look.cache,
    )


def _document(page: Page, site: Site, assets: Assets, subjects: linkeddata.Subjects) -> Document:
    story = page.document
    assert story is not None
    outline = tuple(each for each in story.headings if each.level <= 3)
    html = site.story(story, page) + states.listed(page, site)
    markup = head.markup(page, site, subjects) + _viewer(html, page, site, assets)
    report = report_address(page, site)
    window = page.titled(site.config.name)
    above = frozen.banner(page, site, subjects) + unpublished.banner(page, site, subjects) + imprint(page, site)
    title = site.terms.marked(page.title)
    return Document(page.address, page.section, title, window, markup, html, outline, report, above)


def _viewer(html: str, page: Page, public: Public, assets: Assets) -> str:
    """The script that enlarges pictures, for the head of a page that has some; empty for any other."""
    if "viewer" not in assets.page_scripts or not any(each in html for each in _ENLARGED):
        return ""
    words = "".join(f' data-{name}="{escape(public.word(f"viewer.{name}"))}"' for name in _VIEWER_WORDS)
    return f'<script src="{to_root(page.address)}{assets.page_scripts["viewer"]}" defer{words}></script>'


def _exhibit(page: Page, made: Made, frame: Frame, look: Look, subjects: linkeddata.Subjects) -> str:
    assert page.view is not None
    env = look.templates
    env.begin()
    view = page.view(page, made)
    styles: dict[str, str] = {}
    given = {"page_address": page.address, "is_first_picture": _once(), "terms": made.terms, "style": _styles(page, look.assets, styles)}
    body = env.get_template(page.template).render(**view, **given)
    if offered := made.downloads(*page.downloads):
        body += env.get_template("downloads.html").render(offered=offered, page_address=page.address)
    body += states.listed(page, made)
    markup = head.markup(page, made, subjects) + _viewer(body, page, made, look.assets)
    if view.get("head"):
        markup += env.get_template(view["head"]).render(view)
    if view.get("base"):
        markup = f'<base href="{escape(view["base"])}">{markup}'
    above = frozen.banner(page, made, subjects) + unpublished.banner(page, made, subjects) + imprint(page, made)
    return frame.hang(page.titled(made.config.name), markup, body, report_address(page, made), above, "".join(styles.values()))


def _styles(page: Page, assets: Assets, asked: dict[str, str]) -> Callable[[str], str]:
    """What a template calls for a style sheet of its own: its link is kept in ``asked``, for the head of ``page``."""

    def style(name: str) -> str:
        asked[name] = f'<link rel="stylesheet" href="{to_root(page.address)}{assets.page_styles[name]}">'
        return ""

    return style


def _once() -> Callable[[], bool]:
    """A question that is answered with yes the first time."""
    answers = chain((True,), repeat(False))
    return lambda: next(answers)
