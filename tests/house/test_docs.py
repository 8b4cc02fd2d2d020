"""The documentation says what is true: generated parts are fresh, links lead somewhere, both READMEs say the same."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import yaml

from generator.cli.commands import exhibit
from generator.messages import LANGUAGES, problem_entries, words
from generator.problems import CATALOGUE
from tests.helpers.places import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


def test_generated_parts_are_fresh() -> None:
    outputs: dict[Path, str] = runpy.run_path(str(ROOT / "docs/generate.py"))["outputs"]()
    stale = [path.name for path, text in outputs.items() if not path.exists() or path.read_text("utf-8") != text]
    assert stale == [], "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_the_documentation_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith(("http:", "https:", "mailto:", "img/", "../aibo", "../../content")):
            assert (page.parent / target).exists(), target


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    assert exhibit.commands
    for name in exhibit.commands:
        assert f"## exhibit {name}" in text


def test_both_readmes_have_the_same_parts() -> None:
    counts = [
        [
            len(re.findall(pattern, (ROOT / name).read_text("utf-8"), re.MULTILINE))
            for pattern in (r"^## ", r"^- \*\*", r"^```", r"^\| `")
        ]
        for name in ("README.md", "README.zh-CN.md")
    ]
    assert counts[0] == counts[1]
    assert counts[0][0] >= 5


def test_every_problem_is_worded_in_both_languages_with_the_same_values() -> None:
    for code, entry in problem_entries().items():
        assert re.fullmatch(r"[A-Z][A-Z0-9]{1,2}-[0-9]{3}", code)
        assert entry["level"] in ("error", "warning")
        assert set(entry) - {"lift"} == {"level", "zh", "en", "fix_zh", "fix_en"}
        assert entry.get("lift", True) is True
        zh, en = (set(re.findall(r"\{(\w+)\}", entry[language])) for language in LANGUAGES)
        assert zh == en, code
    assert len(CATALOGUE) == len(problem_entries())


def test_every_code_of_the_catalogue_is_used_and_every_used_code_is_there() -> None:
    source = "\n".join(each.read_text("utf-8") for each in (ROOT / "generator").rglob("*.py"))
    used = set(re.findall(r'"([A-Z][A-Z0-9]{1,2}-[0-9]{3})"', source))
    assert used == set(CATALOGUE)


def test_every_wording_has_both_languages() -> None:
    import tomllib

    files = (ROOT / "generator/messages/words").glob("*.toml")
    tables = [tomllib.loads(each.read_text("utf-8")) for each in files]
    for key, entry in ((key, entry) for table in tables for key, entry in table.items()):
        assert set(entry) == {"zh", "en"}, key
        assert words(key).zh == entry["zh"]
        assert set(re.findall(r"\{(\w+)\}", entry["zh"])) == set(re.findall(r"\{(\w+)\}", entry["en"])), key


def test_the_locks_name_no_addresses_and_hash_everything() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"https?://|--index|--find-links", text)
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_workflows_read_only_and_pinned() -> None:
    for file in (ROOT / ".github/workflows").glob("*.yml"):
        text = file.read_text("utf-8")
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
        assert "pull_request_target" not in text
        assert "${{ secrets" not in text
        for action in re.findall(r"uses: (\S+)", text):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action), action
