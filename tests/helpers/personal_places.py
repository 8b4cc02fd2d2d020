"""Places of a submission where a number of somebody may stand, each filled in the same copy of a fixture site; and whether
what the program says of it shows the number anywhere."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from html import unescape
from urllib.parse import quote, unquote

from generator.cli.console import Screen
from generator.cli.reports import as_github, as_json, write_text
from generator.preview.panels import panel
from generator.privacy.masking import plain
from tests.helpers.driver import SiteDriver
from tests.helpers.personal import MARKDOWN
from tests.helpers.places import SITES

BRAND, VIDEO, CONFIG = "brands/qingfeng/brand.yml", "content/videos/kaiting/video.yml", "site_config.yml"
INTRO, CUES, PAGE = "content/videos/kaiting/intro.md", "content/videos/kaiting/zh.vtt", "content/about/sub.md"
SHEET, RELEASE = "content/releases/2023/scores.csv", "content/releases/2023"
Fill = Callable[[SiteDriver, str], object]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _set(path: str, line: str, new: str) -> Fill:
    """Put a text into ``new`` in place of ``line``; ``{}`` is the text between quotation marks, ``<>`` as it is."""
    return lambda site, text: site.edit(path, line, new.replace("{}", _quoted(text)).replace("<>", text))


def _add(path: str, new: str) -> Fill:
    return lambda site, text: site.write(
        path, (site.root / path).read_text("utf-8") + new.replace("{}", _quoted(text)).replace("<>", text)
    )


# Every place with the file in which it is told.
VALUES: Mapping[str, tuple[str, Fill]] = {
    "a value": (BRAND, _set(BRAND, "concept: 办案如清风，不留尘。", "concept: {}")),
    "a folded value": (BRAND, _set(BRAND, "background: 群众盼公正。", "background: >-\n  群众盼公正。\n  <>\n  一句。")),
    "a value of lines": (BRAND, _set(BRAND, "body: 每周直播一场。}", "body: 每周。}\n  - title: 长\n    body: |\n      一行。\n      <>\n      一行。")),
    "an item of a list": (BRAND, _set(BRAND, "title: 上门立案", "title: {}")),
    "a contact": (BRAND, _add(BRAND, "contact:\n  office: {}\n")),
    "a key": (BRAND, _add(BRAND, "{}: 值\n")),
    "a comment": (BRAND, _add(BRAND, "# <>\n")),
    "the name of a unit": ("content/units.yml", _set("content/units.yml", "name: 小城教育局", "name: {}")),
    "a former name": ("content/units.yml", _set("content/units.yml", "[小城裁判所]", "[{}]")),
    "the configuration": (CONFIG, _set(CONFIG, "organiser: 小城机关工委", "organiser: {}")),
    "a key of the configuration": (CONFIG, _add(CONFIG, "{}: 值\n")),
    "a comment of the configuration": (CONFIG, _add(CONFIG, "# <>\n")),
    "a description of a picture": (VIDEO, _set(VIDEO, "alt: 法庭的门", "alt: {}")),
    "a transcript": (VIDEO, _set(VIDEO, "  门开了。", "  门开了。\n  <>")),
    "a caption": (CUES, _set(CUES, "第二行", "<>")),
    "a note of captions": (CUES, _set(CUES, "NOTE 由书记员核对", "NOTE 由<>核对")),
    "the name of a caption": (CUES, _set(CUES, "\n开始\n", "\n<>\n")),
    "a voice": (CUES, _set(CUES, "<v 审判长>", "<v <>>")),
    "a cell of a table of scores": (SHEET, _set(SHEET, "初评,J01,b1,54,36,\n", "初评,<>,b1,54,36,\n")),
    "the front matter of a page": (PAGE, _set(PAGE, "title: 子页", "title: {}")),
}
PROSE: Mapping[str, tuple[str, Fill]] = {
    "a paragraph": (INTRO, _add(INTRO, "\n\n一段话，<>，完。\n")),
    "a list of a story": (INTRO, _add(INTRO, "\n\n- 一项\n- <>\n")),
    "a cell of a story": (INTRO, _add(INTRO, "\n\n| 一 | 二 |\n| --- | --- |\n| 三 | <> |\n")),
    "a note of a story": (INTRO, _add(INTRO, "\n\n一句[^1]。\n\n[^1]: <>\n")),
    "a quotation": (INTRO, _add(INTRO, "\n\n> <>\n")),
    "emphasis": (INTRO, _add(INTRO, "\n\n这是**<>**的话。\n")),
    "a picture of a story": (INTRO, _add(INTRO, "\n\n![<>](img/poster.png)\n")),
    "a page": (PAGE, _add(PAGE, "\n一段话，<>，完。\n")),
    "a heading of a page": (PAGE, _add(PAGE, "\n## <>\n\n一段。\n")),
}
ADDRESSES: Mapping[str, tuple[str, Fill]] = {
    "an address": (INTRO, lambda site, text: _add(INTRO, f"\n\n[联系](https://a.example/?q={quote(text, safe='()*~.-_%')})\n")(site, "")),
}  # fmt: skip
LEADS = {11: "手机", 18: "身份证", 16: "卡号", 19: "卡号"}
CODES = {11: "PII-002", 18: "PII-001", 16: "PII-003", 19: "PII-003"}


def site_of(folder) -> SiteDriver:  # noqa: ANN001  a pathlib.Path
    """A copy of the site of films with a release and a page beside them."""
    site = SiteDriver.copy("good/video", folder)
    for path in ("scores.csv", "release.yml"):
        site.write(f"{RELEASE}/{path}", (SITES / "good/release" / RELEASE / path).read_bytes())
    return site.write(PAGE, (SITES / "good/page" / PAGE).read_bytes())


def missed(site: SiteDriver, number: str, written: str, places: Mapping[str, tuple[str, Fill]]) -> list[str]:
    """What is not as it should be when ``written`` stands in all of ``places``: where it is found too often or not at
    all, and where it is shown. Puts every file back."""
    kept = {path: (site.root / path).read_bytes() for path, _ in places.values()}
    for _, fill in places.values():
        fill(site, LEADS[len(number)] + written)
    site.check()
    found = Counter(each.span.path for each in site.problems if each.code == CODES[len(number)])
    wanted = Counter(path for path, _ in places.values())
    wrong = [f"{path}: {found[path]} of {count}" for path, count in wanted.items() if found[path] != count]
    wrong += [f"{each.code} at {each.span}" for each in site.problems if each.code in CODES.values() and each.code != CODES[len(number)]]
    wrong += [f"shown in {name}" for name, text in told(site).items() if shows(number, text)]
    for path, content in kept.items():
        site.write(path, content)
    return wrong


def told(site: SiteDriver) -> dict[str, str]:
    """Everything that is said of the problems of ``site``, as each way of saying it gives it."""
    log = io.StringIO()
    with redirect_stdout(log):
        for language in ("zh", "en"):
            screen = Screen()
            write_text(site.problems, language, site.root, screen)
            screen.close()
    return {
        "log": log.getvalue(),
        "JSON": as_json(site.problems, 1),
        "annotations": as_github(site.problems, 1, (), "zh") + as_github(site.problems, 1, (), "en"),
        "panel": panel(site.problems, "zh") + panel(site.problems, "en"),
    }


def shows(number: str, text: str) -> bool:
    """Whether nine characters of ``number`` in a row can be read in ``text``, whatever stands between them."""
    read = plain(unescape(unquote(text)))
    bare = re.sub(r"[^0-9A-Za-z*\u4e00-\u9fff\n]", "", read)
    return any(number[at : at + 9] in bare for at in range(len(number) - 8))


def fitting(way: str) -> dict[str, tuple[str, Fill]]:
    """The places where a way to write a number is one: marks only where they are rendered, a broken line where it joins."""
    if way == "broken lines":
        return {name: PROSE[name] for name in ("a paragraph", "a page", "emphasis")}
    if way in MARKDOWN:
        return dict(PROSE)
    return {**VALUES, **PROSE, **({} if way == "YAML escapes as text" else ADDRESSES)}
