"""The published index of the search, read back from its files."""

from __future__ import annotations

import json
import re

from generator.outputs.search import packing
from tests.helpers.driver import SiteDriver

CALL = re.compile(r'exhibitSearch\("([a-z]+\d*)","([0-9a-f]{12})",(.*)\);\n', re.DOTALL)


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
