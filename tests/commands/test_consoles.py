"""Whatever a console can show, every problem is told, in the right language, with nothing in it that a terminal obeys."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.reports import FORMATS
from generator.cli.tongue import spoken
from generator.text.legible import in_line, printable, within
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import here, run, said

NARROW = (
    "gbk:strict",
    "gbk",
    "cp936:strict",
    "cp1252:strict",
    "ascii:strict",
    "ascii",
    "latin-1",
    "utf-16:strict",
    "big5",
)
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]")


@pytest.fixture
def loud(small: SiteDriver) -> SiteDriver:
    """Three errors with characters that few consoles have, markup of rich and emoji codes."""
    small.edit("brands/qingfeng/brand.yml", "unit: court", 'unit: "[/x] :fire: 🎉𠮷 [/red] [bold] :smile: ®é"')
    small.edit(
        "content/units.yml",
        "  system: shehui\n  valid_from: 2019-03-01",
        '  system: "[/y]🎉"\n  valid_from: 2019-03-01',
    )
    return small.write("brands/qingfeng/🎉.docx", "x")


def _cache(site: SiteDriver) -> tuple[str, str]:
    return ("--cache", str(site.root.parent / "cache"))


@pytest.mark.few(2)
@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_all_problems_on_every_console(
    loud: SiteDriver, form: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = json.loads(here(monkeypatch, "check", "--format", "json", *_cache(loud), cwd=loud.root).stdout)["problems"]
    codes = sorted(each["code"] for each in wide)
    assert len(codes) >= 3
    done = here(monkeypatch, "check", "--format", form, *_cache(loud), cwd=loud.root, encoding=encoding)
    assert done.returncode == 1 and not done.stderr
    text = done.stdout.decode("utf-8" if form != "text" else encoding.partition(":")[0])
    assert sorted(re.findall("[A-Z]{2,3}[0-9]?-[0-9]{3}", text)) == codes
    if form == "json":
        assert json.loads(text)["problems"] == wide


@pytest.mark.few(2)
@pytest.mark.parametrize("form", FORMATS)
def test_so_does_a_process_with_such_a_console(loud: SiteDriver, form: str) -> None:
    done = run("check", "--format", form, *_cache(loud), cwd=loud.root, PYTHONIOENCODING="gbk:strict")
    assert done.returncode == 1 and not done.stderr
    assert done.stdout.decode("gbk" if form == "text" else "utf-8")


@pytest.mark.few(2)
@pytest.mark.parametrize("encoding", NARROW)
def test_every_command_speaks_on_every_console(
    small: SiteDriver, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (("build", "--out", "O", *_cache(small)), ("schema", "brand"), ("--help",), ("build", "-h")):
        for language in ("zh", "en"):
            shown = ("--lang", language, *arguments)
            done = here(monkeypatch, *shown, cwd=small.root, encoding=encoding)
            assert done.returncode == 0 and done.stdout and not done.stderr, (shown, said(done))
    for arguments in (("chekc",), ("check", "--jobs", "🎉"), ("check", "🎉清风"), ("release", "🎉", "--explain")):
        done = here(monkeypatch, *arguments, cwd=small.root, encoding=encoding)
        assert (
            done.returncode == 2 and done.stderr and "Traceback".encode(encoding.partition(":")[0]) not in done.stderr
        )


@pytest.mark.audit
def test_what_is_handed_to_programs_is_utf8_everywhere(small: SiteDriver) -> None:
    for arguments in (("schema", "brand"), ("check", "--format", "json", *_cache(small))):
        wide, narrow = (run(*arguments, cwd=small.root, PYTHONIOENCODING=each).stdout for each in ("utf-8", "ascii"))
        assert wide == narrow and json.loads(wide)


@pytest.mark.audit
def test_a_caret_stands_under_what_is_shown_and_not_under_what_was_written(loud: SiteDriver) -> None:
    lines = run("check", *_cache(loud), cwd=loud.root, PYTHONIOENCODING="gbk").stdout.decode("gbk").splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip().startswith("unit:"))
    assert lines[at + 1].index("^") == lines[at].index('"[/x]')


# -- markup ------------------------------------------------------------------------------------------------------------

NAMES = ("[x]-out", "[/x]-out", "[bold red]out", ":smile:out", "out]", "[[out", "\\[x]out", "100%out", "{out}")


@pytest.mark.few(2)
@pytest.mark.parametrize("name", NAMES)
def test_a_path_survives_the_console_as_it_is(small: SiteDriver, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = here(monkeypatch, "build", "--out", name.replace("/", "-"), *_cache(small), cwd=small.root)
    assert done.returncode == 0 and f"完成：{name.replace('/', '-')}/ 中有" in said(done)
    missing = here(monkeypatch, "check", "--root", name, cwd=small.root)
    assert missing.returncode == 2 and name in said(missing)


@pytest.mark.audit
def test_markup_in_values_is_text(loud: SiteDriver) -> None:
    text = said(run("check", *_cache(loud), cwd=loud.root))
    assert text.count("[/x] :fire: 🎉𠮷 [/red] [bold] :smile: ®é") == 2


# -- what a terminal obeys ---------------------------------------------------------------------------------------------

ATTACKS = (
    "\\e[2J",
    "\\x07",
    "\\x9b2J",
    "\\u202e",
    "\\r::error::x",
    "\\n::error::x",
    "\\x1b]0;title\\x07",
    "\\u2066",
    "\\x08",
)


@pytest.mark.few(2)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_a_terminal_obeys_leaves_the_program(
    small: SiteDriver, attack: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.edit("brands/qingfeng/brand.yml", "unit: court", f'unit: "court{attack}"')
    small.edit("brands/qingfeng/brand.yml", "slogan:", f'"slogan{attack}":')
    done = here(monkeypatch, "check", "--format", form, *_cache(small), cwd=small.root)
    text = done.stdout.decode()
    shown = json.dumps(json.loads(text), ensure_ascii=False) if form == "json" else text
    values = [value for each in json.loads(text)["problems"] for value in _texts(each)] if form == "json" else [text]
    assert done.returncode == 1 and shown
    assert not any(OBEYED.search(each) for each in values)
    assert not re.search("^::error::x", text, re.MULTILINE)


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.audit
def test_nor_from_what_was_typed(small: SiteDriver) -> None:
    bad = "a\x1b[2J\u202eb\x07\n::error::x"
    for arguments in (("check", bad), ("check", "--root", bad), (bad,), ("build", "--out", f"site_config.yml/{bad}")):
        done = run(*arguments, cwd=small.root)
        assert done.returncode == 2 and not OBEYED.search(said(done)) and "\n::error" not in said(done)


@pytest.mark.audit
def test_nor_from_the_names_of_files(small: SiteDriver, tmp_path: Path) -> None:
    name = "x\x1b[31m\n::error::y\u202e.docx"
    small.write(f"brands/qingfeng/{name}", "x")
    for form in FORMATS:
        text = run("check", "--format", form, *_cache(small), cwd=small.root).stdout.decode()
        assert not OBEYED.search(text) and "\n::error::y" not in text


@pytest.mark.audit
@given(st.text())
def test_printable_text_has_nothing_to_obey_and_keeps_the_rest(text: str) -> None:
    assert not OBEYED.search(printable(text)) and not re.search("[\ud800-\udfff]", printable(text))
    assert len(printable(text)) == len(text) and printable(printable(text)) == printable(text)
    assert not set(in_line(text)) & set("\n\r\t\u2028\u2029")
    within("gbk", text).encode("gbk")


@pytest.mark.audit
@given(st.text(alphabet="汉字，。“”（）—…·《》ABCabc019 [](){}:/\\'\"-_~@#\u3000\u00a0é", max_size=40))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text == in_line(text)


# -- languages ---------------------------------------------------------------------------------------------------------

SPOKEN = (
    ({}, "zh"),
    ({"LANG": "C"}, "zh"),
    ({"LANG": "POSIX"}, "zh"),
    ({"LC_ALL": "C.UTF-8"}, "zh"),
    ({"LANG": "zh_CN.UTF-8"}, "zh"),
    ({"LANG": "zh_TW.Big5"}, "zh"),
    ({"LANG": "zh-Hans"}, "zh"),
    ({"LANG": "en_US.UTF-8"}, "en"),
    ({"LANG": "en"}, "en"),
    ({"LANG": "EN_GB"}, "en"),
    ({"LANG": "de_DE.UTF-8"}, "zh"),
    ({"LANG": "end_ING"}, "zh"),
    ({"LANG": "zh_CN", "LC_ALL": "en_US"}, "en"),
    ({"LANG": "en_US", "LC_MESSAGES": "zh_CN"}, "zh"),
    ({"LANG": "en_US", "LC_ALL": "zh_CN", "LANGUAGE": "en"}, "en"),
    ({"LANGUAGE": "fr:zh_CN:en"}, "zh"),
    ({"LANGUAGE": ":"}, "zh"),
)


@pytest.mark.audit
@pytest.mark.parametrize(("variables", "language"), SPOKEN)
def test_the_system_chooses_the_language_and_the_option_overrides(variables: dict[str, str], language: str) -> None:
    assert spoken((), variables, "utf-8") == language
    for other in ("zh", "en"):
        assert spoken(("check", "--lang", other), variables, "utf-8") == other
        assert spoken(("check", f"--lang={other}"), variables, "ascii") == other
    assert spoken(("check", "--", "--lang", "en"), {}, "utf-8") == "zh"
    assert spoken(("--lang",), {}, "utf-8") == "zh"
    assert spoken(("en",), {}, "utf-8") == "zh"


@pytest.mark.audit
@pytest.mark.parametrize(
    ("encoding", "language"), [("gb18030", "zh"), ("big5", "zh"), ("cp1252", "en"), ("none", "en")]
)
def test_a_console_without_han_gets_english(encoding: str, language: str) -> None:
    assert spoken((), {"LANG": "zh_CN"}, encoding) == ("zh" if encoding == "gb18030" else spoken((), {}, encoding))
    assert language == "zh" or spoken((), {}, encoding) == "en"


HAN = re.compile("[\u4e00-\u9fff]")
SPEAKING = (
    ("-h",),
    ("check", "--help"),
    ("build", "-h"),
    ("serve", "-h"),
    ("release", "-h"),
    ("cache", "-h"),
    ("schema", "-h"),
    ("headers", "-h"),
    ("chekc",),
    ("check", "--frmat"),
    ("check", "--jobs", "x"),
    ("check", "--format", "x"),
    ("check", "--format"),
    ("check", "--as-of", "x"),
    ("check", "--root", "nowhere"),
    ("check", "nothing"),
    ("headers",),
    ("release",),
    ("schema", "a", "b"),
    ("build", "--keep-going=1"),
    ("build", "--out", "."),
)


@pytest.mark.audit
@pytest.mark.parametrize("arguments", SPEAKING, ids=" ".join)
def test_help_and_errors_are_in_one_language(
    small: SiteDriver, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    english = said(here(monkeypatch, *arguments, cwd=small.root, LANG="en_US.UTF-8"))
    chinese = said(here(monkeypatch, *arguments, cwd=small.root, LANG="zh_CN.UTF-8"))
    assert english.strip() and not HAN.search(english), english
    assert HAN.search(chinese)
    for word in ("Usage", "Options", "Error", "Show this", "Invalid", "Missing", "Try ", "No such", "Got unexpected"):
        assert word not in chinese
    asked = said(here(monkeypatch, "--lang", "en", *arguments, cwd=small.root, LANG="zh_CN.UTF-8"))
    assert not HAN.search(asked)
