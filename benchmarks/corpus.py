"""A whole made-up site of any size: valid, in Chinese, the same for the same seed and number of brands.

Nothing in it is real. Each brand is told in about 700 characters, put together from the phrases of
``phrases.toml``, so that texts differ as they do in a real season; the shape of every brand is the same, so that
twice the brands are twice the work.
"""

from __future__ import annotations

import argparse
import struct
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

SITE_NAME = "云州机关品牌展"
DESCRIPTION = "用来量时间的一个站：内容全部是编出来的。"
ABOUT = f"## 说明\n\n{DESCRIPTION}\n\n- 单位\n- 品牌"
PAGE_SIZE = 24
FIRST_YEAR, YEARS = 2016, 10
AS_OF = "2026-01-01"  # later than everything in the corpus

CATEGORIES = (
    ("fazhi", "法治护航"),
    ("fuwu", "为民服务"),
    ("fazhan", "服务发展"),
    ("minsheng", "民生保障"),
    ("zhili", "城市治理"),
    ("qinglian", "清廉机关"),
)
SYSTEMS = (
    ("dangqun", "党群系统"),
    ("zhengfa", "政法系统"),
    ("jingji", "综合经济系统"),
    ("chengjian", "城建交通系统"),
    ("shehui", "社会事业系统"),
)
_UNITS = {
    "dangqun": """
        office:办公室 organisation:组织部 publicity:宣传部 united-front:统战部 work-committee:机关工委
        staffing:编办 party-school:党校 youth-league:团委 women:妇联 unions:总工会 archives:档案馆
        red-cross:红十字会
    """,
    "zhengfa": """
        legal-committee:政法委 court:法院 procuratorate:检察院 police:公安局 justice:司法局 petitions:信访局
        arbitration:仲裁委 notary:公证处 legal-aid:法援中心 fire:消防队 emergency:应急局 veterans:退役军人局
    """,
    "jingji": """
        reform:发改委 finance:财政局 taxation:税务局 audit:审计局 statistics:统计局 commerce:商务局
        industry:工信局 state-assets:国资委 market:市场监管局 approval:审批局 big-data:数据局 grain:粮储局
    """,
    "chengjian": """
        housing:住建局 urban:城管局 transport:交通局 water:水务局 natural-resources:资规局 ecology:生态环境局
        parks:园林局 weather:气象局 public-transit:公交中心 housing-fund:公积金中心 metro:轨道办 port:港航局
    """,
    "shehui": """
        education:教育局 health:卫健委 human-resources:人社局 civil-affairs:民政局 insurance:医保局
        culture:文旅局 sports:体育局 agriculture:农业农村局 library:图书馆 disease-control:疾控中心
        disabled:残联 science:科协
    """,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A department of the made-up city."""

    id: str
    label: str
    system: str

    @property
    def name(self) -> str:
        """The full name."""
        return f"云州市{self.label}"


@dataclass(frozen=True, slots=True)
class Practice:
    """Something a brand does."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Honour:
    """What a brand was given, by whom, in which month."""

    title: str
    issuer: str
    date: str


@dataclass(frozen=True, slots=True)
class Story:
    """The parts of a story; the link to another brand stands between ``before`` and ``after``."""

    headings: tuple[str, str]
    opening: str
    quote: str
    steps: tuple[str, ...]
    before: str
    after: str

    def markdown(self, link: str, name: str) -> str:
        """The story with its link to the brand called ``name``."""
        steps = "\n".join(f"- {each}" for each in self.steps)
        first, second = self.headings
        return (
            f"## {first}\n\n{self.opening}\n\n**“{self.quote}”**\n\n这是大家常说的一句话。\n\n"
            f"## {second}\n\n{steps}\n\n{self.before}[{name}]({link}){self.after}\n"
        )


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand with all its texts. ``other`` is the number of the brand that its story links to."""

    id: str
    name: str
    slogan: str
    unit: Unit
    category: str
    year: int
    established_on: date
    reviewed_on: date
    published_on: date
    concept: str
    connotation: str
    background: str
    method_code: str
    practices: tuple[Practice, ...]
    results: tuple[str, ...]
    honours: tuple[Honour, ...]
    office: str
    source: str
    story: Story
    other: int


def _units() -> Iterator[Unit]:
    for system, text in _UNITS.items():
        for each in text.split():
            id_, _, label = each.partition(":")
            yield Unit(id_, label, system)


UNITS = tuple(_units())

_STOCK: dict[str, Any] = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))
_NAME_STEP = 7919  # a prime larger than any list of names: each name is used once before any is used again


class _Teller:
    """Draws from the stock for one brand. ``fixed`` fills the gaps that are the same in all its texts."""

    def __init__(self, random: Random, **fixed: object) -> None:
        self.random, self.fixed = random, fixed

    def pick(self, stock: str) -> Any:
        """One entry as it stands."""
        return self.random.choice(_STOCK[stock])

    def one(self, stock: str) -> str:
        """One phrase, its gaps filled."""
        return self.fill(self.pick(stock))

    def some(self, stock: str, count: int) -> tuple[str, ...]:
        """``count`` different phrases, their gaps filled."""
        return tuple(map(self.fill, self.random.sample(_STOCK[stock], count)))

    def fill(self, phrase: str) -> str:
        """``phrase`` with its gaps filled."""
        number = self.random.randint
        return phrase.format(
            who=self.pick("who"),
            place=self.pick("place"),
            matter=self.pick("matter"),
            team=self.pick("team"),
            few=number(2, 9),
            few2=number(3, 12),
            many=number(20, 980),
            days=number(3, 15),
            percent=number(11, 69),
            high=number(91, 99),
            **self.fixed,
        )

    def practices(self, name: str) -> tuple[Practice, ...]:
        """Three practices of the brand called ``name``."""
        drawn = self.random.sample(_STOCK["practices"], 3)
        return tuple(Practice(title, f"{self.fill(body)}{name}照此办理。") for title, body in drawn)

    def honours(self, year: int) -> tuple[Honour, ...]:
        """Three honours from the years before the brand is published."""
        number = self.random.randint
        months = sorted(f"{year - number(0, 2)}-{number(1, 3):02}" for _ in range(3))
        titles = self.random.sample(_STOCK["honours"], 3)
        return tuple(Honour(title, self.pick("issuers"), month) for title, month in zip(titles, months, strict=True))

    def story(self) -> Story:
        """The story."""
        return Story(
            headings=self.pick("headings"),
            opening=self.one("openings"),
            quote=self.one("quotes"),
            steps=self.some("steps", 3),
            before=self.one("befores"),
            after=self.one("afters"),
        )


def brand_id(number: int) -> str:
    """The id of the brand with this number, counted from 0."""
    return f"brand-{number:06}"


def _name_parts(number: int, seed: int) -> tuple[str, str, str]:
    heads, tails, ends = _STOCK["heads"], _STOCK["tails"], _STOCK["ends"]
    rest, end = divmod((number * _NAME_STEP + seed) % (len(heads) * len(tails) * len(ends)), len(ends))
    head, tail = divmod(rest, len(tails))
    return heads[head], tails[tail], ends[end]


def brand_name(number: int, seed: int) -> str:
    """The name of the brand with this number."""
    return "".join(_name_parts(number, seed))


def make_brand(number: int, count: int, seed: int) -> Brand:
    """The brand with ``number`` out of ``count``. Only its link to another brand depends on ``count``."""
    random = Random(f"{seed}/{number}")
    head, tail, _ = _name_parts(number, seed)
    year = FIRST_YEAR + number % YEARS
    published = date(year, 4, 1) + timedelta(days=random.randrange(240))
    reviewed = published - timedelta(days=random.randint(3, 20))
    name = brand_name(number, seed)
    teller = _Teller(random, year=year, head=head, tail=tail)
    category = number if number < len(CATEGORIES) else random.randrange(len(CATEGORIES))
    unit = number if number < len(UNITS) else random.randrange(len(UNITS))
    step = random.random()
    return Brand(
        id=brand_id(number),
        name=name,
        slogan=f"{teller.one('slogans')}，{name}",
        unit=UNITS[unit],
        category=CATEGORIES[category][0],
        year=year,
        established_on=date(year - random.randint(1, 4), random.randint(1, 12), random.randint(1, 28)),
        reviewed_on=reviewed,
        published_on=published,
        concept=f"{name}：{teller.one('concepts')}",  # no text of a brand is also that of another, as in a real season
        connotation=f"{teller.one('connotations')}这就是{name}。",
        background=f"{teller.one('backgrounds')}{name}由此开始。",
        method_code=f"{random.randint(1, 3)}+{random.randint(2, 9)}+N",
        practices=teller.practices(name),
        results=tuple(f"{name}：{each}" for each in teller.some("results", 4)),
        honours=teller.honours(year),
        office=teller.pick("offices"),
        source=teller.one("sources"),
        story=teller.story(),
        other=(number + 1 + int(step * (count - 1))) % count,
    )


def make_brands(count: int, seed: int) -> Iterator[Brand]:
    """All brands, one after the other. Raises ``ValueError`` for fewer than two: each links to another."""
    if count < 2:
        raise ValueError("a corpus needs at least two brands")
    return (make_brand(number, count, seed) for number in range(count))


def welcome(link: str, seed: int) -> str:
    """The introduction of the home page, with a link to the first brand."""
    return f"从[{brand_name(0, seed)}]({link})看起。"


# -- writing --------------------------------------------------------------------------------------


def write_corpus(out: Path, brands: int, seed: int, *, pictures: bool = False) -> None:
    """Write a whole valid site of ``brands`` brands into the folder ``out``, which may not exist yet."""
    drawn = make_brands(brands, seed)
    (out / "content" / "about").mkdir(parents=True, exist_ok=True)
    _write(out / "site_config.yml", _config())
    _write(out / "content" / "units.yml", "".join(map(_unit_row, UNITS)))
    _write(out / "content" / "index.md", _page("首页", welcome(f"../brands/{brand_id(0)}/brand.yml", seed)))
    _write(out / "content" / "about" / "index.md", _page("关于", ABOUT))
    for brand in drawn:
        folder = out / "brands" / brand.id
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "brand.yml", brand_yaml(brand) + (_MEDIA if pictures else ""))
        link, name = f"../{brand_id(brand.other)}/brand.yml", brand_name(brand.other, seed)
        _write(folder / "story.md", brand.story.markdown(link, name))
        if pictures:
            _write_pictures(folder / "img", Random(f"{seed}/{brand.id}/img"))


def fields_yaml(brand: Brand) -> str:
    """The fields that every writer of a brand needs, as YAML: the texts, in the order of a brand's page."""
    practices = "".join(f"  - title: {each.title}\n    body: {each.body}\n" for each in brand.practices)
    results = "".join(f"  - text: {each}\n" for each in brand.results)
    honours = "".join(
        f'  - title: {each.title}\n    issuer: {each.issuer}\n    date: "{each.date}"\n' for each in brand.honours
    )
    return (
        f"slogan: {brand.slogan}\n"
        f"year: {brand.year}\n"
        f"established_on: {brand.established_on}\n"
        f"published_on: {brand.published_on}\n"
        f"concept: {brand.concept}\n"
        f"connotation: {brand.connotation}\n"
        f"background: {brand.background}\n"
        f'method_code: "{brand.method_code}"\n'
        f"practices:\n{practices}results:\n{results}honours:\n{honours}"
        f"contact:\n  office: {brand.office}\n"
        f"sources:\n  - title: {brand.source}\n"
    )


def brand_yaml(brand: Brand) -> str:
    """The record ``brand.yml``."""
    return (
        f"id: {brand.id}\nname: {brand.name}\nunit: {brand.unit.id}\ncategory: {brand.category}\n"
        "status: published\n"
        f"{fields_yaml(brand)}"
        f"reviews:\n  - {{stage: 初审, role: 机关党委, date: {brand.reviewed_on - timedelta(days=30)}}}\n"
        f"  - {{stage: 终审, role: 机关工委, date: {brand.reviewed_on}}}\n"
    )


_MEDIA = """logo:
  src: img/logo.png
  alt: 一个方形标识
  meaning: 两种颜色相依，表示机关与群众同心。
  uses_party_emblem: false
gallery:
  - src: img/hall.png
    alt: 服务大厅的一角
    caption: 清晨的大厅
"""


def _config() -> str:
    systems = "".join(f"  - {{id: {id_}, name: {name}}}\n" for id_, name in SYSTEMS)
    categories = "".join(f"  - {{id: {id_}, name: {name}}}\n" for id_, name in CATEGORIES)
    return f"""name: {SITE_NAME}
description: {DESCRIPTION}
opening:
  title: 一城一展
  subtitle: 云州机关品牌线上展
colours:
  accent: "#9b1b1f"
  paper: "#faf7f1"
  ink: "#23211f"
  gold: "#8a6420"
  night: "#171412"
navigation:
  - {{title: 品牌墙, to: brands/}}
  - {{title: 单位, to: units/}}
  - {{title: 关于, to: about/}}
footer:
  organiser: 云州市机关工委
systems:
{systems}categories:
{categories}limits:
  wall_page: {PAGE_SIZE}
"""


def _unit_row(unit: Unit) -> str:
    return (
        f"- id: {unit.id}\n  name: {unit.name}\n  short_name: {unit.label}\n  system: {unit.system}\n"
        "  valid_from: 1990-01-01\n  should_have_brand: true\n"
    )


def _page(title: str, body: str) -> str:
    return f"---\ntitle: {title}\nstatus: published\npublished_on: {FIRST_YEAR}-01-01\n---\n{body}\n"


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _write_pictures(folder: Path, random: Random) -> None:
    """A flat mark and a grainy picture, as different from each other as a logo and a photograph."""
    folder.mkdir(exist_ok=True)
    ground, figure = random.randbytes(3), random.randbytes(3)
    plain, across = ground * 400, ground * 120 + figure * 160 + ground * 120
    (folder / "logo.png").write_bytes(_png(400, [plain] * 120 + [across] * 160 + [plain] * 120))
    rows: list[bytes] = []
    for band in range(100):
        grain = bytes(60 + band + each % 16 for each in range(256))
        rows += [random.randbytes(1280 * 3).translate(grain)] * 8
    (folder / "hall.png").write_bytes(_png(1280, rows))


def _png(width: int, rows: Sequence[bytes]) -> bytes:
    """An RGB picture as PNG (W3C PNG, section 11.2: IHDR, IDAT, IEND)."""
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def main() -> None:
    """Write a corpus from the command line."""
    parser = argparse.ArgumentParser(description="Write a made-up site of any size.")
    parser.add_argument("--brands", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pictures", action="store_true", help="give each brand a mark and a picture")
    options = parser.parse_args()
    if options.brands < 2:
        parser.error("--brands must be at least 2")
    write_corpus(options.out, options.brands, options.seed, pictures=options.pictures)


if __name__ == "__main__":
    main()
