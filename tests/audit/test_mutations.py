"""What ``check`` calls clean builds: good sites are changed at random, and whatever has no error is built and read.

``MUTANTS`` says how many, ``FIRST_MUTANT`` where they begin; a seed that fails is repeated with MUTANTS=1.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from generator.catalog.making import CODE
from generator.engines import Engine
from generator.engines.memory import MemoryEngine
from generator.engines.mkdocs import MkDocsEngine
from generator.pipeline import build, survey
from generator.problems import Problem, any_errors
from generator.stages.settings import Settings
from tests.helpers.driver import AS_OF, SiteDriver
from tests.helpers.mutations import Mutant, edges, good_sites
from tests.helpers.readers import unreadable

FIRST = int(os.environ.get("FIRST_MUTANT", "0"))
COUNT = int(os.environ.get("MUTANTS", "250"))
SAMPLE = 8  # so many clean ones are built with MkDocs too, at most
LEAST_CLEAN = 0.2  # of all; with fewer the changes are too wild to prove anything


@dataclass
class Tally:
    """How mutants fared; ``failed`` are the seeds with what was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


def _made_no_fault(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{each.span} {each.text('en')}" for each in problems if each.code == CODE]


def _try(seed: int, folder: Path, engine: Engine, cache: Path) -> tuple[str, list[str]]:
    """How the mutant of ``seed`` fares: ``refused``, ``built`` or ``failed``, and what is wrong."""
    mutant = Mutant(seed, folder)
    how, wrong = _fare(mutant.root, engine, cache)
    return how, [*mutant.said, *wrong]


def _fare(root: Path, engine: Engine, cache: Path) -> tuple[str, list[str]]:
    settings = Settings(root, AS_OF, cache=cache)
    driver = SiteDriver(root)
    try:
        found = survey(settings)
        wrong = _made_no_fault(found.problems)
        for each in found.problems:
            wrong += [f"{each.code} says nothing" for language in ("zh", "en") if not each.text(language).strip()]
        if any_errors(found.problems):
            return ("failed" if wrong else "refused"), wrong
        outcome = build(settings, driver.out, engine)
        if outcome.published is None:
            errors = [each for each in outcome.survey.problems if each.is_error]
            wrong += ["checked clean, not built", *(f"{each.span} {each.text('en')}" for each in errors)]
        else:
            wrong += _made_no_fault(outcome.survey.problems) + unreadable(driver.files())
    except Exception as error:  # noqa: BLE001  this is what must never be
        wrong = [f"{type(error).__name__}: {error}"[:500]]
    return ("failed" if wrong else "built"), wrong


def run(first: int, count: int, to: Path, engine: Engine, most: int | None = None) -> Tally:
    """Try ``count`` mutants from ``first`` on, until ``most`` of them were built."""
    tally = Tally()
    for seed in range(first, first + count):
        folder = to / str(seed)
        folder.mkdir(parents=True)
        how, said = _try(seed, folder, engine, to / "cache")
        tally.counts[how] += 1
        if how == "failed":
            tally.failed.append(f"seed {seed}: " + "\n    ".join(said))
        else:
            shutil.rmtree(folder)
        if most is not None and tally.counts["built"] >= most:
            break
    return tally


def test_days_and_numbers_at_their_edges_are_refused_or_built(tmp_path: Path) -> None:
    """Every field of days and numbers of every kind, one at a time."""
    seen: set[tuple[object, ...]] = set()
    counts: Counter[str] = Counter()
    failed = []
    for case in good_sites():
        for root, said in edges(case, tmp_path, seen):
            how, wrong = _fare(root, MemoryEngine(), tmp_path / "cache")
            counts[how] += 1
            failed += [f"{said}: {wrong}"] if how == "failed" else []
    assert not failed, "\n".join(failed)
    assert len(seen) > 60 and min(counts["built"], counts["refused"]) > 60, (len(seen), counts)


def test_whatever_is_checked_clean_is_built(tmp_path: Path) -> None:
    tally = run(FIRST, COUNT, tmp_path, MemoryEngine())
    assert not tally.failed, "\n".join(tally.failed)
    assert COUNT == 1 or tally.counts["built"] >= LEAST_CLEAN * COUNT, tally.counts


def test_a_sample_of_what_is_checked_clean_is_built_with_the_real_engine(tmp_path: Path) -> None:
    tally = run(FIRST + 100_000, SAMPLE * 6, tmp_path, MkDocsEngine(), most=SAMPLE)
    assert not tally.failed, "\n".join(tally.failed)
    assert tally.counts["built"] >= SAMPLE / 2, tally.counts
