"""Every drawing that stands in a page has a size of its own: without the style sheet none fills the window."""

from __future__ import annotations

import re

import pytest

from generator.engines.mkdocs import MkDocsEngine
from tests.helpers.driver import SiteDriver

_SVG = re.compile(r"<svg\b([^>]*)>")


@pytest.mark.engine
@pytest.mark.parametrize("case", ["report", "small", "release", "brand"])
def test_every_inline_drawing_has_width_and_height(case: str, small: SiteDriver) -> None:
    driver = SiteDriver.copy(f"good/{case}", small.root.parent / "other").remove_if_there("expected")
    driver.build(engine=MkDocsEngine())
    assert driver.is_published(), driver.lines()
    seen = 0
    for name, content in driver.files().items():
        if name.endswith(".html"):
            for attributes in _SVG.findall(content.decode()):
                seen += 1
                assert re.search(r'\swidth="[0-9.]+(?:%|em)?"', attributes), (name, attributes)
                assert re.search(r'\sheight="[0-9.]+(?:%|em)?"', attributes), (name, attributes)
    assert seen > 20
