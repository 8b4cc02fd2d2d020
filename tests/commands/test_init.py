"""``exhibit init``: a new site that builds at once, is put down whole or not at all, and never over anything."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from generator import __version__
from generator.cli.commands.main import exhibit
from generator.init import placing
from generator.init.content import quoted
from generator.kinds import KINDS
from generator.pipeline import survey
from tests.helpers.driver import SiteDriver

AS_OF = date(2026, 11, 1)


def _init(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(exhibit, ["init", str(folder), *options])


def _tree(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site as the command makes it."""
    folder = tmp_path_factory.mktemp("city") / "site"
    run = _init(folder, "--name", "江城党建品牌展", "--organiser", "江城市机关工委")
    assert run.exit_code == 0, run.output
    return folder


@pytest.mark.parametrize("options", [(), ("--empty",), ("--lang", "en"), ("--lang", "en", "--empty")], ids=" ".join)
def test_a_new_site_is_clean_and_builds(options: tuple[str, ...], tmp_path: Path) -> None:
    run = _init(tmp_path / "site", *options)
    assert run.exit_code == 0, run.output
    driver = SiteDriver(tmp_path / "site").build(AS_OF)
    assert driver.lines() == []
    assert driver.is_published()
    assert not re.search(r"\{\{|\{%|\}\}", "".join(each.decode() for each in _texts(tmp_path / "site").values()))


def _texts(folder: Path) -> dict[str, bytes]:
    endings = (".yml", ".md", ".txt", ".json", "Makefile", ".gitignore", ".gitattributes")
    written = {name: each for name, each in _tree(folder).items() if not name.startswith("docs/")}
    return {name: each for name, each in written.items() if name.endswith(endings) and ".github" not in name}


def test_every_kind_has_an_example_that_is_marked_as_one(made: Path) -> None:
    records = survey(SiteDriver(made).settings(AS_OF)).reading.records
    assert {each.kind for each in records} == {kind.name for kind in KINDS}
    unmarked = {each.kind for each in records if each.data.sample is not True}
    assert unmarked == {"calendar"}, "the holidays of a year are facts"


def test_every_kind_of_file_has_comments_in_chinese(made: Path) -> None:
    for kind in KINDS:
        pattern = kind.layout.pattern.replace("{id}", "*").replace("{year}", "*")
        files = sorted(made.glob(pattern)) if kind.layout.form != "markdown" else [made / "content/about/index.md"]
        commented = [each for each in files if re.search(r"#[^\n]*[\u4e00-\u9fff]", each.read_text("utf-8"))]
        assert commented, kind.name


def test_the_name_and_the_organiser_stand_where_they_belong(made: Path) -> None:
    config = yaml.safe_load((made / "site_config.yml").read_text("utf-8"))
    assert (config["name"], config["opening"]["title"]) == ("江城党建品牌展", "江城党建品牌展")
    assert config["footer"] == {"organiser": "江城市机关工委"}
    assert (made / "README.md").read_text("utf-8").startswith("# 江城党建品牌展\n")


def test_without_an_organiser_there_is_no_placeholder(tmp_path: Path) -> None:
    assert _init(tmp_path / "site").exit_code == 0
    assert "footer" not in yaml.safe_load((tmp_path / "site/site_config.yml").read_text("utf-8"))


@pytest.mark.parametrize("options", [(), ("--organiser", "江城市机关工委")], ids=["none", "organiser"])
def test_every_commented_default_is_an_option_once_its_sign_is_removed(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    assert _init(tmp_path / "site", "--empty", *options).exit_code == 0
    text = (tmp_path / "site/site_config.yml").read_text("utf-8")
    opened = re.sub(r"^( *)# ( *[a-z_]+:)", r"\1\2", text, flags=re.MULTILINE)
    assert opened != text
    config = yaml.safe_load(opened)
    assert {"address", "limits", "footer"} <= config.keys()
    assert {"organiser", "undertaker", "icp", "police", "report_error"} <= config["footer"].keys()
    assert config["opening"].keys() == {"title", "subtitle", "picture"}
    known = json.loads((tmp_path / "site/docs/schema/site_config.json").read_text("utf-8"))["properties"]
    assert config.keys() <= known.keys()


def test_the_editor_finds_a_schema_for_every_file_that_accepts_it(made: Path) -> None:
    settings = json.loads((made / ".vscode/settings.json").read_text("utf-8"))
    assert settings["yaml.schemaStore.enable"] is False, "no request leaves for schemas"
    seen = set()
    for schema, pattern in settings["yaml.schemas"].items():
        rules = json.loads((made / schema).read_text("utf-8"))
        for file in made.glob(pattern):
            value = json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=str))
            jsonschema.Draft202012Validator(rules).validate(value)
            line = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text("utf-8"))
            assert line and (file.parent / line[1]).resolve() == (made / schema).resolve(), file
            seen.add(file)
    assert seen == {*made.glob("brands/**/*.yml"), *made.glob("content/**/*.yml"), made / "site_config.yml"}


