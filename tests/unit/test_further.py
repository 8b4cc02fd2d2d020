"""A record with one mistake hides none of its others, blames nobody else, and is never published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.kinds import KINDS
from generator.kinds.brand.model import Brand
from generator.schema.filling import SIDES, fillings
from generator.yaml.folds import without_han_breaks
from tests.helpers.clerk import BRAND, FOLDER, RECORD, STORY, TALE, site_of
from tests.helpers.driver import SiteDriver
from tests.helpers.records import CONTEXT, GOOD, changed_at, spots


def _told(driver: SiteDriver) -> set[tuple[str, str, int]]:
    return set(driver.check().codes())


@pytest.fixture
def clerk(tmp_path: Path) -> SiteDriver:
    """The site with the clerk's brand."""
    return site_of(SiteDriver.copy("good/small", tmp_path))


BREAKS = {
    "a value": ("year: 2023", "year: 去年", "SCH-003", 7),
    "a field": ("slogan:", "slagon:", "SCH-002", 4),
    "a missing field": ("category: fuwu\n", "\n", "SCH-001", 5),
    "the syntax": ("name: 一线速递", "name：一线速递", "SCH-020", 3),
    "what cannot be read at all": ("category: fuwu", "category: fuwu\n? [甲]\n: 乙", "SCH-032", 7),
    "a hidden character": ("slogan: 群众", "slogan: 群\u200b众", "SEC-001", 4),
}
OTHERS = (
    ("  phone: 0571-87654321", "  phone: 13912345678", "PII-002"),
    ("unit: transport", "unit: tramsport", "REF-001"),
    ("src: img/window.jpg", "src: img/none.jpg", "IMG-001"),
    ("date: 2023-06-01}", "date: 2023-06-01}\n  - {stage: 复审, role: 机关党委, date: 2023-05-30}", "DAT-004"),
    ("uses_party_emblem: false", "uses_party_emblem: true", "EMB-001"),
)


@pytest.mark.parametrize("broken", BREAKS.values(), ids=list(BREAKS))
def test_every_problem_of_a_broken_record_is_told_in_the_same_run(
    broken: tuple[str, str, str, int], clerk: SiteDriver
) -> None:
    old, new, code, line = broken
    text = BRAND.replace(old, new)
    assert text != BRAND
    for before, after, _ in OTHERS:
        assert text.count(before) == 1
        text = text.replace(before, after)
    clerk.write(RECORD, text).write(STORY, f"{TALE}\n[那里](../nowhere/brand.yml)\n\n![窗口](img/away.jpg)\n")
    told = _told(clerk)
    assert (code, RECORD, line) in told
    assert sorted(each[0] for each in clerk.codes()) == sorted(
        [code, "LNK-001", "IMG-001", *(each for _, _, each in OTHERS)]
    ), clerk.lines()


def test_a_picture_of_a_broken_record_is_looked_at(clerk: SiteDriver) -> None:
    clerk.write(RECORD, BRAND.replace("year: 2023", "year: 去年")).write(f"{FOLDER}/img/window.jpg", b"no picture")
    assert {each[0] for each in _told(clerk)} == {"SCH-003", "IMG-002"}


def test_who_names_a_broken_record_is_not_blamed(clerk: SiteDriver) -> None:
    clerk.edit("brands/qingfeng/brand.yml", "category: fazhi", "category: fazhi\nparent: yixian-sudi")
    clerk.edit("brands/qingfeng/story.md", "## ", "[速递](../yixian-sudi/story.md#一封信)\n\n## ") if (
        (clerk.root / "brands/qingfeng/story.md").read_text("utf-8").count("## ") == 1
    ) else None
    clerk.write(RECORD, BRAND.replace("name: 一线速递", "name：一线速递"))
    assert _told(clerk) == {("SCH-020", RECORD, 3)}


@pytest.mark.audit
@pytest.mark.parametrize("broken", BREAKS.values(), ids=list(BREAKS))
def test_a_broken_record_is_in_no_preview(broken: tuple[str, str, str, int], clerk: SiteDriver) -> None:
    public = BRAND.replace("status: review", "status: published\npublished_on: 2023-08-01")
    clerk.write(RECORD, public.replace("初审", "终审")).build()
    assert clerk.is_published() and f"{FOLDER}/index.html" in clerk.files(), clerk.lines()
    shutil.rmtree(clerk.out)  # a preview never takes the place of a site
    clerk.write(RECORD, public.replace("初审", "终审").replace(broken[0], broken[1])).build(keep_going=True)
    assert clerk.is_published()
    assert not any("yixian-sudi" in each for each in clerk.files())
    assert not any("来信当天登记".encode() in each for each in clerk.files().values())


