"""Any number of releases costs work in proportion: each score sheet is settled once a build, however many there are."""

from __future__ import annotations

from typing import Any

import pytest

from generator.kinds.release import contest, scoresheet
from tests.helpers.driver import SiteDriver

FOLDER = "content/releases"


@pytest.mark.parametrize("count", [1, 17, 40])
def test_each_release_is_settled_once(count: int, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = SiteDriver.copy("good/release", tmp_path)
    text = (driver.root / FOLDER / "2023/release.yml").read_text("utf-8")
    for year in range(2023 - count + 1, 2023):
        driver.copy_folder(f"{FOLDER}/2023", f"{FOLDER}/{year}")
        driver.write(
            f"{FOLDER}/{year}/release.yml",
            text.replace('id: "2023"\n', f'id: "{year}"\n', 1).replace("\nyear: 2023\n", f"\nyear: {year}\n", 1),
        )
    calls = {"settle": 0, "read": 0}

    def counted(name: str, call: Any) -> Any:
        def count(*args: Any) -> Any:
            calls[name] += 1
            return call(*args)

        return count

    monkeypatch.setattr(contest, "settle", counted("settle", contest.settle))
    monkeypatch.setattr(scoresheet, "read", counted("read", scoresheet.read))
    driver.build()
    assert driver.is_published(), driver.lines()
    assert (driver.out / f"releases/{2023 - count + 1}/index.html").is_file()
    assert calls["settle"] == count
    assert calls["read"] <= 2 * count  # once to check the sheet, once to settle it