def test_links_of_the_readme_and_of_the_guides_lead_somewhere(made: Path) -> None:
    for page in [made / "README.md", *made.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            if not target.startswith(("http:", "https:", "mailto:", "img/", "../aibo", "../../content")):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_workflows_only_read_are_pinned_and_name_no_registry(made: Path) -> None:
    workflows = sorted((made / ".github/workflows").glob("*.yml"))
    assert [each.name for each in workflows] == ["build-site.yml", "check-entries.yml", "verify-archives.yml"]
    for file in [*workflows, made / ".gitlab-ci.yml"]:
        text = file.read_text("utf-8")
        assert "pull_request_target" not in text and "${{ secrets" not in text
        for action in re.findall(r"uses: (\S+)", text):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action), action
        yaml.safe_load(text)
    for file in workflows:
        assert yaml.safe_load(file.read_text("utf-8"))["permissions"] == {"contents": "read"}
    plain = "".join(each.decode() for name, each in _texts(made).items())
    assert not re.search(r"https?://[a-zA-Z]", plain)
    assert f"exhibition-generator=={__version__}" in (made / "requirements.txt").read_text("utf-8")


def test_an_entry_is_checked_by_the_program_of_the_base(made: Path) -> None:
    steps = yaml.safe_load((made / ".github/workflows/check-entries.yml").read_text("utf-8"))["jobs"]["check"]["steps"]
    assert steps[0]["with"]["path"] == "base" and "base.sha" in steps[0]["with"]["ref"]
    assert [each["run"] for each in steps if "run" in each] == [
        "make -C base .venv/ready",
        "base/.venv/bin/exhibit check --root entry --theme base --format github",
    ]


def test_the_last_line_names_the_next_three_commands(tmp_path: Path) -> None:
    last = _init(tmp_path / "a city").output.splitlines()[-1]
    assert f"cd '{tmp_path / 'a city'}' && exhibit check && exhibit serve" in last


def test_the_same_wishes_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    assert _init(tmp_path / "again", "--name", "江城党建品牌展", "--organiser", "江城市机关工委").exit_code == 0
    first, second = _tree(made), _tree(tmp_path / "again")
    first["site_config.yml"], second["site_config.yml"] = (
        re.sub(rb"\nid: \S+", b"", each["site_config.yml"]) for each in (first, second)
    )
    assert first == second


def test_a_permanent_id_is_written(tmp_path: Path) -> None:
    given = "6f7c0a52-9d0e-4c1c-8f4e-3f2d1b0a9c8d"
    assert _init(tmp_path / "site", "--site-id", given).exit_code == 0
    assert yaml.safe_load((tmp_path / "site" / "site_config.yml").read_text("utf-8"))["id"] == given
    ids = {yaml.safe_load((_made_in(tmp_path / name) / "site_config.yml").read_text("utf-8"))["id"] for name in "ab"}
    assert len(ids) == 2, "two cities never share one"


def _made_in(folder: Path) -> Path:
    assert _init(folder).exit_code == 0
    return folder


# -- where it is put -------------------------------------------------------------------------------------------------


def test_a_folder_that_holds_something_is_left_alone_and_what_is_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "论文.txt").write_text("x")
    run = _init(tmp_path)
    assert run.exit_code == 2
    assert "论文.txt" in run.output and "--force" in run.output
    assert set(_tree(tmp_path)) == {"论文.txt"}


def test_many_names_are_cut_with_their_number(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"f{number:02}").touch()
    run = _init(tmp_path)
    assert "f07" in run.output and "f08" not in run.output and "30" in run.output


