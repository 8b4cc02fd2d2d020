"""Made-up walls of any size, hung by the real templates, and a plain reference of what a filter has to find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

from generator import config as configuration
from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.engines.memory import MemoryEngine
from generator.kinds import BY_NAME, mention
from generator.kinds.branch.model import Branch, StarRecord
from generator.kinds.brand import PRESENTER
from generator.kinds.brand.model import Brand, Honour, Logo
from generator.kinds.unit.model import Unit
from generator.media.published import Picture, Variant
from generator.problems import Span
from generator.site import context, wall
from generator.site.context import Listing, Output, Page, Plan, Public, Site
from generator.site.presenter import pages_of
from generator.stages.render import render
from generator.stages.settings import DEFAULT_THEME
from generator.themes import look
from generator.yaml.strict import parse
from tests.helpers.places import SITES

WORDS = tuple("阳光天平银龄灯火一窗同心板凳调解帮办小站放心秤兰台有光老街新邻书桌明白账听诊器夜校爱播警民重庆长安")
SLOGANS = ("把话说到群众心坎上", "<b>您</b>不用跑 & 我们“走近”一点", "看得见，够得着", None)


@dataclass(frozen=True)
class Made:
    """A wall that was published to a folder, and the records that hang on it in their order."""

    records: tuple[Record, ...]
    catalog: Catalog
    files: Mapping[str, bytes]


def record(kind: str, data: Any) -> Record:
    """A record that was never written down."""
    tree, _ = parse(f"{kind}/{data.id}.yml", "id: x\n")
    assert tree is not None
    return Record(kind, data.id, data, f"{kind}/{data.id}/{kind}.yml", f"{kind}/{data.id}", tree)


def catalog(*groups: Iterable[Record]) -> Catalog:
    """A catalog of these records, each kind in the order of the kind."""
    found: dict[str, dict[str, Record]] = {name: {} for name in BY_NAME}
    for group in groups:
        for each in sorted(group, key=lambda each: BY_NAME[each.kind].order(each)):
            found[each.kind][each.id] = each
    return Catalog(found)


def make(count: int, page_size: int = 24, seed: int = 1, case: str = "good/small") -> Made:
    """The first page of a brand wall with ``count`` brands and everything that it loads."""
    random = Random(seed)
    config, _, _ = configuration.load(SITES / case)
    assert config is not None
    config = config.model_copy(update={"limits": config.limits.model_copy(update={"wall_page": page_size})})
    systems, categories = (list(config.choices[each]) for each in ("systems", "categories"))
    units = [
        record("unit", Unit.model_construct(id=f"u{n}", name=f"第{n}局", system=random.choice(systems)))
        for n in range(max(3, min(90, count // 20)))
    ]
    branches = [_branch(n, random.choice(units).id, random) for n in range(len(units) * 2)]
    brands = [_brand(n, random, units, branches, categories) for n in range(count)]
    held = catalog(units, branches, brands)
    brands_in_order = held.all("brand")
    pictures = {f"{each.folder}/img/logo.png": _picture(each) for each in brands_in_order if each.data.logo}
    pages = {each.address: each for each in pages_of(PRESENTER, held, config) if each.address == "brands/"}
    pages[""] = Page("", "", config.name, Span("x"), template="not-found.html", view=lambda page, made: {"doors": []})
    outputs = {each.address: each for each in PRESENTER.outputs(held, config)}
    seen = look.of(DEFAULT_THEME, config, (), "site")[0]
    assert seen is not None
    public = Public(config, held, BY_NAME, pictures, None, None)
    plan = Plan(pages, {}, outputs)
    planned = Site(**vars(public), plan=plan, tables={}, formats=(), mention=mention, piece=seen.piece, links="site", preview=None)
    files = {address: each.make(planned) for address, each in outputs.items() if isinstance(each, Output)}
    hung = context.Made(**vars(planned), files=_digests(files), sizes={})
    files |= {address: each.make(hung) for address, each in outputs.items() if isinstance(each, Listing)}
    html = dict(render(replace(hung, files=_digests(files)), MemoryEngine(), seen))
    return Made(brands_in_order, held, {**files, **html, **seen.assets.files})


def _digests(files: Mapping[str, Any]) -> dict[str, context.Digest]:
    return {address: context.Digest(sha256(each).hexdigest()) for address, each in files.items()}


def written(made: Made, folder: Path) -> Path:
    """Write the files of a wall below ``folder``."""
    for address, content in made.files.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(content)
    return folder


def _branch(number: int, unit: str, random: Random) -> Record:
    rated = [
        StarRecord.model_construct(
            batch=f"第{year}批", year=year, star=random.choice((0, 3, 4, 5)), score=None, doc=None
        )
        for year in (2018, 2020, 2022)
        if random.random() < 0.6
    ]
    return record(
        "branch", Branch.model_construct(id=f"z{number}", name=f"第{number}支部", unit=unit, star_records=rated)
    )


def _brand(
    number: int, random: Random, units: Sequence[Record], branches: Sequence[Record], categories: Sequence[str]
) -> Record:
    name = "".join(random.sample(WORDS, random.randint(2, 6)))
    logo = Logo.model_construct(src="img/logo.png", alt="标识", meaning="含义", uses_party_emblem=False)
    honour = Honour.model_construct(title="先进", issuer="市里", date="2020")
    day = date(2010, 1, 1) + timedelta(days=random.randrange(5000))
    return record(
        "brand",
        Brand.model_construct(
            id=f"b{number}",
            name=name,
            year=2016 + random.randrange(10),
            status="published",
            slogan=random.choice(SLOGANS),
            unit=random.choice(units).id,
            branches=(random.choice(branches).id,) if branches and random.random() < 0.5 else (),
            category=random.choice(categories),
            established_on=day,
            logo=logo if random.random() < 0.9 else None,
            concept="理念",
            honours=(honour,) if random.random() < 0.2 else (),
            sample=random.random() < 0.1,
        ),
    )


def _picture(brand: Record) -> Picture:
    digests = [sha256(f"{brand.id}-{number}".encode()).hexdigest()[:20] for number in range(3)]
    forms = (("webp", 192), ("webp", 384), ("png", 384))
    variants = tuple(
        Variant(form, f"media/{digest}-{width}.{form}", width, width)
        for digest, (form, width) in zip(digests, forms, strict=True)
    )
    return Picture(variants, "tint-444", "")


def values_of(brand: Record, held: Catalog) -> dict[str, set[str]]:
    """What each facet of the brand wall has to say of a brand, told from the records alone."""
    data = brand.data
    unit = held.get("unit", data.unit)
    mine = [held.get("branch", id) for id in data.branches] or [
        each for each in held.all("branch") if each.data.unit == data.unit
    ]
    latest = [max(each.data.star_records, key=lambda one: one.year) for each in mine if each and each.data.star_records]
    best = max((each.star for each in latest), default=0)
    won = {each.id for each in held.all("release") if brand.id in {one.brand for one in _released(each)}}
    return {
        "year": {str(data.year)},
        "category": {data.category},
        "system": {unit.data.system} if unit else set(),
        "unit": {unit.id} if unit else set(),
        "honour": won | ({"other"} if data.honours else set()),
        "star": {str(best)} if best else set(),
    }


def _released(release: Record) -> Any:
    from generator.kinds.release.awards import awards

    return awards(release)


def found(values: Sequence[Mapping[str, set[str]]], picked: Mapping[str, Iterable[str]]) -> list[int]:
    """The numbers of the records that have one of the picked values of each facet that anything is picked of."""
    wanted = {name: set(ids) for name, ids in picked.items() if ids}
    return [n for n, each in enumerate(values) if all(each[name] & ids for name, ids in wanted.items())]


def counts(values: Sequence[Mapping[str, set[str]]], picked: Mapping[str, Iterable[str]], facet: str) -> dict[str, int]:
    """How many records each value of ``facet`` would leave if nothing else of this facet were picked."""
    others = {name: ids for name, ids in picked.items() if name != facet}
    tally: dict[str, int] = {}
    for number in found(values, others):
        for id in values[number][facet]:
            tally[id] = tally.get(id, 0) + 1
    return tally


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append((f"<{tag}", *(f"{name}={value or ''}" for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.events.append((f"</{tag}",))

    def handle_data(self, data: str) -> None:
        if data.strip() or data == " ":
            self.events.append((data,))


def events(html: str) -> list[tuple[str, ...]]:
    """HTML as a list of tags and texts, without what only lays out the source."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.events


