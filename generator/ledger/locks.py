"""``content/archives/<year>.yml``: the lock of a frozen year. 封存: which content it has, when and by which program it was frozen, and
when an office took that back (a thaw) for which reason.

The files of the year lie in ``archives/<year>/``; its lock holds one digest of them all, so that none of them changes while the
lock still fits. A lock is written by a program and only ever gains: the digest that a thaw gives up stays on record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, Field, WithJsonSchema

from generator import __version__
from generator.messages import words
from generator.problems import Problem, Span, any_errors, problem
from generator.proofreading import personal_data, values
from generator.schema.fields import Day, Line, Part, Title, Whole, Year, fault
from generator.schema.validation import knowing, read
from generator.source.files import Sources, SourceText, read_text
from generator.yaml.strict import Tree, parse

FOLDER = "content/archives"  # of the locks
YEARS = "archives"  # at the top of the sources: the folders of the years
_NAME = re.compile(r"(?:19|20|21)[0-9]{2}")
_NUMBERS = re.compile(r"[0-9]+")


def _fits(pattern: str, what: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise fault("expected", what=what)
        return value

    return check


_SHA, _HASH, _VERSION = "[0-9a-f]{64}", "(?:[0-9a-f]{40}|[0-9a-f]{64})?", r"[0-9]+(?:\.[0-9]+){0,3}[0-9A-Za-z.+-]{0,40}"
Digest = Annotated[str, AfterValidator(_fits(_SHA, "type.digest")), WithJsonSchema({"type": "string", "pattern": f"^{_SHA}$"})]
Commit = Annotated[str, AfterValidator(_fits(_HASH, "type.commit")), WithJsonSchema({"type": "string", "pattern": f"^{_HASH}$"})]
Version = Annotated[
    str, AfterValidator(_fits(_VERSION, "type.version")), WithJsonSchema({"type": "string", "pattern": f"^{_VERSION}$"})
]


class Thaw(Part):
    """An office took back that a year is frozen, so that it may be frozen once more with other content. All of it is shown."""

    on: Day = Field(title="启封日期", description="哪一天决定启封的。")
    by: Title = Field(title="启封单位", description="哪个部门或岗位决定的，会公开显示，不写姓名。")
    reason: Line = Field(title="启封原因", description="一句话，会公开显示，不写个人信息。")
    digest: Digest = Field(title="原摘要", description="放弃的那一版的摘要。")


class Lock(Part):
    """What a frozen year is."""

    year: Year = Field(title="年度", description="封存的是哪一年，和文件名一致。")
    title: Line = Field(title="名称", description="这一年封存版的名称。")
    frozen_on: Day = Field(title="封存日期", description="哪一天封存的。")
    commit: Commit = Field("", title="提交", description="从哪一次 git 提交封存的；没有就空着。")
    generator: Version = Field(title="程序版本", description="用哪个版本的程序封存的。")
    digest: Digest = Field(title="摘要", description="全部文件的 SHA-256 清单的 SHA-256。")
    files: Whole = Field(ge=1, title="文件数", description="一共多少个文件。")
    bytes: Whole = Field(ge=1, title="字节数", description="一共多少字节。")
    thawed: tuple[Thaw, ...] = Field((), title="启封记录", description="每次启封一条，只增不减。")

    @property
    def is_open(self) -> bool:
        """Whether the content that it has was given up: it may be frozen once more with another one."""
        return bool(self.thawed) and self.thawed[-1].digest == self.digest

    @property
    def content(self) -> Mapping[str, Any]:
        """All but the thaws."""
        return self.model_dump(exclude={"thawed"})


class Locked(NamedTuple):
    """A lock with its place."""

    data: Lock
    tree: Tree

    def span(self, *key: str | int) -> Span:
        """The place of the value at ``key``."""
        return self.tree.span(key)


class Locks(NamedTuple):
    """What is read of all locks: those that can be used by their year, the years that a lock is written for, read or not,
    and all that is wrong."""

    sound: Mapping[int, Locked] = {}  # noqa: RUF012  never changed
    named: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()

    def last_change(self, today: date) -> date | None:
        """The last day, not after ``today``, on which a year was frozen or thawed."""
        days = (day for each in self.sound.values() for day in (each.data.frozen_on, *(thaw.on for thaw in each.data.thawed)))
        return max((day for day in days if day <= today), default=None)


def path_of(year: int) -> str:
    """Where the lock of ``year`` is written."""
    return f"{FOLDER}/{year}.yml"


def year_in(name: str) -> int | None:
    """The year that the name of a folder or lock says, ``None`` for no year."""
    return int(name) if _NAME.fullmatch(name) else None


def files_of(sources: Sources) -> frozenset[str]:
    """The files of ``sources`` that are locks by their place, whatever they are called."""
    return frozenset(each.path for each in sources.within(FOLDER))


def read_locks(sources: Sources) -> Locks:
    """Read every lock. One that is no lock by its name is told (ARC-008), as is one that a newer version wrote (ARC-004)."""
    sound: dict[int, Locked] = {}
    named: set[int] = set()
    problems: list[Problem] = []
    for file in sources.within(FOLDER):
        stem, _, ending = file.name.rpartition(".")
        year = year_in(stem) if ending == "yml" else None
        if year is None:
            problems.append(problem("ARC-008", Span(file.path), name=file.name))
            continue
        named.add(year)
        text, found = read_text(file)
        problems += found
        if text is not None:
            lock, found = read_lock(text, {(each.span.path, each.span.line) for each in found if each.code == "SEC-001"})
            problems += found
            if lock is not None:
                sound[year] = lock
    return Locks(sound, frozenset(named), tuple(problems))


def read_lock(text: SourceText, hidden: Collection[tuple[str, int]] = ()) -> tuple[Locked | None, tuple[Problem, ...]]:
    """The lock in ``text``, ``None`` for one that cannot be used, and what is wrong with it, personal data included. Of one that
    a newer version wrote only that is told, unless it can be read all the same. ``hidden`` are the places, path and line, at
    which hidden characters were told already."""
    tree, found = parse(text.path, text.text, knows=knowing(Lock), hidden=text.hidden)
    problems = [*personal_data.written(text), *found]
    if tree is None:
        return None, tuple(problems)
    data, found = read(Lock, tree, None)
    if found and (newer := _newer(tree)):
        return None, (problem("ARC-004", tree.span(("generator",)), path=text.path, version=newer, known=__version__),)
    problems += found
    problems += values.without_replaced(values.values(Lock, tree), hidden)
    problems += personal_data.hidden(tree)
    if data is not None and year_in(_stem(text.path)) != data.year:
        problems.append(problem("ARC-008", tree.span(("year",)), name=_name(text.path)))
        return None, tuple(problems)
    is_faulty = not text.is_sound or tree.is_mended or any_errors(problems)
    return None if data is None or is_faulty else Locked(data, tree), tuple(problems)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _stem(path: str) -> str:
    return _name(path).rpartition(".")[0]


def _newer(tree: Tree) -> str | None:
    """The version that wrote a lock, if that is later than this one."""
    written = tree.value.get("generator") if isinstance(tree.value, dict) else None
    return written if isinstance(written, str) and is_newer(written) else None


def is_newer(version: str) -> bool:
    """Whether ``version`` is later than that of this program, by its numbers."""
    return re.fullmatch(_VERSION, version) is not None and _numbers(version) > _numbers(__version__)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(each[:9]) for each in _NUMBERS.findall(version.partition("+")[0])[:4])


def written(lock: Lock) -> str:
    """The text of a lock. What ``read_lock`` reads of it is ``lock`` again. Texts are in quotation marks, as another reader of
    YAML would take a digest for a number."""
    lines = [
        f"year: {lock.year}",
        f"title: {_quoted(lock.title)}",
        f"frozen_on: {lock.frozen_on.isoformat()}",
        f"commit: {_quoted(lock.commit)}",
        f"generator: {_quoted(lock.generator)}",
        f"digest: {_quoted(lock.digest)}",
        f"files: {lock.files}",
        f"bytes: {lock.bytes}",
    ]
    lines += ["thawed:"] if lock.thawed else []
    for each in lock.thawed:
        lines += [f"- on: {each.on.isoformat()}", f"  by: {_quoted(each.by)}"]
        lines += [f"  reason: {_quoted(each.reason)}", f"  digest: {_quoted(each.digest)}"]
    return "".join(f"{each}\n" for each in lines)


def _quoted(text: str) -> str:
    """A text in double quotation marks: what JSON writes, YAML 1.2 reads (10.2, JSON schema)."""
    return json.dumps(text, ensure_ascii=False)


def digest_of(sums: Mapping[str, str]) -> str:
    """The one digest of files by their SHA-256: that of the list as ``sha256sum`` writes it, sorted by the bytes of the names."""
    digest = sha256()
    for name in sorted(sums, key=lambda each: each.encode("utf-8", "surrogateescape")):
        digest.update(f"{sums[name]}  {name}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


# -- locks against what they were before --------------------------------------------------------------------------------


def altered(before: Iterable[Lock], now: Locks) -> Iterator[Problem]:
    """What was done to the locks ``before`` that none may suffer (ARC-001): one is gone, a thaw is gone or changed, or the
    content is another one and no thaw gave the first one up."""
    for lock in before:
        found = now.sound.get(lock.year)
        if found is None:
            if lock.year not in now.named:  # of one that cannot be read all is told
                yield problem("ARC-001", Span(path_of(lock.year)), year=lock.year, what=words("archives.lock_gone"))
            continue
        new = found.data
        if new.thawed[: len(lock.thawed)] != lock.thawed:
            place = found.span("thawed" if new.thawed else "year")
            yield problem("ARC-001", place, year=lock.year, what=words("archives.thaw_gone"))
        elif new.content != lock.content and lock.digest not in _given_up(lock, new):
            key = next(name for name, value in new.content.items() if lock.content[name] != value)
            place = found.span("digest" if new.digest != lock.digest else key)
            yield problem("ARC-001", place, year=lock.year, what=words("archives.lock_changed"))


def _given_up(old: Lock, new: Lock) -> set[str]:
    """The digests that were given up from ``old`` to ``new``, or by ``old`` itself."""
    since = {each.digest for each in new.thawed[len(old.thawed) :]}
    return since | ({old.digest} if old.is_open else set())
