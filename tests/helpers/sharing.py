"""Which process runs which tests: those of a module that make something for all of them run in one, which makes it once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

from tests.helpers.places import ROOT

MADE_FOR_ALL = '@pytest.fixture(scope="module")'
SPREAD = frozenset({"test_gates.py"})  # its tests take a minute each, what they share a second


class ByWhatIsShared(LoadScopeScheduling):
    """Hands out a module as a whole where it has a fixture for all of its tests, and else test by test."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if is_shared(ROOT / module) else nodeid


@cache
def is_shared(module: Path) -> bool:
    """Whether one process runs all tests of ``module``."""
    return module.name not in SPREAD and MADE_FOR_ALL in module.read_text("utf-8")
