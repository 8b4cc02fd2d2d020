"""A cache that may be damaged, full, shared or gone without changing what is built."""

from __future__ import annotations

import threading
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.system.cache import Cache, key

STEP = "pictures"
VALUE = b"\x00value\xff" * 40


def _file(cache: Cache) -> Path:
    (only,) = (each for each in cache.root.rglob("*") if each.is_file())
    return only


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache whose folder does not exist yet."""
    return Cache(tmp_path / "cache")


def _made(cache: Cache, value: bytes = VALUE, inputs: tuple[str, ...] = ("a", "b")) -> tuple[bytes, int]:
    """What the cache gives, and how often it had to be made."""
    calls: list[int] = []

    def make() -> bytes:
        calls.append(1)
        return value

    return cache.get_or_make(STEP, key(STEP, "1", inputs), make), len(calls)


@pytest.mark.parametrize("value", [b"", b"x", VALUE, bytes(range(256)) * 1000], ids=["empty", "short", "some", "long"])
def test_a_value_is_made_once(value: bytes, cache: Cache) -> None:
    assert _made(cache, value) == (value, 1)
    assert _made(cache, value) == (value, 0)
    assert Cache(cache.root).read(STEP, key(STEP, "1", ("a", "b"))) == value


def test_an_unknown_value_is_a_miss(cache: Cache) -> None:
    assert cache.read(STEP, key(STEP, "1", ())) is None
    assert not cache.root.exists()


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 100, -1])
def test_a_truncated_file_is_a_miss_and_mended(length: int, cache: Cache) -> None:
    _made(cache)
    file = _file(cache)
    file.write_bytes(file.read_bytes()[:length])
    assert cache.read(STEP, key(STEP, "1", ("a", "b"))) is None
    assert _made(cache) == (VALUE, 1)
    assert _made(cache) == (VALUE, 0)


@given(at=st.integers(0, 32 + len(VALUE) - 1), bit=st.integers(0, 7))
@example(at=0, bit=0)
def test_one_flipped_bit_is_a_miss(at: int, bit: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = Cache(tmp_path_factory.getbasetemp() / "flipped")
    name = key(STEP, "1", ("a",))
    cache.write(STEP, name, VALUE)
    file = _file(cache)
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1 << bit
    file.write_bytes(raw)
    assert cache.read(STEP, name) is None


@given(raw=st.binary(max_size=100))
@example(raw=b"")
def test_a_file_of_anything_is_a_miss(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = Cache(tmp_path_factory.getbasetemp() / "anything")
    name = key(STEP, "1", ("a",))
    cache.write(STEP, name, VALUE)
    _file(cache).write_bytes(raw)
    assert cache.read(STEP, name) is None


def test_bytes_behind_the_value_are_a_miss(cache: Cache) -> None:
    _made(cache)
    with _file(cache).open("ab") as file:
        file.write(b"\0")
    assert _made(cache) == (VALUE, 1)


def test_a_missing_file_is_a_miss_and_mended(cache: Cache) -> None:
    _made(cache)
    _file(cache).unlink()
    assert _made(cache) == (VALUE, 1)
    assert _made(cache) == (VALUE, 0)


def test_the_value_of_another_name_is_not_taken_for_this_one(cache: Cache) -> None:
    assert _made(cache, b"one", ("a",)) == (b"one", 1)
    assert _made(cache, b"two", ("b",)) == (b"two", 1)
    assert _made(cache, b"?", ("a",)) == (b"one", 0)


def test_a_folder_in_the_place_of_a_file_is_a_miss_and_costs_nothing(cache: Cache) -> None:
    _made(cache)
    file = _file(cache)
    file.unlink()
    file.mkdir()
    assert _made(cache) == (VALUE, 1)
    assert _made(cache) == (VALUE, 1)
    assert not [each for each in file.parent.iterdir() if each.name.startswith(".new-")]


def test_a_file_in_the_place_of_the_folder_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"")
    cache = Cache(tmp_path / "cache")
    assert _made(cache) == (VALUE, 1)
    assert _made(cache) == (VALUE, 1)


def test_a_folder_that_cannot_exist_costs_nothing() -> None:
    assert _made(Cache(Path("/proc/nothing/cache"))) == (VALUE, 1)


@pytest.mark.parametrize("call", ["mkstemp", "fdopen", "replace", "mkdir"])
def test_a_disk_that_is_full_or_read_only_costs_nothing(
    call: str, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    owner = {
        "mkstemp": "tempfile.mkstemp",
        "fdopen": "os.fdopen",
        "replace": "pathlib.Path.replace",
        "mkdir": "pathlib.Path.mkdir",
    }
    with monkeypatch.context() as patch:
        patch.setattr(owner[call], fail)
        assert _made(cache) == (VALUE, 1)
    assert not [each for each in cache.root.rglob("*") if each.is_file()]
    assert _made(cache) == (VALUE, 1)
    assert _made(cache) == (VALUE, 0)


def test_a_write_that_breaks_off_leaves_the_old_value(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    name = key(STEP, "1", ("a",))
    cache.write(STEP, name, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", fail)
        cache.write(STEP, name, b"new")
    assert cache.read(STEP, name) == b"old"


def _write_often(root: str, number: int) -> int:
    """Write and read one name many times; the number of readings that were neither a miss nor a whole value."""
    cache, name = Cache(Path(root)), key(STEP, "1", ("shared",))
    wrong = 0
    for _ in range(40):
        cache.write(STEP, name, bytes([number]) * 50_000)
        value = cache.read(STEP, name)
        wrong += value is None or len(value) != 50_000 or len(set(value)) != 1
    return wrong


def test_writers_at_the_same_time_leave_one_whole_value(cache: Cache) -> None:
    with ProcessPoolExecutor(3) as workers:
        assert sum(workers.map(_write_often, [str(cache.root)] * 3, range(3))) == 0
    value = cache.read(STEP, key(STEP, "1", ("shared",)))
    assert value is not None and value in [bytes([number]) * 50_000 for number in range(3)]
    assert [each.name[:1] for each in _file(cache).parent.iterdir()] != ["."]


def test_threads_may_share_a_cache(cache: Cache) -> None:
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(_made(cache)[0])) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [VALUE] * 8
    assert _made(cache) == (VALUE, 0)


def test_what_is_not_sound_is_made_again_and_nothing_is_not_kept(cache: Cache) -> None:
    name = key(STEP, "1", ("a", "b"))
    assert cache.get_or_make(STEP, name, lambda: None) is None
    assert cache.get_or_make(STEP, name, lambda: b"first") == b"first"
    assert cache.get_or_make(STEP, name, lambda: b"second", lambda kept: kept != b"first") == b"second"
    assert cache.get_or_make(STEP, name, lambda: b"third") == b"second"


def test_an_error_while_making_is_not_kept(cache: Cache) -> None:
    def fail() -> bytes:
        raise ValueError("not made")

    with pytest.raises(ValueError, match="not made"):
        cache.get_or_make(STEP, key(STEP, "1", ("a", "b")), fail)
    assert _made(cache) == (VALUE, 1)


def test_step_version_and_every_input_are_part_of_the_name() -> None:
    names = {
        key("a", "1", ("x", "y")),
        key("b", "1", ("x", "y")),
        key("a", "2", ("x", "y")),
        key("a", "1", ("x", "z")),
        key("a", "1", ("y", "x")),
        key("a", "1", ("x",)),
        key("a", "1", ("x", "y", "")),
        key("a", "1", ("xy",)),
        key("a", "1", ()),
    }
    assert len(names) == 9
    assert key("a", "1", ("x", "y")) == key("a", "1", ["x", "y"])


PARTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6)


@given(st.tuples(PARTS, PARTS, st.lists(PARTS, max_size=3)), st.tuples(PARTS, PARTS, st.lists(PARTS, max_size=3)))
@example(("a", "b", ["c"]), ("a", "bc", []))
@example(("a", "", ["b"]), ("a", "b", [""]))
def test_different_inputs_have_different_names(
    one: tuple[str, str, list[str]], other: tuple[str, str, list[str]]
) -> None:
    assert (key(*one) == key(*other)) == (one == other)


@pytest.mark.parametrize(
    ("version", "inputs"), [("2", ("a", "b")), ("1", ("a", "c")), ("1", ("a",)), ("1", ("b", "a"))]
)
def test_another_version_or_input_is_made_anew(version: str, inputs: tuple[str, ...], cache: Cache) -> None:
    _made(cache)
    assert cache.get_or_make(STEP, key(STEP, version, inputs), lambda: b"other") == b"other"
    assert _made(cache) == (VALUE, 0)


def test_names_are_spread_over_folders_and_stay_below_the_root(cache: Cache) -> None:
    for number in range(50):
        cache.write(STEP, key(STEP, "1", (str(number),)), b"x")
    files = [each.relative_to(cache.root).parts for each in cache.root.rglob("*") if each.is_file()]
    assert len(files) == 50
    assert all(len(parts) == 3 and parts[0] == STEP and len(parts[1]) == 2 for parts in files)
