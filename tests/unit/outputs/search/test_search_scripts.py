"""The parts of the search's script that read what Python wrote: each is run in Node and asked the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.outputs.search import coding, grams, packing, sounds
from generator.outputs.search.entries import SearchEntry
from generator.outputs.search.folding import fold, needed, plain, words
from generator.outputs.search.index import Labels, compared, make
from tests.helpers.page_scripts import answers, search_parts
from tests.helpers.search_index import sounds_like

pytestmark = pytest.mark.node

LABELS = Labels(
    {"brand": "品牌", "unit": "单位"}, lambda year: f"{year}年", {"court": "市法院", "tax": "税务局"}, {"fazhi": "法治"}
)
NAMES = (
    "陽光天平",
    "阳光税窗",
    "银行行长进社区",
    "重庆路上的重阳节",
    "“1+7”板凳调解",
    "Ｅ家亲",
    "绿水青山",
    "𠮷祥如意",
)
# Files are there at once.
LOADED = """document.createElement = () => ({remove() {}});
  document.head ||= {appendChild(script) { const name = /(\\w+)\\.js\\?/.exec(script.src)[1]; window.kept ||= {};
    exhibitSearch.arrived[name] = kept[name] ||= exhibitSearch.arrived[name]; script.onload(); }};"""


def test_the_script_reads_numbers_columns_and_lists_as_they_were_written() -> None:
    random = Random(3)
    values = [[random.randrange(1 << random.randint(1, 30)) for _ in range(random.randint(0, 40))] for _ in range(80)]
    columns = [[random.randrange(3) for _ in range(random.randint(0, 90))] for _ in range(40)]
    sets = [sorted(set(random.choices(range(random.choice((30, 900))), k=random.randint(1, 200)))) for _ in range(80)]
    ranked = [[sorted(random.sample(range(300), random.randint(0, 60))) for _ in range(7)] for _ in range(40)]
    best: list[dict[str, int]] = []
    for each in ranked:
        best.append({})
        for rank, entries in enumerate(each, 1):
            for entry in entries:
                best[-1].setdefault(str(entry), rank)
    asked = [
        *(["numbers", "".join(map(coding.number, each))] for each in values),
        *(["column", coding.column(each)] for each in columns),
        *(["ascending", coding.ascending(each)] for each in sets),
        *(["addLists", grams.encode(each)] for each in ranked),
    ]
    give = """([name, text]) => {
      if (name === "ascending") { const found = []; exhibitSearch.ascending(text, each => found.push(each)); return found; }
      if (name === "addLists") { const ranks = {}; exhibitSearch.addLists(text, ranks); return ranks; }
      return exhibitSearch[name](text);
    }"""
    assert answers("search", give, asked) == [*values, *columns, *sets, *best]


def test_the_script_folds_a_character_as_the_index_does() -> None:
    blocks = (
        range(0x20, 0x80),
        range(0x2000, 0x2070),
        range(0x2E80, 0xA000),
        range(0xF900, 0xFB07),
        range(0xFE10, 0xFEF0),
        range(0xFF01, 0xFFF0),
    )
    asked = [chr(each) for block in blocks for each in block]
    table = needed(frozenset(map(fold, asked)))
    give = "([text, table]) => { exhibitSearch.head = {fold: table, folded: {}}; return Array.from(text, exhibitSearch.fold); }"
    (given,) = answers("search", give, [["".join(asked), table]])
    other = {
        one: (mine, theirs) for one, mine, theirs in zip(asked, map(fold, asked), given, strict=True) if mine != theirs
    }
    assert other == {}


def test_the_script_leaves_out_of_a_text_and_of_a_question_what_the_index_does() -> None:
    random = Random(5)
    signs = "阳光天平ab19 ,.:;!?/_-'’“”「」（）《》·•、。，：；！？—…+%\u3000\u200b\ue123é𠮷"
    asked = [
        *("2023年度“十佳”党建品牌", "阳光·天平", "AI 导诉", "2023-06", "第 1-3 批", "Dock A: the yard", "93.5%"),
        *("".join(random.choices(signs, k=random.randint(0, 24))) for _ in range(600)),
    ]
    give = """([text, table]) => { exhibitSearch.head = {fold: table};
      const folded = exhibitSearch.fold(text), places = [], plain = exhibitSearch.plain(folded, true, places);
      return [exhibitSearch.plain(folded, false), plain, exhibitSearch.wordsOf(text), places.map(at => folded[at]).join("").length];
    }"""
    tables = [needed(frozenset(fold(each))) for each in asked]
    for text, given in zip(asked, answers("search", give, zip(asked, tables, strict=True)), strict=True):
        folded, prose = fold(text), plain(fold(text), is_prose=True)
        assert given[:3] == [plain(folded, is_prose=False), prose, words(folded)], text
        assert given[3] == len(prose.encode("utf-16-le")) // 2


def test_the_script_unpacks_a_text_as_it_was_packed_also_one_never_seen_before() -> None:
    texts = [
        f'第{number}个品牌把窗口搬到群众身边，让数据多跑路~ \\ "{number}"\n{NAMES[number % 8]}' for number in range(90)
    ]
    packer = packing.learn(texts)
    packed = [packer.pack(each) for each in [*texts, "从没见过的\u2028𠮷 text"]]
    give = "([table, packed]) => { exhibitSearch.unpacker(table); return exhibitSearch.unpack(packed); }"
    given = answers("search", give, [[packer.table, each] for each in packed])
    assert given == [packing.unpack(each, *packer.table) for each in packed] == [*texts, "从没见过的\u2028𠮷 text"]


def _entries(count: int) -> list[SearchEntry]:
    random = Random(8)
    return [
        SearchEntry(
            address=f"brands/{number}/",
            title=random.choice(NAMES) + random.choice(("", "服务", "A1")),
            kind=random.choice(("brand", "unit")),
            year=random.choice((2022, 2024)),
            unit=random.choice(("court", "tax")),
            category="fazhi",
            sample=False,
            also=(),
            facts=(),
            line=(),
            honours=(),
            headings=(),
            text=("".join(random.choices(("阳光", "光天", "天光", "天平", "服务", "陽光A1 "), k=8)),),
        )
        for number in range(count)
    ]


def _index(folder: Path, entries: list[SearchEntry]) -> list[str]:
    files = []
    for name, content in make(entries, LABELS).items():
        files.append(folder / f"{name}.js")
        files[-1].write_bytes(content)
    return list(map(str, files))


def _pieces(text: str) -> set[str]:
    return {text[at : at + long] for long in (1, 2, 3) for at in range(len(text))}


def test_the_script_finds_exactly_the_entries_whose_texts_hold_every_word(tmp_path: Path) -> None:
    entries = _entries(120)
    texts = ["\n".join(compared(each.fields)) for each in entries]
    pieces = sorted({each for name in NAMES for each in _pieces(name)})
    asked = [
        *pieces,
        *(f"{one} {other}" for one, other in zip(pieces[::3], pieces[1::3], strict=False)),
        "没有",
        "阳光天光",
    ]
    give = f"""async query => {{ {LOADED}
      const answer = await exhibitSearch.ask(query), taken = await exhibitSearch.take(answer, answer.entries, 0, 500);
      return taken.results.map(each => each.address);
    }}"""
    for query, addresses in zip(asked, answers("search", give, asked, before=_index(tmp_path, entries)), strict=True):
        parts = words(fold(query))
        if any(each.isascii() and len(each) > 1 for each in parts):
            continue  # letters are also found by sound, which the next test asks
        holders = [number for number, text in enumerate(texts) if all(each in text for each in parts)]
        assert sorted(addresses) == sorted(f"brands/{number}/" for number in (holders if parts else [])), query


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("yangguang", "陽光天平"),
        ("ygtp", "陽光天平"),
        ("yinhang", "银行行长进社区"),
        ("chongq", "重庆路上的重阳节"),
        ("lv", "绿水青山"),
    ],
)
def test_the_script_finds_a_name_by_its_sound_where_it_is_said(word: str, name: str, tmp_path: Path) -> None:
    entries = _entries(120)
    give = f"async word => {{ {LOADED} await exhibitSearch.start(); return exhibitSearch.ofSound(word); }}"
    (found,) = answers("search", give, [word], before=_index(tmp_path, entries))
    heard = {number for number, each in enumerate(entries) if sounds_like(sounds.readings(each.title), word)}
    assert {int(each) for each in found} == heard and heard
    for number, each in found.items():
        assert each["start"] == 0 or not entries[int(number)].title.startswith(name)


def test_the_script_counts_facets_as_the_entries_say(tmp_path: Path) -> None:
    entries = _entries(120)
    give = f"""async filters => {{ {LOADED}
      const answer = await exhibitSearch.ask("阳光"), chosen = exhibitSearch.chosen(answer, filters);
      return [chosen, exhibitSearch.facets(answer, filters)];
    }}"""
    filters: list[dict[str, Any]] = [
        {},
        {"unit": "court"},
        {"unit": "tax", "year": "2024"},
        {"kind": "unit", "year": "2022"},
    ]
    held = [each for each in enumerate(entries) if "阳光" in "\n".join(compared(each[1].fields))]
    for wanted, (chosen, facets) in zip(
        filters, answers("search", give, filters, before=_index(tmp_path, entries)), strict=True
    ):

        def fits(entry: SearchEntry, without: str, wanted: dict[str, str] = wanted) -> bool:
            return all(str(getattr(entry, name)) == value for name, value in wanted.items() if name != without)

        assert sorted(chosen) == [number for number, each in held if fits(each, "")]
        for facet in facets:
            mine = Counter(str(getattr(each, facet["name"])) for _, each in held if fits(each, facet["name"]))
            assert {each["id"]: each["count"] for each in facet["values"] if each["count"]} == mine
            active = [each["id"] for each in facet["values"] if each["isActive"]]
            assert active == [wanted[each] for each in wanted if each == facet["name"]]


def test_the_script_may_come_twice_and_goes_on_with_what_it_has(tmp_path: Path) -> None:
    again = search_parts()
    (tmp_path / "ask.js").write_text(f"{LOADED} window.before = exhibitSearch.ask('阳光税');", "utf-8")
    files = [*_index(tmp_path, _entries(20)), str(tmp_path / "ask.js"), *again]
    give = "async () => { const answer = await before; return (await exhibitSearch.take(answer, answer.entries, 0, 50)).results.length; }"
    (count,) = answers("search", give, [None], before=files)
    assert count == len([each for each in _entries(20) if "阳光税" in "\n".join(compared(each.fields))]) > 0


def test_the_script_fetches_no_file_twice(tmp_path: Path) -> None:
    give = """async () => {
      const fetched = [], {head} = exhibitSearch.arrived;
      document.createElement = () => ({remove() {}});
      document.head = {appendChild(script) { fetched.push(script.src.replace(/.*search\\//, "")); script.onload(); }};
      exhibitSearch("head", head.stamp, head.data);
      await exhibitSearch.start();
      for (let time = 0; time < 3; time++) await exhibitSearch.readTexts([0, 1, 19]);
      return fetched;
    }"""
    index = _index(tmp_path, _entries(20))
    (fetched,) = answers("search", give, [None], before=index)
    names = [each.partition(".js?")[0] for each in fetched]
    assert len(names) > 2 and sorted(names) == sorted(set(names))
    assert not [each for each in fetched if "&" in each], "past what the browser keeps"
