"""The parts of the wall's script that say again in the browser what Python says: each is run in Node and asked the same."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import Any
from unicodedata import normalize
from urllib.parse import parse_qsl, quote

import pytest

from generator.outputs.search.folding import fold, needed, plain, words
from generator.text.pinyin import initials, spelled
from tests.helpers.page_scripts import answers, search_parts
from tests.helpers.search_index import sounds_like
from tests.helpers.walls import Made, counts, events, found, make, values_of

pytestmark = pytest.mark.node

COUNT = 400
SORTS = ("newest", "oldest", "name", "unit")
NEEDS_A_PAGE = ("13-start.js",)
# Gives the wall its data, and the state that is asked for.
TAKEN = """
  const wall = exhibitWallParts;
  if (!wall.index) { wall.take(exhibitWall.index); wall.got = exhibitWall; wall.names = wall.facets.map(each => each.name); }
  const picked = {}; for (const name of wall.names) picked[name] = (asked.picked || {})[name] || [];
  wall.state = {picked, find: asked.find || "", sort: asked.sort || "newest", view: asked.view || "grid", others: []};
"""
# Elements as far as cards need them, written as the events that tests.helpers.walls.events makes of HTML.
ELEMENTS = """
  class Element {
    constructor(tag) { this.tag = tag; this.attributes = []; this.children = []; }
    setAttribute(name, value) { this.attributes.push(`${name}=${value}`); }
    appendChild(child) { this.children.push(child); return child; }
    events() {
      const inside = this.children.flatMap(each => typeof each === "string" ? [[each]] : each.events());
      return [[`<${this.tag}`, ...this.attributes], ...inside, ...(VOID.includes(this.tag) ? [] : [[`</${this.tag}`]])];
    }
  }
  const VOID = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
  document.createElement = tag => new Element(tag);
  document.createTextNode = text => text;
"""


@cache
def _made() -> Made:
    return make(COUNT, seed=11)


def _asked(give: str, asked: Sequence[Any], tmp_path: Any) -> list[Any]:
    """What the wall's script answers with the data of a made-up wall."""
    files = []
    for address, content in _made().files.items():
        if address.startswith("walls/brands/"):
            files.append(tmp_path / address.replace("/", "-"))
            files[-1].write_bytes(content)
    return answers("wall", give, asked, NEEDS_A_PAGE, [str(each) for each in files])


def _values() -> list[dict[str, set[str]]]:
    return [values_of(each, _made().catalog) for each in _made().records]


def _labels() -> dict[str, dict[str, str]]:
    text = _made().files["walls/brands/index.js"].decode()
    return {each["name"]: dict(each["values"]) for each in json.loads(text[text.index("={") + 1 : -2])["facets"]}


