"""Folders with very many folders in them go as a whole, and nothing that a link leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.system.plainfiles import clear


@pytest.mark.parametrize("count", [3, 300])
def test_a_folder_goes_with_all_that_is_in_it(count: int, tmp_path: Path) -> None:
    folder, kept = tmp_path / "site", tmp_path / "kept"
    (kept / "inner").mkdir(parents=True)
    (kept / "inner/file").write_text("x")
    for number in range(count):
        (folder / f"brands/{number}/deep").mkdir(parents=True)
        (folder / f"brands/{number}/index.html").write_text("x")
        (folder / f"brands/{number}/deep/link").symlink_to(kept)
    (folder / "brands/to").symlink_to(kept / "inner")
    (folder / "brands/0").chmod(0o500)
    (folder / "top").symlink_to(kept)
    clear(folder)
    assert not folder.exists()
    assert (kept / "inner/file").read_text() == "x"
