"""``make measure``: the whole suite on the exhibition of the tests, with the speed of every template, as one table.

Prints the table and keeps it; ends with 1 when a gate does not hold. What is measured and judged is what the tests do.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.audit import budgets, lighthouse, links, table, tools, validator
from tests.audit.pages import ADDRESS, FOLDER, Exhibition, exhibit, served
from tests.audit.visits import FLAGS, Tour, visits

ROOT = Path(__file__).parent.parent.parent
CITY = ROOT / "tests/sites/city"
RUNS = 5


def main() -> int:
    """Measure everything. Returns the exit code."""
    if missing := tools.missing():
        for each in missing:
            print(f"{each.name} was not found. {each.remedy}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="suite-") as folder:
        exhibition = exhibit(CITY, Path(folder), ROOT / ".cache" / "exhibit")
        with served(exhibition.host) as host:
            found = [*_visited(exhibition, host), *_scored(exhibition, host), *_whole(exhibition)]
    results = table.gather(part for part, _ in found)
    print("\n".join(table.lines(results)))
    table.keep(results, ROOT)
    faults = [each for _, more in found for each in more]
    print("\n".join(faults))
    return 1 if faults else 0


Part = tuple[dict[str, Any], list[str]]


def _visited(exhibition: Exhibition, host: str) -> Iterator[Part]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tools.CHROMIUM, args=list(FLAGS))
        walked = visits(browser, Tour(host, exhibition.host), exhibition.samples)
        for template, group in groupby(walked, key=lambda each: each.template):
            print(f"== {template}", flush=True)
            found = list(group)
            yield {"rows": [asdict(table.row(found))]}, budgets.all_faults(found)
        browser.close()


def _scored(exhibition: Exhibition, host: str) -> Iterator[Part]:
    for sample in exhibition.samples:
        print(f"== Lighthouse: {sample.template}", flush=True)
        url = f"{host}{FOLDER}/{sample.address}"
        (gates,) = lighthouse.reports([url], lighthouse.GATES)
        score, times = lighthouse.medians(lighthouse.reports([url] * RUNS, [lighthouse.SPEED]))
        row = {**asdict(sample), "scores": {**gates.scores, lighthouse.SPEED: score}}
        yield (
            {"rows": [row], "site": [table.speed(sample.template, RUNS, times)]},
            lighthouse.faults(gates, sample.template),
        )


def _whole(exhibition: Exhibition) -> Iterator[Part]:
    pages = validator.validate(exhibition.folder)
    yield {"site": table.validity(pages)}, list(pages.errors)
    followed = links.check(exhibition.folder, ADDRESS)
    yield {"site": [table.followed("on a server", followed)]}, list(followed.broken)


if __name__ == "__main__":
    sys.exit(main())