def test_a_mended_roster_is_in_no_preview_and_its_other_rows_are_checked(clerk: SiteDriver) -> None:
    units = (clerk.root / "content/units.yml").read_text("utf-8")
    clerk.write(
        "content/units.yml", units.replace("system: zhengfa", "system：zhengfa").replace("1990-01-01", "1990年", 1)
    )
    assert {each[0] for each in _told(clerk)} == {"SCH-020", "DAT-001"}
    clerk.build(keep_going=True)
    assert not any(each.startswith("units/court/") for each in clerk.files())


def test_both_sides_of_a_conflict_in_a_roster_are_read(clerk: SiteDriver) -> None:
    units = (clerk.root / "content/units.yml").read_text("utf-8")
    row = "- id: transport\n  name: 市交通局\n"
    assert row in units
    clash = f"<<<<<<< HEAD\n{row}=======\n- id: transport\n  name: 市交通运输局\n>>>>>>> theirs\n"
    clerk.write("content/units.yml", units.replace(row, clash))
    assert [each[0] for each in clerk.check().codes()] == ["SCH-031"] * 3, clerk.lines()


def test_personal_data_of_a_file_that_cannot_be_read_is_told_once(clerk: SiteDriver) -> None:
    clerk.write(RECORD, (BRAND.replace("concept: |\n  把", "concept: |\n请打13912345678，把")).encode("gb18030"))
    assert sorted(each[0] for each in clerk.check().codes()) == ["PII-002", "SCH-022", "TXT-001"]
    assert not any("13912345678" in each for each in (*clerk.lines("zh"), *clerk.lines("en")))


def _values() -> Iterator[tuple[Any, Any]]:
    for kind in KINDS:
        for path in spots(GOOD[kind.model]):
            for new in (..., "去年", {"x": "y"}, ["a"]):
                yield kind.model, changed_at(GOOD[kind.model], path, new)
        yield kind.model, {}


def test_any_record_with_one_thing_wrong_can_be_filled_in() -> None:
    cases = list(_values())
    assert len(cases) > 1_000
    for model, value in cases:
        made = fillings(model, value, CONTEXT)
        assert len(made) == SIDES and all(isinstance(each, model) for each in made), (model, value)


def test_what_is_missing_differs_between_the_fillings_and_what_is_meant_does_not() -> None:
    value = {**GOOD[Brand], "year": "２０２３年", "established_on": "2023年5月1日", "concept": ...}
    one, other = fillings(Brand, {key: each for key, each in value.items() if each is not ...}, CONTEXT)
    assert one.year == other.year == 2023
    assert one.established_on == other.established_on
    assert one.established_on.isoformat() == "2023-05-01"
    assert one.concept != other.concept


FOLDS = (
    ("办案如清风，\n  不留尘。", "", "办案如清风，不留尘。"),
    ("甲\n  乙\n  abc\n  def\n  丁", "", "甲乙 abc def 丁"),
    ("他说\n  “好”\n  。", "", "他说“好”。"),
    ("'甲 乙\n  丙''丁\n  戊'", "'", "甲 乙丙'丁戊"),
    ('"甲\\n乙\n  丙"', '"', "甲\n乙丙"),
    ("甲\n\n  乙", "", "甲\n乙"),
    ("第１\n  ２页", "", "第１２页"),
    ("한국\n  어", "", "한국 어"),
)


@pytest.mark.parametrize(("written", "quote", "expected"), FOLDS)
def test_a_line_break_between_han_characters_is_no_space(written: str, quote: str, expected: str) -> None:
    import yaml

    value = yaml.load(f"a: {written}\n", yaml.BaseLoader)["a"]  # noqa: S506
    assert without_han_breaks(value, written, quote) == expected


def test_a_value_in_several_lines_has_no_space_on_pages_in_data_or_search(small: SiteDriver) -> None:
    small.edit("brands/qingfeng/brand.yml", "concept: 办案如清风，不留尘。", "concept: 办案如清风，\n  不留尘。")
    small.edit(
        "brands/qingfeng/brand.yml",
        "background: 群众盼公正。",
        "background: >-\n  群众盼公正，\n  法院办 one\n  two 实事。",
    )
    small.build()
    assert small.is_published(), small.lines()
    files = small.files()
    assert "办案如清风，不留尘。" in small.page("brands/qingfeng/")
    assert "群众盼公正，法院办 one two 实事。" in small.page("brands/qingfeng/")
    holding = [path for path, content in files.items() if "办案如清风，不留尘。".encode() in content]
    assert any(each.startswith("data/") and each.endswith(".json") for each in holding)
    assert not any("办案如清风， 不留尘".encode() in content for content in files.values())
