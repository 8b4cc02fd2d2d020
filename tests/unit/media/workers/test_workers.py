"""Workers for pictures: one that dies, hangs or takes too much costs one picture, and the others are made."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.media import workers
from generator.media.pictures import Limits, Picture, Wanted, develop, encoded
from generator.media.workers import Crew, Lost, job
from generator.problems import Problem, Span
from generator.source.files import discover
from generator.system.cache import Cache
from tests.helpers import misbehaving
from tests.helpers.driver import SiteDriver

LIMITS = Limits(20 << 20, 40_000_000)
ASK = {"widths": (8,), "publish": True, "file_size": LIMITS.file_size, "pixels": LIMITS.pixels}
REASONS = {"died": "意外退出", "slow": "没有进展", "memory": "内存"}


def _png(colour: str = "red", size: tuple[int, int] = (20, 10)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def _bad(how: str) -> bytes:
    """A good picture that makes the workers of ``misbehaving`` do what ``how`` says."""
    return _png() + misbehaving.MARK + how.encode()


@pytest.fixture
def bad_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that do what some pictures tell them."""
    monkeypatch.setattr(workers, "MODULE", "tests.helpers.misbehaving")
    monkeypatch.setattr(workers, "PATIENCE", 1.5)


Made = tuple[dict[str, Picture], tuple[Problem, ...], dict[str, bytes]]


@pytest.fixture
def develop_all(tmp_path: Path) -> Callable[..., Made]:
    """Develops files of one folder."""

    def run(files: dict[str, bytes], jobs: int = 1, cache: str = "cache") -> Made:
        folder = tmp_path / "brands/x"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        sources, _ = discover(tmp_path)
        wanted = [Wanted(f"brands/x/{name}", Span("a.yml", at), (8,), True) for at, name in enumerate(files, 1)]
        store = Cache(tmp_path / cache)
        made, problems = develop(wanted, sources, store, LIMITS, jobs)
        names = {path.rpartition("/")[2]: picture for path, picture in made.items()}
        return names, problems, dict(encoded(made.values(), store))

    return run


# -- one bad picture ---------------------------------------------------------------------------------------------------


@pytest.mark.audit
@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("exit", "died"),
        ("segfault", "died"),
        ("kill", "died"),
        ("raise", "died"),
        ("sleep", "slow"),
        ("spin", "slow"),
        ("steps", "slow"),
        ("gobble", "memory"),
    ],
)
@pytest.mark.usefixtures("bad_workers")
def test_a_worker_that_is_lost_costs_one_picture(how: str, reason: str, develop_all: Callable[..., Made]) -> None:
    files = {"a.png": _png("blue"), "bad.png": _bad(how), "c.png": _png("green"), "d.png": _png("white")}
    made, problems, published = develop_all(files)
    assert set(made) == {"a.png", "c.png", "d.png"}
    assert len(published) == 6  # of a plain colour there is no AVIF
    (only,) = problems
    assert (only.code, only.span, only.is_error) == ("IMG-007", Span("a.yml", 2), True)
    assert "brands/x/bad.png" in only.text("zh") and REASONS[reason] in only.text("zh")
    assert "JPEG" in only.remedy("zh") and only.text("en") and only.remedy("en")