@pytest.mark.parametrize("prepare", [lambda root: None, lambda root: (root / ".git").mkdir()], ids=["empty", "git"])
def test_an_empty_folder_and_a_repository_just_begun_are_taken(prepare: Callable[[Path], Any], tmp_path: Path) -> None:
    prepare(tmp_path)
    assert _init(tmp_path).exit_code == 0
    assert (tmp_path / "brands/yiye-zhiqing/brand.yml").is_file()
    assert SiteDriver(tmp_path).check(AS_OF).lines() == []


def test_the_folder_one_stands_in_can_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(exhibit, ["init", "."])
    assert run.exit_code == 0
    assert Path("site_config.yml").is_file()


def test_by_force_it_adds_and_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# 原来的\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/own.md").write_text("own")
    run = _init(tmp_path, "--force")
    assert run.exit_code == 0, run.output
    assert "README.md" in run.output
    assert (tmp_path / "README.md").read_text() == "# 原来的\n"
    assert (tmp_path / "docs/own.md").read_text() == "own"
    assert (tmp_path / "docs/schema/brand.json").is_file()


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("site_config.yml", "site_config.yml"),
        ("brands/own/brand.yml", "brands/"),
        ("content/x.md", "content/"),
        ("docs", "docs"),
    ],
)
def test_even_by_force_it_does_not_mix_with_a_site(path: str, named: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("x")
    run = _init(tmp_path, "--force")
    assert run.exit_code == 2
    assert named in run.output
    assert set(_tree(tmp_path)) == {path}


def test_records_that_are_there_stay_when_no_examples_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/x.md").write_text("x")
    assert _init(tmp_path, "--force", "--empty").exit_code == 0
    assert (tmp_path / "content/x.md").read_text() == "x"


def test_a_link_inside_the_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/docs").symlink_to(elsewhere)
    run = _init(tmp_path / "site", "--force")
    assert run.exit_code == 2
    assert list(elsewhere.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x")
    run = _init(tmp_path / "site")
    assert run.exit_code == 2
    assert (tmp_path / "site").read_text() == "x"


@pytest.mark.parametrize("name", ["", " ", "一\n二", "x\x1b[31m", "江\u200b城"], ids=repr)
def test_a_name_that_no_site_can_have_is_refused_and_nothing_stays(name: str, tmp_path: Path) -> None:
    run = _init(tmp_path / "a/b/site", "--name", name)
    assert run.exit_code == 2, run.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.audit
@pytest.mark.parametrize(
    "name",
    [
        "on",
        "123",
        "# 不是注释",
        "a: b",
        '"引号"',
        "'单引号'",
        "[江城]",
        "{{ name }}",
        "- 横线",
        "江城\\n",
        "2024-05-01",
        "~城",
    ],
)
def test_a_name_is_quoted_so_that_it_is_read_as_it_was_given(name: str, tmp_path: Path) -> None:
    run = _init(tmp_path / "site", "--name", name, "--organiser", name)
    assert run.exit_code == 0, run.output
    config = survey(SiteDriver(tmp_path / "site").settings(AS_OF)).config
    assert config is not None
    assert (config.name, config.footer.organiser) == (name, name)
    assert yaml.safe_load(quoted(name)) == name


@pytest.mark.parametrize("there", [True, False], ids=["there", "new"])
def test_a_disk_that_refuses_leaves_nothing_behind(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a" / "site"
    if there:
        target.mkdir(parents=True)
    moved = 0
    rename = Path.rename

    def failing(self: Path, to: Path) -> Path:
        nonlocal moved
        moved += 1
        if moved > 9 or not there:
            raise OSError(28, os.strerror(28), str(to))
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", failing)
    run = _init(target)
    assert run.exit_code == 2
    assert "磁盘满了" in run.output
    assert list(tmp_path.rglob("*")) == ([tmp_path / "a", target] if there else [])


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted(stage: Path) -> None:
        (stage / "half.md").write_text("x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        placing.place(tmp_path / "new", interrupted)
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_can_be_read_by_others_as_any_other(tmp_path: Path) -> None:
    assert _init(tmp_path / "site").exit_code == 0
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "site").stat().st_mode == (tmp_path / "plain").stat().st_mode
