"""One page once more: what a preview knows of a site is kept, so that an edited text shows without building all of it.

Only the edited record is read and checked, only its own pages are made. What goes further (lists, search, data, the rules
that compare records) is for the whole build behind it, and where a change may go further than the page the answer is that
nothing can be said before that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from generator.catalog import drafts
from generator.catalog.catalog import Catalog
from generator.catalog.gathering import replaced
from generator.catalog.inspection import Inspection
from generator.catalog.making import attempt
from generator.catalog.record import Reading, Record
from generator.catalog.records import Place, place_of, read_one
from generator.checks import OF_VALUES, links, pending
from generator.checks.pending import Pending
from generator.engines import Engine
from generator.kinds import BY_NAME, KINDS, PRESENTING
from generator.media import pictures
from generator.media.cards import drawings
from generator.media.cards.faces import Drawing
from generator.media.published import Picture
from generator.outputs import share
from generator.outputs.data import downloads
from generator.pages import home, unpublished
from generator.problems import Problem, in_order, is_of_picture
from generator.site.context import Made, Output, Page, Preview
from generator.site.presenter import own_pages
from generator.source.files import SourceFile, Sources, locate
from generator.stages import checking
from generator.stages.reading import Read, shown_in
from generator.stages.render import Hanging, render_again
from generator.stages.settings import Settings
from generator.stages.survey import Outcome
from generator.system.cache import Cache
from generator.themes.titles import terms_of

HOME = "content/index.md"  # stands on the home page
MOST = 8  # records; more of them are no edit of a person
_FILES = 4  # of a record, more or less
_TEXTS = (".yml", ".md")  # captions and score sheets are published as files of their own
# Problems that only a look at other records or at pictures can give: those of the last build still stand.
_OF_OTHERS = ("CPY-00", "CPY-011", "IND-020", "IMG-", "ID-", "URL-")
_ODD = ("ID-", "SEC-021")  # a record that may be another one now, a file that just changes


@dataclass(frozen=True, slots=True)
class Known:
    """What a preview knew when it was built. ``spare`` are pictures of the build before that this one did not show, by path:
    of a record with a mistake, which may be mended now."""

    settings: Settings
    read: Read = field(repr=False)
    problems: tuple[Problem, ...] = field(repr=False)
    pending: tuple[Pending, ...] = field(repr=False)
    hanging: Hanging = field(repr=False)
    engine: Engine = field(repr=False)
    spare: Mapping[str, Picture] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Again:
    """The pages that were made once more, as file → HTML, and all problems as far as they are known."""

    pages: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Few(Catalog):
    """A catalog that knows all records and shows ``few`` of them to rules that look at each."""

    few: tuple[Record, ...] = ()

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.few)


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A record as it is now, ``None`` where it cannot be used, as it ``was``, its files and what is wrong with them."""

    place: Place
    record: Record | None
    was: Record | None
    files: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.place.kind.name, self.place.id


def known(outcome: Outcome, settings: Settings, engine: Engine, before: Known | None = None) -> Known | None:
    """What is to be known of a preview for ``again``; ``None`` where nothing was built. ``before`` is what the build before
    it knew."""
    found, hanging = outcome.survey, outcome.hanging
    if found.read is None or hanging is None or settings.year is not None:
        return None
    slim = replace(hanging, made=replace(hanging.made, files={}))  # pages of records state the sizes alone
    shown, files = hanging.made.pictures, found.read.sources.files
    former = before.hanging.made.pictures if before is not None else {}
    spare = {path: each for path, each in former.items() if path in files and path not in shown}
    return Known(settings, found.read, found.problems, found.pending, slim, engine, spare)


def again(known: Known, paths: Collection[str]) -> Again | None:
    """The own pages of the records whose texts at ``paths`` have changed, with what is wrong now; ``None`` where only a
    whole build can tell."""
    found = _fresh(known, paths)
    if not found:
        return None
    files = frozenset[str]().union(*(each.files for each in found))
    sound = [each.record for each in found if each.record is not None]
    catalog = replaced(known.read.catalog, sound, BY_NAME)
    own = _problems(known, catalog, found)
    problems = in_order((*(each for each in known.problems if each.span.path not in files), *own))
    shown = [each for each in found if _is_shown(each, own, known)]
    if not shown:
        return Again({}, problems)
    waiting = _waiting(known, found, sound, own)
    made, wanted = _made(known, catalog, shown, problems, waiting)
    rendered = [*render_again(known.hanging, made, known.engine, wanted)]
    if any(isinstance(each, Problem) for each in rendered):
        return None
    return Again({each[0]: each[1].decode() for each in rendered if not isinstance(each, Problem)}, problems)


