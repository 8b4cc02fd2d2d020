"""Nothing that a terminal, a log or a runner of workflows obeys leaves the program, wherever it came in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.reports import FORMATS, as_github, as_json
from generator.problems import Span, problem
from generator.source.files import discover
from generator.text import characters
from generator.text.legible import printable, uncommanding
from generator.yaml.strict import parse
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import here

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200b-\u200f\ufeff\U000e0000-\U000e007f]")
COMMAND = re.compile(r"^\s*::(?!error |warning |notice )|##\[", re.M)
HOSTILE = (
    "\x1b]0;TITLE\x07",
    "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJmIH4=\x07",
    "\x9b2J\x9b32m没有问题",
    "a\rb",
    "\u202e\u2066x",
    "a\u2028::error::x",
    "::error::x",
    "\n::stop-commands::x",
    "##[error]x",
    "%0A::error::x",
    "\x7f\x08\x08",
    "\U000e0041\U000e0042",
)


def _assert_tame(output: bytes) -> None:
    text = output.decode("utf-8")
    assert not OBEYED.search(text), repr(OBEYED.search(text))
    assert not COMMAND.search(text), text


@pytest.mark.parametrize("form", FORMATS)
def test_values_keys_stories_captions_and_the_configuration_say_nothing_to_a_terminal(
    small: SiteDriver, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"{json.dumps(each)}: {json.dumps(each)}\n" for each in HOSTILE)
    marks = (small.root / "brands/qingfeng/brand.yml").read_text("utf-8")
    small.write(
        "brands/qingfeng/brand.yml", marks.replace("status: published", f"status: {json.dumps(HOSTILE[0])}") + lines
    )
    small.write(
        "brands/qingfeng/story.md", "\n\n".join(("::error::一行", "##[error]x <b>", *HOSTILE, "::warning::<b>"))
    )
    config = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", config + lines)
    done = here(monkeypatch, "check", "--format", form, "--cache", str(small.root.parent / "c"), cwd=small.root)
    assert done.returncode == 1 and done.stdout
    _assert_tame(done.stdout)
    _assert_tame(done.stderr)


@pytest.mark.parametrize("hostile", [each for each in HOSTILE if "\x00" not in each])
def test_what_is_typed_says_nothing_to_a_terminal(
    small: SiteDriver, hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = (
        ("check", hostile),
        (hostile,),
        ("check", f"--{hostile}"),
        ("check", "--format", hostile),
        ("check", "--as-of", hostile),
        ("check", "--root", hostile),
        ("build", "--out", f"brands/{hostile}"),
        ("build", "--year", hostile),
        ("schema", hostile),
        ("preview", "--port", hostile),
        ("cache", hostile),
    )
    for call in calls:
        done = here(monkeypatch, *call, cwd=small.root)
        assert done.returncode == 2, call
        _assert_tame(done.stdout + done.stderr)


@pytest.mark.parametrize("name", ["EXHIBIT_LANG", "LANG", "SOURCE_DATE_EPOCH", "EXHIBIT_CACHE"])
def test_the_environment_says_nothing_to_a_terminal(
    small: SiteDriver, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hostile in HOSTILE:
        monkeypatch.setenv(name, hostile)
        done = here(monkeypatch, "check", cwd=small.root)
        _assert_tame(done.stdout + done.stderr)


def test_names_of_files_say_nothing_to_a_terminal(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    for at, hostile in enumerate(HOSTILE):
        small.write(f"brands/qingfeng/{at}{hostile.replace('/', '|')}.jpg", "x")
    for form in FORMATS:
        done = here(monkeypatch, "check", "--format", form, cwd=small.root)
        assert done.returncode == 1
        _assert_tame(done.stdout + done.stderr)


@given(st.text(max_size=80))
def test_no_text_begins_a_command_or_moves_a_cursor(text: str) -> None:
    shown = uncommanding(printable(text))
    assert not OBEYED.search(shown)
    assert not re.search(r"^\s*::|##\[", shown, re.M)
    assert len(shown) == len(text)
    assert uncommanding(shown) == shown


@given(st.text(max_size=60))
def test_an_annotation_is_one_line_and_json_holds_no_command(text: str) -> None:
    told = problem("TXT-002", Span(f"a{text}", 1, 1), cut=f"#{text}")
    lines = as_github([told], 1, (), "zh")
    assert len(lines.split("\n")) == 1 and lines.startswith("::warning file=a")
    document = as_json([told], 1)
    assert "##[" not in document and not OBEYED.search(document)
    assert json.loads(document)["problems"][0]["code"] == "TXT-002"


@pytest.mark.parametrize(
    "character", ["\u202e", "\u200b", "\u2063", "\ufff9", "\u3164", "\u180e", "\U000e0041", "\ufffc"]
)
def test_a_hidden_character_is_told_in_a_key_as_in_a_value(character: str) -> None:
    written = f'"na\\U{ord(character):08x}me"'
    for text in (f"{written}: x\n", f"name: {written}\n", f"- {{{written}: x}}\n"):
        _, problems = parse("a.yml", text)
        assert [each.code for each in problems] == ["SEC-001"], text


@pytest.mark.parametrize(
    "text",
    [
        "一家\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f469\U0001f3fd\u200d\U0001f692",
        "\u2764\ufe0f\u200d\U0001f525",
        "\u260e\ufe0e 电话",
        "葛\U000e0100城",
        "甲\uff0c\ufe00乙",
        "สวัสดีค่ำ",
        "हिन्दी",
        "caf\u00e9",
    ],
)
def test_what_unicode_joins_or_selects_is_no_trick(text: str) -> None:
    assert not characters.HIDDEN.search(text)
    assert {each.kind for each in characters.odd(text)} <= {"emoji"}


@pytest.mark.parametrize(
    "text",
    [
        "中\u200d国",
        "a\u200db",
        "\U0001f468\u200d",
        "a\ufe0f",
        "中\ufe0f",
        "葛\U000e0100\U000e0101",
        "e\u0301\u0302\u0303\u0304",
        "中\u0e31",
        "a\u0610\u0611\u0612\u0613",
        "\ufdd0",
        "\U0001fffe",
        "\ue000",
        "\U000e0080",
        "\U00013430",
    ],
)
def test_what_hides_or_piles_up_is_told(text: str) -> None:
    assert characters.HIDDEN.search(text) or {each.kind for each in characters.odd(text)} & {
        "selector",
        "accent",
        "broken",
    }


def test_a_name_of_a_file_that_nobody_can_type_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "brands" / "a"
    folder.mkdir(parents=True)
    for name in ("图.jpg", "\u0430bc.jpg", "a\ufe0f.jpg", "甲\u2003乙.jpg", "照片１.jpg", "葛\U000e0100.jpg"):
        (folder / name).write_text("x")
    _, problems = discover(tmp_path, ("brands",))
    assert [each.code for each in problems] == ["TXT-057"] * 3
