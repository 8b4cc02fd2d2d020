"""Whole sites changed at random, by a seed: values of records and of the configuration, texts, files. Nothing here knows
what is right; a check says so, and what it calls right has to build."""

from __future__ import annotations

import copy
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.helpers.places import SITES

DATES = ["1899-12-31", "1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01", "2000-02-29", "2023-02-29", "2024-02-29", "2026-05-31", "2026-06-01", "2026-06-02", "2199-12-31", "2200-01-01", "0001-01-01", "9999-12-31", "长期", "永久", "至今", "2024", "2024-05", "2024/05/01", "1900", "2199", "2199-12"]
MOMENTS = ["1900-01-01T00:00", "1900-01-01T00:00+14:00", "2199-12-31T23:59", "2199-12-31T23:59-14:00", "2024-12-31T24:00", "2024-12-31T23:59:60", "2023-12-29T15:00Z", "2023-12-29T15:00+08:00", "2023-12-29T15:00-23:59", "9999-12-31T23:59Z", "0001-01-01T00:00+14:00", "2026-06-01T00:00"]
NUMBERS = ["0", "-0", "1", "-1", "2", "3", "5", "100", "101", "0.5", "-0.5", "0.000001", "99.999999", "1e308", "1e-400", "NaN", "nan", "inf", "-inf", "Infinity", "1_000", "0x10", "007", "+5", ".5", "5.", "999999999999", "-999999999999", "999999999999999", "-999999999999999.999999", "123456789.123456", "1900", "2023", "2026", "2199", "2200"] + ["9" * 400, "9" * 5000, "1" + "0" * 14, "１２", "%", "100%"]
EDGES_OF_DAYS = ("0001-01-01", "1900-01-01", "2199-12-31", "9999-12-31", "长期")
EDGES_OF_TIMES = ("0001-01-01T00:00", "1900-01-01T00:00", "2199-12-31T23:59", "9999-12-31T23:59Z", "2199-12-31T23:59-14:00")
EDGES_OF_NUMBERS = ("-0", "999999999999", "999999999999999.999999", "-999999999999999.999999", "0.000001", "9" * 400)
LETTERS = ("字", "A", "é", "😀", "👨‍👩‍👧‍👦", "א", "ب", "अ", "𠮷", "“", "—", "&", "'", '"', "%", "{", "}", "\\", "=", "@", "#", "*", "_", "`", "[", "|", "~")
TEXTS = (
    "",
    " ",
    "　",
    "好",
    "长" * 13,
    "很长的一个没有标点的词" * 40,
    "Donaudampfschifffahrtsgesellschaft" * 30,
    "😀",
    "👨‍👩‍👧‍👦🏳️‍🌈",
    "שלום עולם",
    "مرحبا بالعالم",
    "𠮷野家𪚥",
    "=1+1",
    "@SUM(A1)",
    "a & b < c > d",
    "{{ 7 * 7 }}{% raw %}",
    "%s %d {0} {name}",
    "\\u0000 \\x00",
    "null",
    "~",
    "true",
    "每行\n都\n换",
    "tel:110",
    "https://example.org/" + "a" * 300,
    "http://[::1]:99999/",
    "https://xn--/",
    "../../etc/passwd",
    "index",
    "con",
    "a" * 60,
    "0",
    "2024",
    "%E4%BD%A0?x=1#y",
    "img/hall.jpg",
)
CONFIGURED = (
    *("#000000", "#ffffff", "#808080", "#ff0000", "#00ff00", "#FFFF00", "red", "#fff", "en", "zh-CN", "UTC", "Etc/GMT+12"),
    *("Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns", "Africa/Monrovia", "Mars/Base", "../etc/passwd", ""),
    *("https://example.org/", "https://example.org/a/b", "http://localhost:8000", "https://例子.中国/", "https://EXAMPLE.org/"),
    *("mailto:a@example.org", "tel:010-12345678", "brands/", "/", "about/", "releases/2023/", "nowhere/", "0", "1", "4", "200"),
)
MARKDOWN = (
    *("# 一", "####### 七", "- 一\n- 二\n  - 三", "| a | b |\n| - | - |\n| c |", "[^1]\n\n[^1]: 注", "```\n代码", "> " * 40 + "深"),
    *("![图](img/hall.jpg)", "![](x.png)", "[链](#无)", "[链](../../about/index.md)", "<b>x</b>", "***", "\\", "&#0; &#x110000; &amp;"),
    *("a" * 5000, "*" * 500, "[" * 200, "`" * 99, "😀" * 99, "שלום " * 30, "1. 一\n1. 一", "---", "\n\n\n", "自动链接 https://example.org/中文"),
)
PICTURES = ("content/exhibitions", "brands", "content")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T.*)?)?)?")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

Path_ = tuple[Any, ...]


def good_sites() -> tuple[str, ...]:
    """The names of the sites that are mutated."""
    return tuple(sorted(each.name for each in (SITES / "good").iterdir()))


