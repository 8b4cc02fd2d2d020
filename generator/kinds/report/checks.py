"""IND-*: a figure has a definition, a period, a source, and an arithmetic that holds. One mistake, one problem."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

from generator.catalog.edition import Edition
from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.kinds.report.derive import Figures, figures_of
from generator.kinds.report.indicators import agrees, period, quotient, rounded
from generator.kinds.report.model import Derived, Indicator, Report, Target, Value
from generator.messages import Words, say, words
from generator.problems import Problem, problem
from generator.yaml.strict import KeyPath

SHOWN = 4  # decimals of a computed value in a message
_DRAWN_FROM = {"coverage": {"unit", "brand"}, "stars": {"branch"}, "stages": {"project"}}


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """Every rule for one report."""
    report: Report = record.data
    seen: dict[str, int] = {}
    for index, indicator in enumerate(report.indicators):
        if indicator.id in seen:
            first = record.span("indicators", seen[indicator.id], "id")
            yield problem("IND-007", record.span("indicators", index, "id"), id=indicator.id, first=str(first))
        elif first_use := _used_before(record, indicator.id, inspection):
            yield problem("IND-007", record.span("indicators", index, "id"), id=indicator.id, first=first_use)
        seen.setdefault(indicator.id, index)
        yield from _check_indicator(record, ("indicators", index), indicator)
    for index, derived in enumerate(report.derived):
        yield from _check_derived(record, ("derived", index), derived, inspection)


def _used_before(record: Record, id: str, inspection: Inspection) -> str | None:
    """Where another report that is read earlier has an indicator with this id."""
    for other in sorted(inspection.catalog.all("report"), key=lambda each: each.path):
        if other.path >= record.path:
            return None
        for index, indicator in enumerate(other.data.indicators):
            if indicator.id == id:
                return str(other.span("indicators", index, "id"))
    return None


def _fault(key: str, **values: object) -> Words:
    return Words(say(key, "zh", **values), say(key, "en", **values))


def _check_indicator(record: Record, at: KeyPath, indicator: Indicator) -> Iterator[Problem]:
    if indicator.is_share and not (indicator.numerator and indicator.denominator):
        missing = [key for key in ("numerator", "denominator") if not getattr(indicator, key)]
        yield problem("IND-009", record.span(*at, "unit"), missing=_listed(missing))
    if indicator.target is None and not indicator.series:
        yield problem("IND-012", record.span(*at, "id"), name=indicator.name)
    if indicator.target is not None:
        yield from _check_target(record, (*at, "target"), indicator.target, indicator)
    for index, value in enumerate(indicator.series):
        yield from _check_value(record, (*at, "series", index), value, indicator)
    yield from _check_series(record, (*at, "series"), indicator.series)


def _listed(keys: list[str]) -> Words:
    return Words("和".join(keys), " and ".join(keys))


def _check_target(record: Record, at: KeyPath, target: Target, indicator: Indicator) -> Iterator[Problem]:
    contrary = {"up": "lte", "down": "gte"}
    if target.due is None:
        yield problem("IND-010", record.span(*at), fault=_fault("report.fault.target.due"))
    if target.bound is not None and target.bound == contrary.get(indicator.direction):
        fault = _fault(f"report.fault.target.{indicator.direction}", bound=target.bound)
        yield problem("IND-010", record.span(*at, "bound"), fault=fault)
    if indicator.is_share and not 0 <= target.value <= 100:
        yield problem(
            "IND-005", record.span(*at, "value"), fault=_fault("report.fault.percent", value=f"{target.value:f}")
        )


def _check_value(record: Record, at: KeyPath, value: Value, indicator: Indicator) -> Iterator[Problem]:
    arithmetic = next(_arithmetic(record, at, value, indicator), None)
    if arithmetic:
        yield arithmetic
    time = period(value.period)
    if time is None:
        yield problem("IND-008", record.span(*at, "period"), text=value.period)
    elif value.as_of < time.first:
        yield problem("IND-006", record.span(*at, "as_of"), as_of=value.as_of, period=value.period, first=time.first)
    yield from _check_revision(record, at, value)


def _arithmetic(record: Record, at: KeyPath, value: Value, indicator: Indicator) -> Iterator[Problem]:
    """What is wrong with the numbers, the root of it first."""
    part, whole = value.numerator, value.denominator
    if (part is None) != (whole is None):
        key, other = ("numerator", "denominator") if whole is None else ("denominator", "numerator")
        yield problem("IND-013", record.span(*at, key), given=key, missing=other)
    if whole is not None and whole <= 0:
        yield problem("IND-003", record.span(*at, "denominator"), value=f"{whole:f}")
        return
    if indicator.is_share:
        if part is not None and whole is not None and not 0 <= part <= whole:
            fault = _fault("report.fault.parts", part=f"{part:f}", whole=f"{whole:f}")
            yield problem("IND-005", record.span(*at, "numerator"), fault=fault)
        if not 0 <= value.value <= 100:
            yield problem(
                "IND-005", record.span(*at, "value"), fault=_fault("report.fault.percent", value=f"{value.value:f}")
            )
    if part is not None and whole is not None:
        computed = quotient(part, whole, indicator.unit)
        if not agrees(value.value, computed, value.bound):
            yield _contradiction(record, (*at, "value"), value.value, computed, f"{part:f} ÷ {whole:f}")


def _contradiction(record: Record, at: KeyPath, stated: Decimal, computed: Decimal, how: object) -> Problem:
    shown = f"{rounded(computed, SHOWN):f}"
    return problem("IND-001", record.span(*at), stated=f"{stated:f}", computed=shown, how=how)


def _check_revision(record: Record, at: KeyPath, value: Value) -> Iterator[Problem]:
    if value.revised_from is None:
        for key in ("revised_why", "revised_on"):
            if getattr(value, key) is not None:
                yield problem("IND-004", record.span(*at, key), fault=_fault("report.fault.revision.from"))
                return
        return
    if value.revised_why is None:
        yield problem("IND-004", record.span(*at, "revised_from"), fault=_fault("report.fault.revision.why"))
    elif value.revised_on is None:
        yield problem("IND-004", record.span(*at, "revised_from"), fault=_fault("report.fault.revision.on"))
    elif value.revised_from == value.value:
        yield problem("IND-004", record.span(*at, "revised_from"), fault=_fault("report.fault.revision.same"))
    elif value.revised_on < value.as_of:
        late, early = words("date.revision"), words("date.as_of")
        yield problem("DAT-004", record.span(*at, "revised_on"), late=late, early=early)


def _check_series(record: Record, at: KeyPath, series: tuple[Value, ...]) -> Iterator[Problem]:
    """Each period once (IND-002); all of one length and in their order (IND-011, once for each series)."""
    first: dict[str, int] = {}
    known = []
    for index, value in enumerate(series):
        time = period(value.period)
        if value.period in first:
            span = record.span(*at, first[value.period], "period")
            yield problem("IND-002", record.span(*at, index, "period"), period=value.period, first=str(span))
        elif time is not None:
            first[value.period] = index
            known.append((index, time))
    for (_, before), (index, after) in zip(known, known[1:], strict=False):
        if before.size != after.size:
            key = "report.fault.series.length"
        elif after.first < before.first:
            key = "report.fault.series.order"
        else:
            continue
        fault = _fault(key, period=after.text, before=before.text)
        yield problem("IND-011", record.span(*at, index, "period"), fault=fault)
        return


def _check_derived(record: Record, at: KeyPath, derived: Derived, inspection: Inspection) -> Iterator[Problem]:
    if derived.target is not None and derived.target.due is None:
        yield problem("IND-010", record.span(*at, "target"), fault=_fault("report.fault.target.due"))
    if derived.kind == "coverage" and derived.target is not None and not 0 <= derived.target.value <= 100:
        fault = _fault("report.fault.percent", value=f"{derived.target.value:f}")
        yield problem("IND-005", record.span(*at, "target", "value"), fault=fault)
    if any(kind in _DRAWN_FROM[derived.kind] for kind, _ in inspection.catalog.broken):
        return  # what cannot be read cannot be counted; it was reported where it stands
    seen: dict[tuple[str, str], int] = {}
    computed: dict[date, Figures] = {}
    for index, stated in enumerate(derived.stated):
        place = (*at, "stated", index)
        key = (stated.period or "", stated.key or "")
        if key in seen:
            span = record.span(*at, "stated", seen[key])
            text = " ".join(filter(None, key)) or derived.name
            yield problem("IND-002", record.span(*place), period=text, first=str(span))
            continue
        seen[key] = index
        day = stated.as_of or record.data.updated_on or record.data.published_on or inspection.today
        if day > inspection.today:
            continue  # stated for a day that has not come: its records are not known yet
        if day not in computed:
            computed[day] = _figures(derived, day, inspection)
        figures = computed[day]
        if key not in figures:
            yield problem("IND-014", record.span(*place), text=" ".join(filter(None, key)), known=_known(figures))
        elif not agrees(stated.value, figures[key]):
            how = _fault("report.fault.derived", day=day.isoformat())
            yield _contradiction(record, (*place, "value"), stated.value, figures[key], how)


def _figures(derived: Derived, day: date, inspection: Inspection) -> Figures:
    """What the records gave that were public on ``day``: a figure stays right when later records come."""
    zone = inspection.config.zone
    public = Edition(datetime.combine(day, time.max, zone), zone).of(inspection.catalog)
    return figures_of(derived.kind, public, day, derived.years)


def _known(figures: Figures) -> Words:
    names = [" ".join(filter(None, key)) for key in figures][:12]
    return Words("、".join(names) or "（没有）", ", ".join(names) or "(none)")