def hung(told: Mapping[str, Any]) -> list[list[tuple[str, ...]]]:
    """The pieces that ``shapes.told`` tells of, put together as the browser does, as events."""
    made = []
    for number, *filled in told["pieces"]:
        shape = told["shapes"][number]
        fill = [
            hole["words"][value] if "words" in hole else hole["around"][0] + value + hole["around"][1]
            for hole, value in zip(shape["holes"], filled, strict=True)
        ]
        made.append(list(_hung(shape["element"], fill)))
    return made


def _hung(element: list[Any], fill: list[str]) -> Any:
    def text(value: Any) -> str:
        if isinstance(value, list):
            return "".join(map(text, value))
        return fill[value] if isinstance(value, int) else value

    tag, attributes, *children = element
    pairs = zip(attributes[::2], attributes[1::2], strict=True)
    yield (f"<{tag}", *(f"{name}={text(value)}" for name, value in pairs))
    for each in children:
        if isinstance(each, list):
            yield from _hung(each, fill)
        else:
            yield (text(each),)
    if tag not in hanging_void():
        yield (f"</{tag}",)


def hanging_void() -> frozenset[str]:
    """The tags that have no end."""
    from generator.site.markup_shapes import VOID

    return VOID


__all__ = ["Made", "catalog", "counts", "events", "found", "hung", "make", "record", "values_of", "wall"]
