"""The documentation says what is true: generated parts are fresh, links lead somewhere, both READMEs say the same."""

from __future__ import annotations

import re
import runpy
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli.commands.main import exhibit
from generator.messages import LANGUAGES, problem_entries, words
from generator.problems import CATALOGUE, declare
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
    for entry in problem_entries().values():
        assert set(entry) - {"lift"} == {"level", "zh", "en", "fix_zh", "fix_en"}
        assert entry.get("lift", True) is True
    for code, said in CATALOGUE.items():
        assert re.fullmatch(r"[A-Z][A-Z0-9]{1,2}-[0-9]{3}", code)
        assert said.level in ("error", "warning")
        assert all((*said.text, *said.remedy)), code
        zh, en = (set(re.findall(r"\{(\w+)\}", said.text.in_language(language))) for language in LANGUAGES)
        assert zh == en, code


def test_a_code_means_one_thing() -> None:
    early = CATALOGUE["DAT-010"]
    assert declare(early.code, "warning", early.text, early.remedy) == early.code
    with pytest.raises(ValueError, match="DAT-010"):
        declare(early.code, "error", early.text, early.remedy)


def test_every_code_of_the_catalogue_is_used_and_every_used_code_is_there() -> None:
    source = "\n".join(each.read_text("utf-8") for each in (ROOT / "generator").rglob("*.py"))
    used = set(re.findall(r'"([A-Z][A-Z0-9]{1,2}-[0-9]{3})"', source))
    assert used == set(CATALOGUE)


def test_every_wording_has_both_languages() -> None:
    import tomllib

    files = [*(ROOT / "generator/messages/words").glob("*.toml"), *(ROOT / "generator/kinds").glob("*/words.toml")]
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


def test_the_folder_of_schemas_holds_what_the_command_writes_and_nothing_else(tmp_path: Path) -> None:
    run = CliRunner().invoke(exhibit, ["schema", "--out", str(tmp_path / "schema")])
    assert run.exit_code == 0, run.output
    written = {each.name for each in (tmp_path / "schema").iterdir()}
    assert written == {each.name for each in (ROOT / "docs/schema").iterdir()}


SITE_FOLDERS = [ROOT / "tests/sites", ROOT / "generator/init/template", ROOT / "docs"]


def test_every_line_that_names_a_schema_names_one_that_is_written() -> None:
    schemas = {each.name for each in (ROOT / "docs/schema").iterdir()}
    named: dict[str, str] = {}
    for file in (each for folder in SITE_FOLDERS for each in folder.rglob("*") if each.suffix in (".yml", ".md")):
        for target in re.findall(r"yaml-language-server: \$schema=(\S+)", file.read_text("utf-8", errors="replace")):
            named[f"{file.relative_to(ROOT)} {target}"] = target
    assert len(named) > 50
    wrong = [place for place, target in named.items() if not re.fullmatch(r"(?:\.\./)*docs/schema/[a-z_]+\.json", target)]
    assert wrong == []
    assert [place for place, target in named.items() if target.rpartition("/")[2] not in schemas] == []


def test_no_lock_of_a_build_is_kept() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a working copy")
    names = listed.stdout.decode().split("\0")
    locks = {each for each in names if each.endswith(".lock")}
    assert locks == {"requirements.lock", "requirements-test.lock", "tests/tools/crates.lock"}
