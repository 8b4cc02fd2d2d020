"""The documented lines work as they stand, and Windows line ends change no byte of the site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from generator.themes.basis import Basis
from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.processes import environment

PAGES = ("docs/without-make.md", "docs/without-make.zh-CN.md")
COPIED = ("pyproject.toml", "setup.py", "MANIFEST.in", "requirements.lock", "README.md", "LICENSE")


def _lines(page: str, language: str) -> list[str]:
    (block,) = re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    return block.strip().splitlines()


def test_both_languages_say_the_same_lines() -> None:
    for language in ("bat", "sh"):
        one, other = (_lines(page, language) for page in PAGES)
        assert one == other and len(one) == 5


def test_the_lines_are_what_make_does() -> None:
    made = " ".join((ROOT / "Makefile").read_text("utf-8").split())
    for line in _lines(PAGES[0], "sh")[1:3]:
        words = line.partition(" ")[2].replace("--quiet ", "")
        for word in words.split():
            assert word in made, word


def _lend(venv: Path, lent: Path) -> None:
    """Let ``venv`` see what is installed here, but for the program itself, before what came with it."""
    lent.mkdir()
    for each in Path(sysconfig.get_path("purelib")).iterdir():
        if "exhibition" not in each.name and not each.name.endswith(".pth"):
            (lent / each.name).symlink_to(each)
    (packages,) = (venv / "lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text(f"import sys; sys.path.insert(0, {str(lent)!r})\n")


@pytest.mark.audit
@pytest.mark.parametrize("language", ["bat", "sh"])
def test_the_lines_set_up_check_and_build(language: str, tmp_path: Path) -> None:
    """Run as they stand, but for what a shell of Windows calls things. Nothing is fetched: the new environment sees what
    this one has, and pip compares it with the lock."""
    site = SiteDriver.copy("good/small", tmp_path)
    for name in COPIED:
        shutil.copy(ROOT / name, site.root / name)
    for name in ("generator", "theme", "docs", "LICENSES"):
        shutil.copytree(ROOT / name, site.root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(site.root / "expected", ignore_errors=True)
    for number, line in enumerate(_lines(PAGES[0], language)):
        command = line.replace("\\", "/").replace(".venv/Scripts/", ".venv/bin/") if language == "bat" else line
        command = re.sub(r"^(?:py|python3) ", f"{sys.executable} ", command)
        variables = environment(PIP_NO_INDEX="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONPATH="")
        done = subprocess.run(
            command.split(), cwd=site.root, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        if number == 0:
            _lend(site.root / ".venv", tmp_path / "lent")
    assert (site.root / "site/index.html").is_file()
    assert (site.root / ".venv/bin/exhibit").is_file()
    done = subprocess.run([".venv/bin/exhibit", "check"], cwd=site.root, env=environment(PYTHONPATH=""), check=False)
    assert done.returncode == 0


# -- line ends ---------------------------------------------------------------------------------------------------------


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _with_line_ends(site: SiteDriver, end: bytes) -> None:
    """Write every text file of the site with these ends of lines: its configuration and its records among them."""
    written = {}
    for file in sorted(site.root.rglob("*")):
        if "archives" in file.relative_to(site.root).parts[:1]:
            continue  # frozen years keep their bytes wherever they are checked out: see below
        if file.is_file() and _is_text(file.read_bytes()):
            written[file.relative_to(site.root).as_posix()] = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", end)
            file.write_bytes(written[file.relative_to(site.root).as_posix()])
    assert "site_config.yml" in written and any(each.startswith(("brands/", "content/")) for each in written)
    assert all(end in content and content.count(b"\n") == content.count(end) for content in written.values())


CASES = sorted(each.name for each in (ROOT / "tests/sites/good").iterdir())


@pytest.mark.few
@pytest.mark.parametrize("case", CASES)
def test_windows_line_ends_change_no_byte_of_the_site(case: str, tmp_path: Path) -> None:
    built = []
    for name, end in (("lf", b"\n"), ("crlf", b"\r\n")):
        site = SiteDriver.copy(f"good/{case}", tmp_path / name)
        if case == "small":  # once with a theme of its own
            shutil.copytree(ROOT / "theme", site.root / "theme")
            site.write(
                "content/img/mark.svg",
                '<svg xmlns="http://www.w3.org/2000/svg"\n viewBox="0 0 9 9">\n<path\nd="M0 0h9"/>\n</svg>\n',
            )
            config = (site.root / "site_config.yml").read_text("utf-8")
            drawing = "drawings: [content/img/]\nwordmark: {picture: content/img/mark.svg, alt: 站名}\n"
            site.write("site_config.yml", f"{config}\n{drawing}")
        _with_line_ends(site, end)
        theme = {"basis": Basis(site.root / "theme", site.root)} if case == "small" else {}
        assert site.build(**theme).is_published(), site.lines()
        built.append(site.files())
    assert built[0].keys() == built[1].keys()
    assert [name for name in built[0] if built[0][name] != built[1][name]] == []


@pytest.mark.audit
def test_git_gives_everyone_the_same_bytes(tmp_path: Path) -> None:
    """A repository with these rules, checked out where Git is set to change line ends."""
    source = SiteDriver.copy("good/frozen", tmp_path / "source").root
    (source / "archives/2023/crlf.html").write_bytes(b"one\r\ntwo\r\n")  # as somebody may have frozen it
    shutil.copy(ROOT / ".gitattributes", source / ".gitattributes")
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        subprocess.run(["git", *who, *arguments], cwd=source, check=True, capture_output=True)
    clone = tmp_path / "clone"
    subprocess.run(["git", "-c", "core.autocrlf=true", "clone", "-q", str(source), str(clone)], check=True)
    files = [each.relative_to(source) for each in source.rglob("*") if each.is_file() and ".git" not in each.parts]
    assert len(files) > 10
    for file in files:
        assert (source / file).read_bytes() == (clone / file).read_bytes(), file


def test_every_kind_of_file_here_is_told_apart() -> None:
    rules = (ROOT / ".gitattributes").read_text("utf-8")
    for ending in {each.suffix for each in ROOT.glob("tests/sites/**/*") if each.is_file()}:
        for file in list(ROOT.glob(f"tests/sites/**/*{ending}"))[:50] if ending else ():
            if b"\0" in file.read_bytes()[:8000]:
                assert f"*{ending} binary" in rules or os.path.basename(file) == "x", file  # noqa: PTH119
