"""What the browser gets to filter a wall is what the plain pages show: facets, cards, names, orders, dates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds.branch.model import Branch, StarRecord
from generator.kinds.brand.facets import facets_of
from generator.kinds.brand.model import Brand
from generator.kinds.unit.model import Unit
from generator.site.markup_shapes import by_shape
from generator.site.wall import with_values
from generator.stages.settings import DEFAULT_THEME
from generator.text.pinyin import initials, spelled
from generator.themes.templates import environment, piece
from tests.helpers.driver import SiteDriver
from tests.helpers.walls import catalog, events, hung, make, record, values_of

TEMPLATES = environment(DEFAULT_THEME, "zh")
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(str.strip)
DIGEST = st.text("0123456789abcdef", min_size=20, max_size=20)


def _data(content: bytes) -> Any:
    match = re.fullmatch(r'\(window\.exhibitWall=window\.exhibitWall\|\|\{\}\)\["[\w-]+"\]=(.*);\n', content.decode())
    assert match
    return json.loads(match[1])


@st.composite
def _logo(draw: st.DrawFn) -> dict[str, Any]:
    width = draw(st.sampled_from([64, 192]))
    one, other, fallback = draw(st.tuples(DIGEST, DIGEST, DIGEST))
    variants = [{"address": f"media/{one}-{width}.webp", "width": width}]
    if width == 192:
        variants.append({"address": f"media/{other}-384.webp", "width": 384})
    return {
        "sources": [{"type": "image/webp", "variants": variants}],
        "address": f"media/{fallback}-{width}.png",
        "width": width,
        "height": width,
        "tint": draw(st.sampled_from(["", "tint-444", "tint-012"])),
        "focus": draw(st.sampled_from(["", "focus-left"])),
    }


_CARD = st.fixed_dictionaries(
    {
        "name": TEXT,
        "slogan": st.none() | TEXT,
        "unit": st.just("") | TEXT,
        "year": st.integers(2000, 2030),
        "address": st.from_regex(r"brands/[a-z0-9-]{1,8}/", fullmatch=True),
        "logo": st.none() | _logo(),
        "sample": st.booleans(),
    }
)
_VIDEO = st.fixed_dictionaries(
    {
        "name": TEXT,
        "address": st.from_regex(r"videos/[a-z0-9-]{1,8}/", fullmatch=True),
        "poster": st.none() | _logo(),
        "length": st.fixed_dictionaries({"text": st.just("1:02"), "iso": st.just("PT62S")}),
        "unit": st.just("") | TEXT,
        "year": st.integers(2000, 2030),
        "host": st.none() | TEXT,
        "sample": st.booleans(),
    }
)
_PROJECT = st.fixed_dictionaries(
    {
        "name": TEXT,
        "problem": TEXT,
        "unit": st.just("") | TEXT,
        "year": st.integers(2000, 2030),
        "stage": st.fixed_dictionaries({"label": TEXT, "number": st.integers(1, 4), "id": st.just("x")}),
        "leader": TEXT,
        "duties": st.fixed_dictionaries({"done": st.integers(0, 3), "count": st.integers(0, 3)}),
        "address": st.from_regex(r"projects/[a-z0-9-]{1,8}/", fullmatch=True),
        "sample": st.booleans(),
    }
)


@pytest.mark.parametrize(
    ("macro", "view"),
    [
        (("parts.html", "cards"), _CARD),
        (("project-parts.html", "cards"), _PROJECT),
        (("video-parts.html", "cards"), _VIDEO),
    ],
    ids=["brands", "projects", "videos"],
)
def test_cards_put_together_from_shapes_are_those_of_the_template(macro: tuple[str, str], view: Any) -> None:
    hang = partial(piece, TEMPLATES, *macro, "brands/")

    @given(st.lists(view, min_size=1, max_size=8))
    def check(views: list[dict[str, Any]]) -> None:
        items = [hang([each]).partition(">")[2].rpartition("</ul>")[0].strip() for each in views]
        assert hung(json.loads(json.dumps(by_shape(items)))) == [events(each) for each in items]

    check()


@given(st.lists(st.sampled_from(["甲", "乙", "甲乙", "丙甲"]) | TEXT, min_size=1, max_size=12))
def test_what_texts_begin_and_end_with_alike_is_told_once_and_comes_back(texts: list[str]) -> None:
    items = [piece(TEMPLATES, "parts.html", "mentions", "x/", [_mention(each)]) for each in texts]
    assert hung(by_shape(items)) == [events(each) for each in items]


def _mention(title: str) -> dict[str, Any]:
    return {"title": title, "address": f"x/{len(title)}/", "note": "", "date": None, "picture": None, "sample": False}


def test_shapes_are_few_and_cards_short() -> None:
    made = make(1000)
    files = {name: content for name, content in made.files.items() if name.startswith("walls/brands/cards-")}
    assert sorted(files) == sorted(f"walls/brands/cards-{n}.js" for n in range(5))
    for each in files.values():
        assert len(_data(each)["shapes"]) <= 2 * 2 * 2  # with and without logo, slogan, mark of sample content
    page = made.files["brands/index.html"].decode()
    in_html = sum(map(len, re.findall(r'<li><a class="card".*?</li>', page, re.DOTALL))) / 24
    assert sum(map(len, files.values())) / 1000 < in_html / 2


@pytest.mark.parametrize("case", ["brand", "release", "project", "video"])
def test_the_browser_gets_what_the_plain_pages_show(case: str, site: Callable[[str], SiteDriver]) -> None:
    driver = site(f"good/{case}").remove_if_there("expected").build()
    assert driver.is_published(), driver.lines()
    files = driver.files()
    walls = [each for each in ("brands/", "projects/", "videos/") if f"walls/{each}index.js" in files]
    assert walls
    for base in walls:
        index = _data(files[f"walls/{base}index.js"])
        names = _data(files[f"walls/{base}names.js"])["names"]
        assert len(names) == index["count"]
        for name, digest in index["files"].items():
            assert sha256(files[f"walls/{base}{name}.js"]).hexdigest()[:12] == digest
        assert {f"walls/{base}{name}.js" for name in (*index["files"], "index")} == {
            each for each in files if each.startswith(f"walls/{base}")
        }
        page = driver.main(base)
        assert sha256(files[f"walls/{base}index.js"]).hexdigest()[:12] in page
        folder = f"{base}by/"
        planned = {each.split("/")[2] for each in files if each.startswith(folder)}
        assert planned == {each["name"] for each in index["facets"]}
        for facet in index["facets"]:
            held = [[each] if isinstance(each, int) else each for each in facet["held"]]
            assert {each.split("/")[3] for each in files if re.match(f"{folder}{facet['name']}/[^/]+/", each)} - {
                "index.html"
            } == {id for id, _ in facet["values"]}
            for number, (id, label) in enumerate(facet["values"]):
                mine = [name for name, each in zip(names, held, strict=True) if number in each]
                shown, page_number = [], 1
                while True:
                    address = f"{folder}{facet['name']}/{id}/"
                    address += f"page/{page_number}/" if page_number > 1 else ""
                    if f"{address}index.html" not in files:
                        break
                    shown += re.findall(r'<h2 class="(?:video-)?card__name">(?:<span class="term">)?([^<]*)(?:</span>)?</h2>', driver.main(address))
                    assert label in driver.main(address)
                    page_number += 1
                assert shown == mine


def test_the_facets_of_made_up_brands_are_those_of_a_plain_reference() -> None:
    made = make(400, seed=7)
    index = _data(made.files["walls/brands/index.js"])
    assert [each["name"] for each in index["facets"]] == ["year", "category", "system", "unit", "honour", "star"]
    for facet in index["facets"]:
        ids = [id for id, _ in facet["values"]]
        for each, held in zip(made.records, facet["held"], strict=True):
            mine = [] if held == -1 else [held] if isinstance(held, int) else held
            assert {ids[number] for number in mine} == values_of(each, made.catalog)[facet["name"]]


def _star_of(branches: list[tuple[str, str, list[tuple[int, int]]]], named: tuple[str, ...]) -> str | None:
    """The star value of a brand of unit ``u`` that names these branches; each is (id, unit, ratings)."""
    rated = [
        record(
            "branch",
            Branch.model_construct(
                id=id,
                unit=unit,
                star_records=tuple(
                    StarRecord.model_construct(year=year, star=star, batch=str(year)) for year, star in all
                ),
            ),
        )
        for id, unit, all in branches
    ]
    brand = record(
        "brand",
        Brand.model_construct(id="b", year=2024, unit="u", branches=named, category="fuwu", honours=(), name="甲"),
    )
    held = catalog([record("unit", Unit.model_construct(id="u", name="局", system="shehui"))], rated, [brand])
    from generator import config as configuration
    from tests.helpers.driver import SITES

    config, _, _ = configuration.load(SITES / "good" / "small")
    assert config is not None
    made = {each.name: each for each in with_values(facets_of([brand], held, config), [brand], config)}
    return made["star"].values[0].id if "star" in made else None


def test_the_stars_of_a_brand_are_the_most_that_a_branch_behind_it_has_now() -> None:
    high, low = ("a", "u", [(2018, 3), (2022, 5)]), ("b", "u", [(2018, 5), (2022, 4)])
    foreign = ("c", "v", [(2022, 5)])
    assert _star_of([high, low], ()) == "5"
    assert _star_of([high, low], ("b",)) == "4"  # those it names count, not all of its unit
    assert _star_of([low, foreign], ()) == "4"  # of another unit only one that is named
    assert _star_of([low, foreign], ("b", "c")) == "5"
    assert _star_of([("a", "u", [(2018, 5), (2022, 0)])], ()) is None  # the latest rating counts
    assert _star_of([("a", "u", [])], ()) is None
    assert _star_of([], ()) is None


def test_a_released_brand_has_its_honour_from_the_hour_of_the_release(site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/release").remove_if_there("expected").build()
    index = _data(driver.files()["walls/brands/index.js"])
    honour = next(each for each in index["facets"] if each["name"] == "honour")
    years = [id for id, _ in honour["values"] if id != "other"]
    assert years
    for year in years:
        released = re.findall(r'href="\.\./\.\./brands/([a-z0-9-]+)/"', driver.main(f"releases/{year}/"))
        listed = re.findall(r'class="card" href="[./]*brands/([a-z0-9-]+)/"', driver.main(f"brands/by/honour/{year}/"))
        assert listed and set(listed) <= set(released)
    assert driver.outcome and driver.outcome.survey.public
    first = min(each.data.announced_on for each in driver.outcome.survey.public.catalog.all("release"))
    before = first.replace(minute=(first.minute - 1) % 60, hour=first.hour - (first.minute == 0))
    files = driver.build(before).files()
    assert not any(f"by/honour/{min(years)}/" in each for each in files)
    assert isinstance(before, datetime) and before.astimezone(ZoneInfo("UTC")) < first


def test_orders_are_by_pinyin_by_season_and_by_the_roster() -> None:
    made = make(300, seed=3)
    files, records = made.files, made.records
    roster = {each.id: n for n, each in enumerate(made.catalog.all("unit"))}

    def keys(name: str, key: Callable[[Any], Any]) -> list[tuple[Any, int]]:
        order = _data(files[f"walls/brands/by-{name}.js"])
        assert sorted(order) == list(range(300))
        return [(key(records[n]), n) for n in order]

    for name, key in (
        ("name", lambda each: spelled(each.data.name)),
        ("oldest", lambda each: each.data.year),
        ("unit", lambda each: roster[each.data.unit]),
    ):
        found = keys(name, key)
        assert all(one <= other for one, other in pairwise(found)), name
    dates = _data(files["walls/brands/dates.js"])
    assert dates == [int(f"{each.data.established_on:%Y%m%d}") for each in records]


@pytest.mark.parametrize(
    ("name", "spelling", "letters"),
    [
        ("看得见的公正", ("kan4", "de2", "jian4", "de5", "gong1", "zheng4"), "kdjdgz"),
        ("重庆", ("chong2", "qing4"), "cq"),
        ("重量", ("zhong4", "liang4"), "zl"),
        ("“E家”", ("e", "jia1"), "ej"),
        ("ＡＢ１２", ("ab12",), "ab12"),
        ("", (), ""),
    ],
)
def test_names_are_spelled_as_they_are_read(name: str, spelling: tuple[str, ...], letters: str) -> None:
    assert spelled(name) == spelling
    assert initials(name) == letters


def test_names_in_order_are_in_the_order_of_a_dictionary() -> None:
    assert sorted(["一窗同心", "阳光天平", "爱播一路", "板凳调解", "1+7", "帮办小站"], key=spelled) == [
        "1+7",
        "爱播一路",
        "板凳调解",
        "帮办小站",
        "阳光天平",
        "一窗同心",
    ]


def test_a_hall_without_facets_loads_nothing(site: Callable[[str], SiteDriver]) -> None:
    driver = (
        site("good/video").remove_if_there("expected").edit("site_config.yml", "wall_page: 4", "wall_page: 40").build()
    )
    assert not any(each.startswith("walls/videos/") for each in driver.files())
    assert "<script" not in driver.main("videos/") and "data-wall" not in driver.main("videos/")


def test_what_is_written_is_data_whatever_an_author_wrote() -> None:
    made = make(30)
    for address, content in made.files.items():
        if address.startswith("walls/"):
            assert content.count(b"\n") == 1 and "\u2028" not in content.decode()
            assert re.match(rb'\(window\.exhibitWall=window\.exhibitWall\|\|\{\}\)\["[\w-]+"\]=[\[{]', content)
            _data(content)
