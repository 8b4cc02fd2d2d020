"""Records that were made by copying: what was left of the other is told with both places, once, and in linear time."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.checks import copies
from generator.kinds import KINDS
from generator.pipeline import survey
from generator.problems import CATALOGUE
from generator.stages.settings import Settings
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_grows_within
from tests.helpers.places import CITY, SITES

BRAND, OTHER = "brands/qingfeng/brand.yml", "brands/zai/brand.yml"


def _copied(small: SiteDriver, **changes: str) -> SiteDriver:
    """A second brand, copied; ``changes`` are new values of its fields."""
    small.copy_folder("brands/qingfeng", "brands/zai").edit(OTHER, "id: qingfeng", "id: zai")
    text = (small.root / OTHER).read_text("utf-8")
    for field, value in changes.items():
        text, count = re.subn(rf"(?m)^{field}: .*$", f"{field}: {value}", text)
        assert count == 1, field
    return small.write(OTHER, text)


def _different(small: SiteDriver, **changes: str) -> SiteDriver:
    """A second brand in which no picture and no text is left of the first."""
    _copied(small, **{"name": "二号", "slogan": "另一句话", **changes})
    small.remove("brands/zai/story.md") if (small.root / "brands/zai/story.md").exists() else None
    text = (small.root / OTHER).read_text("utf-8")
    text = re.sub(r"(?ms)^logo:\n.*?(?=^concept)", "", text)
    text = re.sub(r"(?ms)^gallery:\n.*?(?=^contact)", "", text)
    return small.write(OTHER, text)


def _found(driver: SiteDriver) -> list[tuple[str, int]]:
    return [(each.code, each.span.line) for each in driver.check().problems if each.span.path != BRAND]


def test_a_copy_with_nothing_changed_is_one_warning_that_names_both_places(small: SiteDriver) -> None:
    assert _found(_copied(small)) == [("CPY-001", 2)]
    line = small.lines()[0]
    assert "“清风”" in line and "qingfeng（brands/qingfeng/brand.yml:2:7）" in line
    assert small.problems[0].level == "warning" and small.build().is_published()


@pytest.mark.parametrize("name", ["清风", "“清风”", "清 风", "清·风", "《清风》"])
def test_the_same_name_in_another_unit_is_a_warning_too(name: str, small: SiteDriver) -> None:
    small.edit(
        "content/units.yml",
        "- id: court",
        "- id: police\n  name: 小城公安局\n  system: zhengfa\n  valid_from: 1990-01-01\n  should_have_brand: true\n- id: court",
    )
    codes = [code for code, _ in _found(_copied(small, name=name, unit="police")) if code.startswith("CPY")]
    assert codes == ["CPY-002"]


def test_a_slogan_a_text_and_a_picture_that_were_left_are_told_apart(small: SiteDriver) -> None:
    text = "background: 群众盼公正，盼的是每一件案子都有看得见的公正。"
    small.edit(BRAND, "background: 群众盼公正。", text)
    assert _found(_copied(small, name="二号")) == [("CPY-003", 3), ("CPY-004", 11), ("CPY-005", 16)]
    assert (
        "“群众盼公正，盼的是每一件案子都有看得见的公正。”" in small.lines()[2] and f"{BRAND}:16:13" in small.lines()[2]
    )
    assert "相同的共 2 张" in small.lines()[1]


def test_short_words_and_common_ones_are_no_copy(small: SiteDriver) -> None:
    assert _found(_different(small)) == []


def test_a_story_that_was_copied_is_told(small: SiteDriver) -> None:
    story = "## 由来\n\n" + "庭审直播从一间旧会议室开始，后来每个法庭都装上了摄像头。" * 3 + "\n"
    _different(small).write("brands/qingfeng/story.md", story).write("brands/zai/story.md", story.replace("。", "。 "))
    found = [(each.code, each.span.path) for each in small.check().problems]
    assert found == [("CPY-005", "brands/zai/story.md")]
    assert "brands/qingfeng/story.md:1:1" in small.lines()[0]


def test_text_of_a_sample_that_passes_for_real_is_told_as_such(small: SiteDriver) -> None:
    small.edit(BRAND, "background: 群众盼公正。", "background: 群众盼公正，盼的是每一件案子都有看得见的公正。")
    assert [code for code, _ in _found(_different(small))] == ["CPY-005"]
    small.edit(BRAND, "contact:\n", "sample: true\ncontact:\n")
    assert [code for code, _ in _found(small)] == ["CPY-008"]
    small.edit(OTHER, "contact:\n", "sample: [background]\ncontact:\n")
    assert [code for code, _ in _found(small)] == ["CPY-009"]
    assert "删去 sample" in small.lines()[0]


def test_reviews_by_another_units_body_are_told_with_where_they_come_from(small: SiteDriver) -> None:
    small.edit(
        BRAND,
        "{stage: 初审, role: 机关党委, date: 2024-03-01}",
        "{stage: 初审, role: 小城法院机关党委, date: 2024-03-01}",
    )
    small.edit(
        "content/units.yml",
        "- id: court",
        "- id: police\n  name: 小城公安局\n  system: zhengfa\n  valid_from: 1990-01-01\n  should_have_brand: true\n- id: court",
    )
    _different(small, unit="police")
    (found,) = small.check().problems
    line = (small.root / BRAND).read_text("utf-8").split("\n").index(
        "  - {stage: 初审, role: 小城法院机关党委, date: 2024-03-01}"
    ) + 1
    assert found.code == "CPY-007" and found.span.path == OTHER
    assert f"{BRAND}:{line}" in small.lines()[0] and "小城法院" in small.lines()[0]
    small.edit(OTHER, "小城法院机关党委", "小城公安局机关党委")
    assert _found(small) == []
    small.edit(OTHER, "{stage: 终审, role: 机关工委", "{stage: 终审, role: 小城法院工委")
    assert _found(small) == [], "later stages are the same bodies for everybody"


def test_a_list_of_honours_is_told_and_a_single_one_is_not(small: SiteDriver) -> None:
    small.edit(
        "content/units.yml",
        "- id: court",
        "- id: police\n  name: 小城公安局\n  system: zhengfa\n  valid_from: 1990-01-01\n  should_have_brand: true\n- id: court",
    )
    assert _found(_different(small, unit="police")) == []
    for path in (BRAND, OTHER):
        small.edit(path, "honours:\n", "honours:\n  - {title: 文明单位, issuer: 省委, date: 2022}\n")
    assert [code for code, _ in _found(small)] == ["CPY-006"]


def test_a_picture_that_both_name_at_one_place_is_shared(small: SiteDriver) -> None:
    _copied(small, name="二号", slogan="另一句话")
    small.copy_file("brands/qingfeng/img/hall.jpg", "content/img/hall.jpg").copy_file(
        "brands/qingfeng/img/logo.png", "content/img/logo.png"
    )
    for path in (BRAND, OTHER):
        small.edit(path, "src: img/hall.jpg", "src: ../../content/img/hall.jpg").edit(
            path, "src: img/logo.png", "src: ../../content/img/logo.png"
        )
    assert [code for code, _ in _found(small)] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("contact:\n", "  - {src: img/hall.jpg, alt: 法庭外的台阶}\ncontact:\n", "CPY-010", 35),
        ("contact:\n", "  - {src: img/again.jpg, alt: 法庭外的台阶}\ncontact:\n", "CPY-011", 35),
        ("gallery:\n", "  - {title: 先进集体, issuer: 省法院, date: 2023-12}\ngallery:\n", "CPY-010", 31),
        ("results:\n", "  - {title: 公开 庭审, body: 每月开放。}\nresults:\n", "CPY-010", 25),
        ("results:\n", "  - title: 公开\n    body: 另有一场。\n  - title: 再公开\n    body: 每周直播一场，每一场都有回放，谁都能看到。\n  - title: 又公开\n    body: 每周直播一场；每一场都有回放，谁都能看到！\nresults:\n", "CPY-010", 29),
        ("honours:\n", "  - text: 平均审理时间缩短三天\nhonours:\n", "CPY-010", 27),
    ],
)  # fmt: skip
def test_the_same_thing_twice_in_one_list_is_told(old: str, new: str, code: str, line: int, small: SiteDriver) -> None:
    small.copy_file("brands/qingfeng/img/hall.jpg", "brands/qingfeng/img/again.jpg")
    small.edit(BRAND, old, new)
    found = [(each.code, each.span.line) for each in small.check().problems if each.code.startswith("CPY")]
    assert found == [(code, line)]


def test_what_is_listed_again_with_another_date_is_another_thing(small: SiteDriver) -> None:
    small.edit(BRAND, "gallery:\n", "  - {title: 先进集体, issuer: 省法院, date: 2022-12}\ngallery:\n")
    small.edit(
        BRAND,
        "sources:\n  - title: 年度工作报告\n",
        "sources:\n  - {title: 年度工作报告, where: 第一章}\n  - {title: 年度工作报告, where: 第二章}\n",
    )
    assert small.check().problems == ()


def test_a_withdrawn_record_may_come_back_under_another_id(small: SiteDriver) -> None:
    _copied(small)
    small.edit(BRAND, "status: published", "status: withdrawn")
    assert not [code for code, _ in _found(small) if code.startswith("CPY")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_says_where_its_names_must_differ(kind: object) -> None:
    assert kind.model.named_within in ("everywhere", "year", "unit", "nowhere")  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", sorted(each.name for each in (SITES / "good").iterdir()))
def test_no_good_site_has_anything_of_this(case: str, site: object) -> None:
    driver: SiteDriver = site(f"good/{case}").remove_if_there("expected")  # type: ignore[operator]
    ours = [line for line in driver.check().lines() if re.search(r" (?:CPY|TXT|PII)-\d", line)]
    assert ours == []


def test_a_whole_exhibition_has_nothing_of_this(shared: Path) -> None:
    found = survey(Settings(CITY, date(2026, 11, 1), cache=shared / "cache")).problems
    assert [each for each in found if each.code.startswith(("CPY", "TXT", "PII"))] == []


def test_every_sort_of_copy_can_be_lifted_with_a_reason(small: SiteDriver) -> None:
    assert all(entry.can_be_lifted for code, entry in CATALOGUE.items() if code.startswith("CPY"))
    _copied(small)
    small.edit(
        OTHER, "contact:\n", "suppressions:\n  - {code: CPY-001, reason: 两条都是真的, reviewer: 机关党委}\ncontact:\n"
    )
    assert _found(small) == []


def _survey_of_copies(folder: Path, count: int) -> Callable[[], object]:
    root = folder / str(count)
    shutil.copytree(SITES / "good/small", root)
    shutil.rmtree(root / "expected")
    text = (root / BRAND).read_text("utf-8")
    for number in range(count):
        (root / f"brands/b{number}").mkdir()
        body = text.replace("id: qingfeng", f"id: b{number}").replace("img/", "../../content/img/")
        (root / f"brands/b{number}/brand.yml").write_text(body, "utf-8")
    times = iter(range(100))

    def work() -> None:
        problems = survey(Settings(root, date(2026, 6, 1), cache=folder / f"cache-{count}-{next(times)}")).problems
        assert len([each for each in problems if each.code == "CPY-001"]) == count

    return work


def test_many_copies_of_one_record_take_no_more_than_their_share(tmp_path: Path) -> None:
    assert_grows_within(4 * 2, _survey_of_copies(tmp_path, 150), _survey_of_copies(tmp_path, 600))


def test_a_unit_is_asked_once_for_its_family_however_many_records_it_has(
    small: SiteDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time takes as long as there are records that name it: with a hundred thousand that was most of a check."""
    small.with_brands(*(f"b{number}" for number in range(8)))
    asked: list[object] = []
    family = copies._family
    monkeypatch.setattr(copies, "_family", lambda unit, catalog: asked.append(unit) or family(unit, catalog))
    small.check()
    assert len(asked) == len(set(asked)) > 1
