"""``python -m tests.new_site`` begins the fixture sites of any kind, and leaves alone what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalog.kind import Kind
from generator.kinds import KINDS
from generator.problems import any_errors
from tests import new_site
from tests.new_site import CannotBegin, begin


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_good_site_has_a_record_that_its_schema_takes_and_the_bad_one_has_mistakes(kind: Kind, tmp_path: Path) -> None:
    good, bad = (each.check() for each in begin(kind.name, tmp_path))
    assert not [each for each in good.codes() if each[0].startswith(("SCH-", "YML-"))], good.lines()
    file = new_site.file_of(kind, new_site.good_record(kind))
    assert (good.root / file).is_file()
    assert any_errors(bad.problems)
    assert len({code for code, path, _ in bad.codes() if path == file}) >= 2, bad.lines()


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    begin("unit", tmp_path)
    kept = (tmp_path / "good/unit/content/units.yml").read_bytes()
    with pytest.raises(CannotBegin, match="already"):
        begin("unit", tmp_path)
    assert (tmp_path / "good/unit/content/units.yml").read_bytes() == kept


def test_a_kind_that_is_none_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert new_site.main(["brnad"]) == 2
    assert "brand" in capsys.readouterr().err


def test_it_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(new_site, "begin", lambda name: begin(name, tmp_path))
    assert new_site.main(["pioneer"]) == 0
    said = capsys.readouterr().out
    assert str(tmp_path / "good/pioneer") in said and "-k pioneer --update-expected" in said
