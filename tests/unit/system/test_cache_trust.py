"""A cache that somebody else filled: nothing is written outside, nothing hidden, and nothing of it is believed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from hashlib import blake2b, sha256
from pathlib import Path

import pytest

from generator.media import pictures
from generator.media.formats import encode
from generator.media.formats.forms import Limits
from generator.system import own as own_of_user
from generator.system.cache import Cache, folder_of, key
from tests.helpers.driver import SiteDriver

BRAND = "brands/qingfeng"
VICTIMS = ("/tmp/exhibit-victim.txt", "../../../victim.txt", "..\\victim.txt", "media/../../victim.txt", "", ".", "media//x", "media/x.html")
WIDTHS = ((640, 1280), (192, 384), (640, 960, 1280, 1920), (960, 1920))


def _entry(victim: str, body: bytes = b"import os\n") -> bytes:
    """What a cache once kept of a picture, with an address of the planter's choice, and what it keeps today."""
    head = {"variants": [["webp", victim, 640, 480, len(body)]], "made": [[victim, 640, 480, len(body)]], "tint": "", "seen": None, "blank": False}
    text = json.dumps(head).encode()
    return len(text).to_bytes(4, "big") + text + body


def _names(raw: bytes, publish: bool) -> list[str]:
    limits = repr(Limits(20 << 20, 40_000_000))
    return [key(pictures.STEP, encode.version(), (sha256(raw).hexdigest(), repr(each), limits, str(publish))) for each in WIDTHS]


def _plant(root: Path, raw: bytes, value: bytes, seal: bytes) -> None:
    for name in (*_names(raw, True), *_names(raw, False)):
        file = root / pictures.STEP / name[:2] / name[2:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(seal + value)


@pytest.mark.few
@pytest.mark.parametrize("victim", VICTIMS)
def test_planted_values_write_nothing_and_change_nothing(victim: str, small: SiteDriver) -> None:
    clean = small.build().files()
    raw = (small.root / BRAND / "img/hall.jpg").read_bytes()
    value = _entry(victim)
    for seal in (sha256(value).digest(), blake2b(value, digest_size=32).digest(), b"\0" * 32):
        planted = small.root.parent / "planted"
        _plant(planted, raw, value, seal)
        small.build(cache=planted)
        assert small.files() == clean
    assert not Path("/tmp/exhibit-victim.txt").exists() and not list(small.root.parent.rglob("victim.txt"))


@pytest.mark.audit
def test_even_a_sealed_value_is_only_bytes(small: SiteDriver) -> None:
    """Whoever holds the secret is the user, and still a value that is no picture's answer is a miss."""
    clean = small.build().files()
    raw = (small.root / BRAND / "img/hall.jpg").read_bytes()
    chance = random.Random(11)
    good = _entry("webp")
    values = [_entry(each) for each in VICTIMS] + [b"", b"\xff" * 9, good[:20]]
    values += [bytes(each ^ (chance.random() < 0.02) * chance.randrange(256) for each in good) for _ in range(40)]
    for value in values:
        cache = Cache(small.root.parent / "sealed")
        for name in (*_names(raw, True), *_names(raw, False)):
            cache.write(pictures.STEP, name, value)
        small.build(cache=cache.root)
        assert small.files() == clean


def test_a_planted_verdict_hides_no_broken_picture(small: SiteDriver) -> None:
    file = small.root / BRAND / "img/hall.jpg"
    broken = file.read_bytes()[:20] + b"\0" * 400
    file.write_bytes(broken)
    head = json.dumps({"made": [], "tint": "", "seen": [900, 900], "blank": False}).encode()
    value = len(head).to_bytes(4, "big") + head
    for seal in (sha256(value).digest(), sha256(b"fine").digest()):
        planted = small.root.parent / "cache"
        _plant(planted, broken, value, seal)
        assert "IMG-004" in [code for code, _, _ in small.check().codes()]


def test_a_value_moved_to_another_name_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    one, other = key("pictures", "1", ("a",)), key("pictures", "1", ("b",))
    cache.write("pictures", one, b"value")
    file = tmp_path / "c" / "pictures" / other[:2] / other[2:]
    file.parent.mkdir(parents=True)
    file.write_bytes((tmp_path / "c" / "pictures" / one[:2] / one[2:]).read_bytes())
    assert cache.read("pictures", other) is None
    assert cache.read("pictures", one) == b"value"


def test_a_cache_of_someone_else_is_no_cache(tmp_path: Path) -> None:
    name = key("pictures", "1", ("a",))
    Cache(tmp_path / "c", secret=b"another user's secret, 32 bytes.").write("pictures", name, b"value")
    assert Cache(tmp_path / "c").read("pictures", name) is None


@pytest.mark.audit
def test_nothing_is_kept_in_the_folder_of_the_site(small: SiteDriver) -> None:
    before = sorted(small.root.rglob("*"))
    environment = {**os.environ, "XDG_CACHE_HOME": str(small.root.parent / "own")}
    for command in (["check"], ["build", "--out", str(small.out)]):
        arguments = [sys.executable, "-m", "generator", *command, "--root", str(small.root), "--as-of", "2026-06-01"]
        assert subprocess.run(arguments, env=environment, capture_output=True, check=False).returncode == 0
    assert sorted(small.root.rglob("*")) == before
    if sys.platform == "linux":
        assert list((small.root.parent / "own" / "exhibit" / "sites").iterdir())


def test_a_link_called_cache_is_never_followed(small: SiteDriver, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (small.root / ".cache").symlink_to(outside, target_is_directory=True)
    small.build(cache=None)
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="owners and modes of files are those of POSIX")
def test_the_secret_is_readable_by_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_of_user, "folder", lambda: tmp_path / "own")
    own_of_user.secret.cache_clear()
    try:
        secret = own_of_user.secret()
        file = tmp_path / "own" / "secret"
        assert (len(secret), file.read_bytes(), file.stat().st_mode & 0o777) == (32, secret, 0o600)
        own_of_user.secret.cache_clear()
        assert own_of_user.secret() == secret
        file.chmod(0o644)
        own_of_user.secret.cache_clear()
        assert own_of_user.secret() != secret, "one that others could read is no secret"
        file.unlink()
        file.symlink_to("/etc/hostname")
        own_of_user.secret.cache_clear()
        assert len(own_of_user.secret()) == 32
        assert not file.is_symlink(), "a link is replaced, never followed"
    finally:
        own_of_user.secret.cache_clear()


def test_where_nothing_can_be_kept_each_run_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    monkeypatch.setattr(own_of_user, "folder", lambda: blocked / "exhibit")
    folder = folder_of(tmp_path)
    assert folder.is_dir() and folder != Path("/tmp/exhibit-cache")
    assert os.name != "posix" or folder.stat().st_mode & 0o077 == 0


def test_two_sites_of_one_user_do_not_share_a_folder(tmp_path: Path) -> None:
    assert folder_of(tmp_path / "a") != folder_of(tmp_path / "b")
    assert own_of_user.folder() in folder_of(tmp_path / "a").parents
