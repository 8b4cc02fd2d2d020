"""What an edit changes in the index of the search, and who asks while it is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.search import grams
from generator.outputs.search.coding import read_column
from generator.outputs.search.entries import SearchEntry
from generator.outputs.search.index import Size, compared, make
from tests.helpers.page_scripts import answers, search_parts
from tests.helpers.search_entries import LABELS, PHRASES, SEASONS, TEXT, entry
from tests.helpers.search_index import read_files


def _changed(one: Sequence[SearchEntry], other: Sequence[SearchEntry]) -> set[str]:
    before, after = make(one, LABELS), make(other, LABELS)
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def _found(entries: Sequence[SearchEntry]) -> grams.Lists:
    return grams.lists([compared(each.fields) for each in entries])


def _pairs(found: grams.Lists, number: int) -> set[tuple[int, str]]:
    return {(rank, pair) for rank, each in enumerate(found) for pair, held in each.items() if number in held}


@given(st.lists(TEXT, min_size=20, max_size=40), TEXT, st.data())
def test_an_edited_text_changes_the_shards_of_its_pairs_its_own_and_the_head(
    texts: list[str], edited: str, data: st.DataObject
) -> None:
    number = data.draw(st.integers(SEASONS, len(texts) - 1))
    entries = [entry(at, each) for at, each in enumerate(texts)]
    others = [*entries[:number], entry(number, edited), *entries[number + 1 :]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "ALL", 90)
        patch.setattr(grams, "PIECE", 40)
        size = Size.of(len(entries)).grams
        changed = _changed(entries, others)
        one, other = _found(entries), _found(others)
        large, larger = grams.shards(one, size)[1], grams.shards(other, size)[1]
        allowed = {"head", "stamps", f"t{number // 4}"}
        for _, (first, second) in _pairs(one, number) ^ _pairs(other, number):
            count = large.get(first, 1)
            if count == larger.get(first, 1):
                pieces = {0, grams.slot(ord(second), count)}
            else:  # it grew a piece more or less
                pieces = set(range(max(count, larger.get(first, 1))))
            allowed |= {f"g{grams.home(first, each, size)}" for each in pieces}
        assert changed <= allowed
        assert ("head" in changed) == (texts[number].strip() != edited.strip() or bool(changed))


def test_a_long_text_stands_alone_and_moves_only_its_neighbours() -> None:
    random = Random(4)
    entries = [entry(number, "".join(random.choices(PHRASES, k=20))) for number in range(60)]
    long = "".join(chr(0x4E00 + random.randrange(9000)) for _ in range(9000))
    others = [*entries[:30], replace(entries[30], text=(long,)), *entries[31:]]
    counts = read_column(read_files(make(others, LABELS))["head"]["texts"])
    assert counts == [4, 4, 4, 4, 4, 4, 6, 1, 5, *[4] * 6]
    assert {each for each in _changed(entries, others) if each[0] == "t"} == {"t6", "t7", "t8"}


def test_one_more_entry_at_the_end_leaves_all_texts_before_it() -> None:
    entries = [entry(number, PHRASES[number % 13] * 5) for number in range(61)]
    changed = _changed(entries[:-1], entries)
    assert {each for each in changed if each[0] == "t"} == {"t15"}
    assert {"head", "facets", "stamps"} < changed and "table" not in changed


def test_an_edit_of_what_the_table_is_learnt_from_is_the_only_one_that_renews_it() -> None:
    entries = [entry(number, PHRASES[number % 13] * 5) for number in range(60)]
    renewing = set()
    for number in range(0, 60, 5):
        edited = replace(entries[number], text=("新词新词",))
        if "table" in _changed(entries, [*entries[:number], edited, *entries[number + 1 :]]):
            renewing.add(number)
    assert renewing == {0, 5, 10, 15}


# -- across a publication


_VISIT = """async ({parts, sites, at, late, seed, queries}) => {
  let asked = 0, chance = seed + 1;
  const kept = new Map(), random = () => (chance = chance * 48271 % 2147483647) / 2147483647;
  delete window.exhibitSearch;
  for (const each of parts) (0, eval)(each);
  document.createElement = () => ({remove() {}});
  document.head = {appendChild(script) {
    const [, name, stamp] = /search\\/(\\w+)\\.js\\?(.*)/.exec(script.src), isKept = /^[\\w-]{5}$/.test(stamp) && name !== "head";
    // A browser keeps what it got under a stamp, also what came while the site was being replaced.
    const text = isKept && kept.has(script.src) ? kept.get(script.src) : sites[asked++ < (name === "head" ? at : at + late) ? 0 : 1][name];
    if (isKept && text) kept.set(script.src, text);
    setTimeout(() => { if (text) { (0, eval)(text); script.onload(); } else script.onerror(); }, 4 * random());
  }};
  const ask = (query, left) => exhibitSearch.answered(query, async found => {
    const facets = exhibitSearch.facets(found, {}).map(each => each.values.map(one => [one.id, one.count]));
    const taken = await exhibitSearch.take(found, found.entries, 0, 99);
    return JSON.stringify([found.entries, facets, taken.results]);
  }).catch(error => { if (!left) throw error; return ask(query, left - 1); });  // as somebody does who is told to
  const answers = [];
  for (let from = 0; from < queries.length; from += 2) answers.push(...await Promise.all(queries.slice(from, from + 2).map(each => ask(each, late ? 12 : 0))));
  return answers;
}"""
QUERIES = ("阳光", "群众服务窗口", "第3", "fy", "的 天平", "新词", "法院第1", "阳光", "为民服务的", "qz", "窗口", "新词的阳光")


@pytest.mark.node
@pytest.mark.parametrize("late", [0, 6, -6])
def test_who_asks_while_the_site_is_replaced_gets_answers_of_one_publication(late: int) -> None:
    """At whatever request it happens, with two questions at a time and a browser that keeps what it got; also where the
    head is replaced some requests before all else, or after it. Only then must somebody ask again."""
    random = Random(6)
    before = [entry(number, "".join(random.choices(PHRASES, k=14))) for number in range(64)]
    edited = replace(before[40], text=("新词的阳光窗口",), title="新词天平")
    after = [*before[:9], *before[10:40], edited, *before[41:60], entry(99, "群众服务窗口的阳光"), *before[60:]]
    sites = [{name: each.decode() for name, each in make(some, LABELS).items()} for some in (before, after)]
    parts = [Path(each).read_text("utf-8") for each in search_parts()]
    asked = {"parts": parts, "sites": sites, "queries": QUERIES, "late": late}
    moments = [10_000, 0, *range(1, 90, 2)]
    old, new, *visits = answers("search", _VISIT, [{**asked, "at": at, "seed": at} for at in moments])
    told = [number for number, each in enumerate(new) if each != old[number]]  # those tell what they were answered from
    assert len(told) > 6
    ends = set()
    for at, told_then in zip(moments[2:], visits, strict=True):
        assert all(each in (old[number], new[number]) for number, each in enumerate(told_then)), at
        later = [number // 2 for number in told if told_then[number] == new[number]]
        first = min(later, default=len(QUERIES))
        assert all(told_then[number] == new[number] for number in told if number // 2 > first), at
        ends.add(first)
    assert len(ends) > 2, "it was replaced at many moments"


@pytest.mark.node
def test_the_script_looks_for_a_pair_where_it_was_put() -> None:
    letters = "的一，A1“𠮷中国人民法院阳光天平\u2028é"
    asked: list[tuple[str, str, int, int]] = [
        (first, second, pieces, count) for first in letters for second in letters for pieces in (1, 2, 7, 33) for count in (1, 8, 334, 1337)
    ]
    give = """([first, second, pieces, shards]) => {
      exhibitSearch.head = {pieces: {[first]: pieces}, shards};
      return exhibitSearch.homeOf(first, second);
    }"""
    expected = [
        f"g{grams.home(first, grams.slot(ord(second), pieces), count)}" for first, second, pieces, count in asked
    ]
    assert answers("search", give, asked) == expected
    assert len(set(expected)) > 200
