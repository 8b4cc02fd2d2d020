"""Fixtures of all tests, and the loud word about what was skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.driver import SiteDriver
from tests.suite import table, tools

ROOT = Path(__file__).parent.parent
CHROMIUM = tools.CHROMIUM

settings.register_profile("default", max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="rewrite the expected outputs of the fixture sites")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for tool in tools.missing():
        wanting = [each for each in items if each.get_closest_marker(tool.marker)]
        if wanting and os.environ.get("CI"):
            raise pytest.UsageError(f"CI skips nothing: install {tool.name}")
        for item in wanting:
            item.add_marker(pytest.mark.skip(reason=f"no {tool.name} on this machine"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for tool in tools.missing():
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
def update_expected(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are rewritten instead of compared."""
    return bool(request.config.getoption("--update-expected"))


@pytest.fixture(scope="session")
def repository_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The repository's own site, built once with the engine of published sites."""
    from datetime import date

    from generator.build import Settings, build
    from generator.engines.mkdocs import MkDocsEngine

    folder = tmp_path_factory.mktemp("repository")
    outcome = build(Settings(ROOT, date(2026, 11, 1), cache=folder / "cache", jobs=2), folder / "site", MkDocsEngine())
    assert outcome.published, [str(each.span) for each in outcome.survey.problems]
    yield folder / "site"
