"""What is not public yet, and what is still to do until it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.drafts import Holder, Whereabouts, is_harmless, is_private
from generator.catalog.edition import Edition
from generator.catalog.kind import Kind
from generator.catalog.record import DRAFT, REVIEW, Record, Unfinished
from generator.checks.reviews import FINAL_STAGE
from generator.messages import LANGUAGES, Language, Words, say, words
from generator.privacy.masking import mask
from generator.problems import Problem, Span
from generator.schema.fields import ID_PATTERN, matches
from generator.text.legible import in_line

INDEX = "unpublished/"
MOST = 20  # of them that a command lists
_STATES = {DRAFT: "pending.draft", REVIEW: "pending.review"}


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that is not public yet. ``steps`` are what is still to do, in their order, ``problems`` what is wrong
    with it. ``is_shown`` is whether a preview can show it as it will be; otherwise it has a page that lists ``steps``."""

    kind: str
    id: str
    title: str
    label: Words
    address: str | None
    section: str
    span: Span
    state: Words
    steps: tuple[Words, ...]
    problems: tuple[Problem, ...] = field(repr=False)
    is_shown: bool = True
    is_secret: bool = False


def gather(
    catalog: Catalog,
    unfinished: Iterable[Unfinished],
    edition: Edition,
    kinds: Mapping[str, Kind],
    found: Sequence[Problem],
) -> tuple[Pending, ...]:
    """Everything that may still become public, in the order of the kinds; ``found`` are all problems of the sources."""
    waiting: list[Holder] = [each for each in catalog if edition.awaits(each)]
    order = {name: number for number, name in enumerate(kinds)}
    waiting = sorted([*waiting, *unfinished], key=lambda each: order[each.kind])
    whereabouts = Whereabouts(waiting, kinds)
    mine: dict[int, list[Problem]] = {}
    for each in found:
        holder = whereabouts.holder(each.span)
        if holder is not None:
            mine.setdefault(id(holder), []).append(each)
    return tuple(_pending(each, kinds[each.kind], edition, tuple(mine.get(id(each), ()))) for each in waiting)


def _pending(holder: Holder, kind: Kind, edition: Edition, problems: tuple[Problem, ...]) -> Pending:
    facts = _facts_of(holder, kind)
    is_said = not kind.model.is_secret and not any(map(is_private, problems))
    title = facts.title if is_said else ""
    return Pending(
        kind=kind.name,
        id=holder.id,
        title=title or holder.id,
        label=kind.label,
        address=kind.address(holder.id) if kind.address and _is_id(holder, kind) else None,
        section=kind.index,
        span=Span(holder.path, holder.tree.span(holder.at).line),
        state=words(_STATES.get(facts.status, "pending.later")),
        steps=tuple(_steps(facts, kind, edition, problems)),
        problems=problems,
        is_shown=isinstance(holder, Record) and not kind.model.is_secret and all(map(is_harmless, problems)),
        is_secret=kind.model.is_secret,
    )


def _is_id(holder: Holder, kind: Kind) -> bool:
    return bool(holder.id) and all(matches(ID_PATTERN, each) for each in holder.id.split("/"))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a record or of what is to become one."""

    title: str
    status: str
    has_final_review: bool
    has_day: bool
    first: date | datetime | None  # when it will be public, once that is known


def _facts_of(holder: Holder, kind: Kind) -> _Facts:
    if isinstance(holder, Record):
        data = holder.data
        first = data.model_copy(update={"status": "published"}).shown_from
        is_final = any(each.stage == FINAL_STAGE for each in data.reviews)
        return _Facts(data.heading, data.status, is_final, data.published_on is not None, first)
    value: Any = holder.tree.value
    for step in holder.at:
        value = value[step]
    reviews = value.get("reviews")
    stages = [each.get("stage") for each in reviews if isinstance(each, dict)] if isinstance(reviews, list) else []
    named = (value.get(each) for each in ("title", "name", "theme", "display_name"))
    title = next((each for each in named if isinstance(each, str) and each.strip()), "")
    is_dated = isinstance(value.get("published_on"), str)
    return _Facts(" ".join(title.split()), holder.status, FINAL_STAGE in stages, is_dated, None)


def _steps(facts: _Facts, kind: Kind, edition: Edition, problems: Sequence[Problem]) -> Iterator[Words]:
    grave = sum(each.is_grave for each in problems)
    if grave:
        yield _said("pending.fix", count=grave)
    if facts.status == DRAFT:
        yield words("pending.submit")
    if kind.model.needs_review and not facts.has_final_review:
        yield words("pending.final")
    if kind.model.is_dated and not facts.has_day:
        yield words("pending.date")
    if facts.status != "published":
        yield words("pending.publish")
    first = facts.first
    if isinstance(first, datetime) and first > edition.moment:
        yield _dated(first.astimezone(edition.zone))
    elif isinstance(first, date) and not isinstance(first, datetime) and first > edition.today:
        yield _dated(first)


def _said(key: str, **values: object) -> Words:
    return Words(*(say(key, language, **values) for language in LANGUAGES))


def _dated(when: date | datetime) -> Words:
    hour = f" {when:%H:%M}" if isinstance(when, datetime) else ""
    zh = f"{when.year}年{when.month}月{when.day}日{hour}"
    iso = f"{when:%Y-%m-%d}{hour}"
    return Words(say("pending.wait", "zh", when=zh), say("pending.wait", "en", when=iso))


def lines(pending: Sequence[Pending], language: Language) -> Iterator[str]:
    """What is still to do, one line for each, at most ``MOST``."""
    if not pending:
        return
    yield say("pending.summary", language, count=len(pending))
    pause = say("pending.pause", language)
    for each in pending[:MOST]:
        yield say(
            "pending.line",
            language,
            path=in_line(mask(each.span.path)),
            kind=each.label.in_language(language),
            title=in_line(mask(each.title)),
            state=each.state.in_language(language),
            steps=pause.join(step.in_language(language) for step in each.steps),
        )
    if len(pending) > MOST:
        yield say("pending.more", language, count=len(pending) - MOST)