def _holds(number: int, find: str, values: Mapping[str, set[str]], labels: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a brand has every word in its name, its first letters, its slogan or the label of a value."""
    data = _made().records[number].data
    texts = [_folded(data.name), initials(data.name), _folded(data.slogan or "")]
    texts += [_folded(labels[facet][id]) for facet, ids in values.items() for id in ids]
    return all(any(word in text for text in texts) for word in _folded(find).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _states(count: int) -> list[dict[str, Any]]:
    """Any states: values that are there and ids that nobody knows, words of names, of letters and of labels."""
    random, labels = Random(5), _labels()
    ids = {name: [*known, "nobody", "constructor", "__proto__"] for name, known in labels.items()}
    words = ["阳光", "YG", "ｔｐ", "2020", "第3局", "办 2021", "没有这样的名字"]
    return [
        {
            "picked": {
                name: list(dict.fromkeys(random.choices(own, k=random.randint(1, 3))))
                for name, own in ids.items()
                if random.random() < 0.3
            },
            "find": random.choice(words) if random.random() < 0.4 else "",
        }
        for _ in range(count)
    ]


def test_the_script_finds_and_counts_what_the_records_say(tmp_path: Any) -> None:
    states, values, labels = _states(300), _values(), _labels()
    give = f"""asked => {{ {TAKEN}
      const result = wall.tally(), counts = {{}};
      for (const facet of wall.facets) {{
        counts[facet.name] = {{}};
        facet.values.forEach(([id], at) => {{ if (facet.counts[at]) counts[facet.name][id] = facet.counts[at]; }});
      }}
      const matched = [...result.matched].flatMap((is, number) => is ? [number] : []);
      return {{matched, total: result.total, near: result.near, counts, conditions: wall.conditions(result.near)}};
    }}"""
    is_empty = 0
    for state, answer in zip(states, _asked(give, states, tmp_path), strict=True):
        picked = {name: [each for each in ids if each in labels[name]] for name, ids in state["picked"].items()}
        picked = {name: ids for name, ids in picked.items() if ids}
        fits = {n for n in range(COUNT) if _holds(n, state["find"], values[n], labels)}
        mine = [each if number in fits else dict.fromkeys(each, set()) for number, each in enumerate(values)]
        matched = [each for each in found(values, picked) if each in fits]
        assert answer["matched"] == matched
        assert answer["total"] == len(matched)
        for facet in labels:
            assert answer["counts"][facet] == counts(mine, picked, facet)
        without = {
            name: len([n for n in found(values, {k: v for k, v in picked.items() if k != name}) if n in fits])
            for name in picked
        }
        told = {each["name"]: each for each in answer["conditions"]}
        assert set(told) == {*picked, *([""] if state["find"] else [])}
        for name in picked:
            assert answer["near"][name] == without[name] - len(matched)
            assert told[name]["alone"] == len(found(values, {name: picked[name]}))
        if state["find"]:
            assert told[""]["alone"] == len(fits)
            assert answer["near"]["find"] == len(found(values, picked)) - len(matched)
        is_empty += not matched
    assert 20 < is_empty < 280


def test_the_script_folds_what_is_typed_as_names_are_spelled() -> None:
    blocks = (
        range(0x20, 0x17F),
        range(0x2010, 0x2030),
        range(0x3000, 0x3040),
        range(0x4E00, 0xA000),
        range(0xFF01, 0xFFE7),
    )
    asked = [chr(each) for block in blocks for each in block]
    assert answers("wall", "exhibitWallParts.folded", asked, NEEDS_A_PAGE) == [_folded(each) for each in asked]


@pytest.mark.parametrize("find", ["陽光", "yangguang", "yáng guāng", "YG", "阳·光", "看得見夠得着", "群眾", "yang2guang1"])
def test_with_the_script_of_the_search_the_wall_reads_what_is_typed_as_that_does(find: str, tmp_path: Any) -> None:
    """Traditional characters, pinyin with and without tones, marks in between, slogans."""
    records = _made().records
    give = f"""async asked => {{ {TAKEN}
      exhibitSearch.head = {{fold: asked.table}};
      wall.engine = exhibitSearch;
      wall.got.names.texts = null;
      return [...wall.tally().matched].flatMap((is, number) => is ? [number] : []);
    }}"""
    files = []
    for address, content in _made().files.items():
        if address.startswith("walls/brands/"):
            files.append(tmp_path / address.replace("/", "-"))
            files[-1].write_bytes(content)
    parts = search_parts()
    texts = [f"{each.data.name}\n{each.data.slogan or ''}" for each in records]
    table = needed(frozenset("".join(map(fold, (*texts, find)))))
    (given,) = answers("wall", give, [{"find": find, "table": table}], NEEDS_A_PAGE, [*map(str, files), *parts])
    labels = {str(each) for facet in _labels().values() for each in facet.values()}
    assert not any(word in plain(fold(each), is_prose=False) for word in words(fold(find)) for each in labels)

    def holds(number: int, word: str) -> bool:
        if any(word in plain(fold(each), is_prose=False) for each in texts[number].split("\n")):
            return True
        letters = "".join(each for each in normalize("NFD", word) if each.isascii() and each.isalpha())
        return len(letters) > 1 and sounds_like([each.rstrip("12345") for each in spelled(records[number].data.name)], letters)

    mine = [number for number in range(COUNT) if all(holds(number, word) for word in words(fold(find)))]
    assert given == mine and mine


@pytest.mark.parametrize("view", ["grid", "timeline"])
def test_the_script_puts_records_into_the_order_of_their_names_units_and_days(view: str, tmp_path: Any) -> None:
    records, files = _made().records, _made().files
    states = [{"sort": sort, "view": view} for sort in SORTS]
    orders = dict(zip(SORTS, _asked(f"asked => {{ {TAKEN} return wall.order(); }}", states, tmp_path), strict=True))
    days = [each.data.established_on for each in records]
    for sort, order in orders.items():
        given = list(range(COUNT))
        if sort != "newest":
            given = json.loads(files[f"walls/brands/by-{sort}.js"].decode().partition("]=")[2].removesuffix(";\n"))
        if view == "timeline" and sort in ("newest", "oldest"):
            down = sort == "newest"
            given.sort(key=lambda n: -days[n].toordinal() if down else days[n].toordinal())  # noqa: B023
        elif view == "timeline":
            given.sort(key=lambda n: -days[n].year)
        assert order == given, sort


def test_the_script_tells_a_day_from_a_year() -> None:
    asked = [20240131, 10000101, 2024, 1999]
    assert answers("wall", "exhibitWallParts.year_of", asked, NEEDS_A_PAGE) == [2024, 1000, 2024, 1999]


def test_the_script_puts_cards_together_as_the_template_hangs_them(tmp_path: Any) -> None:
    page = _made().files["brands/index.html"].decode()
    items = re.findall(r'<li><a class="card".*?</li>', page, re.DOTALL)
    give = f"""number => {{ const asked = {{}}; {TAKEN} {ELEMENTS}
      return wall.from_shape(exhibitWall["cards-0"], number).events(); }}"""
    cards = _asked(give, range(len(items)), tmp_path)
    assert len(items) == 24
    for item, card in zip(items, cards, strict=True):
        lazy = ("loading=", "fetchpriority=")  # the first cards of a page are fetched at once
        assert _plain(card, lazy) == _plain(events(item), lazy)


def _plain(card: Sequence[Sequence[str]], without: tuple[str, ...]) -> list[list[str]]:
    """Events with texts that stand side by side as one."""
    made: list[list[str]] = []
    for tag, *attributes in card:
        if made and not tag.startswith("<") and not made[-1][0].startswith("<"):
            made[-1][0] += tag
        else:
            made.append([tag, *(each for each in attributes if not each.startswith(without))])
    return made


def test_the_script_reads_and_writes_an_address_alike() -> None:
    names = ["year", "unit"]
    queries = {
        "": "",
        "year=2023,2022&unit=court": "?year=2023,2022&unit=court",
        "unit=court&year=2023,2023,": "?year=2023&unit=court",
        "from=a,b&year=&q=%E9%98%B3+%20x&sort=name": f"?from=a,b&q={quote('阳')}%20%20x&sort=name",
        "q=%E9%98&view=timeline&__proto__=x&utm=%E4": "?__proto__=x&utm=%E4&view=timeline",
        "q=" + "x" * 99 + "&view=grid&sort=newest": "?q=" + "x" * 60,
    }
    give = f"search => {{ const wall = exhibitWallParts; wall.names = {names}; const state = wall.read('?' + search);"
    give += " return [wall.written(state), wall.is_changed(state), wall.written(wall.read(wall.written(state)))]; }"
    for query, (written, is_changed, again) in zip(queries, answers("wall", give, queries, NEEDS_A_PAGE), strict=True):
        assert written == again == queries[query]
        ours = {*names, "q", "sort", "view"} & {name for name, _ in parse_qsl(written.removeprefix("?"))}
        assert is_changed == bool(ours)
