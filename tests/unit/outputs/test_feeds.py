"""Feeds, site map and linked data: valid by their own rules, from the records alone, the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as Xml

import feedparser
import jsonschema
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from generator.config import SiteConfig
from generator.kinds import KINDS, PRESENTING
from generator.outputs import feeds, sitemap
from generator.page import linkeddata
from generator.problems import Span
from generator.site.context import Page
from generator.site.linked import At
from generator.text.addresses import as_uri
from generator.text.dates import stamp_of_day
from tests.helpers.driver import SiteDriver

pytestmark = pytest.mark.audit  # two whole sites are built for it

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOME = "https://show.example.org/pinpai/"
# RFC 3339, section 5.6: an offset has hours and minutes, no seconds.
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})")

JSON_FEED = {  # https://www.jsonfeed.org/version/1.1/, what it requires and the types it names
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": {"$ref": "#/$defs/authors"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "minLength": 1},
                    "title": {"type": "string"},
                    "content_text": {"type": "string", "minLength": 1},
                    "date_published": {"type": "string", "pattern": f"^{MOMENT.pattern}$"},
                    "date_modified": {"type": "string", "pattern": f"^{MOMENT.pattern}$"},
                    "authors": {"$ref": "#/$defs/authors"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
    "$defs": {
        "authors": {
            "type": "array",
            "items": {"type": "object", "properties": {"name": {"type": "string", "minLength": 1}}, "minProperties": 1},
        }
    },
}


@pytest.fixture(scope="module")
def season(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    """The records of a whole exhibition at a host of their own, with the plain engine."""
    return _built(shared, tmp_path_factory, f"address: {HOME}\n")


@pytest.fixture(scope="module")
def nowhere(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    """The same records, their address not known."""
    return _built(shared, tmp_path_factory, "")


def _built(shared: Path, tmp_path_factory: pytest.TempPathFactory, more: str) -> SiteDriver:
    import shutil

    from tests.helpers.places import CITY

    driver = SiteDriver(tmp_path_factory.mktemp("season") / "site")
    driver.root.mkdir()
    for each in ("brands", "content"):
        shutil.copytree(CITY / each, driver.root / each)
    text = (CITY / "site_config.yml").read_text("utf-8").replace("# address:", "# an address:")
    driver.write("site_config.yml", f"{more}{text}share: {{cards: false, posters: false}}\n")
    (shared / "cache").mkdir(exist_ok=True)
    (driver.root.parent / "cache").symlink_to(shared / "cache", target_is_directory=True)
    with FileLock(shared / "lock"):
        driver.build(date(2026, 11, 1))
    assert driver.is_published(), driver.lines()
    return driver


def _feeds(driver: SiteDriver, ending: str) -> list[Path]:
    found = sorted((driver.out / "feeds").rglob(f"*.{ending}"))
    assert len(found) > 5
    return found


def _atom(file: Path) -> Xml.Element:
    return Xml.fromstring(file.read_bytes())


def _texts(element: Xml.Element, name: str) -> list[str]:
    return [each.text or "" for each in element.findall(ATOM + name)]


def _links(element: Xml.Element) -> list[tuple[str, str]]:
    return [(each.get("rel") or "alternate", each.get("href") or "") for each in element.findall(f"{ATOM}link")]


# -- Atom --------------------------------------------------------------------------------------------------------------


@pytest.mark.few
@pytest.mark.parametrize("site", ["season", "nowhere"])
def test_every_atom_feed_keeps_the_rules_of_rfc_4287(site: str, request: pytest.FixtureRequest) -> None:
    driver: SiteDriver = request.getfixturevalue(site)
    for file in _feeds(driver, "xml"):
        root = _atom(file)
        assert root.tag == f"{ATOM}feed"
        assert len(_texts(root, "id")) == len(_texts(root, "title")) == len(_texts(root, "updated")) == 1  # 4.1.1
        assert urlsplit(_texts(root, "id")[0]).scheme  # 4.2.6: an IRI, never relative
        assert _texts(root.findall(f"{ATOM}author")[0], "name")  # 4.1.1: needed where an entry has none
        assert [rel for rel, _ in _links(root)].count("self") == 1
        entries = root.findall(f"{ATOM}entry")
        assert 0 < len(entries) <= feeds.ENTRIES
        ids = [_texts(each, "id") for each in entries]
        assert all(len(each) == 1 and urlsplit(each[0]).scheme for each in ids)
        assert len({each[0] for each in ids}) == len(ids)
        times = []
        for each in entries:
            assert all(_texts(each, "title")) and all(_texts(each, "summary"))
            (updated,), (published,) = _texts(each, "updated"), _texts(each, "published")
            assert MOMENT.fullmatch(updated) and MOMENT.fullmatch(published) and published <= updated
            assert [rel for rel, _ in _links(each)] == ["alternate"]  # 4.1.2: there is no content
            times.append(updated)
        assert times == sorted(times, reverse=True)
        assert _texts(root, "updated") == [max(times)]


@pytest.mark.few
@pytest.mark.parametrize("site", ["season", "nowhere"])
def test_every_link_of_a_feed_leads_to_a_page_of_the_site(site: str, request: pytest.FixtureRequest) -> None:
    driver: SiteDriver = request.getfixturevalue(site)
    html = cache(driver.page)  # many links lead to the same page
    for file in _feeds(driver, "xml"):
        own = urljoin(HOME, file.relative_to(driver.out).as_posix())
        root = _atom(file)
        assert urljoin(own, dict(_links(root))["self"]) == own
        for element in (root, *root.findall(f"{ATOM}entry")):
            link = dict(_links(element))["alternate"]
            assert bool(urlsplit(link).scheme) is (site == "season")
            page, _, anchor = urljoin(own, link).removeprefix(HOME).partition("#")
            text = html(page or "index.html")
            assert not anchor or f'id="{anchor}"' in text


def test_a_reader_of_feeds_reads_them_without_complaint(season: SiteDriver) -> None:
    for file in _feeds(season, "xml"):
        read = feedparser.parse(file.read_bytes())
        assert not read.bozo, (file, read.get("bozo_exception"))
        assert read.version == "atom10"
        assert all(each.link.startswith(HOME) and each.id.startswith("urn:uuid:") for each in read.entries)
        assert all(each.summary for each in read.entries)
        assert all(each.updated_parsed and each.published_parsed for each in read.entries)


def test_the_feed_of_everything_has_the_newest_of_every_kind_that_is_dated(season: SiteDriver) -> None:
    entries = _atom(season.out / "feeds/all.xml").findall(f"{ATOM}entry")
    terms = {each.get("term") for entry in entries for each in entry.findall(f"{ATOM}category")}
    assert terms >= {"brand", "project", "exhibition", "video", "release", "report", "pioneer", "sample"}
    brand = next(each for each in entries if _texts(each, "title") == ["阳光天平"])
    assert dict(_links(brand))["alternate"] == f"{HOME}brands/yangguang-tianping/"
    assert _texts(brand, "id") == [uuid5(uuid5(NAMESPACE_URL, HOME), "brands/yangguang-tianping/").urn]


def test_a_unit_and_a_year_have_feeds_of_what_is_theirs(season: SiteDriver) -> None:
    court = _atom(season.out / "feeds/units/court.xml")
    titles = {title for each in court.findall(f"{ATOM}entry") for title in _texts(each, "title")}
    assert "阳光天平" in titles
    catalog = season.outcome.survey.public.catalog  # type: ignore[union-attr]
    assert catalog is not None
    own = [each for each in catalog if getattr(each.data, "unit", None) == "court" and each.kind != "branch"]
    assert len(titles) == len({each.data.heading for each in own})
    for file in (season.out / "feeds/years").glob("*.json"):
        links = [each["url"] for each in json.loads(file.read_text("utf-8"))["items"]]
        of_year = [
            each for each in catalog if each.data.year == int(file.stem) and each.data.is_dated and each.kind != "page"
        ]
        assert len(links) == len(of_year)


@pytest.mark.few
@pytest.mark.parametrize("site", ["season", "nowhere"])
def test_ids_are_uuids_that_stay(site: str, request: pytest.FixtureRequest) -> None:
    nowhere: SiteDriver = request.getfixturevalue(site)
    ids = [_texts(each, "id")[0] for each in _atom(nowhere.out / "feeds/all.xml").findall(f"{ATOM}entry")]
    assert all(
        re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", each)
        for each in ids
    )
    court = [_texts(each, "id")[0] for each in _atom(nowhere.out / "feeds/units/court.xml").findall(f"{ATOM}entry")]
    assert set(court) <= set(ids)
    again = [each["id"] for each in json.loads((nowhere.out / "feeds/all.json").read_text("utf-8"))["items"]]
    assert again == ids


# -- JSON Feed ---------------------------------------------------------------------------------------------------------


@pytest.mark.few
@pytest.mark.parametrize("site", ["season", "nowhere"])
def test_every_json_feed_fits_version_1_1_and_says_what_the_atom_feed_says(
    site: str, request: pytest.FixtureRequest
) -> None:
    driver: SiteDriver = request.getfixturevalue(site)
    for file in _feeds(driver, "json"):
        feed = json.loads(file.read_text("utf-8"))
        jsonschema.validate(feed, JSON_FEED)
        assert ("feed_url" in feed) is ("home_page_url" in feed) is (site == "season")
        entries = _atom(file.with_suffix(".xml")).findall(f"{ATOM}entry")
        for item, entry in zip(feed["items"], entries, strict=True):
            said = [item[each] for each in ("id", "title", "content_text", "date_published", "date_modified")]
            assert said == [_texts(entry, each)[0] for each in ("id", "title", "summary", "published", "updated")]
            assert item["url"] == dict(_links(entry))["alternate"]
        if site == "season":
            assert feed["feed_url"] == HOME + file.relative_to(driver.out).as_posix()


# -- dates and determinism ---------------------------------------------------------------------------------------------


def test_a_later_clock_changes_no_byte_of_what_machines_read(small: SiteDriver) -> None:
    small.write("site_config.yml", f"address: {HOME}\n" + (small.root / "site_config.yml").read_text("utf-8"))
    first = small.build(date(2026, 6, 1)).files()
    assert small.is_published(), small.lines()
    assert small.build(date(2026, 9, 9)).files() == first
    assert {"sitemap.xml", "feeds/all.xml", "feeds/all.json"} <= first.keys()


def test_what_comes_later_stands_in_no_feed_and_no_site_map(small: SiteDriver) -> None:
    small.write("site_config.yml", f"address: {HOME}\n" + (small.root / "site_config.yml").read_text("utf-8"))
    small.copy_folder("brands/qingfeng", "brands/later")
    small.edit("brands/later/brand.yml", "id: qingfeng", "id: later")
    small.edit("brands/later/brand.yml", "published_on: 2024-05-01", "published_on: 2026-08-01")
    text = (small.root / "brands/later/brand.yml").read_text("utf-8")
    small.write("brands/later/brand.yml", re.sub(r"(?m)^name: .*$", "name: 后来的", text))
    before = small.build(date(2026, 6, 1)).files()
    assert small.is_published(), small.lines()
    named = {name for name, content in before.items() if b"brands/later" in content or "后来的".encode() in content}
    assert named == set()
    after = small.build(date(2026, 8, 1)).files()
    named = {name for name, content in after.items() if b"brands/later/" in content}
    assert {
        "sitemap.xml",
        "feeds/all.xml",
        "feeds/all.json",
        "feeds/years/2024.xml",
        "brands/later/index.html",
    } <= named
    assert "b/later/index.html" in after


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["Asia/Shanghai", "UTC", "Asia/Urumqi", "America/New_York"]),
)
def test_every_day_is_a_time_that_rfc_3339_knows(day: date, zone: str) -> None:
    from zoneinfo import ZoneInfo

    written = stamp_of_day(day, ZoneInfo(zone))
    assert MOMENT.fullmatch(written)
    assert datetime.fromisoformat(written) == datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


HARD = st.text(st.characters(exclude_categories=()), max_size=30)


def _entry(text: str) -> feeds.Entry:
    from generator.outputs.data.formats.cells import readable

    title = readable(text)
    return feeds.Entry(
        "urn:x:1",
        "../x/",
        title,
        " ".join(title.split()) or "x",
        "2024-05-01T00:00:00+08:00",
        "2024-05-01T00:00:00+08:00",
        ("brand", title),
        title,
        True,
    )


def _show(**config: Any) -> Any:
    given = {
        "id": None,
        "name": "站",
        "description": "说明",
        "language": "zh-CN",
        "address": None,
        "words": "zh",
        "zone": UTC,
    } | config
    plain = SimpleNamespace(**given, footer=SimpleNamespace(organiser=None))
    return SimpleNamespace(
        config=plain,
        links="site",
        today=date(2026, 6, 1),
        word=lambda key, **values: key,
        public_address=lambda address: f"{plain.address}{address}" if plain.address else address,
    )


@given(HARD)
def test_whatever_a_title_holds_the_feeds_stay_what_they_are(text: str) -> None:
    feed = feeds.Feed("", text, ())
    entry = _entry(text)
    root = Xml.fromstring(feeds._atom(feed, [entry], _show()))
    (made,) = root.findall(f"{ATOM}entry")
    # XML folds line ends into one another; everything else comes back as it was.
    assert _texts(made, "title") == [entry.title]
    assert [each.tag for each in made] == [
        ATOM + each
        for each in (
            "title",
            "id",
            "link",
            "published",
            "updated",
            *(["author"] if entry.author else []),
            "category",
            "category",
            "summary",
        )
    ]
    read = json.loads(feeds._json(feed, [entry], _show()))
    jsonschema.validate(read | {"title": read["title"] or "x"}, JSON_FEED)
    assert read["items"][0]["title"] == entry.title


# -- site map and robots -----------------------------------------------------------------------------------------------


def _map(content: bytes, name: str) -> list[tuple[str, str | None]]:
    root = Xml.fromstring(content)
    assert root.tag == MAP + ("urlset" if name == "url" else "sitemapindex")
    found = []
    for each in root:
        assert each.tag == MAP + name
        assert [part.tag for part in each] in ([f"{MAP}loc"], [f"{MAP}loc", f"{MAP}lastmod"])
        found.append((each.findtext(f"{MAP}loc") or "", each.findtext(f"{MAP}lastmod")))
    return found


def test_the_site_map_names_every_page_once_with_the_day_its_record_changed(season: SiteDriver) -> None:
    content = (season.out / "sitemap.xml").read_bytes()
    assert len(content) <= sitemap.LARGEST
    entries = _map(content, "url")
    site = season.outcome.survey.plan  # type: ignore[union-attr]
    assert site is not None
    assert sorted(each for each, _ in entries) == sorted(HOME + each for each in site.pages if each != "404.html")
    assert len(entries) > 100
    days = dict(entries)
    assert days[f"{HOME}brands/yangguang-tianping/"] == site.pages["brands/yangguang-tianping/"].changed_on.isoformat()  # type: ignore[union-attr]
    assert all(each is None or each <= "2026-11-01" for each in days.values())
    assert any(days.values()) and not all(days.values())
    assert not [each for each in days if "/b/" in each]


def test_without_an_address_there_is_neither_site_map_nor_robots(nowhere: SiteDriver) -> None:
    assert not list(nowhere.out.glob("sitemap*.xml")) + list(nowhere.out.glob("robots.txt"))
    assert not [each for each in nowhere.out.rglob("*.html") if 'rel="canonical" href="http' in each.read_text("utf-8")]


def test_robots_stands_only_at_the_root_of_a_host(small: SiteDriver, season: SiteDriver) -> None:
    assert not (season.out / "robots.txt").exists()
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", f"address: https://show.example.org\n{text}").build()
    assert (small.out / "robots.txt").read_text("utf-8") == (
        "User-agent: *\nAllow: /\n\nSitemap: https://show.example.org/sitemap.xml\n"
    )


def _site_config(address: str) -> SiteConfig:
    return SimpleNamespace(address=address)  # type: ignore[return-value]


def test_a_large_site_map_is_divided_by_number_and_by_bytes() -> None:
    config = _site_config(HOME)
    entries: list[sitemap.SitemapEntry] = [(f"brands/b{number}/", date(2024, 5, number % 28 + 1)) for number in range(1000)]
    by_number = sitemap.divided(entries, config, 300, sitemap.LARGEST)
    assert [len(each) for each in by_number] == [300, 300, 300, 100]
    by_bytes = sitemap.divided(entries, config, sitemap.MOST, 20_000)
    show: Any = SimpleNamespace(config=config, today=date(2026, 1, 1), public_address=lambda each: HOME + each)
    written = [sitemap._write(each, show) for each in by_bytes]
    assert len(written) > 3 and all(len(each) <= 20_000 for each in written)
    assert all(len(each) > 19_000 for each in written[:-1])
    assert [place for each in written for place, _ in _map(each, "url")] == [HOME + each for each, _ in entries]
    index = _map(sitemap._index(by_bytes, show), "sitemap")
    assert [place for place, _ in index] == [f"{HOME}sitemap-{number}.xml" for number in range(1, len(written) + 1)]
    assert all(day == "2024-05-28" for _, day in index[:-1])


def test_the_parts_of_a_large_site_map_are_outputs_beside_it() -> None:
    pages = [Page(f"p{number}/", "", "t", Span("x")) for number in range(50_001)]
    found = [each.address for each in sitemap.outputs(pages, _site_config("https://a.example/"))]
    assert found == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "robots.txt"]


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://例子.中国/品牌/?a=1&b=2", "https://xn--fsqu00a.xn--fiqs8s/%E5%93%81%E7%89%8C/?a=1&b=2"),
        ("https://a.example/%E5%93%81/", "https://a.example/%E5%93%81/"),
        ("https://a.example:8080/x/", "https://a.example:8080/x/"),
    ],
)
def test_an_address_is_written_in_ascii(address: str, written: str) -> None:
    assert as_uri(address) == written


# -- linked data -------------------------------------------------------------------------------------------------------


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.tags: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self._inside:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.blocks[-1] += data


def _linked(html: str) -> list[dict[str, Any]]:
    reader = _Scripts()
    reader.feed(html)
    (block,) = reader.blocks
    read = json.loads(block)
    assert read["@context"] == "https://schema.org"
    return list(read["@graph"])


def _walk(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for each in node for found in _walk(each)]
    if isinstance(node, dict):
        return [node, *(found for each in node.values() for found in _walk(each))]
    return []


IRIS = ("@id", "url", "item", "image", "logo", "contentUrl", "thumbnailUrl")


@pytest.mark.few
@pytest.mark.parametrize("site", ["season", "nowhere"])
def test_every_page_says_what_it_is_and_all_it_names_is_there(site: str, request: pytest.FixtureRequest) -> None:
    driver: SiteDriver = request.getfixturevalue(site)
    files = driver.files()
    planned = driver.outcome.survey.plan.pages  # type: ignore[union-attr]
    for address in planned:
        if address == "404.html":
            continue
        graph = _linked(driver.page(address or "index.html"))
        own = HOME + address
        for node in _walk(graph):
            assert node.get("@type"), node
            assert not [name for name, value in node.items() if value in (None, "", [], {})]
            for name in IRIS:
                for value in [node[name]] if isinstance(node.get(name), str) else node.get(name, []):
                    if value.startswith("https://creativecommons"):
                        continue
                    assert bool(urlsplit(value).scheme) is (site == "season"), (address, name, value)
                    place = urljoin(own, value).removeprefix(HOME).partition("#")[0]
                    assert (f"{place}index.html" if place.endswith("/") or not place else place) in files, value
        page = graph[0]
        assert urljoin(own, page["@id"]) == own
        if address:
            (crumbs,) = [each for each in graph if each["@type"] == "BreadcrumbList"]
            steps = crumbs["itemListElement"]
            assert [each["position"] for each in steps] == list(range(1, len(steps) + 1))
            assert urljoin(own, steps[0]["item"]) == HOME and urljoin(own, steps[-1]["item"]) == own


@pytest.mark.parametrize(
    ("address", "type_"),
    [
        ("brands/yangguang-tianping/", "CreativeWork"),
        ("units/court/", "GovernmentOrganization"),
        ("projects/kaifang-wenzheng/", "Project"),
        ("exhibitions/shifan-xiangmu-2023/", "ExhibitionEvent"),
        ("releases/2023/", "CreativeWork"),
        ("reports/coverage/", "Dataset"),
        ("data/", "DataCatalog"),
        ("data/projects/", "Dataset"),
    ],
)
def test_a_page_says_what_it_shows(address: str, type_: str, season: SiteDriver) -> None:
    page = _linked(season.page(address))[0]
    assert page["mainEntity"]["@type"] == type_
    assert page["mainEntity"]["name"]


def test_a_film_a_tour_and_a_data_set_say_where_and_when(season: SiteDriver, site: Callable[[str], SiteDriver]) -> None:
    films = season.outcome.survey.public.catalog.all("video")  # type: ignore[union-attr]
    film = _linked(season.page(f"videos/{films[0].id}/"))[0]["mainEntity"]
    assert film["@type"] == "VideoObject"
    assert {"uploadDate", "duration", "thumbnailUrl"} <= film.keys()
    assert re.fullmatch(r"PT(?:\d+H)?(?:\d+M)?(?:\d+S)?", film["duration"])
    tour = site("good/exhibition").remove_if_there("expected")
    tour.edit("content/exhibitions/xiaocheng-2024/exhibition.yml", "sample: [stops]", "sample: false").build()
    tours = [each for each in tour.outcome.survey.public.catalog.all("exhibition") if each.data.stops]  # type: ignore[union-attr]
    event = _linked(tour.page(f"exhibitions/{tours[0].id}/"))[0]["mainEntity"]
    assert event["startDate"] and event["location"]
    for each, stop in zip(event["subEvent"], tours[0].data.stops, strict=True):
        ends = {"endDate": stop.end.isoformat()} if stop.end != "长期" else {}
        assert each["startDate"] == stop.start.isoformat()
        assert {key: each[key] for key in ("endDate",) if key in each} == ends
        assert each["location"]["name"] == stop.venue
    report = _linked(season.page("reports/coverage/"))[0]["mainEntity"]
    assert {each["encodingFormat"] for each in report["distribution"]} >= {"text/csv", "application/json"}


def test_what_is_made_up_is_said_to_be_a_sample_and_no_sample_field_is_passed_on(season: SiteDriver) -> None:
    catalog = season.outcome.survey.public.catalog  # type: ignore[union-attr]
    assert catalog is not None
    whole = next(each for each in catalog.all("project") if each.data.sample is True)
    page = _linked(season.page(f"projects/{whole.id}/"))[0]
    assert page["creativeWorkStatus"] == page["mainEntity"]["disambiguatingDescription"] == "示例内容"
    partly = next(each for each in catalog.all("project") if isinstance(each.data.sample, tuple))
    page = _linked(season.page(f"projects/{partly.id}/"))[0]
    assert "parentOrganization" not in page["mainEntity"] and "description" not in page["mainEntity"]
    assert "datePublished" not in page


def test_the_home_page_is_the_web_site_and_searches_where_there_is_a_search(
    season: SiteDriver, nowhere: SiteDriver
) -> None:
    (site,) = [each for each in _linked(season.page("index.html")) if each["@type"] == "WebSite"]
    assert site["url"] == HOME and site["publisher"]["name"] == "市级机关工委"
    has_search = "search/" in season.outcome.survey.plan.pages  # type: ignore[union-attr]
    assert ("potentialAction" in site) is has_search
    if has_search:
        assert site["potentialAction"]["target"]["urlTemplate"] == f"{HOME}search/?q={{search_term_string}}"
    assert (
        "potentialAction" not in [each for each in _linked(nowhere.page("index.html")) if each["@type"] == "WebSite"][0]
    )


@given(HARD, HARD)
def test_no_text_leaves_the_script_element_it_stands_in(text: str, more: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    page = Page("x/", "", "t", Span("x"))
    node = {"@type": "Thing", "name": f"{text}</script><!--<script>{more}\u2028&amp;", "url": At("y/")}
    written = linkeddata.serialised(node, page, _show())
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written)["name"] == node["name"]
    assert json.loads(written)["url"] == "../y/"


@pytest.mark.parametrize("kind", [each for each in KINDS if each.address is not None], ids=lambda each: each.name)
def test_every_kind_says_what_it_is_in_one_place(kind: Any, season: SiteDriver) -> None:
    record = season.outcome.survey.public.catalog.all(kind.name)[0]  # type: ignore[union-attr]
    assert PRESENTING[kind.name].linked(record, season.shown())["@type"]


# -- heads -------------------------------------------------------------------------------------------------------------


def _alternates(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]*" href="([^"]+)">', html)


def test_pages_name_the_feeds_that_belong_to_them(season: SiteDriver) -> None:
    everything = [("application/atom+xml", "feeds/all.xml"), ("application/feed+json", "feeds/all.json")]
    assert _alternates(season.page("index.html")) == everything
    court = _alternates(season.page("units/court/"))
    assert [each for _, each in court] == [
        "../../feeds/units/court.xml",
        "../../feeds/units/court.json",
        "../../feeds/all.xml",
        "../../feeds/all.json",
    ]
    assert "../../feeds/years/2023.xml" in [each for _, each in _alternates(season.page("years/2023/"))]
    assert _alternates(season.page("about/")) == [(form, f"../{href}") for form, href in everything]
    assert _alternates(season.page("404.html")) == []


def test_the_page_of_the_feeds_links_every_feed(season: SiteDriver) -> None:
    links = set(re.findall(r'href="\.\./(feeds/[^"]+\.(?:xml|json))"', season.main("feeds/")))
    assert links == {
        each.relative_to(season.out).as_posix() for each in [*_feeds(season, "xml"), *_feeds(season, "json")]
    }
    assert 'href="../feeds/"' in season.page("about/") or "feeds" in season.page("sitemap/")


def test_a_site_without_news_has_no_feeds(small: SiteDriver) -> None:
    small.remove("brands").remove("content/about").write(
        "content/index.md", "---\ntitle: 首页\nstatus: published\npublished_on: 2024-01-01\n---\n\n你好\n"
    )
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", re.sub(r"(?m)^  - \{title: [^}]*to: (?!units)[^}]*\}\n", "", text)).build()
    assert small.is_published(), small.lines()
    assert not (small.out / "feeds").exists()
    assert "feeds" not in small.page("index.html")
