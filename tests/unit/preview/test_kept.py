"""The folders that previews keep: which of them may be shown, and how many there are."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.preview import kept
from generator.publishing.manifest import MANIFEST, read_manifest, written
from generator.system import own
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import run, said


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))


def _previews() -> set[str]:
    return {each.name for each in (own.folder() / kept.PREVIEWS).iterdir()}


def _built(small: SiteDriver, place: Path, name: str = "a") -> Path:
    site = place / name / "site"
    small.out = site
    small.build(keep_going=True)
    return site


def test_a_preview_finds_the_newest_site_that_was_made_for_it(small: SiteDriver) -> None:
    settings = small.settings(keep_going=True)
    with kept.workplace(settings) as place:
        assert kept.former(place) is None
        older, newer = _built(small, place), _built(small, place, "b")
        os.utime(older / MANIFEST, (0, 0))
    with kept.workplace(settings) as again:
        found = kept.former(again)
        assert again == place and found is not None and found.folder == newer


@pytest.mark.parametrize("change", [{"generator": "0.0.1"}, {"preview": None}], ids=lambda each: next(iter(each)))
def test_a_site_of_another_version_or_for_publication_is_not_shown(change: dict[str, str | None], small: SiteDriver) -> None:
    with kept.workplace(small.settings(keep_going=True)) as place:
        site = _built(small, place)
        told = {**(read_manifest(site) or {}), **change}
        files = told.pop("files")
        facts = {name: value for name, value in told.items() if value is not None and name not in {"seal", "format"}}
        (site / MANIFEST).write_bytes(written(facts, files))
        assert read_manifest(site) is not None and kept.former(place) is None
        (site / MANIFEST).write_text(json.dumps(told))
        assert kept.former(place) is None


def test_what_is_seen_in_another_way_is_kept_apart(small: SiteDriver) -> None:
    now = small.settings(datetime.now(UTC), keep_going=True)
    ways = (now, replace(now, year=2024), replace(now, as_of=date(2024, 1, 1)), replace(now, links="file"))
    places = set()
    for each in ways:
        with kept.workplace(each) as place:
            places.add(place.name)
    assert len(places) == len(ways) and len(_previews()) == 2
    with kept.workplace(now) as one:
        pass
    with kept.workplace(replace(now, as_of=datetime.now(UTC))) as later:
        assert later == one


def test_two_are_kept_and_none_at_which_somebody_works(small: SiteDriver) -> None:
    settings = small.settings(keep_going=True)
    with kept.workplace(settings) as busy:
        with kept.workplace(settings) as passing:
            assert passing.parent != busy.parent
        assert not passing.exists()
        for year in range(2019, 2024):
            with kept.workplace(replace(settings, year=year)) as place:
                (place / "a").mkdir()
                os.utime(place, (year, year))
        assert busy.name in _previews() and len(_previews()) <= 3
        kept.clear_all()
        assert _previews() == {busy.name}
    kept.clear_all()
    assert _previews() == set()


def test_a_folder_that_others_can_write_in_keeps_nothing(small: SiteDriver) -> None:
    with kept.workplace(small.settings(keep_going=True)) as place:
        pass
    place.parent.chmod(0o777)
    with kept.workplace(small.settings(keep_going=True)) as other:
        assert other.parent != place.parent


def test_the_command_that_prunes_removes_previews_too(small: SiteDriver, tmp_path: Path) -> None:
    with kept.workplace(small.settings(keep_going=True)) as place:
        (place / "a").mkdir()
    done = run("cache", "prune", "--root", str(small.root), cwd=tmp_path)
    assert done.returncode == 0 and not place.exists(), said(done)
