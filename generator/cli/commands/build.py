"""``exhibit build``: check, build and publish, and say what has changed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from generator.catalog.edition import Frozen
from generator.cli import asked, inputs, stats
from generator.cli.answering import PROBLEMS, fail, said, show
from generator.cli.bar import Bar
from generator.cli.calling import EPOCH, THEME, check_theme, common, engine, settings_of, teller
from generator.cli.console import Screen
from generator.cli.places import check_out, from_here, shown
from generator.cli.usage import Choose, Number, Place, Scheduler, command, option, pass_screen
from generator.cluster import Cluster
from generator.executors import Unusable
from generator.freeze import described
from generator.ledger.lines import LEDGER, fresh
from generator.messages import Language, say
from generator.pipeline import build
from generator.publishing.publish import CannotPublish, Published
from generator.stages.addresses import published
from generator.stages.survey import Outcome, Survey
from generator.text.dates import FIRST_YEAR, LAST_YEAR
from generator.watch import Watch

_ONCE = frozenset({"fresh_cache", "recovered", "URL-010"})  # steps and problems that the next build of the same has not
_NOTICES = frozenset({"posters_without_code"})  # steps that are told however little there is to do


@command("build")
@common
@THEME
@option("--out", type=Place(), metavar="DIR", help="help.out")
@option("--links", type=Choose("site", "file"), help="help.links")
@option("--year", type=Number(FIRST_YEAR, LAST_YEAR), metavar="YEAR", help="help.year")
@option("--precompress", is_flag=True, help="help.precompress")
@option("--keep-going", is_flag=True, help="help.keep_going")
@option("--executor", type=Scheduler(), metavar="dask://HOST:PORT", help="help.executor")
@option("--stats", "has_stats", is_flag=True, help="help.stats")
@pass_screen
def build_command(
    screen: Screen,
    out: Path | None,
    links: str | None,
    year: int | None,
    keep_going: bool,
    executor: str | None,
    has_stats: bool,
    lang: Language,
    **options: Any,
) -> None:
    """Check and build; with errors nothing is published."""
    style = links or ("file" if year else "site")
    told: dict[str, Mapping[str, Any]] = {}
    tell = teller(lang, screen, told)
    bar = Bar(screen, lang)
    watch = Watch(bar.reached)
    settings = settings_of(lang, **options, links=style, year=year, keep_going=keep_going, tell=tell, watch=watch)
    settings = replace(settings, frozen=_frozen(settings.root, year, lang))
    target = out or settings.root / _folder(year, keep_going)
    check_out(target, settings.root, lang)
    check_theme(settings, lang)
    if executor is not None:
        settings = replace(settings, executor=_cluster(executor, lang))
    begun = None if has_stats else inputs.begin(settings, target)  # the stages of nothing are no answer
    started = time.monotonic()
    try:
        with bar:
            outcome = build(settings, target, engine())
    except (CannotPublish, Unusable) as error:
        fail(say(error.key, lang, out=shown(target), **said(error.values, lang)))
    finally:
        settings.executor.close()
    answer = asked.within(outcome.survey, (), settings.root, lang)
    report = _Report(outcome, answer, target, lang, settings.root, keep_going)
    table = "\n".join(stats.table(watch.stages, lang)) if has_stats else ""
    report.say(screen, f"{time.monotonic() - started:.1f}", table)
    if begun is not None and report.is_lasting(told):
        mark = inputs.new_mark()
        with screen.noting() as noted:
            tell("unchanged", {})
            for each in _NOTICES.intersection(told):
                tell(each, told[each])
            report.again().say(screen, mark)
        begun.keep(sys.argv[1:], _until(outcome.survey, options["as_of"]), "".join(noted), mark)


def _frozen(root: Path, year: int | None, language: Language) -> Frozen | None:
    """How the year was frozen whose archive holds the records at ``root``; they make nothing but that year again."""
    known = described(root)
    if known is not None and year != known[0]:
        fail(say("freeze.open_year", language, year=known[0]))
    return known[1] if known is not None else None


def _cluster(address: str, language: Language) -> Cluster:
    try:
        return Cluster(address)
    except Unusable as error:
        fail(say(error.key, language, **said(error.values, language)))


def _until(found: Survey, as_of: datetime | date | None) -> datetime | None:
    """The moment at which another site would come of the same records; where the command says which moment counts, none."""
    return found.holds_until if as_of is None and not os.environ.get(EPOCH, "").strip() else None


def _folder(year: int | None, keep_going: bool) -> str:
    """Where a site goes by default: a preview never takes the place of what is fit for publication."""
    return (f"site-{year}" if year else "site") + ("-preview" if keep_going else "")


@dataclass(frozen=True, slots=True)
class _Report:
    """How a build ended, to be said."""

    outcome: Outcome
    answer: asked.Answer
    target: Path
    language: Language
    root: Path
    is_preview: bool

    def is_lasting(self, told: Collection[str]) -> bool:
        """Whether a build of the same would end the same way, but for what it changes."""
        done = self.outcome.published
        once = done is None or done.restored or done.was_damaged or done.aside or done.untidy or _ONCE.intersection(told)
        return not once and not any(each.code in _ONCE for each in self.answer.problems)

    def again(self) -> _Report:
        """The report of the same build, once more."""
        assert self.outcome.published is not None
        done = replace(self.outcome.published, added=0, changed=0, removed=0)
        return replace(self, outcome=replace(self.outcome, published=done))

    def say(self, screen: Screen, seconds: str, table: str = "") -> None:
        """Say the problems, the ``table`` of the stages and what was published. Raises ``Exit`` where there are errors."""
        if self.answer.problems or self.answer.pending:
            show(self.answer, self.language, self.root, screen)
        if table:
            screen.say(table)
        self._end(screen, seconds)

    def _end(self, screen: Screen, seconds: str) -> None:
        done, found, language = self.outcome.published, self.outcome.survey, self.language
        if done is None:
            screen.say(say("cli.stopped", language), "red")
            raise click.exceptions.Exit(PROBLEMS)
        size = f"{done.size / 1_048_576:.1f} MB"
        values = {"files": done.files, "added": done.added, "changed": done.changed, "removed": done.removed}
        text = say("cli.done", language, out=from_here(self.target), size=size, seconds=seconds, **values)
        screen.say(text, "yellow" if found.errors else "green")
        for line in _of_others(done, language):
            screen.say(line)
        if found.errors:
            screen.say(say("cli.previewed", language, errors=found.errors), "bold white on red")
            raise click.exceptions.Exit(PROBLEMS)
        if not self.is_preview:
            for line in _unlisted(found, language):
                screen.say(line, "yellow")
        if self.is_preview and found.pending:
            screen.say(say("cli.previewed_unpublished", language, count=len(found.pending)), "bold")


def _of_others(done: Published, language: Language) -> Iterator[str]:
    """What a build found in its folder that it had not put there."""
    if done.kept.names:
        yield say("publish.kept", language, **said({"count": done.kept.files, "names": done.kept.names}, language))
    if done.restored:
        values = {"count": len(done.restored), "names": done.restored}
        yield say("publish.restored", language, **said(values, language))
    if done.was_damaged:
        yield say("publish.damaged", language)
    if done.aside is not None:
        values = {"count": len(done.doubtful), "names": done.doubtful, "aside": done.aside}
        yield say("publish.aside", language, **said(values, language))
    if done.is_in_place:
        yield say("publish.in_place", language)
    if done.untidy is not None:
        yield say("publish.untidy", language, **said({"reason": done.untidy}, language))


def _unlisted(found: Survey, language: Language) -> Iterator[str]:
    """How many addresses were published that the ledger, where there is one, does not have yet."""
    if found.ledger.entries and found.planned is not None and found.planned.public.year is None:
        count = sum(1 for _ in fresh(found.ledger.entries, published(found.planned)))
        if count:
            yield say("cli.addresses_lacking", language, path=LEDGER, count=count)