class Mutant:
    """A good site with a few changes, all of which follow from ``seed``. ``said`` tells what was done."""

    def __init__(self, seed: int, to: Path) -> None:
        self.random = random.Random(seed)
        self.case = self.random.choice(good_sites())
        self.root = to / "site"
        shutil.copytree(SITES / "good" / self.case, self.root, ignore=shutil.ignore_patterns("expected"))
        self.said: list[str] = [self.case]
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            self._change()

    def _change(self) -> None:
        ways: list[tuple[int, Callable[[], None]]] = [
            (60, self._record),
            (14, self._configuration),
            (10, self._text),
            (6, self._sheet),
            (4, self._remove),
            (3, self._rename),
            (3, self._picture),
        ]
        self.random.choices([way for _, way in ways], [weight for weight, _ in ways])[0]()

    def _files(self, *endings: str) -> list[Path]:
        return sorted(each for each in self.root.rglob("*") if each.is_file() and each.suffix in endings)

    def _say(self, file: Path, what: object) -> None:
        self.said.append(f"{file.relative_to(self.root)}: {what!s:.160}")

    # -- values ---------------------------------------------------------------------------------------------------------

    def _record(self) -> None:
        files = [each for each in self._files(".yml", ".md") if each.name != "site_config.yml"]
        if files:
            self._values_of(self.random.choice(files), self._value)

    def _configuration(self) -> None:
        self._values_of(self.root / "site_config.yml", self._setting)

    def _values_of(self, file: Path, make: Callable[[Path_, str], Any]) -> None:
        if not file.is_file():
            return
        before, text, after = _parts(file)
        try:
            tree = yaml.load(text, yaml.BaseLoader)  # noqa: S506  it makes nothing but texts, lists and mappings
        except yaml.YAMLError:
            return  # a change before this one has broken it
        if not isinstance(tree, (dict, list)):
            return
        for _ in range(self.random.choice((1, 1, 2))):
            self._mutate(tree, make, file)
        made = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10_000)
        file.write_text(before + made + after, "utf-8", newline="\n")

    def _mutate(self, tree: Any, make: Callable[[Path_, str], Any], file: Path) -> None:
        paths = list(_paths(tree))
        if not paths:
            return
        path = self._chosen(tree, paths)
        holder = _at(tree, path[:-1])
        value = holder[path[-1]]
        if isinstance(value, str):
            how = self.random.choices(("value", "gone", "wrapped", "swapped"), (84, 8, 3, 5))[0]
        else:
            how = self.random.choices(("gone", "empty", "one", "twice", "turned", "text"), (25, 20, 15, 20, 15, 5))[0]
        self._say(file, f"{path} {how}")
        if how == "gone":
            del holder[path[-1]]
        elif how == "value":
            holder[path[-1]] = make(path, value)
            self.said[-1] += f" {str(holder[path[-1]])[:60]!r}"
        elif how == "wrapped":
            holder[path[-1]] = [value]
        elif how == "swapped":
            other = self.random.choice([each for each in paths if isinstance(_at(tree, each), str)])
            holder[path[-1]] = _at(tree, other)
        elif how == "text":
            holder[path[-1]] = self.random.choice(TEXTS)
        else:
            holder[path[-1]] = self._collection(value, how)

    def _chosen(self, tree: Any, paths: list[Path_]) -> Path_:
        """One of ``paths``: of days, of numbers, or of all; of a field that stands many times as often as of any other."""
        kinds = [
            [each for each in paths if is_day(_at(tree, each))],
            [each for each in paths if is_number(_at(tree, each))],
            paths,
        ]
        among = self.random.choices(kinds, (35, 20, 45))[0] or paths
        by_field: dict[Path_, list[Path_]] = {}
        for each in among:
            by_field.setdefault(field_of(each), []).append(each)
        return self.random.choice(self.random.choice(list(by_field.values())))

    def _collection(self, value: Any, how: str) -> Any:
        if how == "empty":
            return type(value)()
        if isinstance(value, dict):
            return [copy.deepcopy(value)] if how == "one" else dict(reversed(value.items()))
        if how == "one":
            return copy.deepcopy(value[:1])
        if how == "twice":
            return copy.deepcopy(value) + copy.deepcopy(value)[: self.random.choice((1, 30))]
        return copy.deepcopy(value[::-1])

    def _value(self, path: Path_, value: str) -> str:
        if self.random.random() < 0.1:
            return self.random.choice((*TEXTS, *NUMBERS, *DATES, *MOMENTS))
        if "T" in value and _DATE.fullmatch(value):
            return self.random.choice(MOMENTS)
        if _DATE.fullmatch(value) and len(value) > 4:
            return self.random.choice(DATES)
        if _NUMBER.fullmatch(value):
            return self.random.choice(NUMBERS) if self.random.random() < 0.7 else self.random.choice(DATES)
        if self.random.random() < 0.5:
            return self.random.choice(TEXTS)
        at = self.random.randrange(len(value) + 1)
        return value[:at] + self.random.choice(LETTERS) * self.random.choice((1, 1, 3, 70)) + value[at:]

    def _setting(self, path: Path_, value: str) -> str:
        return self.random.choice(CONFIGURED) if self.random.random() < 0.6 else self._value(path, value)

    # -- texts and files --------------------------------------------------------------------------------------------------

    def _text(self) -> None:
        files = self._files(".md", ".vtt")
        if not files:
            return
        file = self.random.choice(files)
        before, text, after = _parts(file) if file.suffix == ".md" else ("", "", file.read_text("utf-8"))
        lines = after.split("\n")
        at = self.random.randrange(len(lines) + 1)
        what = self.random.choice((*MARKDOWN, *TEXTS))
        lines[at : at + self.random.choice((0, 0, 1, 5))] = [what, ""]
        self._say(file, f"line {at}: {what[:40]!r}")
        file.write_text(before + text + "\n".join(lines), "utf-8", newline="\n")

    def _sheet(self) -> None:
        files = self._files(".csv")
        if not files:
            return self._record()
        file = self.random.choice(files)
        lines = file.read_text("utf-8").split("\n")
        at = self.random.randrange(len(lines))
        cells = lines[at].split(",")
        cells[self.random.randrange(len(cells))] = self.random.choice((*NUMBERS, *TEXTS)).replace("\n", " ")
        lines[at] = ",".join(cells)
        self._say(file, f"line {at + 1}: {lines[at][:80]!r}")
        file.write_text("\n".join(lines), "utf-8", newline="\n")
        return None

    def _remove(self) -> None:
        file = self.random.choice(self._files(".md", ".yml", ".csv", ".vtt", ".jpg", ".png", ".svg", ".webp"))
        if self.random.random() < 0.5:
            self._say(file, "removed")
            file.unlink()
        else:
            self._say(file, "emptied")
            file.write_bytes(b"" if file.suffix not in (".yml",) else b"[]\n")

    def _rename(self) -> None:
        folders = sorted(each for each in self.root.rglob("*") if each.is_dir())
        folder = self.random.choice(folders)
        name = self.random.choice(("2199", "1900", "2200", "x", "A", "新", "a" * 60, "a" * 61, "con", "9999", "0"))
        if not (folder.parent / name).exists():
            self._say(folder, f"renamed {name}")
            folder.rename(folder.parent / name)

    def _picture(self) -> None:
        pictures = self._files(".jpg", ".png", ".svg", ".webp")
        if len(pictures) < 2:
            return
        one, other = self.random.sample(pictures, 2)
        self._say(one, f"is now {other.name}")
        shutil.copyfile(other, one)


