"""The commands as a clerk and a program meet them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import __version__
from generator.cli.commands import build
from generator.cli.commands import main as commands
from generator.cli.commands.main import exhibit
from generator.kinds import BY_NAME
from generator.outputs.data.jsonschema import file_name
from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT


def _run(site: SiteDriver, *arguments: str) -> Result:
    command, *rest = arguments
    common = ["--root", str(site.root), "--as-of", "2026-06-01", "--cache", str(site.root.parent / "cache")]
    return CliRunner().invoke(exhibit, [command, *common, *rest])


@pytest.fixture
def broken(small: SiteDriver) -> SiteDriver:
    """A site with one error in a line with Han before it, and one warning."""
    small.edit(
        "brands/qingfeng/brand.yml",
        "{stage: 初审, role: 机关党委, date: 2024-03-01}",
        "{stage: 初审, rolle: 党委, date: 2024-03-01}",
    )
    return small.write("brands/qingfeng/notes.docx", b"x")


def test_a_clean_check_says_so_and_ends_with_0(small: SiteDriver) -> None:
    run = _run(small, "check")
    assert run.exit_code == 0
    assert "检查通过：7 条记录" in run.output


def test_text_shows_the_line_a_caret_and_what_to_do(broken: SiteDriver) -> None:
    run = _run(broken, "check")
    assert run.exit_code == 1
    lines = run.output.splitlines()
    at = next(number for number, line in enumerate(lines) if "SCH-002" in line)
    assert lines[at].startswith("brands/qingfeng/brand.yml:40:17 错误 SCH-002")
    assert lines[at + 1] == "      - {stage: 初审, rolle: 党委, date: 2024-03-01}"
    assert lines[at + 2].index("^") == 4 + 16 + 2  # two Han characters are four cells wide
    assert lines[at + 3].strip().startswith("怎么改")
    assert lines[-1] == "共 1 个错误、1 个提醒。"


def test_english_on_request(broken: SiteDriver) -> None:
    run = _run(broken, "check", "--lang", "en")
    assert 'There is no field "rolle". Did you mean "role"?' in run.output
    assert "1 errors, 1 warnings." in run.output


def test_json_is_for_programs(broken: SiteDriver) -> None:
    run = _run(broken, "check", "--format", "json")
    assert run.exit_code == 1
    rows = json.loads(run.output)["problems"]
    assert [(each["code"], each["level"], each["line"], each["column"]) for each in rows] == [
        ("SCH-002", "error", 40, 17),
        ("ID-008", "warning", 1, 1),
    ]
    assert set(rows[0]) == {"code", "level", "path", "line", "column", "message", "remedy"}
    assert set(rows[0]["message"]) == {"zh", "en"}


def test_github_annotations_escape_what_would_end_them(small: SiteDriver) -> None:
    small.edit("brands/qingfeng/brand.yml", "unit: court", 'unit: "x%0A::set-env"')
    run = _run(small, "check", "--format", "github")
    assert run.exit_code == 1
    assert run.output.startswith("::error file=brands/qingfeng/brand.yml,line=4,col=7,title=REF-001::")
    assert "%250A" in run.output
    assert len(run.output.strip().splitlines()) == 1


def test_paths_narrow_what_is_shown(broken: SiteDriver) -> None:
    assert _run(broken, "check", "content").exit_code == 0
    run = _run(broken, "check", "brands/qingfeng/notes.docx")
    assert run.exit_code == 0
    assert "ID-008" in run.output
    assert "SCH-002" not in run.output


def test_build_publishes_and_tells_what_it_did(small: SiteDriver) -> None:
    run = _run(small, "build", "--out", str(small.out))
    assert run.exit_code == 0, run.output
    for word in ("读取", "检查", "处理", "生成", "发布", "完成"):
        assert word in run.output
    assert "brands/qingfeng/index.html" in small.files()


def test_a_build_with_errors_publishes_nothing(broken: SiteDriver) -> None:
    run = _run(broken, "build", "--out", str(broken.out))
    assert run.exit_code == 1
    assert "没有发布" in run.output
    assert not broken.out.exists()


def test_build_refuses_a_folder_of_someone_else(small: SiteDriver) -> None:
    small.out.mkdir()
    (small.out / "thesis.txt").write_text("x")
    run = _run(small, "build", "--out", str(small.out))
    assert run.exit_code == 2
    assert (small.out / "thesis.txt").read_text() == "x"


def test_a_bad_time_is_explained(small: SiteDriver) -> None:
    run = CliRunner().invoke(exhibit, ["check", "--root", str(small.root), "--as-of", "gestern"])
    assert run.exit_code == 2
    assert "2024-05-01" in run.output


def test_the_epoch_of_reproducible_builds_is_the_default_time(
    small: SiteDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1704067200")  # 2024-01-01, before the brand is public
    run = CliRunner().invoke(
        exhibit, ["build", "--root", str(small.root), "--out", str(small.out), "--cache", str(small.out) + "-c"]
    )
    assert run.exit_code == 0, run.output
    assert "brands/qingfeng/index.html" not in small.files()


def test_an_internal_error_is_short_and_leaves_the_site(
    small: SiteDriver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small.build()
    before = small.files()

    def failing(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(build, "build", failing)
    monkeypatch.setattr(sys, "argv", ["exhibit", "build", "--root", str(small.root), "--out", str(small.out)])
    with pytest.raises(SystemExit) as end:
        commands.main()
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert __version__ in said
    assert "CONTRIBUTING.md" in said
    assert "a fault of ours" in said
    assert small.files() == before


def test_the_module_is_the_command(small: SiteDriver) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--root", str(small.root), "--cache", str(small.out) + "-c"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0
    assert "检查通过" in run.stdout


def test_schema_of_a_kind_completes_the_enumerations_of_this_site(small: SiteDriver) -> None:
    run = CliRunner().invoke(exhibit, ["schema", "brand", "--root", str(small.root)])
    assert run.exit_code == 0
    schema = json.loads(run.output)
    assert schema["properties"]["category"]["enum"] == ["fuwu", "fazhi"]
    assert schema["properties"]["name"]["maxLength"] == 12
    assert "品牌" in schema["properties"]["name"]["title"]
    assert schema["additionalProperties"] is False


def test_an_unknown_kind_names_the_known(small: SiteDriver) -> None:
    run = CliRunner().invoke(exhibit, ["schema", "brnad", "--root", str(small.root)])
    assert run.exit_code == 2
    assert ", ".join([*BY_NAME, "site_config"]) in run.output


def test_schemas_are_written_to_a_folder(small: SiteDriver, tmp_path: Path) -> None:
    run = CliRunner().invoke(exhibit, ["schema", "--root", str(small.root), "--out", str(tmp_path / "schemas")])
    assert run.exit_code == 0
    written = {each.name for each in (tmp_path / "schemas").iterdir()}
    assert written == {*map(file_name, BY_NAME), "site_config.json", "tombstones.json"} >= {"brand.json", "units.json"}
