"""The published index of the search, read back from its files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.outputs.search import packing
from tests.helpers.driver import SiteDriver

CALL = re.compile(r'exhibitSearch\("([a-z]+\d*)","([0-9A-Za-z_-]{5})",(.*)\);\n', re.DOTALL)


def read_files(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The data of every file of an index; each says its own name."""
    read = {}
    for name, content in files.items():
        match = CALL.fullmatch(content.decode())
        assert match and match[1] == name
        read[name] = json.loads(match[3])
    return read


def indexed_texts(driver: SiteDriver) -> dict[str, list[str]]:
    """Address → the fields of every entry that the published index holds, read back from its files."""
    files = {
        each.stem: json.loads(CALL.fullmatch(each.read_text("utf-8"))[3])
        for each in (driver.out / "search").glob("*.js")
    }
    found = {}
    for name, packed in files.items():
        if re.fullmatch(r"t\d+", name):
            for each in packed:
                address, *fields = packing.unpack(each, *files["table"]).split("\n")
                assert address not in found
                found[address] = fields
    return found


def sounds_like(readings: Sequence[str], word: str) -> bool:
    """Whether ``word`` is said somewhere in a name: whole characters, the last one perhaps not to its end, or initials."""
    spoken = [each.split("|") for each in readings if each]

    def full(at: int, rest: str) -> bool:
        return not rest or (
            at < len(spoken)
            and any(
                one.startswith(rest) or (rest.startswith(one) and full(at + 1, rest[len(one) :])) for one in spoken[at]
            )
        )

    def initials(at: int, rest: str) -> bool:
        return not rest or (
            at < len(spoken) and any(one[0] == rest[0] for one in spoken[at]) and initials(at + 1, rest[1:])
        )

    return any(full(at, word) or initials(at, word) for at in range(len(spoken)))
