"""``versions/``: the states of each record in all frozen years, and what it is now.

Every frozen page leads here, and it never changes; so this place grows with every year, and is the only one that does. A frozen
page names it by the section of its record (``versions/brands/#id``), or the index where the record belongs to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds import BY_NAME
from generator.ledger.mounted import TIMEMAPS, VERSIONS, State, Years
from generator.messages import say
from generator.pages.years import SECTION, frozen_view
from generator.problems import Span
from generator.site.context import Output, Page, Public, Site
from generator.text.addresses import as_uri
from generator.text.dates import http_date
from generator.text.media_types import LINKS

_ORIGIN = Span(CONFIG_FILE)
Key = tuple[str, str]
_BySection = Mapping[str, Mapping[Key, tuple[State, ...]]]


def pages(mounted: Years, config: SiteConfig) -> Iterator[Page]:
    """The index and a page for each section that any frozen year has; nothing without such a year."""
    if not mounted.all:
        return
    title, found = say("archives.versions", config.words), _by_section(mounted)
    about = say("archives.versions_about", config.words, site=config.name)
    for section in ("", *sorted(found.keys() - {""})):
        name = say("archives.versions_of", config.words, what=_label(section, found, config)) if section else title
        yield Page(f"{VERSIONS}{section}", SECTION, name, _ORIGIN, about, "versions.html", _view, section)


def _by_section(mounted: Years) -> _BySection:
    """The records of all years by the page that tells of them, as frozen pages name it."""
    found: dict[str, dict[Key, tuple[State, ...]]] = {}
    for key, states in mounted.states.items():
        found.setdefault(_section_of(states[0]), {})[key] = states
    return found


def _section_of(state: State) -> str:
    """The section of a record, such as ``brands/``, empty for none; of a kind that this version does not know what its address
    begins with."""
    first = state.record.section
    return BY_NAME[state.record.kind].section if state.record.kind in BY_NAME else f"{first}/" if first else ""


def versions_of(state: State) -> str:
    """The place that tells of all states of a record: on the page of its section, or on the index where it has none."""
    return f"{VERSIONS}{_section_of(state)}#{state.record.id}"


def _label(section: str, found: _BySection, config: SiteConfig) -> str:
    return "、".join(_name(each, config) for each in _in_order({kind for kind, _ in found[section]}))


def _name(kind: str, config: SiteConfig) -> str:
    """What a kind is called; the id of one that this version does not know any more."""
    return BY_NAME[kind].label.in_language(config.words) if kind in BY_NAME else kind


def _in_order(kinds: Iterable[str]) -> list[str]:
    order = {name: number for number, name in enumerate(BY_NAME)}
    return sorted(kinds, key=lambda each: (order.get(each, len(order)), each))


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    section, found = page.about(str), _by_section(site.mounted)
    records, seen = found.get(section, {}), set[str]()
    others = sorted(found.keys() - {""}) if not section else []
    return {
        "title": page.title,
        "is_index": not section,
        "sections": [
            {"address": f"{VERSIONS}{each}", "title": _label(each, found, site.config), "count": len(found[each])} for each in others
        ],
        "years": [frozen_view(each, site) for each in site.mounted.all],
        "groups": [
            {
                "title": _name(kind, site.config),
                "entries": [_entry(key, states, site, seen) for key, states in sorted(records.items()) if key[0] == kind],
            }
            for kind in _in_order({kind for kind, _ in records})
        ],
    }


def _entry(key: Key, states: tuple[State, ...], site: Site, seen: set[str]) -> dict[str, Any]:
    kind, id = key
    record, described = site.catalog.get(kind, id), site.kinds.get(kind)
    address = described.address(id) if record is not None and described is not None and described.address is not None else None
    page = site.plan.pages.get(address.partition("#")[0]) if address is not None else None
    is_first = id not in seen  # two kinds of one section may use the same one
    seen.add(id)
    return {
        "id": id if is_first else None,
        "title": record.data.heading if record is not None else states[0].record.title,
        "live": address if page is not None and not page.is_gone else None,
        "states": [{"year": each.lock.year, "address": each.address, "is_thawed": bool(each.lock.thawed)} for each in states],
    }


# -- Memento (RFC 7089) -------------------------------------------------------------------------------------------------


def timemap_of(address: str) -> str:
    """The address of the TimeMap of the page at ``address``."""
    return f"{TIMEMAPS}{address.rstrip('/') or 'index'}.link"


def outputs(mounted: Years, config: SiteConfig) -> Iterator[Output]:
    """A TimeMap for every page of a record that any frozen year has. Its addresses have to be complete ones, so there is none
    without a configured address."""
    if config.address is not None:
        for address, states in mounted.at.items():
            yield Output(timemap_of(address), _ORIGIN, partial(timemap, address, states))


def timemap(address: str, states: tuple[State, ...], public: Public) -> bytes:
    """The TimeMap of the page at ``address`` in the format of links (RFC 7089, section 5; RFC 6690), the oldest state first.
    ``states`` come with the newest first."""
    days = [http_date(each.lock.frozen_on) for each in states]
    links = [
        f'<{as_uri(public.public_address(address))}>;rel="original"',
        f'<{as_uri(public.public_address(timemap_of(address)))}>;rel="self";type="{LINKS}";from="{days[-1]}";until="{days[0]}"',
    ]
    for number, state in enumerate(reversed(states), 1):
        rel = f"{'first ' if number == 1 else ''}{'last ' if number == len(states) else ''}memento"
        links.append(f'<{as_uri(public.public_address(state.address))}>;rel="{rel}";datetime="{days[-number]}"')
    return (",\n".join(links) + "\n").encode("ascii")
