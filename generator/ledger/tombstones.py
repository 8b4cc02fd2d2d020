"""``content/tombstones.yml``: what was taken from its address for good, with nothing to lead on to. 撤回: what, when, why, by whom.

A record that is withdrawn keeps its folder and says so itself (``status: withdrawn``); a tombstone is for what has no folder
any more, or never had one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.ledger.lines import is_address
from generator.problems import Problem, Span, problem
from generator.proofreading import personal_data, values
from generator.schema.fields import Day, Line, Part, Title
from generator.schema.validation import knowing, read
from generator.source.files import SourceText
from generator.yaml.strict import Tree, parse

TOMBSTONES = "content/tombstones.yml"
LABEL, ABOUT = "撤回登记", "一个文件列出撤回的网址：原来是什么、哪天撤的、为什么、哪个单位定的。"


def _gone_address(value: str) -> str:
    path = value.strip("/")
    address = path if "." in path.rpartition("/")[2] else f"{path}/"
    if not is_address(address):
        raise PydanticCustomError("expected", "expected", {"what": "type.gone_address"})
    return address


GoneAddress = Annotated[
    str, AfterValidator(_gone_address), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9._/-]+$"})
]


class Tombstone(Part):
    """What was taken from an address. All of it is shown there."""

    address: GoneAddress = Field(title="网址", description="撤下的站内网址，如 brands/jiuming/；它下面的网址、短地址和订阅一起撤下。")
    what: Title = Field(title="原来是什么", description="原来这里是什么，会公开显示；名称本身就是撤下原因的，不要照抄。")
    withdrawn_on: Day = Field(title="撤下日期", description="从哪一天起撤下。")
    reason: Line = Field(title="撤下原因", description="一句话，会公开显示，不写个人信息。")
    by: Title = Field(title="撤下单位", description="哪个部门或岗位决定撤下的，会公开显示，不写姓名。")


class Stones(NamedTuple):
    """What is read of the file: the tombstones that can be used, in the order of the file; the addresses that the others are written
    for, as far as these can be read (``None`` where nobody can tell); and all that is wrong."""

    sound: tuple[Stone, ...] = ()
    faulty: frozenset[str] | None = frozenset()
    problems: tuple[Problem, ...] = ()


class Stone(NamedTuple):
    """A tombstone with its place."""

    data: Tombstone
    tree: Tree
    number: int

    def span(self, *key: str) -> Span:
        """The place of the value at ``key``."""
        return self.tree.span((self.number, *key))


def read_stones(text: SourceText, hidden: Collection[tuple[str, int]] = ()) -> Stones:
    """The tombstones of the file, and what is wrong with it, personal data included. ``hidden`` are the places, path and line,
    at which hidden characters were told already."""
    problems = [*personal_data.written(text)]
    tree, found = parse(TOMBSTONES, text.text, knows=knowing(Tombstone), hidden=text.hidden)
    problems += found
    if tree is None:
        return Stones(faulty=None, problems=tuple(problems))
    if not isinstance(tree.value, list):
        return Stones(faulty=None, problems=(*problems, problem("SCH-018", tree.span(()))))
    stones: list[Stone] = []
    faulty: set[str] = set()
    is_sound = text.is_sound and not tree.is_mended
    for index in range(len(tree.value)):
        data, found = read(Tombstone, tree, None, (index,))
        problems += found
        problems += values.without_replaced(values.values(Tombstone, tree, (index,)), hidden)
        if data is not None and is_sound:
            stones.append(Stone(data, tree, index))
        else:
            faulty.update(_meant(tree.value[index]))
    problems += personal_data.hidden(tree)
    return Stones(tuple(stones), None if tree.is_mended else frozenset(faulty), tuple(problems))


def _meant(row: object) -> Iterator[str]:
    """The address for which a faulty tombstone is written, if that can be read."""
    written = row.get("address") if isinstance(row, dict) else None
    if isinstance(written, str):
        with suppress(PydanticCustomError):
            yield _gone_address(written)


def check(stones: Iterable[Stone], today: date | None) -> Iterator[Problem]:
    """Tombstones for one address twice (URL-009), and of a day that has not come (URL-017). ``today`` is the day of
    ``--as-of``, ``None`` for the edition of a year, which cannot know."""
    first: dict[str, Stone] = {}
    for each in stones:
        before = first.setdefault(each.data.address, each)
        if before is not each:
            place = str(before.span("address"))
            yield problem("URL-009", each.span("address"), address=each.data.address, first=place)
        if today is not None and each.data.withdrawn_on > today:
            yield problem("URL-017", each.span("withdrawn_on"), day=each.data.withdrawn_on.isoformat())
