"""Fixtures of all tests, and the loud word about what was skipped."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from generator.system import machine
from tests.audit import table, tools
from tests.helpers import properties
from tests.helpers.browsing import launched
from tests.helpers.driver import SiteDriver
from tests.helpers.family import family
from tests.helpers.places import CITY, ROOT, TESTS
from tests.helpers.sharing import ByWhatIsShared

for _name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH"):
    os.environ.pop(_name, None)  # tests say themselves what language and time they mean


LONGEST = ("test_gates.py", "test_types.py", "test_ways.py")  # what takes longest comes first, so that no test is alone at the end

_LINES = 25  # of what a failed test says, at once; all of it comes at the end

settings.register_profile("default", max_examples=properties.examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What commands keep for their user goes into a folder of this run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("own")))
        yield


class _AtOnce:
    """Prints what failed when it has failed: a run that is ended for its time would never come to its list of failures."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self.terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.terminal.ensure_newline()
            self.terminal.write_line(f"FAILED {report.nodeid} ({report.when}, after {report.duration:.0f} s)", red=True)
            self.terminal.write_line("\n".join(report.longreprtext.splitlines()[-_LINES:]))
            self.terminal.flush()


@pytest.hookimpl(trylast=True)  # the terminal comes before
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        config.pluginmanager.register(_AtOnce(terminal), "at-once")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="rewrite the expected outputs of the fixture sites")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for tool in tools.missing(is_audit=not _is_quick(config)):
        wanting = [each for each in items if each.get_closest_marker(tool.marker)]
        if wanting and os.environ.get("CI"):
            raise pytest.UsageError(f"CI skips nothing: install {tool.name}")
        for item in wanting:
            item.add_marker(pytest.mark.skip(reason=f"no {tool.name} on this machine"))
    for item in items:
        if item.path.is_relative_to(TESTS / "audit"):
            item.add_marker("audit")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")
    _leave_for_the_audit(items)
    if properties.SLOW:
        _leave_for_another_commit(config, items)
    items.sort(key=lambda each: each.path.name not in LONGEST)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than there are processors: a seventh of the time of a commit's tests is spent waiting for processes
    that they start. The audit measures, so nothing there waits for a processor."""
    return machine.processors() + _is_quick(config)


def _is_quick(config: pytest.Config) -> bool:
    """Whether this is ``make test``, which leaves what takes long to the audit."""
    return bool(config.getoption("markexpr") == "not audit")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByWhatIsShared:
    """The way in which ``pytest-xdist`` hands out tests."""
    return ByWhatIsShared(config, log)


def _leave_for_the_audit(items: list[pytest.Item]) -> None:
    """Of a test that is tried with many things, and of every test in a browser, ``make test`` takes the first."""
    seen: Counter[str] = Counter()
    for item in items:
        few = item.get_closest_marker("few")
        if few or item.path.is_relative_to(TESTS / "browser"):
            test = item.nodeid.partition("[")[0]
            seen[test] += 1
            if seen[test] > (few.args[0] if few and few.args else 1):
                item.add_marker("audit")


def _leave_for_another_commit(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where the machine is so slow that the audit would not end in time, of a test with many cases it tries a part."""
    slow = [each for each in items if each.get_closest_marker("audit")]
    beyond = properties.beyond_the_part([each.nodeid for each in slow])
    config.hook.pytest_deselected(items=[each for each in slow if each.nodeid in beyond])
    items[:] = [each for each in items if each.nodeid not in beyond]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if properties.SLOW:
        terminalreporter.section("A SLOW MACHINE: NOT EVERY CASE WAS TRIED", sep="!", red=True)
        terminalreporter.write_line(
            f"Of a test with many cases every third, beginning with number {properties.PART}; a sixth of the random examples."
        )
    for tool in tools.missing(is_audit=not _is_quick(terminalreporter.config)):
        terminalreporter.section(f"SKIPPED: ALL TESTS THAT NEED {tool.name.upper()}", sep="!", red=True)
        terminalreporter.write_line(f"Not found: {tool.name}. {tool.remedy}")
    table.show(terminalreporter, ROOT)


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], SiteDriver]:
    """Copies a fixture site: ``site("good/small")``."""
    return lambda case: SiteDriver.copy(case, tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> SiteDriver:
    """A copy of the smallest good site that has everything."""
    return SiteDriver.copy("good/small", tmp_path)


@pytest.fixture
def many(small: SiteDriver) -> SiteDriver:
    """A site with some dozens of pictures and share cards to make."""
    config = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", config + "address: https://show.example.org/pinpai/\n")
    picture = next(each for each in small.root.rglob("*") if each.suffix in (".jpg", ".png", ".webp"))
    for at in range(30):
        folder = f"brands/n{at}"
        small.copy_folder("brands/qingfeng", folder).edit(f"{folder}/brand.yml", "id: qingfeng", f"id: n{at}")
        copy = small.root / folder / picture.relative_to(small.root / "brands/qingfeng")
        copy.write_bytes(copy.read_bytes() + bytes([at]))  # else one picture would do for all of them
    return small


@pytest.fixture
def mark(tmp_path: Path) -> Iterator[str]:
    """A mark for the environment of processes, their folder for what is temporary; whoever still has it in the end is
    ended."""
    (tmp_path / "temporary").mkdir()
    name = str(tmp_path / "temporary")
    yield name
    for each in family(name):
        os.kill(each, signal.SIGKILL)


@pytest.fixture
def update_expected(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are rewritten instead of compared."""
    return bool(request.config.getoption("--update-expected"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all processes of a run. Whoever makes something in it holds its ``lock``."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def city_site(shared: Path) -> Path:
    """The exhibition of the tests, built once with the engine of published sites. Nobody may change it."""
    return _built(shared, "site")


@pytest.fixture(scope="session")
def city_folder(shared: Path) -> Path:
    """The same site for a folder that is opened without any server."""
    return _built(shared, "file")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a module."""
    with launched() as browser:
        yield browser


def _built(shared: Path, links: Any) -> Path:
    from generator.engines.mkdocs import MkDocsEngine
    from generator.pipeline import build
    from generator.stages.settings import Settings

    out = shared / f"city-{links}" / "site"
    with FileLock(shared / "lock"):
        if not out.exists():
            outcome = build(
                Settings(CITY, date(2026, 11, 1), cache=shared / "cache", jobs=2, links=links), out, MkDocsEngine()
            )
            assert outcome.published, [str(each.span) for each in outcome.survey.problems]
    return out
