"""``build --executor``: other machines make pages and pictures, and the site is the same to the byte."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator import cluster
from generator.cluster import Cluster
from generator.executors import Here, Unusable
from generator.system.resources import PACKAGE
from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.processes import environment, run, said

SITES = ("brand", "project", "video")  # pictures, drawings, films, withdrawn and computed pages


@contextmanager
def _started(*arguments: str, cwd: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "dask", *arguments]
    process = subprocess.Popen(command, cwd=cwd, env=environment(**more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler of this machine."""
    told = tmp_path_factory.mktemp("scheduler") / "told.json"
    with _started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told), cwd=told.parent):
        until = time.monotonic() + 60
        while not told.exists() or not told.read_text():
            assert time.monotonic() < until
            time.sleep(0.1)
        yield json.loads(told.read_text())["address"].removeprefix("tcp://")


@contextmanager
def _workers(scheduler: str, folder: Path, count: int, **more: str) -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    options = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(folder))
    folder.mkdir(exist_ok=True)
    with _started("worker", f"tcp://{scheduler}", *options, cwd=folder, **more) as first:
        if count == 1:
            yield (first,)
        else:
            with _started("worker", f"tcp://{scheduler}", *options, cwd=folder, **more) as second:
                yield (first, second)


def _build(site: SiteDriver, scheduler: str | None, out: str) -> dict[str, bytes]:
    more = ("--executor", f"dask://{scheduler}") if scheduler else ()
    arguments = ("build", "--root", str(site.root), "--out", out, "--cache", f"{out}-cache", "--as-of", "2026-06-01", *more)
    done = run(*arguments, cwd=site.root.parent)
    assert done.returncode == 0, said(done)
    return {each.relative_to(out).as_posix(): each.read_bytes() for each in sorted(Path(out).rglob("*")) if each.is_file()}


@pytest.mark.audit
@pytest.mark.parametrize("name", SITES)
def test_two_workers_make_the_same_site(name: str, scheduler: str, tmp_path: Path) -> None:
    site = SiteDriver.copy(f"good/{name}", tmp_path).remove_if_there("expected")
    with _workers(scheduler, tmp_path / "workers", 2):
        time.sleep(2)  # so that both are there
        afar = _build(site, scheduler, str(tmp_path / "afar"))
    assert afar == _build(site, None, str(tmp_path / "here"))


@pytest.mark.audit
def test_a_worker_with_another_program_is_refused(scheduler: str, tmp_path: Path) -> None:
    site = SiteDriver.copy("good/small", tmp_path)
    other = shutil.copytree(PACKAGE, tmp_path / "other/generator", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "watch.py").write_text((other / "watch.py").read_text("utf-8") + "# another one\n", "utf-8")
    with _workers(scheduler, tmp_path / "workers", 1, PYTHONPATH=str(other.parent)):
        done = run("build", "--root", str(site.root), "--executor", f"dask://{scheduler}", cwd=tmp_path)
    assert done.returncode == 2 and "不是同一个版本" in said(done)
    assert not (site.root / "site").exists()


@pytest.mark.audit
def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    with pytest.raises(Unusable) as told:
        Cluster("dask://127.0.0.1:9")
    assert told.value.key == "cluster.silent"


def _slow(common: str, task: int) -> str:
    time.sleep(0.5)
    return f"{common}{task}"


@pytest.mark.audit
def test_what_a_lost_worker_had_is_made_by_another_and_without_any_it_ends(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_LOOK", 0.5)
    with _workers(scheduler, tmp_path / "workers", 2) as (first, second):
        time.sleep(2)
        afar = Cluster(f"dask://{scheduler}")
        found = afar.spread(_slow, "page ", range(8), 1)
        assert next(found) == "page 0"
        first.kill()
        assert list(found) == [f"page {each}" for each in range(1, 8)]
        more = afar.spread(_slow, "page ", range(8), 1)
        assert next(more) == "page 0"
        second.kill()
        with pytest.raises(Unusable) as told:
            list(more)
        assert told.value.key == "cluster.lost"
        afar.close()


@pytest.mark.audit
def test_a_worker_that_comes_with_another_program_makes_nothing(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _workers(scheduler, tmp_path / "workers", 1):
        afar = Cluster(f"dask://{scheduler}")
        monkeypatch.setattr(cluster.program, "content", lambda: "another one, by now")
        for ask in (lambda: list(afar.spread(_slow, "page ", range(2), 1)), lambda: afar.call(_slow, "", 1)):
            with pytest.raises(Unusable) as told:
                ask()
            assert told.value.key == "cluster.other_program"
        afar.close()


@pytest.mark.audit
def test_no_thread_keeps_a_build_from_forking_while_the_machines_rest(scheduler: str, tmp_path: Path) -> None:
    before = threading.active_count()
    with _workers(scheduler, tmp_path / "workers", 1):
        afar = Cluster(f"dask://{scheduler}")
        assert threading.active_count() == before
        assert list(afar.spread(_slow, "page ", range(2), 1)) == ["page 0", "page 1"]
        assert threading.active_count() == before


class _Lost(Here):
    """Machines that are lost as soon as they are asked."""

    is_afar = True

    def call(self, ask: Callable[..., Any], *given: Any) -> Any:
        raise Unusable("cluster.lost", address="here")


def test_machines_that_are_lost_are_no_fault_of_any_picture(tmp_path: Path) -> None:
    site = SiteDriver.copy("good/small", tmp_path)
    with pytest.raises(Unusable):
        site.build(executor=_Lost())
    assert not site.out.exists()


def test_the_extra_that_a_message_names_is_one() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert any(each.startswith("distributed") for each in extras["cluster"])


def test_a_cluster_that_is_not_installed_is_told(tmp_path: Path) -> None:
    site = SiteDriver.copy("good/small", tmp_path)
    (tmp_path / "without").mkdir()
    (tmp_path / "without/distributed.py").write_text("raise ImportError")
    path = f"{tmp_path / 'without'}:{PACKAGE.parent}"
    done = run("build", "--root", str(site.root), "--executor", "dask://127.0.0.1:1", cwd=tmp_path, PYTHONPATH=path)
    assert done.returncode == 2 and "[cluster]" in said(done)
    assert not (site.root / "site").exists()


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "dask://", "dask://host", "dask://host:port", "http://host:1", "dask://a b:1"])
def test_an_address_that_is_none_is_told(address: str, tmp_path: Path) -> None:
    done = run("build", "--root", str(SiteDriver.copy("good/small", tmp_path).root), "--executor", address, cwd=tmp_path)
    assert done.returncode == 2 and "dask://10.0.0.5:8786" in said(done)
