"""Compiled templates are kept under names that say all they are made from, and only what this user has sealed is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import program
from generator.messages import Language
from generator.system.cache import Cache
from generator.text.addresses import LinkStyle
from generator.themes.compiled import STEP
from generator.themes.sandbox import Sandbox
from generator.themes.templates import environment


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were compiled, and not taken from a cache."""
    found: list[str] = []
    real = Sandbox._compile

    def noted(self: Sandbox, source: str, filename: str) -> object:
        found.append(Path(filename).name)
        return real(self, source, filename)

    monkeypatch.setattr(Sandbox, "_compile", noted)
    return found


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    folder = tmp_path / "theme"
    (folder / "exhibits").mkdir(parents=True)
    (folder / "exhibits/a.html").write_text("{% for each in 'ab' %}{{ each }}{% endfor %} {{ '2024-05-01' | day }}", "utf-8")
    return folder


def _shown(theme: Path, cache: Cache, language: Language = "zh", links: LinkStyle = "site") -> str:
    return environment(theme, language, links, None, cache).get_template("a.html").render()


def _files(cache: Cache) -> list[Path]:
    return [each for each in (cache.root / STEP).rglob("*") if each.is_file()]


def test_a_template_is_compiled_once(theme: Path, tmp_path: Path, compiled: list[str]) -> None:
    cache = Cache(tmp_path / "cache")
    assert _shown(theme, cache) == _shown(theme, cache) and "2024年5月1日" in _shown(theme, cache)
    assert compiled == ["a.html"] and len(_files(cache)) == 1


def test_what_decides_about_the_code_is_part_of_its_name(
    theme: Path, tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter with a constant is evaluated when the template is compiled: the other language has other code."""
    cache = Cache(tmp_path / "cache")
    assert "2024年5月1日" in _shown(theme, cache)
    assert "2024-05-01</time>" in _shown(theme, cache, "en") and len(compiled) == 2
    _shown(theme, cache, links="file")
    assert len(compiled) == 3
    (theme / "exhibits/a.html").write_text("another", "utf-8")
    assert _shown(theme, cache) == "another" and len(compiled) == 4
    monkeypatch.setattr(program, "state", lambda: "another program")
    assert _shown(theme, cache) == "another" and len(compiled) == 5


def test_code_that_somebody_else_put_there_is_never_run(theme: Path, tmp_path: Path, compiled: list[str]) -> None:
    """Whoever can write into the folder and has not the secret: what is there is good code of another template."""
    cache, foreign = Cache(tmp_path / "cache"), Cache(tmp_path / "foreign", b"another secret of thirty-two byte")
    right = _shown(theme, cache)
    (theme / "exhibits/a.html").write_text("{{ 'taken over' }}", "utf-8")
    assert _shown(theme, foreign) == "taken over"
    (ours,) = _files(cache)
    (theirs,) = _files(foreign)
    ours.write_bytes(theirs.read_bytes())
    (theme / "exhibits/a.html").write_text("{% for each in 'ab' %}{{ each }}{% endfor %} {{ '2024-05-01' | day }}", "utf-8")
    assert _shown(theme, cache) == right
    assert compiled == ["a.html"] * 3


def test_a_value_of_ours_in_another_place_is_not_run_either(theme: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    right = _shown(theme, cache)
    (first,) = _files(cache)
    (theme / "exhibits/a.html").write_text("{{ 'taken over' }}", "utf-8")
    assert _shown(theme, cache) == "taken over"
    (second,) = set(_files(cache)) - {first}
    first.write_bytes(second.read_bytes())
    (theme / "exhibits/a.html").write_text("{% for each in 'ab' %}{{ each }}{% endfor %} {{ '2024-05-01' | day }}", "utf-8")
    assert _shown(theme, cache) == right


@pytest.mark.parametrize("content", [b"", b"j2", b"\0" * 200])
def test_what_is_damaged_is_made_anew(theme: Path, tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path / "cache")
    right = _shown(theme, cache)
    (file,) = _files(cache)
    file.write_bytes(content)
    assert _shown(theme, cache) == right
