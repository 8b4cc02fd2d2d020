"""What is passed on: share cards and posters as outputs, and what the head of a page tells those who show its link.

The names of the head are those of the Open Graph protocol (ogp.me) and of X's cards; both want complete addresses, so
nothing is said of pictures where the configuration does not know where the site is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from html import escape

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import CONFIG_FILE, Colours, SiteConfig
from generator.kinds import PRESENTING
from generator.media.cards.faces import SIZES, CardFace, CardForm, Drawing
from generator.messages import say
from generator.pages.not_found import NOT_FOUND
from generator.problems import Span
from generator.site.context import Output, Page, Public, Site
from generator.site.presenter import Presenter
from generator.text.addresses import share_address
from generator.text.media_types import TYPES
from generator.themes.colours import palettes

_CARDS: tuple[CardForm, ...] = ("card", "square")


def outputs(catalog: Catalog, config: SiteConfig, presenters: Iterable[Presenter]) -> Iterator[Output]:
    """The share cards of the home page and of every record with a face, where an address is configured that can name
    them, and the posters of the kinds that have one."""
    if _has_cards(config):
        for form in _CARDS:
            yield Output(share_address("", form), Span(CONFIG_FILE), partial(_drawing_of_site, form))
    for presenter in presenters:
        for record in catalog.all(presenter.kind.name):
            yield from outputs_of(record, presenter, config)


def outputs_of(record: Record, presenter: Presenter, config: SiteConfig) -> Iterator[Output]:
    """The share cards and the poster of one record."""
    for form in forms_of(presenter, config):
        assert presenter.kind.address is not None
        address = share_address(presenter.kind.address(record.id), form)
        yield Output(address, record.span("id"), partial(_drawing_of, record, form))


def _has_cards(config: SiteConfig) -> bool:
    return config.share.cards and config.address is not None


def forms_of(presenter: Presenter, config: SiteConfig) -> tuple[CardForm, ...]:
    """In which forms the records of a kind are passed on."""
    if presenter.face is None or presenter.kind.address is None:
        return ()
    cards = _CARDS if _has_cards(config) else ()
    return (*cards, "poster") if presenter.has_poster and config.share.posters else cards


def lacks_codes(config: SiteConfig, planned: Iterable[str]) -> bool:
    """Whether posters among the addresses ``planned`` go without a code, because nobody said where the site is."""
    return config.address is None and any(each.startswith("share/") for each in planned)


def _drawing_of(record: Record, form: CardForm, public: Public) -> Drawing:
    presenter = PRESENTING[record.kind]
    kind = presenter.kind
    assert presenter.face is not None and kind.address is not None
    code = kind.short_address(record.id) or kind.address(record.id)
    return _drawing(presenter.face(record, public), code, form, public)


def _drawing_of_site(form: CardForm, public: Public) -> Drawing:
    opening, footer = public.config.opening, public.config.footer
    lines = [each.strip() for each in opening.title.split("\n") if each.strip()]
    face = CardFace(
        title=public.config.name,
        line=opening.subtitle or say("share.pause", public.config.words).join(lines),
        unit=footer.organiser or "",
        photo=public.pictures.get(opening.picture or ""),
    )
    return _drawing(face, "", form, public)


def _drawing(face: CardFace, address: str, form: CardForm, public: Public) -> Drawing:
    return Drawing(
        form=form,
        face=face,
        site=public.config.name if face.title != public.config.name else "",
        address=public.public_address(address) if public.config.address else "",
        hint=public.word("share.hint"),
        inks=_inks(tuple(public.config.colours.model_dump().items())),
    )


@lru_cache(maxsize=4)
def _inks(colours: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(palettes(Colours(**dict(colours)))[0].items()))


def head(page: Page, description: str, site: Site) -> str:
    """The markup that tells others how to show a link to ``page``."""
    config = site.config
    facts = [
        ("og:title", page.title),
        ("og:description", description),
        ("og:type", "article" if page.changed_on else "website"),
        ("og:site_name", config.name),
        ("og:locale", "zh_CN" if config.words == "zh" else "en_US"),
    ]
    shown = _pictured(page.address, site)
    if config.address and page.address != NOT_FOUND:
        facts.append(("og:url", site.public_address(page.address)))
        for form in _CARDS if shown is not None else ():
            facts += _picture_facts(shown or "", form, site)
    head = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in facts)
    large = config.address is not None and shown is not None
    return head + f'<meta name="twitter:card" content="{"summary_large_image" if large else "summary"}">'


def _picture_facts(shown: str, form: CardForm, site: Site) -> list[tuple[str, str]]:
    wide, high = SIZES[form]
    title = site.plan.pages[shown].title if shown in site.plan.pages else site.config.name
    return [
        ("og:image", site.public_address(share_address(shown, form))),
        ("og:image:type", TYPES["png"]),
        ("og:image:width", str(wide)),
        ("og:image:height", str(high)),
        ("og:image:alt", site.word("share.alt", title=title, site=site.config.name)),
    ]


def _pictured(address: str, site: Site) -> str | None:
    """The page whose card stands for the one at ``address``: its own, that of the nearest page above it, the home
    page's; ``None`` where none was planned."""
    above = address
    while above and share_address(above, "card") not in site.plan.outputs:
        above = above.rstrip("/").rpartition("/")[0]
        above += "/" if above else ""
    return above if share_address(above, "card") in site.plan.outputs else None
