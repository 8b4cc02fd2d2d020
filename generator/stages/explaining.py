"""Why an address of the site has something or nothing: what that is made from, or what keeps it from being made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.checks.pending import Pending
from generator.kinds import BY_NAME
from generator.ledger.locks import YEARS, path_of, year_in
from generator.problems import Problem, Span
from generator.site.context import Page
from generator.stages.survey import Survey
from generator.text.addresses import output_file

_STORY = "frame/main.html"  # what the engine lays out a story by that is a page of its own


@dataclass(frozen=True, slots=True)
class Reasons:
    """What there is to say of ``address``. ``origin`` is what it is made from, ``None`` where nothing is made there; with a
    ``template`` it is a page. ``is_gone`` says that it only tells of a record that was withdrawn, ``is_frozen`` that it is carried
    as it was frozen. ``pending`` waits to be shown there, ``problems`` stand in the way."""

    address: str
    origin: Span | None = None
    template: str = ""
    is_gone: bool = False
    is_frozen: bool = False
    pending: tuple[Pending, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything is to be said of it."""
        return self.origin is not None or bool(self.pending or self.problems)


def reasons(found: Survey, address: str) -> Reasons:
    """Why there is what there is at ``address`` of the site that was surveyed."""
    waiting = tuple(each for each in found.pending if each.address == address)
    plan = found.plan
    planned = None if plan is None else plan.pages.get(address) or plan.outputs.get(address)
    wrong = tuple(_in_the_way(found, address))
    if planned is None:
        frozen = _frozen(found, address)
        return Reasons(address, frozen, is_frozen=frozen is not None, pending=waiting, problems=wrong)
    if isinstance(planned, Page):
        return Reasons(address, planned.origin, planned.template or _STORY, planned.is_gone, pending=waiting, problems=wrong)
    return Reasons(address, planned.origin, pending=waiting, problems=wrong)


def _frozen(found: Survey, address: str) -> Span | None:
    """The lock of the frozen year that has the file at ``address``."""
    first, _, name = output_file(address).partition("/")
    year = year_in(first)
    return Span(path_of(year)) if year is not None and name in found.mounted.get(year, {}) else None


def _in_the_way(found: Survey, address: str) -> Iterator[Problem]:
    """The errors of the record whose address it is."""
    for each in found.problems:
        if each.is_error and address in set(_addresses(each.span.path)):
            yield each


def _addresses(path: str) -> Iterator[str]:
    """The addresses of the records in whose folders ``path`` lies."""
    for kind in BY_NAME.values():
        id = kind.layout.id_in(path)
        if id is not None and kind.address is not None:
            yield kind.address(id)


def address_of(found: Survey, path: str) -> str | None:
    """The address of the page that shows the source ``path``, a file or a folder; ``None`` where none does."""
    plan, frozen = found.plan, path.removeprefix(f"{YEARS}/")
    if frozen != path:
        return frozen.removesuffix("index.html") if _frozen(found, frozen) else f"{frozen.rstrip('/')}/"
    if plan is not None:
        for each in _upwards(path):
            if each in plan.places:
                return plan.places[each]
    waiting = next((each.address for each in found.pending if each.span.path == path or each.span.path.startswith(f"{path}/")), None)
    return waiting or next(_addresses(path), None)


def _upwards(path: str) -> Iterable[str]:
    yield path
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
