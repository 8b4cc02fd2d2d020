"""Names that Windows cannot hold are problems wherever an id or a name becomes a path."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import CONFIG_FILE
from generator.problems import Span
from generator.schema.fields import ID_LIMIT
from generator.site.context import Output
from generator.site.plan import plan
from generator.text.pathnames import PATH_LIMIT, folded, is_portable, is_portable_path, is_reserved, is_short_enough
from tests.helpers.driver import SiteDriver

Site = Callable[[str], SiteDriver]
DEVICES = ("con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10)))
OTHERS = ("com¹", "LPT³", "CON", "Aux", "con.tar.gz", "nul ", "aux .md", "CONIN$", "conout$", "com0")
FINE = (
    "console",
    "com",
    "com10",
    "lpt",
    "auxiliary",
    "null",
    "con-1",
    "a.con",
    "品牌",
    "icon",
    "prn2",
    "comma",
    "com¹1",
)
CHARACTERS = tuple(f"a{each}b" for each in '<>:"/\\|?*\x00\x1f\x7f') + ("a.", "a ", "", ".", "..", "e\u0301", "z" * 201)


@pytest.mark.parametrize("name", [*DEVICES, *OTHERS])
def test_names_of_devices_are_reserved(name: str) -> None:
    assert is_reserved(name) and not is_portable(name) and not is_portable_path(f"brands/{name}/index.html")


@pytest.mark.parametrize("name", FINE)
def test_names_that_only_look_like_them_are_not(name: str) -> None:
    assert not is_reserved(name) and is_portable(name)


@pytest.mark.parametrize("name", CHARACTERS)
def test_names_that_some_system_cannot_write_are_refused(name: str) -> None:
    assert not is_portable(name)


@given(st.text(max_size=30))
def test_any_text_is_told_apart(name: str) -> None:
    if is_portable(name):
        assert not set(name) & set('<>:"/\\|?*') and not name.endswith((".", " "))
        assert unicodedata.normalize("NFC", name) == name
        assert folded(name) == folded(unicodedata.normalize("NFD", name)) == folded(folded(name))


def test_paths_have_a_limit_in_units_of_windows() -> None:
    assert is_short_enough("a" * PATH_LIMIT) and not is_short_enough("a" * (PATH_LIMIT + 1))
    assert is_short_enough("汉" * PATH_LIMIT) and not is_short_enough("😀" * (PATH_LIMIT // 2 + 1))


# -- wherever an id becomes a path -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEVICES)
def test_an_id_of_a_roster(small: SiteDriver, name: str) -> None:
    text = (small.root / "content/units.yml").read_text("utf-8").replace("id: school-office\n", f"id: {name}\n", 1)
    small.write("content/units.yml", text).check()
    assert ("ID-003", "content/units.yml", 7) in small.codes()
    assert any("Windows 保留这个名称" in each for each in small.lines())


@pytest.mark.parametrize("name", ["aux", "lpt9"])
def test_an_id_that_the_configuration_gives(small: SiteDriver, name: str) -> None:
    """Categories and systems are pages of the wall."""
    config = (small.root / CONFIG_FILE).read_text("utf-8").replace("id: fuwu", f"id: {name}", 1)
    small.write(CONFIG_FILE, config).check()
    assert [code for code, path, _ in small.codes() if path == CONFIG_FILE] == ["ID-003"]


@pytest.mark.parametrize(
    ("case", "file", "old", "code"),
    [
        ("good/branch", "content/branches.yml", "- id: ", "ID-003"),
        ("good/report", "content/reports", "- id: ", "ID-003"),
    ],
)
def test_ids_inside_of_other_files(site: Site, case: str, file: str, old: str, code: str) -> None:
    driver = site(case)
    path = next(each for each in sorted(driver.root.glob(f"{file}*")) if each)
    path = path if path.is_file() else next(path.rglob("report.yml"))
    lines = path.read_text("utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if old in line)
    lines[at] = lines[at].split("id: ")[0] + "id: com1" + ("" if "{" not in lines[at] else ",")
    driver.write(path.relative_to(driver.root).as_posix(), "\n".join(lines)).check()
    assert code in {found for found, _, _ in driver.codes()}


@pytest.mark.parametrize(
    "path",
    [
        "brands/aux/brand.yml",
        "brands/qingfeng/con.jpg",
        "brands/qingfeng/nul.pdf",
        "content/videos/x/com1.mp4",
        "content/videos/x/lpt1.vtt",
        "content/prn.md",
        "content/about/aux.md",
        "content/nul/index.md",
        "content/projects/2024/con/project.yml",
        "content/pioneers/aux.yml",
        "brands/qingfeng/com¹.jpg",
        "brands/qingfeng/a?.jpg",
        "brands/qingfeng/a .jpg ",
    ],
)
def test_names_of_files_and_folders(small: SiteDriver, path: str) -> None:
    small.write(path, "x").check()
    found = [code for code, where, _ in small.codes() if where in path]
    assert found == ["ID-004"]


@pytest.mark.parametrize("old", ["aux/", "history/com1.html", "nul", "a/con/b/"])
def test_a_former_address(site: Site, old: str) -> None:
    driver = site("good/redirects").edit(CONFIG_FILE, "old: start", f"old: {old}").check()
    assert driver.codes() == [("ID-021", CONFIG_FILE, 31)]


def test_a_path_that_is_too_long_is_told_once(small: SiteDriver) -> None:
    small.write("brands/qingfeng/" + "/".join(["很长的文件夹名字" * 5] * 6) + "/a.jpg", "x").check()
    assert [code for code, _, _ in small.codes()] == ["ID-020"]


@pytest.mark.parametrize(
    "address", ["brands/aux/", "a/con.json", "x" * 201 + "/", "/".join(["y" * 60] * 5) + "/", "a:b/"]
)
def test_nothing_is_planned_that_cannot_be_held(address: str, small: SiteDriver) -> None:
    found = small.build()
    assert found.outcome is not None and found.outcome.survey.public is not None
    output = Output(address, Span("content/x.md"), lambda show: b"")
    site, problems = plan((), found.outcome.survey.public.catalog, (), (output,))
    assert [each.code for each in problems] == ["ID-022"] and not site.outputs


# -- collisions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("brands/qingfeng/img/A.jpg", "brands/qingfeng/img/a.jpg"),
        ("brands/qingfeng/Img/x.jpg", "brands/qingfeng/img/y.jpg"),
        ("content/about/É.md", "content/about/é.md"),
    ],
)
def test_names_that_are_one_on_other_systems(small: SiteDriver, one: str, other: str) -> None:
    small.write(one, "x").write(other, "x").check()
    assert [code for code, _, _ in small.codes() if code == "ID-005"] == ["ID-005"]


def test_outputs_that_are_one_on_other_systems(small: SiteDriver) -> None:
    found = small.build()
    assert found.outcome is not None and found.outcome.survey.public is not None
    pairs = (("a/X.json", "a/x.json"), ("a/\u00e9.json", "a/e\u0301.json"), ("a/\u212a.json", "a/k.json"))
    for one, other in pairs:
        outputs = [Output(each, Span(each), lambda show: b"") for each in (one, other)]
        _, problems = plan((), found.outcome.survey.public.catalog, (), outputs)
        assert [each.code for each in problems] in (["ID-009"], ["ID-022"]), (one, other)


def test_an_id_has_room_for_what_is_made_of_it() -> None:
    longest = "x" * ID_LIMIT
    assert is_short_enough(f"share/exhibitions/by/unit/{longest}/page/9999/index.html-card.png")
