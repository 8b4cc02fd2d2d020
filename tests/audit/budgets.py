"""What a page may cost and show, and the verdict on a visit. The numbers are those of the design; docs/quality.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.audit.visits import Visit

KB = 1000  # bytes


@dataclass(frozen=True)
class Weights:
    """The bytes of a page on the way. ``picture`` is its largest; ``whole`` leaves films out."""

    html: int
    css: int
    js: int
    picture: int
    whole: int
    requests: int


BUDGET = Weights(html=30 * KB, css=32 * KB, js=45 * KB, picture=150 * KB, whole=500 * KB, requests=60)
SHIFT = 0.02


def weights(visit: Visit) -> Weights:
    """What a visit loaded, by what it is."""

    def of(*kinds: str) -> list[int]:
        return [each.size for each in visit.loaded if each.kind in kinds]

    pictures = of("image")
    return Weights(
        html=sum(of("document")),
        css=sum(of("stylesheet")),
        js=sum(of("script")),
        picture=max(pictures, default=0),
        whole=sum(each.size for each in visit.loaded if each.kind != "media"),
        requests=len(visit.loaded),
    )


def faults(visit: Visit) -> list[str]:
    """Every way in which a visit breaks a gate, for people to read. Empty when it breaks none."""
    where = f"{visit.template} /{visit.address} {visit.width} px"
    found = [f"{where} {seen.look}: {each}" for seen in visit.seen for each in seen.violations]
    found += [f"{where} {seen.look}: {seen.overflow} px wider than the screen" for seen in visit.seen if seen.overflow]
    found += [f"{where}: asks another host for {each}" for each in visit.foreign]
    found += [f"{where}: {each}" for each in visit.faults]
    if visit.shift > SHIFT:
        found.append(f"{where}: layout shift {visit.shift:.3f} above {SHIFT}")
    spent = weights(visit)
    for name in BUDGET.__dataclass_fields__:
        cost, most = getattr(spent, name), getattr(BUDGET, name)
        if cost > most:
            found.append(f"{where}: {name} {cost:,} above {most:,}")
    return found


def all_faults(visits: Iterable[Visit]) -> list[str]:
    """The faults of all visits, in order."""
    return [each for visit in visits for each in faults(visit)]