@pytest.mark.audit
@pytest.mark.usefixtures("bad_workers")
def test_the_number_of_workers_changes_nothing_where_some_are_lost(develop_all: Callable[..., Made]) -> None:
    ways = ("exit", "segfault", "gobble")
    files = {f"{at}.png": _bad(ways[at % 9 // 3]) if at % 3 == 0 else _png(size=(20 + at, 9)) for at in range(18)}
    one, two = develop_all(files, 1, "one"), develop_all(files, 2, "two")
    assert len(one[0]) == 12 and len(one[1]) == 6
    assert one == two


@pytest.mark.audit
@pytest.mark.usefixtures("bad_workers")
@pytest.mark.parametrize(
    "how",
    [
        "noise",
        "silence",
        "half",
        "long",
        "list",
        "no size",
        "other fault",
        "page",
        "long tint",
        "too little",
        "much",
        "text",
    ],
)
def test_a_worker_that_answers_nonsense_is_not_believed(how: str, develop_all: Callable[..., Made]) -> None:
    made, problems, _ = develop_all({"bad.png": _bad(how), "good.png": _png()})
    assert set(made) == {"good.png"}
    assert [each.code for each in problems] == ["IMG-007"]


@pytest.mark.usefixtures("bad_workers")
def test_a_worker_that_dies_once_is_forgiven(tmp_path: Path, develop_all: Callable[..., Made]) -> None:
    """A worker may be lost to something else, such as a system short of memory: the picture is tried in another."""
    made, problems, _ = develop_all({"a.png": _bad(f"once {tmp_path / 'died'}")})
    assert (tmp_path / "died").exists()
    assert set(made) == {"a.png"} and not problems


@pytest.mark.usefixtures("bad_workers")
def test_a_slow_picture_that_gets_on_is_made(develop_all: Callable[..., Made]) -> None:
    started = time.monotonic()
    made, problems, _ = develop_all({"a.png": _bad("slowly")})
    assert time.monotonic() - started > workers.PATIENCE
    assert set(made) == {"a.png"} and not problems


def test_a_worker_that_cannot_start_is_no_fault_of_a_picture(
    monkeypatch: pytest.MonkeyPatch, develop_all: Callable[..., Made]
) -> None:
    monkeypatch.setattr(workers, "MODULE", "tests.no_such_module")
    with pytest.raises(OSError, match="could not be started"):
        develop_all({"a.png": _png()})


@pytest.mark.usefixtures("bad_workers")
def test_a_whole_site_is_checked_though_a_worker_dies(small: SiteDriver) -> None:
    small.write("brands/qingfeng/img/leaf.png", _bad("segfault"))
    brand = small.root / "brands/qingfeng/brand.yml"
    logo = next(line.strip() for line in brand.read_text("utf-8").splitlines() if "src: img/" in line)
    small.edit("brands/qingfeng/brand.yml", logo, "src: img/leaf.png").check()
    assert [code for code, _, _ in small.codes()] == ["IMG-007"]
    assert not small.build().is_published()
    assert small.build(keep_going=True).is_published()


# -- the process -------------------------------------------------------------------------------------------------------


def _children() -> set[int]:
    """The processes that this one has started and that still run."""
    mine = set()
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            mine.add(int(each.parent.name))
    return mine


@pytest.fixture
def no_child_is_left() -> Iterator[None]:
    before = _children()
    yield
    assert _children() - before == set()


@pytest.mark.usefixtures("bad_workers", "no_child_is_left")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_no_worker_outlives_its_crew() -> None:
    with Crew(2) as crew:
        assert isinstance(crew.ask(ASK, _png()), tuple)
        assert crew.ask(ASK, _bad("sleep")) == Lost("slow")
        assert crew.ask(ASK, _bad("exit")) == Lost("died")
        assert isinstance(crew.ask(ASK, _png()), tuple)
    with pytest.raises(KeyError), Crew(1) as crew:
        crew.ask(ASK, _png())
        raise KeyError


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps the limit")
def test_a_worker_is_held_to_its_memory() -> None:
    code = "import generator.media.workers.job as j; j.limit_memory(j.MEMORY); bytearray(j.MEMORY)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 1 and "MemoryError" in run.stderr
    assert job.MEMORY <= 512 << 20


@pytest.mark.audit
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize(
    ("form", "mode", "size"),
    [
        ("PNG", "RGBA", (8000, 5000)),
        ("PNG", "P", (8000, 5000)),
        ("PNG", "I;16", (8000, 5000)),
        ("JPEG", "CMYK", (8000, 5000)),
        ("WEBP", "RGBA", (6000, 4000)),
        ("AVIF", "RGB", (6000, 4000)),
    ],
)
def test_the_largest_picture_that_is_allowed_fits(form: str, mode: str, size: tuple[int, int]) -> None:
    """Turned by its orientation, which takes the most."""
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    options: dict[str, Any] = {"speed": 10} if form == "AVIF" else {"method": 0} if form == "WEBP" else {}
    Image.new(mode, size).save(out, form, exif=exif, **options)
    with Crew(1) as crew:
        answer = crew.ask({**ASK, "widths": (64,)}, out.getvalue())
        worker = crew._idle.get()
        assert worker is not None and isinstance(answer, tuple)
        crew._idle.put(worker)
        status = Path(f"/proc/{worker._process.pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert peak < 512 << 10
    assert answer[0]["made"][0][1:3] == [64, round(64 * size[0] / size[1])]


def test_a_worker_ends_when_nobody_asks_any_more() -> None:
    process = subprocess.Popen([sys.executable, "-m", workers.MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    assert job.receive(process.stdout) == ({"step": "ready"}, b"")
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_worker_knows_no_secrets_of_its_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPLOY_TOKEN", "secret")
    assert "secret" not in " ".join(workers._environment().values())


def test_many_threads_share_few_workers() -> None:
    answers: list[object] = []
    with Crew(2) as crew:
        threads = [threading.Thread(target=lambda: answers.append(crew.ask(ASK, _png()))) for _ in range(12)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert crew._idle.qsize() == 2
    assert len(answers) == 12 and all(each == answers[0] for each in answers)


# -- frames ------------------------------------------------------------------------------------------------------------


def test_a_frame_comes_back_as_it_was_sent() -> None:
    pipe = io.BytesIO()
    job.send(pipe, {"widths": [1, 2]}, b"body")
    job.send(pipe, {})
    pipe.seek(0)
    assert job.receive(pipe) == ({"widths": [1, 2]}, b"body")
    assert job.receive(pipe) == ({}, b"")
    assert job.receive(pipe) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xff\xff\xff",
        b"\0\0\0\x02{}",
        b"\0\0\0\x02[]",
        b"\0\0\0\x01x",
        b'\0\0\0\x0b{"size": 2}x',
        b'\0\0\0\x0c{"size": -2}',
        b'\0\0\0\x0e{"size": true}',
        b'\0\0\0\x16{"size": 999999999999}',
        b"\0\0\0\x02\xff\xfe",
        b"\0\0\0\x09{}",
        b"\0\0\xff\xff" + b"[" * 0xFFFF,
    ],
)
def test_what_is_no_frame_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):
        job.receive(io.BytesIO(raw))


def test_a_signal_ends_a_worker_at_once() -> None:
    with Crew(1) as crew:
        crew.ask(ASK, _png())
        worker = crew._idle.get()
        assert worker is not None
        os.kill(worker._process.pid, signal.SIGKILL)
        worker._process.wait()
        crew._idle.put(worker)
        assert isinstance(crew.ask(ASK, _png()), tuple)  # by another one
