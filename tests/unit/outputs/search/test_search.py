"""The index of the search: folding, numbers, packing, sounds, what an entry holds, and a plain reference for all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds import BY_NAME
from generator.outputs.search import coding, grams, packing, sounds
from generator.outputs.search.entries import SearchEntry
from generator.outputs.search.folding import fold, needed, simplified
from generator.outputs.search.index import Labels, Size, make
from tests.helpers.driver import SiteDriver
from tests.helpers.search_index import CALL, indexed_texts, read_files

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
HAN = st.text(st.sampled_from("阳光天平法院陽體台臺A1+“”（ 𠮷é"), max_size=14)
LABELS = Labels({"brand": "品牌"}, lambda year: f"{year}年", {"court": "市法院"}, {"fazhi": "法治护航"})


def _entry(title: str, text: str = "", *, also: Sequence[str] = (), number: int = 0) -> SearchEntry:
    return SearchEntry(
        f"brands/{number}/", title, "brand", 2024, "court", "fazhi", False, tuple(also), (), (), (), (), (text,)
    )


# -- folding


@given(TEXT)
def test_folding_keeps_every_place_and_is_done_after_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert len(folded.encode("utf-16-le")) == len(text.encode("utf-16-le"))
    assert [len(each) for each in folded] == [1] * len(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("陽光天平", "阳光天平"),
        ("ＡＢ１＋７", "ab1+7"),
        ("Party 建設", "party　建设"),
        ("臺灣", "台湾"),
        ("裏裡里", "里里里"),
    ],
)
def test_what_means_the_same_is_folded_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_the_table_is_worth_having_and_never_leads_on() -> None:
    table = simplified()
    assert len(table) > 2500
    assert not set(table) & set(table.values())


def test_a_site_gets_only_the_characters_that_lead_to_one_of_its_own() -> None:
    some = needed("阳体")
    assert set(some.values()) == {"阳", "体"} and {"陽", "體"} <= set(some)
    for each in some:
        assert fold(each) == some[each]


# -- numbers


@given(st.lists(st.integers(0, 1 << 40)))
def test_numbers_are_read_as_they_were_written(values: list[int]) -> None:
    assert list(coding.numbers("".join(map(coding.number, values)))) == values


@given(st.sets(st.integers(0, 3000), min_size=1))
def test_ascending_numbers_are_read_as_they_were_written(values: set[int]) -> None:
    text = coding.ascending(sorted(values))
    assert coding.read_ascending(text) == sorted(values)
    assert json.dumps(text) == f'"{text}"', "nothing needs escaping"


@given(st.integers(0, 5000), st.integers(1, 4), st.integers(1, 800))
def test_dense_lists_become_maps_of_bits(first: int, step: int, count: int) -> None:
    values = list(range(first, first + step * count, step))
    text = coding.ascending(values)
    assert coding.read_ascending(text) == values
    assert len(text) <= 6 + len(values)


@given(st.lists(st.integers(0, 200)))
def test_columns_are_read_as_they_were_written(values: list[int]) -> None:
    assert coding.read_column(coding.column(values)) == values
    assert coding.read_column(coding.column(values * 40)) == values * 40


@given(st.lists(st.sets(st.integers(0, 400)), min_size=7, max_size=7))
def test_lists_by_rank_are_read_with_the_best_rank(ranked: list[set[int]]) -> None:
    expected: dict[int, int] = {}
    for rank, each in enumerate(ranked):
        for entry in each:
            expected.setdefault(entry, rank)
    assert grams.decode(grams.encode([sorted(each) for each in ranked])) == expected


# -- packing


@given(st.lists(TEXT, max_size=8), TEXT)
def test_a_text_is_unpacked_as_it_was_packed_also_one_never_seen_before(texts: list[str], other: str) -> None:
    packer = packing.learn(texts * 9)
    for each in [*texts, other]:
        assert packing.unpack(packer.pack(each), *packer.table) == each


def test_packing_pays() -> None:
    texts = [f"第{number}个品牌把窗口搬到群众身边，让数据多跑路、群众少跑腿。" for number in range(300)]
    packer = packing.learn(texts)
    packed = [packer.pack(each) for each in texts]
    assert [packing.unpack(each, *packer.table) for each in packed] == texts
    assert sum(map(len, packed)) * 3 < sum(len(each.encode()) for each in texts)


def test_packing_does_not_depend_on_what_came_first() -> None:
    texts = ["为民服务，一心一意。", "阳光天平，公正为民。", '1+7+N \\ "~"'] * 30
    assert packing.learn(texts).table == packing.learn(list(reversed(texts))).table


# -- pairs


def _holders(fields: list[str], word: str) -> set[int]:
    return {number for number, each in enumerate(fields) if word in each}


@given(st.lists(HAN, min_size=1, max_size=12), st.integers(1, 5))
def test_pairs_are_exact_for_every_word_of_one_or_two_characters(titles: list[str], most: int) -> None:
    folded = [fold(each).strip() for each in titles]
    found = grams.lists([(each, "") for each in folded])
    data: dict[str, list[str]] = {}
    for shard in grams.shards(found, most)[0]:
        for first, group in grams.as_data(shard).items():
            assert first not in data
            data[first] = group
    letters = sorted({each for text in folded for each in text} - {" "})
    for first in letters:
        seconds, lists = data[first][0], data[first][1].split(coding.GAP)
        whole = {entry for each in lists for entry in grams.decode(each)}
        assert whole == _holders(folded, first)
        for second in letters:
            listed = lists[seconds.index(second)] if second in seconds else ""
            assert set(grams.decode(listed)) == _holders(folded, first + second)


def test_many_pairs_are_divided_evenly_and_get_a_list_of_their_own() -> None:
    texts = [("".join(f"中{chr(0x4E00 + each)}" for each in range(number, number + 60)), "") for number in range(400)]
    shards, large = grams.shards(grams.lists(texts), 12)
    assert len(shards) == 12 and large["中"] > 3
    sizes = [sum(group.size for group in each) for each in shards]
    assert max(sizes) < 3 * sum(sizes) / len(sizes)
    groups = [(number, group) for number, each in enumerate(shards) for group in grams.as_data(each).items()]
    own = [(number, group[2]) for number, (first, group) in groups if first == "中" and len(group) > 2]
    assert len(own) == 1 and set(grams.decode(own[0][1])) == set(range(400))
    assert own[0][0] == grams.home("中", 0, 12)
    assert "".join(sorted(each for _, (first, group) in groups if first == "中" for each in group[0])) == "".join(
        chr(0x4E00 + each) for each in range(459)
    )


@given(st.integers(0, (1 << 32) - 1), st.integers(1, 5_000))
def test_one_place_more_takes_what_it_gets_from_one_other(number: int, count: int) -> None:
    before, after = grams.slot(number, count), grams.slot(number, count + 1)
    assert 0 <= before < count
    assert after == before or (after == count and before == count - (1 << count.bit_length() - 1))


# -- sounds


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("阳光天平", "yangguangtianping"),
        ("重庆", "chongqing"),
        ("重要", "zhongyao"),
        ("银行", "yinhang"),
        ("行走", "xingzou"),
        ("绿水", "lvshui"),
        ("女儿", "nver"),
        ("陽光", "yangguang"),
        ("Ｅ家亲", "ejiaqin"),
    ],
)
def test_a_name_reads_as_people_say_it(name: str, sound: str) -> None:
    said = ["".join(each) for each in product(*(each.split("|") for each in sounds.readings(name) if each))]
    assert sound in said


def test_a_rare_reading_is_left_to_the_scholars() -> None:
    assert "bi" not in sounds.readings("服务")[0].split("|")


def test_names_are_kept_under_each_letter_that_one_of_their_characters_begins_with() -> None:
    shards = sounds.shards([(3, 0, "阳光"), (7, 1, "光门“1”")])
    assert set(shards) == {"y", "g", "m"}
    readings, rows = shards["g"]
    known = readings.split(" ")
    first, second = list(coding.numbers(rows))[:5], list(coding.numbers(rows))[5:]
    assert first[:3] == [3, 0, 2] and [known[each] for each in first[3:]] == ["yang", "guang"]
    assert second[:3] == [4, 1, 5] and [known[each] for each in second[3:]] == ["guang", "men", "", "1", ""]


# -- the whole index


@given(st.lists(HAN, min_size=1, max_size=10))
def test_an_index_has_the_files_that_its_size_promises_and_the_texts_it_was_given(titles: list[str]) -> None:
    entries = [_entry(each, f"正文{each}", number=number) for number, each in enumerate(titles)]
    files = read_files(make(entries, LABELS))
    assert set(files) == set(Size.of(len(entries)).names())
    packed = [each for number in range(Size.of(len(entries)).texts) for each in files[f"t{number}"]]
    texts = [packing.unpack(each, *files["table"]) for each in packed]
    assert texts == ["\n".join((each.address, *each.fields)) for each in entries]
    assert sum(coding.read_column(files["head"]["texts"])) == len(entries)


def test_the_same_entries_give_the_same_bytes_and_every_file_has_the_stamp_that_the_head_names() -> None:
    entries = [_entry(f"品牌{number}", "为民服务", number=number) for number in range(50)]
    one, other = make(entries, LABELS), make(entries, LABELS)
    assert one == other
    read = read_files(one)
    stamps = {**read["head"]["stamps"], "t": read["stamps"]}
    for name, content in one.items():
        if name != "head":
            number = ord(name[1]) - ord("a") if re.fullmatch("p[a-z]", name) else name[1:]
            named = stamps.get(name) or stamps[name[0]][5 * int(number) :][:5]
            assert CALL.fullmatch(content.decode())[2] == named, name
    assert make(entries[:-1], LABELS)["head"] != one["head"]


def test_an_index_of_nothing_is_made_too() -> None:
    assert set(make([], LABELS)) == set(Size.of(0).names())


# -- entries of a site


@pytest.mark.parametrize("kind", [each for each in BY_NAME.values() if each.address], ids=lambda each: each.name)
def test_every_public_record_with_a_page_is_an_entry_whatever_its_kind(
    kind: object, site: Callable[[str], SiteDriver]
) -> None:
    driver = site(f"good/{kind.name}").build()
    assert driver.is_published(), driver.lines()
    public = driver.outcome.survey.public.catalog
    entries = indexed_texts(driver)
    records = [each for each in public if BY_NAME[each.kind].address]
    assert any(each.kind == kind.name for each in records)
    for each in records:
        address = BY_NAME[each.kind].address(each.id)
        assert entries[address][0] == " ".join(each.data.heading.split())
    pages = {address for address, page in driver.outcome.survey.plan.pages.items() if page.is_listed}
    assert pages <= set(entries)


def test_the_fields_of_a_brand_are_weighed_as_they_are_meant(site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/small").build()
    public = driver.outcome.survey.public.catalog
    brand = public.all("brand")[0]
    title, names, line, honours, headings, text = indexed_texts(driver)[f"brands/{brand.id}/"]
    assert title == brand.data.heading
    assert public.get("unit", brand.data.unit).data.heading in names.split("\t")
    assert f"{brand.data.year}年" in names.split("\t")
    assert line == (brand.data.slogan or "")
    assert set(headings.split("\t")) >= {each.title for each in brand.data.practices}
    assert {" ".join(each.body.split()) for each in brand.data.practices} <= set(text.split("\t"))
    assert all(each.title in honours.split("\t") for each in brand.data.honours)


def test_markup_of_a_story_is_never_part_of_a_word(site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/small")
    story = next(driver.root.glob("brands/*/story.md"), None)
    folder = story.parent if story else next(driver.root.glob("brands/*"))
    story_text = (
        "## 一个标题\n\n大家说**“阳光天平。”**法院[也这样](https://example.org/)说。[^1]\n\n- 甲\n- 乙\n\n[^1]: 注文\n"
    )
    driver.write(f"brands/{folder.name}/story.md", story_text.replace("一个标题", "由来"))
    driver.build()
    assert driver.is_published(), driver.lines()
    *_, headings, text = indexed_texts(driver)[f"brands/{folder.name}/"]
    pieces = text.split("\t")
    assert "大家说“阳光天平。”法院也这样说。" in pieces
    assert {"甲", "乙", "注文"} <= {each.strip() for each in pieces}
    assert "由来" in headings.split("\t") and "由来" not in pieces
    assert "<" not in text


def test_what_is_not_public_is_no_entry_before_its_day(site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/small")
    driver.build(date(1999, 1, 1))
    assert driver.is_published(), driver.lines()
    assert not [each for each in indexed_texts(driver) if re.fullmatch(r"brands/[^/]+/", each)]


def test_a_kind_says_what_of_it_is_no_text(site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/report").build()
    reports = [each for each in driver.outcome.survey.public.catalog.all("report") if each.data.indicators]
    *_, headings, text = indexed_texts(driver)[f"reports/{reports[0].id}/"]
    periods = {value.period for _, _, value in reports[0].data.values()}
    assert periods and not periods & set(text.split("\t"))
    assert {each.name for each in reports[0].data.indicators} <= set(headings.split("\t"))


def test_what_a_brand_was_released_with_is_found_among_its_honours(site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/release").build()
    public = driver.outcome.survey.public.catalog
    release = public.all("release")[0].data.heading
    honours = [fields[3] for address, fields in indexed_texts(driver).items() if re.fullmatch(r"brands/[^/]+/", address)]
    assert any(release in each for each in honours)
