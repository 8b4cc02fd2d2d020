"""Days and times as people write them, and the years that this project tells: 1900 to 2199. An end may be open: 长期."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import format_datetime
from typing import Final, Literal

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
LONG_TERM: Final = "长期"
End = date | Literal["长期"]

# What people write where something has no end. 9999-12-31 and the like are told by their year.
_OPEN = frozenset(
    {
        *("长期", "永久", "永远", "长期有效", "永久有效", "长期开放", "常年", "常年开放", "常态化", "长期坚持", "持续推进"),
        *("至今", "现在", "目前", "今", "至现在", "不限", "无限期", "无期限", "无固定期限", "持续", "长期持续", "一直", "一直有效"),
        *("longterm", "long term", "permanent", "forever", "ongoing", "present", "now", "open", "unlimited", "indefinite"),
    }
)
_ENDLESS = re.compile("长期|永久|常年|常设|至今|无限期|无期限|不限期|long[ -]term|permanent")  # with other words around them
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_YEAR = re.compile(r"([0-9]{4})(?:[年./\-、 ]|[01][0-9][0-3][0-9]\Z|\Z)|([0-9]{5,12})[年./\-]")
_WIDEST = timedelta(hours=14)  # no place on earth is further from UTC

Reason = Literal["form", "absent", "years"]


class Unreadable(ValueError):
    """Why a text is no day or time: written otherwise, no such day, or in a year that is none of ours."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def is_known(year: int) -> bool:
    """Whether ``year`` is one of those that this project tells."""
    return FIRST_YEAR <= year <= LAST_YEAR


def day_of(text: str) -> date:
    """Read ``2024-05-01``. Raises ``Unreadable``."""
    if not _DAY.fullmatch(text):
        raise Unreadable("years" if _is_far(text) else "form")
    if not is_known(int(text[:4])):
        raise Unreadable("years")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable("absent") from None


def moment_of(text: str, zone: tzinfo | None = None) -> datetime:
    """Read ``2024-05-01T15:00``, perhaps with seconds and a zone; without one it is a time in ``zone``, and without
    that a naive one. Raises ``Unreadable``."""
    written = text.replace(" ", "T", 1)
    if not _MOMENT.fullmatch(written):
        raise Unreadable("years" if _is_far(text) else "form")
    if not is_known(int(written[:4])):
        raise Unreadable("years")
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        raise Unreadable("absent") from None
    if written[11:13] == "24":  # some versions of Python take it for the next day
        raise Unreadable("absent")
    offset = read.utcoffset()
    if offset is not None and abs(offset) > _WIDEST:
        raise Unreadable("form")
    if zone is not None:
        read = read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)
    seen = read.astimezone(UTC) if read.tzinfo else read
    if not is_known(read.year) or not is_known(seen.year):
        raise Unreadable("years")
    return read


def stamp(moment: datetime) -> str:
    """An aware ``moment`` as programs exchange it (RFC 3339). Local time before there were zones, as of Shanghai until
    1901, is some minutes and seconds off UTC, which that format cannot say: then it is given in UTC."""
    offset = moment.utcoffset() or timedelta()
    return (moment.astimezone(UTC) if offset % timedelta(minutes=1) else moment).isoformat()


def stamp_of_day(day: date, zone: tzinfo) -> str:
    """The first moment of ``day`` in ``zone`` as programs exchange it."""
    return stamp(datetime.combine(day, time(), zone))


def http_date(day: date) -> str:
    """The beginning of ``day`` in the words of HTTP (RFC 9110, 5.6.7), which no locale changes."""
    return format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC), usegmt=True)


def means_open(text: str) -> bool:
    """Whether ``text`` is a word for an end that is open, in whatever spelling."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip(" \t\n。.，,；;“”\"'「」()（）—-~至到")
    return folded in _OPEN or folded.replace("-", " ").replace("_", " ") in _OPEN or _ENDLESS.search(folded) is not None


def _is_far(text: str) -> bool:
    """Whether ``text`` is a day in another form, in a year that is none of ours."""
    found = _YEAR.match(unicodedata.normalize("NFKC", text[:40]).strip())
    return found is not None and not is_known(int(found[1] or found[2]))


def is_over(end: End, day: date) -> bool:
    """Whether ``end`` lies before ``day``. What is long-term is never over."""
    return isinstance(end, date) and end < day


def known(end: End | None) -> date | None:
    """The day on which something ends, ``None`` where that is open."""
    return end if isinstance(end, date) else None


def rank(end: End) -> date:
    """``end`` as something to order by: what is long-term ends last."""
    return end if isinstance(end, date) else date.max
