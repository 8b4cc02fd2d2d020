"""What is seen at a stand: one picture, or the mark of a brand on its plate, or one figure, and the words of the label.

A picture of the thing itself comes before one of its story: a film has its poster, anything else the first of its gallery.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator import patterns
from generator.catalog.record import Record
from generator.kinds.report.pages import cited_indicator
from generator.site.context import Public
from generator.site.figures import picture_view
from generator.source.files import locate
from generator.story import Link, hang

_SENTENCE = patterns.late("[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*)?")
_REMARK = patterns.late("(?P<figure>[^（(0-9]*[0-9][^（(]*)(?P<remark>[（(][^（(]+[）)])")
_SENTENCES = 2  # what somebody reads who stands before a picture
_WIDE, _FLAT = 900, 1.15  # pixels, and wide for its height: what may fill a wall without being blurred or beheaded
_TONES = 3  # grounds of what is set in letters, one after the other, so that a hall looks other than the last
_LONG = 6  # characters of a figure that is set less large
# The fields that say in a line what a record is about, by its kind, the best first.
_LINES = {"brand": ("slogan", "concept"), "project": ("problem",), "video": ("transcript",)}


def label_of(record: Record, label: str | None) -> str:
    """What the label beside a record says: what was written for it, else the first two sentences of the record."""
    return label or next((first_sentences(text) for name in _LINES.get(record.kind, ()) if (text := getattr(record.data, name))), "")


def first_sentences(text: str) -> str:
    """The first two sentences of ``text``, from its first line."""
    line = text.strip().split("\n")[0].strip()
    found = [each for each in _SENTENCE.findall(line) if each]
    return "".join(found[:_SENTENCES]).strip()


def sight(record: Record, public: Public) -> dict[str, Any]:
    """The view of what hangs: ``picture`` with its ``form`` (``wall``, ``frame`` or ``mark``), or a ``figure``; neither
    where there is nothing to see but words. ``fields`` are those of the record that were used."""
    for field, form, picture in _pictures(record, public):
        if form != "mark" and (picture["width"] < _WIDE or picture["width"] < picture["height"] * _FLAT):
            form = "frame"
        return {"picture": picture, "form": form, "figure": None, "fields": (field,)}
    field, figure = _figure(record, public)
    return {"picture": None, "form": "words", "figure": figure, "fields": (field,) if figure else ()}


def tone_of(hall: int) -> int:
    """Which of the grounds the hall with that number has."""
    return (hall - 1) % _TONES


def is_made_up(record: Record, label: str | None, seen: Mapping[str, Any]) -> bool:
    """Whether anything that is ``seen`` of a record and said of it is made up."""
    said = () if label else _LINES.get(record.kind, ())
    return record.data.is_made_up("name", "unit", *said, *seen["fields"]) or bool(seen["figure"] and seen["figure"]["sample"])


def _pictures(record: Record, public: Public) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The pictures of a record, the best first, each with the field that it is from and how it hangs."""
    data = record.data
    own = (data.poster,) if record.kind == "video" else data.gallery
    found = (public.picture(record, each) for each in own)
    yield from (("poster" if record.kind == "video" else "gallery", "wall", each) for each in found if each)
    yield from (("story", "wall", each) for each in _of_story(record, public))
    if record.kind == "brand" and (logo := public.picture(record, data.logo)):
        yield "logo", "mark", logo


def _of_story(record: Record, public: Public) -> Iterator[Mapping[str, Any]]:
    """The pictures of a record's story."""
    story, shown = record.story, list[tuple[Link, str, str]]()
    if story is None or not any(each.is_picture for each in story.links):
        return

    def note(link: Link, alt: str, title: str) -> str:
        shown.append((link, alt, title))
        return ""

    hang(story, lambda link: None, note)
    for link, alt, title in shown:
        picture = public.pictures.get(locate(story.path.rpartition("/")[0], link.target, public.pictures) or "")
        if picture is not None:
            said = {"alt": alt, "caption": title or None, "credit": None, "licence": None, "ai_generated": False}
            yield {**picture_view(picture), **said}


def _figure(record: Record, public: Public) -> tuple[str, dict[str, Any] | None]:
    """The figure that matters, with the field that it is from."""
    if record.kind == "project":
        return "goals", _of_goals(record.data.goals)
    for each in record.data.results if record.kind == "brand" else ():
        cited = cited_indicator(each.indicator, public)
        if cited and cited["figure"]:
            figure = cited["figure"]
            return "results", {
                "value": f"{figure['number']}{figure['unit'] or ''}",
                "name": cited["name"],
                "note": "",
                "as_of": figure["as_of"],
                "sample": figure["sample"],
                "is_long": len(figure["number"]) > _LONG,
                "is_target": False,
            }
    return "", None


def _of_goals(goals: Any) -> dict[str, Any] | None:
    """The first goal that was reached or missed with a number, else the first with one as its target."""
    told = [(each, each.reached, False) for each in goals if each.reached] + [(each, each.target, True) for each in goals]
    numbered = (each for each in told if any(letter.isdigit() for letter in each[1]))
    goal, value, is_target = next(numbered, told[0] if told else (None, "", True))
    if goal is None:
        return None
    divided = _REMARK.fullmatch(value)  # what is set large is the figure alone
    value, remark = divided.group("figure", "remark") if divided else (value, "")
    return {
        "value": value.strip(),
        "name": f"{goal.text}{remark}",
        "note": goal.baseline or "",
        "as_of": None,
        "sample": False,
        "is_long": len(value) > _LONG,
        "is_target": is_target,
    }
