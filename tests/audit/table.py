"""The one table of the suite: gathered from its tests, kept as JSON, printed where the tests end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import pytest

from tests.audit.budgets import BUDGET, SHIFT, weights
from tests.audit.lighthouse import GATES, SPEED
from tests.audit.visits import Visit

if TYPE_CHECKING:
    from tests.audit.links import Links
    from tests.audit.validator import Validation

PROPERTY = "browser-suite"  # under this name a test hands on what it measured
KEPT = "build/browser-suite.json"


@dataclass(frozen=True)
class Row:
    """A template: the worst of what was measured on its page at all widths and in all looks. Bytes are on the way;
    ``scores`` are Lighthouse's."""

    template: str
    address: str
    looked: int = 0
    violations: int = 0
    unsure: int = 0
    html: int = 0
    css: int = 0
    js: int = 0
    picture: int = 0
    whole: int = 0
    requests: int = 0
    foreign: int = 0
    faults: int = 0
    overflow: int = 0
    shift: float = 0.0
    scores: Mapping[str, int | None] = field(default_factory=dict)


Fact = tuple[str, str, str]  # what, measured, gate


@dataclass(frozen=True)
class Results:
    """Everything that was measured. ``site`` has what is true of the site as a whole, each with its gate."""

    rows: tuple[Row, ...] = ()
    site: tuple[Fact, ...] = ()


def row(visits: Sequence[Visit]) -> Row:
    """The row of a template whose page was visited at every width."""
    spent = [weights(each) for each in visits]
    seen = [each for visit in visits for each in visit.seen]
    return Row(
        template=visits[0].template,
        address=visits[0].address,
        looked=len(seen),
        violations=sum(len(each.violations) for each in seen),
        unsure=sum(each.unsure for each in seen),
        **{name: max(getattr(each, name) for each in spent) for name in BUDGET.__dataclass_fields__},
        foreign=sum(len(each.foreign) for each in visits),
        faults=sum(len(each.faults) for each in visits),
        overflow=max(each.overflow for each in seen),
        shift=max(each.shift for each in visits),
    )


def gather(parts: Iterable[Mapping[str, Any]]) -> Results:
    """Put together what the tests handed on, in whatever order and process they ran."""
    rows: dict[str, dict[str, Any]] = {}
    site: list[Fact] = []
    for part in parts:
        for each in part.get("rows", ()):
            known = rows.setdefault(each["template"], {"scores": {}})
            scores = {**known["scores"], **each.get("scores", {})}
            known.update(each)
            known["scores"] = scores
        site += [(str(what), str(measured), str(gate)) for what, measured, gate in part.get("site", ())]
    return Results(tuple(Row(**rows[name]) for name in sorted(rows)), tuple(sorted(site)))


def show(reporter: pytest.TerminalReporter, root: Path) -> None:
    """Print the table of a run of the tests and keep it, unless nothing was measured in it."""
    reports = [each for kind in ("passed", "failed") for each in reporter.stats.get(kind, ())]
    handed = [value for each in reports for name, value in each.user_properties if name == PROPERTY]
    if not handed:
        return
    results = gather(json.loads(each) for each in handed)
    reporter.section("browser suite: the worst of each template at all widths and in all looks; sizes in kB, gzip")
    for line in lines(results):
        reporter.write_line(line)
    keep(results, root)
    reporter.write_line(f"kept in {KEPT}")


def keep(results: Results, root: Path) -> None:
    """Keep the results for machines below ``root``."""
    file = root / KEPT
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n", "utf-8")


def speed(template: str, runs: int, times: Mapping[str, int]) -> Fact:
    """What Lighthouse measured of a template's speed, milliseconds on its model of a phone."""
    return (f"speed of {template}, ms, middle of {runs}", ", ".join(f"{k} {v}" for k, v in times.items()), "–")


def validity(found: Validation) -> list[Fact]:
    """What the validator says of all pages."""
    errors = ("HTML errors", f"{len(found.errors)} in {found.files} files", "0")
    return [errors, ("HTML warnings", str(len(found.warnings)), "–")]


def followed(where: str, found: Links) -> Fact:
    """What came of following all links."""
    return (f"broken links and anchors {where}", f"{len(found.broken)} of {found.checked}", "0")


HEADS = (
    ("template", lambda each: each.template),
    ("axe", lambda each: f"{each.violations} ({each.looked})"),
    ("html", lambda each: _kilo(each.html)),
    ("css", lambda each: _kilo(each.css)),
    ("js", lambda each: _kilo(each.js)),
    ("picture", lambda each: _kilo(each.picture)),
    ("page", lambda each: _kilo(each.whole)),
    ("requests", lambda each: str(each.requests)),
    ("foreign", lambda each: str(each.foreign)),
    ("console", lambda each: str(each.faults)),
    ("wider", lambda each: str(each.overflow)),
    ("shift", lambda each: f"{each.shift:.3f}"),
    ("a11y", lambda each: _score(each, GATES[0])),
    ("best", lambda each: _score(each, GATES[1])),
    ("seo", lambda each: _score(each, GATES[2])),
    ("speed", lambda each: _score(each, SPEED)),
)


def lines(results: Results) -> list[str]:
    """The table as Markdown that also reads well in a log, its gates in the row below the heads, and below it what is
    true of the whole site."""
    kilos = (_kilo(each) for each in (BUDGET.html, BUDGET.css, BUDGET.js, BUDGET.picture, BUDGET.whole))
    gates = ["at most/least", "0", *kilos, str(BUDGET.requests), "0", "0", "0", str(SHIFT), "100", "100", "100", "–"]
    cells = [[name for name, _ in HEADS], gates]
    cells += [[show(each) for _, show in HEADS] for each in results.rows]
    found = _table(cells) if results.rows else []
    if results.site:
        found += ["", *_table([["whole site", "measured", "gate"], *map(list, results.site)])]
    return found


def _table(cells: list[list[str]]) -> list[str]:
    widths = [max(map(_columns, column)) for column in zip(*cells, strict=True)]
    padded = ["| " + " | ".join(_pad(*each) for each in zip(line, widths, strict=True)) + " |" for line in cells]
    padded.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return padded


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _kilo(size: int) -> str:
    return f"{size / 1000:.1f}"


def _score(each: Row, name: str) -> str:
    score = each.scores.get(name)
    return "–" if score is None else str(score)
