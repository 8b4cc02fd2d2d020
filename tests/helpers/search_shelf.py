"""What a published index of the search holds, and what has to be found in it: a plain reference that looks into every text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path

from playwright.sync_api import Page

from generator.kinds import KINDS
from generator.messages import say
from generator.outputs.search import packing, sounds
from generator.outputs.search.folding import fold, words
from generator.outputs.search.index import compared
from tests.helpers.search_index import sounds_like

READINGS = cache(sounds.readings)
KINDS_OF_RESULT = {*(each.label.zh for each in KINDS), say("search.page", "zh")}  # they follow the names
ASK = """async queries => {
  const found = [];
  for (const query of queries) {
    const answer = await exhibitSearch.ask(query);
    if (answer.isExact) { found.push(answer.entries); continue; }
    const numbers = [];
    for (const entry of answer.entries) {  // one by one, so that each is known by its number
      const taken = await exhibitSearch.take(answer, [entry], 0, 1);
      if (taken.results.length) numbers.push(entry);
    }
    found.push(numbers);
  }
  return found;
}"""


@dataclass(frozen=True)
class Shelf:
    """What an index holds: of each entry its names and its fields as they are searched."""

    addresses: tuple[str, ...]
    titles: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    fields: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]  # the fields of each entry, one below the other
    asked: dict[str, list[int]]  # what was looked for before

    def holders(self, query: str) -> list[int]:
        """The numbers of all entries that hold every word of ``query``, or whose name sounds like it."""
        if query not in self.asked:
            mine = words(fold(query))
            found = (number for number in range(len(self.texts)) if all(self._has(number, word) for word in mine))
            self.asked[query] = list(found) if mine else []
        return self.asked[query]

    def _has(self, number: int, word: str) -> bool:
        if word in self.texts[number]:
            return True
        if not re.fullmatch(r"[a-z][a-z0-9]+", word):
            return False
        return any(sounds_like(READINGS(each), word) for each in self.names[number])

    def slices(self) -> list[str]:
        """Every two neighbouring characters of every title."""
        return sorted({each[at : at + 2] for each in self.titles for at in range(max(1, len(each) - 1))})


def shelf_of(folder: Path) -> Shelf:
    """The entries of a published index, in their order."""
    files = {}
    for each in (folder / "search").glob("*.js"):
        files[each.stem] = json.loads(each.read_text("utf-8").split(",", 2)[2].removesuffix(");\n"))
    count = sum(1 for name in files if re.fullmatch(r"t\d+", name))
    packed = [each for number in range(count) for each in files[f"t{number}"]]
    rows = [packing.unpack(each, *files["table"]).split("\n") for each in packed]
    return Shelf(
        addresses=tuple(row[0] for row in rows),
        titles=tuple(row[1] for row in rows),
        names=tuple((row[1], *takewhile(lambda each: each not in KINDS_OF_RESULT, row[2].split("\t"))) for row in rows),
        fields=tuple(compared(tuple(row[1:])) for row in rows),
        texts=tuple("\n".join(compared(tuple(row[1:]))) for row in rows),
        asked={},
    )


def asked(page: Page, queries: Sequence[str]) -> list[list[int]]:
    return [sorted(each) for each in page.evaluate(ASK, list(queries))]


def differences(shelf: Shelf, page: Page, queries: Sequence[str]) -> list[str]:
    """The queries that find something else than what holds them."""
    return [
        f"{query}: missing {sorted(set(expected) - set(found))}, wrong {sorted(set(found) - set(expected))}"
        for query, found in zip(queries, asked(page, queries), strict=True)
        for expected in [shelf.holders(query)]
        if found != expected
    ]
