"""Lighthouse's scores of pages on this machine, as a phone sees them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.audit.tools import CHROMIUM, node
from tests.audit.visits import FLAGS

GATES = ("accessibility", "best-practices", "seo")  # 100 each: they do not depend on the machine's speed
UNLISTED = "not-found"  # the template that search engines are told not to list
NOT_LISTED = "seo: is-crawlable:"  # the one thing it may lose points for
SPEED = "performance"  # printed, never a gate
LIMIT = 120  # seconds for one address


@dataclass(frozen=True)
class Report:
    """What Lighthouse says of a page. ``scores`` go to 100, ``below`` names what cost points in the gates, ``times``
    are milliseconds."""

    url: str
    scores: Mapping[str, int | None]
    below: tuple[str, ...]
    times: Mapping[str, int]


def reports(urls: Sequence[str], categories: Iterable[str]) -> list[Report]:
    """A report for every address, in order, each measured once. Raises ``RuntimeError`` with what Lighthouse said when
    it cannot measure one."""
    asked = {
        "chromium": CHROMIUM,
        "flags": [*FLAGS, "--headless=new"],
        "categories": list(categories),
        "urls": list(urls),
    }
    done = node("lighthouse.mjs", asked, LIMIT * max(1, len(urls)))
    lines = [json.loads(each) for each in done.stdout.splitlines() if each.startswith("{")]
    failed = [f"{each['url']}: {each['error']}" for each in lines if each["error"]]
    if done.returncode or failed or len(lines) != len(urls):
        raise RuntimeError("\n".join([*failed, done.stderr[-2000:]]))
    return [Report(each["url"], each["scores"], tuple(each["below"]), each["times"]) for each in lines]


def faults(report: Report, template: str) -> list[str]:
    """What keeps a page of ``template`` from full marks in its gates, for people to read."""
    found = []
    for name in GATES:
        causes = [each for each in report.below if each.startswith(f"{name}:")]
        is_meant = template == UNLISTED and causes and all(each.startswith(NOT_LISTED) for each in causes)
        if report.scores.get(name) != 100 and not is_meant:
            found.append(f"{report.url}: {name} {report.scores.get(name)}: {'; '.join(causes)}")
    return found


def medians(runs: Sequence[Report]) -> tuple[int, dict[str, int]]:
    """The middle performance score of several runs of one page, and the middle of each of its times."""
    score = median(each.scores[SPEED] or 0 for each in runs)
    names = runs[0].times if runs else ()
    return int(score), {name: int(median(each.times[name] for each in runs)) for name in names}