# -- reading and checking -------------------------------------------------------------------------------------------------


def _fresh(known: Known, paths: Collection[str]) -> list[_Fresh]:
    """The records at ``paths`` as they are now; none at all where one of them is no plain edit."""
    places: dict[str, Place] = {}
    if len(paths) > MOST * _FILES:
        return []
    for path in paths:
        place = place_of(path, known.read.sources, KINDS) if path.endswith(_TEXTS) else None
        if place is None or path not in known.read.sources.files or place.kind.model.is_secret:
            return []
        places[place.file.path] = place
    if len(places) > MOST:
        return []
    found = [_read_again(known, place) for place in places.values()]
    return [] if None in found else [each for each in found if each is not None]


def _read_again(known: Known, place: Place) -> _Fresh | None:
    """The record of ``place`` as it is now; ``None`` where more may have changed than what it says."""
    read = known.read
    assert read.config is not None
    beside = read.sources.within(place.file.folder) if place.kind.layout.form == "folder" else (place.file,)
    try:
        now = {each.path: _resized(each) for each in beside}
    except OSError:
        return None
    place = place._replace(file=now[place.file.path])
    sources = Sources(read.sources.root, now, read.sources.folders, read.sources.lower, read.sources.refused)
    found = read_one(place, sources, read.config.context)
    was = read.catalog.records.get(place.kind.name, {}).get(place.id)
    record = found.records[0] if found.records else None
    is_odd = any(each.code.startswith(_ODD) for each in found.problems) or (was is not None and was.path != place.file.path)
    if is_odd or (record is not None and record.data.suppressions) or (was is not None and was.data.suppressions):
        return None
    reading = Reading(tuple(found.records), frozenset(), frozenset(), (), tuple(found.unfinished))
    eased = drafts.ease(found.problems, drafts.of_reading(reading, BY_NAME))
    return _Fresh(place, record, was, frozenset(now), eased)


def _resized(file: SourceFile) -> SourceFile:
    size = file.absolute.stat().st_size
    return file if size == file.size else replace(file, size=size)


def _problems(known: Known, catalog: Catalog, found: Iterable[_Fresh]) -> tuple[Problem, ...]:
    """What is wrong in the files of what was read again."""
    read, files = known.read, {path for each in found for path in each.files}
    sound = tuple(each.record for each in found if each.record is not None)
    keys = {(each.kind, each.id) for each in sound}
    referrals = tuple(each for each in catalog.referrals if each.source in keys)
    few = _Few(catalog.records, catalog.broken, referrals, catalog.insides, sound)
    inspection = replace(checking.inspection_of(read, known.settings, known.settings.own_cache()), catalog=few)
    checked = [each for rule in OF_VALUES for each in rule(inspection)]
    checked += [each for record in sound for each in _of_kind(record, inspection)]
    checked += links.check(catalog, known.hanging.made.plan.places, read.sources, read.reading.used, sound)
    checked += pictures.wanted(few, Catalog({}), read.sources)[1]
    eased = drafts.ease(checked, drafts.of_reading(Reading(sound, frozenset(), frozenset()), BY_NAME))
    kept = [each for each in known.problems if each.span.path in files and each.code.startswith(_OF_OTHERS)]
    return in_order((*kept, *(problem for each in found for problem in each.problems), *eased))


def _of_kind(record: Record, inspection: Inspection) -> Iterable[Problem]:
    found = attempt(lambda: [*BY_NAME[record.kind].check(record, inspection)], record.span(), "check", record.id)
    return [found] if isinstance(found, Problem) else found


def _is_shown(fresh: _Fresh, problems: Iterable[Problem], known: Known) -> bool:
    """Whether the record has pages, those that it had, with pictures that were made."""
    record, was, edition = fresh.record, fresh.was, known.read.edition
    if record is None or any(each.is_error and not is_of_picture(each) for each in problems if each.span.path in fresh.files):
        return False
    if was is not None and any(ask(was) != ask(record) for ask in (edition.shows, edition.buries, edition.awaits)):
        return False
    named = {target for target, *_ in pictures.named(record)}
    if was is not None:
        return named <= {target for target, *_ in pictures.named(was)}
    made = {**known.spare, **known.hanging.made.pictures}
    return all(locate(record.folder, each, made) in made for each in named)


# -- the site with it -----------------------------------------------------------------------------------------------------