def is_day(value: Any) -> bool:
    """Whether a value is written as a day, a time, a month or a year."""
    return isinstance(value, str) and (value == "长期" or _DATE.fullmatch(value) is not None)


def is_number(value: Any) -> bool:
    """Whether a value is written as a number."""
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def field_of(path: Path_) -> Path_:
    """The field at ``path``, with ``*`` for the number of any item."""
    return tuple("*" if isinstance(step, int) else step for step in path)


def _edges_of(value: str) -> tuple[str, ...]:
    if is_number(value):
        return EDGES_OF_NUMBERS
    return EDGES_OF_TIMES if "T" in value else EDGES_OF_DAYS


def edges(case: str, to: Path, seen: set[tuple[Any, ...]]) -> Iterator[tuple[Path, str]]:
    """A copy of the good site ``case`` with one value after the other at an edge of what can be written: every field of
    days and numbers that is not in ``seen`` yet. Yields the site and what was changed, and puts it back."""
    root = to / case
    shutil.copytree(SITES / "good" / case, root, ignore=shutil.ignore_patterns("expected"))
    for file in sorted(each for each in root.rglob("*") if each.suffix in (".yml", ".md")):
        before, text, after = _parts(file)
        tree = yaml.load(text, yaml.BaseLoader) if text else None  # noqa: S506  as above
        if isinstance(tree, dict) and tree.get("status", "published") != "published":
            continue  # what is not public is not built
        for path in _paths(tree):
            field, value = (file.name, *field_of(path)), _at(tree, path)
            if field in seen or not (is_day(value) or is_number(value)):
                continue
            seen.add(field)
            for edge in _edges_of(value):
                changed = copy.deepcopy(tree)
                _at(changed, path[:-1])[path[-1]] = edge
                made = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False, width=10_000)
                file.write_text(before + made + after, "utf-8", newline="\n")
                yield root, f"{case}/{file.relative_to(root)}: {path} {edge}"
        file.write_text(before + text + after, "utf-8", newline="\n")


def _parts(file: Path) -> tuple[str, str, str]:
    """What stands before, in and after the YAML of a file; of a story without front matter nothing is YAML."""
    text = file.read_text("utf-8")
    if file.suffix == ".yml":
        return "", text, ""
    found = re.match(r"(---\n)(.*?\n)(---\n.*)", text, re.DOTALL)
    return (found[1], found[2], found[3]) if found else ("", "", text)


def _paths(tree: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every place in ``tree`` but its top."""
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in steps:
        yield (*path, step)
        yield from _paths(value, (*path, step))


def _at(tree: Any, path: Path_) -> Any:
    for step in path:
        tree = tree[step]
    return tree
