"""The distribution: what is in the wheel and in the source archive, and that a city elsewhere can work with it."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from generator.init.content import GUIDES
from tests.helpers import packaging
from tests.helpers.places import ROOT

pytestmark = pytest.mark.audit


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources."""
    return packaging.copied_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    return packaging.built(sources, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def archive(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive of the checkout."""
    return packaging.built(sources, "sdist", tmp_path_factory.mktemp("sdist"))


def _files(folder: Path, inside: str) -> set[str]:
    """The files of a folder of the checkout under the names they have once installed."""
    return {
        (PurePosixPath(inside) / each.relative_to(folder).as_posix()).as_posix()
        for each in folder.rglob("*")
        if each.is_file() and "__pycache__" not in each.parts
    }


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {each: opened.read(each) for each in opened.namelist()}


def test_the_wheel_holds_the_program_its_theme_its_schemas_and_the_licences_and_nothing_else(wheel: Path) -> None:
    wanted = _files(ROOT / "generator", "generator") | _files(ROOT / "theme", "generator/theme")
    wanted |= _files(ROOT / "docs/schema", "generator/schemas")
    wanted |= {f"generator/guides/{each.name}" for name in GUIDES for each in (ROOT / "docs").glob(f"{name}*.md")}
    found = set(_contents(wheel))
    (about,) = {each.split("/")[0] for each in found if ".dist-info/" in each}
    licences = _files(ROOT / "LICENSES", f"{about}/licenses/LICENSES") | {f"{about}/licenses/LICENSE"}
    facts = {f"{about}/{each}" for each in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "top_level.txt")}
    assert sorted(found) == sorted(wanted | licences | facts)
    assert {"generator/theme/assets/css/01-ground.css", "generator/schemas/brand.json"} < found
    assert any("OFL" in each for each in licences)


def test_the_source_archive_gives_the_same_wheel(archive: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    assert not (folder / "tests").exists()
    assert _contents(packaging.built(folder, "wheel", tmp_path)) == _contents(wheel)


@pytest.fixture(scope="module")
def city(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> packaging.City:
    """Another city's machine with the wheel and without the checkout."""
    return packaging.City(tmp_path_factory.mktemp("machine") / "venv").install(str(wheel))


def _tree(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


WISHES = (
    *("--name", "江城党建品牌展", "--organiser", "江城市机关工委"),
    *("--site-id", "6f7c0a52-9d0e-4c1c-8f4e-3f2d1b0a9c8d"),  # otherwise every new site has its own
)


@pytest.mark.engine
def test_another_city_makes_checks_and_builds_a_site_with_the_wheel_alone(city: packaging.City, tmp_path: Path) -> None:
    made = city.exhibit("init", "site", *WISHES, at=tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    site = tmp_path / "site"
    for command in (("check",), ("build", "--as-of", "2026-11-01")):
        run = city.exhibit(*command, at=site)
        assert run.returncode == 0, run.stdout + run.stderr
    built = _tree(site / "site")
    (style,) = (each for name, each in built.items() if name.startswith("assets/exhibit.") and name.endswith(".css"))
    assert b".masthead" in style and b".card__mark" in style, "the theme's styles, not the engine's alone"
    assert "brands/yiye-zhiqing/index.html" in built
    assert "江城党建品牌展" in built["index.html"].decode()
    assert (site / "docs/schema/brand.json").is_file() and (site / "docs/content-guide.zh-CN.md").is_file()
    licences = {each.name: each for each in city.site.glob("*.dist-info/licenses/LICENSES/*")}
    font = licences["OFL-1.1-noto-cjk.txt"].read_text("utf-8")
    assert "Noto Sans SC" in font and "Noto Serif SC" in font and "SIL OPEN FONT LICENSE" in font
    assert _built_by_the_checkout(tmp_path) == (_tree_of_sources(site), built)


def _built_by_the_checkout(tmp_path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The same commands, run by the program of the checkout."""
    command = [sys.executable, "-m", "generator"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, "init", "again", *WISHES], cwd=tmp_path, env=environment, check=True)
    site = tmp_path / "again"
    subprocess.run([*command, "build", "--as-of", "2026-11-01"], cwd=site, env=environment, check=True)
    return _tree_of_sources(site), _tree(site / "site")


def _tree_of_sources(site: Path) -> dict[str, bytes]:
    """What ``init`` wrote. The permanent id, where there is one, is new for every site."""
    made = {name: each for name, each in _tree(site).items() if not name.startswith(("site/", ".cache/", ".site."))}
    lines = made["site_config.yml"].splitlines(keepends=True)
    return made | {"site_config.yml": b"".join(each for each in lines if not each.startswith(b"site_id:"))}


def test_the_make_file_of_the_new_site_installs_from_its_own_wheels(
    city: packaging.City, wheel: Path, tmp_path: Path
) -> None:
    assert city.exhibit("init", "site", at=tmp_path).returncode == 0
    site = tmp_path / "site"
    (site / "wheels").mkdir()
    (site / "wheels" / wheel.name).write_bytes(wheel.read_bytes())
    environment = {**packaging.clean(), "PIP_NO_DEPS": "1", "PIP_FIND_LINKS": "", "PYTHON": sys.executable}
    run = subprocess.run(
        ["make", ".venv/ready"], cwd=site, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    packaging.link(next((site / ".venv").glob("[Ll]ib/**/site-packages")))
    run = subprocess.run(["make", "check"], cwd=site, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "检查通过" in run.stdout


def test_an_editable_installation_finds_the_theme_of_the_checkout(
    sources: Path, city: packaging.City, tmp_path: Path
) -> None:
    machine = packaging.City(tmp_path / "venv").install("--no-build-isolation", "-e", str(sources))
    assert machine.exhibit("init", "site", at=tmp_path).returncode == 0
    assert machine.ask("from generator.system.resources import THEME; print(THEME)") == str(sources / "theme")
    (sources / "theme/exhibits/not-found.html").write_text("changed", "utf-8")
    run = machine.exhibit("build", "--as-of", "2026-11-01", at=tmp_path / "site")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "changed" in (tmp_path / "site/site/404.html").read_text("utf-8")