def _waiting(
    known: Known, found: Iterable[_Fresh], sound: Iterable[Record], problems: tuple[Problem, ...]
) -> tuple[Pending, ...]:
    """What is not public yet."""
    keys = {each.key for each in found}
    fresh = {(each.kind, each.id): each for each in pending.gather(_only(sound), (), known.read.edition, BY_NAME, problems)}
    kept = [fresh.pop((each.kind, each.id), None) if (each.kind, each.id) in keys else each for each in known.pending]
    return (*(each for each in kept if each is not None), *fresh.values())


def _made(
    known: Known, catalog: Catalog, shown: Iterable[_Fresh], problems: Collection[Problem], waiting: tuple[Pending, ...]
) -> tuple[Made, list[Page]]:
    """The site with what is public of ``catalog``, and the pages of the records that are ``shown``."""
    before = known.hanging.made
    public, today = _public(known, catalog, [*shown], problems, waiting)
    terms = terms_of(before.config, public)
    made = replace(before, catalog=public, today=today, pictures={**known.spare, **before.pictures}, terms=terms)
    pages: dict[str, Page] = {}
    own: list[Page] = []
    for each in shown:
        found = [*own_pages(PRESENTING[each.key[0]], each.key[1], made.catalog, made.config)]
        found += home.pages(made.catalog, made.config) if each.place.file.path == HOME else ()
        pages |= {page.address: page for page in found}
        own += (page for page in found if _is_of(page, each.place))
    plan = replace(before.plan, pages={**before.plan.pages, **pages})
    preview = Preview(sum(each.is_error for each in problems), unpublished.by_page(waiting, plan.pages), len(waiting))
    made = replace(made, plan=plan, preview=preview)
    return replace(made, sizes={**made.sizes, **_sizes(made, shown, own, known.settings.own_cache())}), own


def _public(
    known: Known, catalog: Catalog, shown: list[_Fresh], problems: Iterable[Problem], waiting: Iterable[Pending]
) -> tuple[Catalog, date | None]:
    """What is public of ``catalog``, and its last day."""
    before = known.hanging.made
    edition = shown_in(known.read.edition, before.config, known.settings)
    presentable = checking.presentable(catalog, problems, waiting)
    keys = [each.key for each in shown]
    if not all(id in before.catalog.records.get(kind, ()) for kind, id in keys):
        return edition.of(presentable), edition.effective(presentable)
    was, now = (_only(record for each in shown if (record := get(each)) is not None) for get in (_former, _present))
    public = edition.of_changed(presentable, before.catalog, keys)
    return public, edition.effective_again(before.today, was, now, presentable)


def _former(fresh: _Fresh) -> Record | None:
    return fresh.was


def _present(fresh: _Fresh) -> Record | None:
    return fresh.record


def _only(records: Iterable[Record]) -> Catalog:
    """A catalog of these alone."""
    by_kind: dict[str, dict[str, Record]] = {kind.name: {} for kind in KINDS}
    for each in records:
        by_kind[each.kind][each.id] = each
    return Catalog(by_kind)


def _is_of(page: Page, place: Place) -> bool:
    """Whether ``page`` is one of the record at ``place`` and of nothing else."""
    kind = place.kind
    if kind.address is None:
        return False
    at, is_part, _ = kind.address(place.id).partition("#")
    is_below = kind.layout.form != "markdown" and not is_part and page.address.startswith(at)
    return page.address == at or is_below


def _sizes(made: Made, shown: Iterable[_Fresh], own: Iterable[Page], cache: Cache) -> Mapping[str, int]:
    """How large the files are that ``own`` pages offer: their posters, and the tables of their kinds."""
    offered = {name for page in own for name in page.downloads}
    found: list[Output] = []
    for kind, id in {each.key: None for each in shown}:
        presenter, record = PRESENTING[kind], made.catalog.get(kind, id)
        if record is not None:
            found += (each for each in share.outputs_of(record, presenter, made.config) if each.address in made.sizes)
        tables = presenter.tables(made) if offered else ()
        found += (each for table in tables if table.name in offered for each in downloads.outputs_of(table))
    files = {each.address: each.make(made) for each in found}
    posters = {at: each for at, each in files.items() if isinstance(each, Drawing) and each.form == "poster"}
    drawn = drawings.draw(posters, cache)[0] if posters else {}
    sizes = {at: len(each) for at, each in files.items() if isinstance(each, bytes)}
    return sizes | {at: each.size for at, each in drawn.items() if isinstance(each, drawings.Drawn)}
