"""Exit codes as a shell sees them: 0 clean, 1 problems, 2 cannot, 130 interrupted, from every command."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.processes import COMMAND, HAS_POWERLESS, environment, here, run, said

Site = Callable[[str], SiteDriver]
TRACE = "Traceback"
INTERNAL = "程序内部出错"


@pytest.fixture
def broken(small: SiteDriver) -> SiteDriver:
    return small.edit("brands/qingfeng/brand.yml", "slogan:", "slogna:")


def _cache(site: SiteDriver) -> tuple[str, str]:
    return ("--cache", str(site.root.parent / "cache"))


# -- every command, every outcome --------------------------------------------------------------------------------------

CLEAN = (
    ("check",),
    ("check", "brands/qingfeng"),
    ("check", "--format", "json"),
    ("check", "--format", "github"),
    ("build", "--out", "O"),
    ("build", "--out", "O", "--links", "file"),
    ("build", "--out", "O", "--keep-going"),
    ("build", "--out", "O", "--year", "2024"),
    ("addresses",),
    ("addresses", "--write"),
    ("cache", "stat"),
    ("cache", "prune"),
    ("schema", "brand"),
    ("schema", "site_config"),
    ("schema", "--out", "schemas"),
    ("--help",),
    ("--version",),
    ("build", "-h"),
)
PROBLEMS = (
    ("check",),
    ("check", "brands"),
    ("check", "--format", "json"),
    ("check", "--format", "github"),
    ("build", "--out", "O"),
    ("build", "--out", "O", "--keep-going"),
    ("addresses",),
    ("addresses", "--check"),
    ("addresses", "--write"),
)
CANNOT = (
    (),
    ("chekc",),
    ("check", "--frmat", "json"),
    ("check", "--format", "xml"),
    ("check", "--format"),
    ("check", "--root", "nowhere"),
    ("check", "--root", "site_config.yml"),
    ("check", "--root", "content"),
    ("check", "--root", ""),
    ("check", "--as-of", "gestern"),
    ("check", "--as-of", "0001-01-01"),
    ("check", "--as-of", "9999-12-31"),
    ("check", "--as-of", ""),
    ("check", "--jobs", "0"),
    ("check", "--jobs", "1000000000000000000000"),
    ("check", "--cache", "site_config.yml"),
    ("check", "--cache", "site_config.yml/below"),
    ("check", "nothing"),
    ("check", ""),
    ("build", "--out", "."),
    ("build", "--out", ".."),
    ("build", "--out", "content"),
    ("build", "--out", "brands/qingfeng/new"),
    ("build", "--out", "theme"),
    ("build", "--out", ""),
    ("build", "--out", "site_config.yml"),
    ("build", "--out", "site_config.yml/below"),
    ("build", "--out", "mine"),
    ("build", "--year", "twenty"),
    ("build", "--keep-going=yes"),
    ("build", "surplus"),
    ("addresses", "--write", "--check"),
    ("addresses", "surplus"),
    ("headers", "--for", "nginx"),
    ("headers",),
    ("headers", "--for", "apache"),
    ("headers", "--for", "nginx", "--at", "x"),
    ("release", "2024", "--explain"),
    ("release", "../brands", "--explain"),
    ("release", "2024"),
    ("release",),
    ("cache",),
    ("cache", "prnue"),
    ("schema", "brnad"),
    ("schema",),
    ("schema", "brand", "--out", "schemas"),
    ("schema", "--out", "site_config.yml"),
    ("serve", "--port", "x"),
    ("serve", "--port", "65536"),
    ("serve", "--host", ""),
    ("serve", "--host", "no.such.host.invalid", "--port", "0"),
    ("serve", "--host", "192.0.2.1", "--port", "0"),
)


def _with_cache(site: SiteDriver, arguments: tuple[str, ...]) -> tuple[str, ...]:
    takes = arguments and arguments[0] in ("addresses", "check", "build", "cache", "serve", "release", "headers")
    return (
        (*arguments, *_cache(site))
        if takes and "--cache" not in arguments and arguments[-1] != "--format"
        else arguments
    )


@pytest.mark.few(3)
@pytest.mark.parametrize("arguments", CLEAN, ids=" ".join)
def test_what_is_clean_ends_with_0(small: SiteDriver, arguments: tuple[str, ...]) -> None:
    done = run(*_with_cache(small, arguments), cwd=small.root)
    assert (done.returncode, TRACE in said(done)) == (0, False), said(done)


@pytest.mark.few(3)
@pytest.mark.parametrize("arguments", PROBLEMS, ids=" ".join)
def test_problems_end_with_1(broken: SiteDriver, arguments: tuple[str, ...]) -> None:
    done = run(*_with_cache(broken, arguments), cwd=broken.root)
    assert (done.returncode, TRACE in said(done)) == (1, False), said(done)
    assert "SCH-002" in said(done)


@pytest.mark.parametrize("arguments", CANNOT, ids=" ".join)
def test_what_cannot_be_done_ends_with_2_and_a_word_and_creates_nothing(
    small: SiteDriver, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write("mine/thesis.txt", "x")
    before = sorted(small.root.rglob("*"))
    done = here(monkeypatch, *_with_cache(small, arguments), cwd=small.root)
    assert done.returncode == 2, said(done)
    assert said(done).strip() and TRACE not in said(done) and INTERNAL not in said(done)
    made = {each.relative_to(small.root).parts[0] for each in set(small.root.rglob("*")) - set(before)}
    assert made <= {".mine.lock"}, made  # what publishing leaves is tested with publishing


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "arguments",
    [(), ("chekc",), ("check", "nothing"), ("build", "--out", "."), ("build", "--year", "x"), ("headers",)]
    + [("release", "2024"), ("cache",), ("schema", "brnad"), ("serve", "--host", "")],
    ids=" ".join,
)
def test_a_process_of_every_command_ends_with_2(small: SiteDriver, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, cwd=small.root)
    assert done.returncode == 2 and said(done).strip() and TRACE not in said(done)


def test_warnings_alone_are_clean(small: SiteDriver) -> None:
    small.write("brands/qingfeng/notes.docx", b"x")
    done = run("check", *_cache(small), cwd=small.root)
    assert (done.returncode, "ID-008" in said(done)) == (0, True)


def test_a_release_that_cannot_be_computed_is_1_and_one_that_can_0(site: Site) -> None:
    release = site("good/release")
    asked = ("release", "2023", "--explain", *_cache(release))
    assert run(*asked, cwd=release.root).returncode == 0
    assert run("release", "2023", "--write", *_cache(release), cwd=release.root).returncode == 0
    release.edit("content/releases/2023/release.yml", "quota:", "quotta:")
    assert run(*asked, cwd=release.root).returncode == 1
    done = run("release", "2203", "--explain", *_cache(release), cwd=release.root)
    assert done.returncode == 2 and "2023" in said(done)


def test_headers_of_a_built_site(small: SiteDriver) -> None:
    small.build()
    for form in ("nginx", "static"):
        done = run("headers", "--for", form, "--out", str(small.out), cwd=small.root)
        assert done.returncode == 0 and "Content-Security-Policy" in said(done)
    (small.out / "index.html").write_bytes(b"\xff\xfe not ours")
    done = run("headers", "--for", "nginx", "--out", str(small.out), cwd=small.root)
    assert done.returncode == 2 and INTERNAL not in said(done) and "index.html" in said(done)


def test_a_fault_of_ours_is_2_and_says_so(small: SiteDriver, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import generator.catalog.gathering\n"
        "def fail(*_, **__): raise RuntimeError('a fault of ours')\n"
        "generator.catalog.gathering.gather = fail\n"
    )
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    done = run("check", *_cache(small), cwd=small.root, PYTHONPATH=path)
    assert done.returncode == 2 and INTERNAL in said(done) and "a fault of ours" in said(done)


# -- the machine -------------------------------------------------------------------------------------------------------

EPOCHS = ("tomorrow", "-1", "99999999999999", "1.5", "1e9", "٣", "0x10")


@pytest.mark.few
@pytest.mark.parametrize("epoch", EPOCHS)
def test_a_wrong_epoch_is_explained(small: SiteDriver, epoch: str) -> None:
    done = run("check", *_cache(small), cwd=small.root, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2 and "SOURCE_DATE_EPOCH" in said(done) and INTERNAL not in said(done)
    asked = run("check", *_cache(small), "--as-of", "2026-06-01", cwd=small.root, SOURCE_DATE_EPOCH=epoch)
    assert asked.returncode == 0


def test_a_full_disk_is_2_and_keeps_the_old_site(small: SiteDriver) -> None:
    small.build()
    before = small.files()
    small.edit("brands/qingfeng/brand.yml", "slogan: 清风徐来", "slogan: 另一句话")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [*COMMAND, "build", "--root", str(small.root), "--out", str(small.out), "--cache", str(small.out) + "-cache"],
        env=environment(),
        capture_output=True,
        preexec_fn=limit,
        check=False,
    )
    assert done.returncode == 2 and "磁盘满了" in said(done) and INTERNAL not in said(done)
    assert small.files() == before


@pytest.mark.skipif(not HAS_POWERLESS, reason="no setpriv on this machine, and everything is allowed to this user")
@pytest.mark.parametrize("path", ["site_config.yml", "brands/qingfeng/brand.yml", "brands/qingfeng", "."])
def test_what_may_not_be_read_is_named(small: SiteDriver, path: str) -> None:
    target = small.root / path
    mode = target.stat().st_mode
    target.chmod(0)
    try:
        done = run("check", "--root", str(small.root), *_cache(small), cwd=small.root.parent, powerless=True)
    finally:
        target.chmod(mode)
    assert done.returncode == 2 and "没有权限" in said(done) and INTERNAL not in said(done)
    assert Path(path).name in said(done) or path == "."


@pytest.mark.audit
@pytest.mark.skipif(not HAS_POWERLESS, reason="no setpriv on this machine, and everything is allowed to this user")
def test_a_folder_that_may_only_be_read_can_be_checked_and_built_elsewhere(small: SiteDriver) -> None:
    small.root.chmod(0o555)
    try:
        assert run("check", cwd=small.root, powerless=True).returncode == 0
        inside = run("build", cwd=small.root, powerless=True)
        outside = run("build", "--out", str(small.out), cwd=small.root, powerless=True)
    finally:
        small.root.chmod(0o755)
    assert inside.returncode == 2 and "不能写入" in said(inside)
    assert outside.returncode == 0 and (small.out / "index.html").is_file()


@pytest.mark.skipif(not HAS_POWERLESS, reason="no setpriv on this machine, and everything is allowed to this user")
def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(small: SiteDriver, tmp_path: Path) -> None:
    cache = tmp_path / "read-only"
    cache.mkdir(mode=0o555)
    done = run("build", "--out", str(small.out), "--cache", str(cache), cwd=small.root, powerless=True)
    assert done.returncode == 0, said(done)
    assert list(cache.iterdir()) == [] and (small.out / "index.html").is_file()


@pytest.mark.few
@pytest.mark.parametrize("lacking", ["assets", "exhibits", "frame"])
def test_a_theme_that_is_not_all_there_is_named(small: SiteDriver, lacking: str) -> None:
    for part in {"assets", "exhibits", "frame"} - {lacking}:
        (small.root / "theme").mkdir(exist_ok=True)
        (small.root / "theme" / part).symlink_to(ROOT / "theme" / part)
    for command in (("build", "--out", str(small.out)), ("serve", "--port", "0")):
        done = run(*command, "--theme", "theme", *_cache(small), cwd=small.root)
        assert done.returncode == 2 and lacking in said(done) and INTERNAL not in said(done)


def test_a_busy_port_is_told_before_anything_is_built(small: SiteDriver, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), "--cache", str(tmp_path / "unused"), cwd=small.root)
    assert done.returncode == 2 and f"端口 {port} 已被占用" in said(done) and "--port" in said(done)
    assert INTERNAL not in said(done) and not (tmp_path / "unused").exists()


@pytest.mark.skipif(not HAS_POWERLESS, reason="no setpriv on this machine, and everything is allowed to this user")
def test_a_port_that_is_not_permitted(small: SiteDriver) -> None:
    first_free = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")
    if first_free.exists() and int(first_free.read_text()) <= 80:
        pytest.skip("every port is permitted on this machine")
    done = run("serve", "--port", "80", *_cache(small), cwd=small.root, powerless=True)
    assert done.returncode == 2 and "没有权限使用端口 80" in said(done)


# -- interrupted -------------------------------------------------------------------------------------------------------

ENDED = {
    signal.SIGINT: (130, -signal.SIGINT),
    signal.SIGTERM: (143, -signal.SIGTERM),
}  # the latter before Python runs us


# What `python -m generator` does, after a sign that Python itself is there: before, it answers for itself.
_FROM_HERE = "print('started'); import runpy; runpy.run_module('generator', run_name='__main__', alter_sys=True)"


def _end(arguments: tuple[str, ...], when: Callable[[subprocess.Popen[bytes]], None], number: signal.Signals) -> str:
    """Start the command in a group of its own, as a terminal does, end it, and return what it printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", _FROM_HERE, *arguments],
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        when(process)
        os.killpg(process.pid, number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    text = (out + err).decode()
    if process.returncode > 0:
        assert TRACE not in text and INTERNAL not in text, text
    assert process.returncode in ENDED[number], (process.returncode, text)
    assert _is_gone(process.pid), "somebody of it is left"
    return text


def _is_gone(group: int) -> bool:
    """Whether all processes of a group end soon. An orphan counts until the system has taken its result."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def _after(seconds: float) -> Callable[[subprocess.Popen[bytes]], None]:
    def wait(process: subprocess.Popen[bytes]) -> None:
        _at("started")(process)
        time.sleep(seconds)

    return wait


def _at(word: str) -> Callable[[subprocess.Popen[bytes]], None]:
    def wait(process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if word.encode() in line:
                return
        raise AssertionError(f"{word} was never said")

    return wait


@pytest.mark.few
@pytest.mark.parametrize("number", ENDED)
@pytest.mark.parametrize("delay", [0, 0.1, 0.3, 0.6])
def test_ending_it_while_it_starts(small: SiteDriver, delay: float, number: signal.Signals) -> None:
    text = _end(("serve", "--port", "0", "--root", str(small.root), *_cache(small)), _after(delay), number)
    assert "OSError" not in text


@pytest.mark.few
@pytest.mark.parametrize("number", ENDED)
@pytest.mark.parametrize("word", ["读取", "处理"])
def test_ending_a_build_leaves_the_old_site_and_nobody_behind(
    small: SiteDriver, tmp_path: Path, word: str, number: signal.Signals
) -> None:
    small.build()
    before = small.files()
    arguments = ("build", "--root", str(ROOT), "--out", str(small.out), "--cache", str(tmp_path / "fresh"))
    _end(arguments, _at(word), number)
    assert small.files() == before
    assert not [each for each in small.out.parent.iterdir() if "staging" in each.name]


@pytest.mark.few
@pytest.mark.parametrize("number", ENDED)
def test_ending_the_preview(small: SiteDriver, number: signal.Signals) -> None:
    _end(("serve", "--root", str(small.root), "--port", "0", *_cache(small)), _at("预览地址"), number)


STUCK = """
import sys, threading
from generator import __main__
from generator.cli.commands import main as commands
def stuck():
    lock = threading.Lock()
    lock.acquire()
    try:
        print("here", flush=True)
        threading.Event().wait()
    finally:
        lock.acquire()
__main__._PATIENCE = float(sys.argv[1])
commands.main = stuck
__main__.main()
"""


WRAPPED = """
import os, sys
from generator import __main__
from generator.cli.commands import main as commands
def wrapped():
    try:
        os.kill(os.getpid(), int(sys.argv[1]))
        while True: pass
    except BaseException as end:
        raise ValueError("a fault of ours") from end
commands.main = wrapped
__main__.main()
"""


@pytest.mark.few
@pytest.mark.parametrize("number", ENDED)
def test_a_library_that_makes_a_fault_of_the_end_changes_no_code(number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRAPPED, str(int(number))], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (128 + number, b"", b"")


@pytest.mark.few
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("times", [1, 2])
def test_ending_never_waits_for_ever(number: signal.Signals, code: int, times: int) -> None:
    """Python may have been stopped while it held a lock that tidying up needs."""
    patience = "1" if times == 1 else "300"
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, patience], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stdout.readline()
    time.sleep(0.3)
    for _ in range(times):
        process.send_signal(number)
        time.sleep(0.3)
    process.communicate(timeout=60)
    assert process.returncode == code


# -- output that nobody takes ------------------------------------------------------------------------------------------


def _to_closed_pipe(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return run(*arguments, cwd=cwd, stdout=writing)
    finally:
        os.close(writing)


def _to_full_disk(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    with Path("/dev/full").open("wb") as full:
        return run(*arguments, cwd=cwd, stdout=full.fileno())


def _closed(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = subprocess.list2cmdline([*COMMAND, *arguments])
    return subprocess.run(
        ["sh", "-c", f"exec {command} >&-"], cwd=cwd, env=environment(), stderr=subprocess.PIPE, check=False
    )


Runner = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.few
@pytest.mark.parametrize("lost", [_to_closed_pipe, _to_full_disk, _closed])
def test_problems_stay_1_whoever_reads(broken: SiteDriver, lost: Runner) -> None:
    done = lost("check", *_cache(broken), cwd=broken.root)
    assert done.returncode == 1 and TRACE not in said(done) and "没有输出" in said(done)


@pytest.mark.few
@pytest.mark.parametrize("lost", [_to_closed_pipe, _to_full_disk, _closed])
@pytest.mark.parametrize("arguments", [("check", "--format", "json"), ("schema", "brand")], ids=" ".join)
def test_a_product_that_did_not_arrive_is_2(small: SiteDriver, lost: Runner, arguments: tuple[str, ...]) -> None:
    done = lost(*_with_cache(small, arguments), cwd=small.root)
    assert done.returncode == 2 and TRACE not in said(done) and "没有输出" in said(done)


@pytest.mark.few
@pytest.mark.parametrize(("lost", "code"), [(_to_closed_pipe, 0), (_closed, 0), (_to_full_disk, 2)])
def test_a_build_publishes_whoever_reads_and_says_what_was_lost(small: SiteDriver, lost: Runner, code: int) -> None:
    done = lost("build", "--out", str(small.out), *_cache(small), cwd=small.root)
    assert (done.returncode, "没有输出" in said(done), TRACE in said(done)) == (code, True, False)
    assert (small.out / "index.html").is_file()


def test_closed_streams_never_become_files(small: SiteDriver) -> None:
    """What is opened first gets the number of a closed stream: nothing may be printed into it."""
    command = subprocess.list2cmdline([*COMMAND, "build", "--out", str(small.out), *_cache(small)])
    done = subprocess.run(["sh", "-c", f"exec {command} <&- >&- 2>&-"], cwd=small.root, env=environment(), check=False)
    assert done.returncode == 0
    built = small.files()
    again = str(small.out) + "-again"
    assert run("build", "--out", again, *_cache(small), cwd=small.root).returncode == 0
    assert built == {name: (Path(again) / name).read_bytes() for name in built}


# -- make --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(small: SiteDriver) -> Path:
    """What `make` needs, with the smallest site as its records and this very environment as its own."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        small.write(name, (ROOT / name).read_bytes())
    (small.root / "generator").symlink_to(ROOT / "generator")
    shutil.copytree(ROOT / "theme", small.root / "theme")
    python = small.root / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (small.root / ".venv" / "ready").touch()
    return small.root


@pytest.mark.few
@pytest.mark.parametrize("goal", ["site", "check"])
def test_make_is_red_where_the_command_is(copy: Path, goal: str) -> None:
    def make() -> int:
        return subprocess.run(
            ["make", "-s", goal], cwd=copy, env=environment(), capture_output=True, check=False
        ).returncode

    assert make() == 0
    record = copy / "brands/qingfeng/brand.yml"
    record.write_text(record.read_text("utf-8") + "slogna: x\n", "utf-8")
    assert make() == 2
