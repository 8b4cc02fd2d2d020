"""The distribution: what is in the wheel and in the source archive, and that a city elsewhere can work with it."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tests import packaging
from tests.conftest import ROOT

CODE, DATA = {".py"}, {".toml", ".html", ".css", ".js", ".svg", ".json"}


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
    found = set(_contents(wheel))
    (about,) = {each.split("/")[0] for each in found if ".dist-info/" in each}
    licences = _files(ROOT / "LICENSES", f"{about}/licenses/LICENSES") | {f"{about}/licenses/LICENSE"}
    facts = {f"{about}/{each}" for each in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "top_level.txt")}
    assert sorted(found) == sorted(wanted | licences | facts)
    assert {"generator/theme/assets/css/1-base.css", "generator/schemas/brand.json"} < found
    assert any("OFL" in each for each in licences)


def test_the_source_archive_gives_the_same_wheel(archive: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    assert not (folder / "tests").exists()
    assert _contents(packaging.built(folder, "wheel", tmp_path)) == _contents(wheel)
