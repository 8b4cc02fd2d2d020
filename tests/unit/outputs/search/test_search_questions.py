"""Questions as citizens ask them, of the built exhibition of the tests: what is meant stands first or nearly so."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.helpers.page_scripts import answers

pytestmark = pytest.mark.node

QUESTIONS = Path(__file__).parents[3] / "data" / "questions.toml"
FIRST, FIRST_SHARE, SHOWN = 2, 0.9, 10
# What the page of the search shows of a question: what holds all of it, else what is nearest to it, and how that is marked.
SHOWS = """async query => {
  document.createElement = () => ({remove() {}});
  document.head ||= {appendChild(script) { const name = /(\\w+)\\.js\\?/.exec(script.src)[1]; window.kept ||= {};
    exhibitSearch.arrived[name] = kept[name] ||= exhibitSearch.arrived[name]; script.onload(); }};
  const {search, answer} = {search: exhibitSearch, answer: await exhibitSearch.ask(query)};
  let near = null, taken = await search.take(answer, answer.entries, 0, 10);
  if (!taken.results.length) {
    near = await search.forgive(answer);
    if (near) taken = await search.take(near.answer, near.answer.entries, 0, 10);
  }
  return {kind: near ? near.kind : "exact", meant: near && near.meant || [], addresses: taken.results.map(each => each.address),
    pieces: taken.results.map(each => each.pieces), figures: taken.results.map(each => each.figure)};
}"""


def _shown(site: Path, asked: Sequence[str]) -> list[dict]:
    return answers("search", SHOWS, asked, before=sorted(map(str, (site / "search").glob("*.js"))))


def _questions() -> dict[str, list[str]]:
    read = tomllib.loads(QUESTIONS.read_text("utf-8"))
    return {
        question: [target] if isinstance(target, str) else target
        for group in read.values()
        for question, target in group.items()
    }


def test_what_a_citizen_types_finds_what_is_meant(city_site: Path) -> None:
    questions = _questions()
    assert len(questions) >= 150
    places = {}
    for (question, targets), shown in zip(questions.items(), _shown(city_site, list(questions)), strict=True):
        found = [at for at, each in enumerate(shown["addresses"]) if each in targets]
        places[question] = found[0] if found else None
    assert [question for question, at in places.items() if at is None or at >= SHOWN] == []
    late = [question for question, at in places.items() if at is not None and at >= FIRST]
    assert len(late) <= (1 - FIRST_SHARE) * len(questions), late


@pytest.mark.parametrize(
    ("question", "kind", "meant"),
    [
        ("阳光天平", "exact", []),
        ("阳光天坪", "near", ["阳光天平"]),
        ("洋光填评", "near", ["阳光天平"]),
        ("阳天光平", "near", ["阳光天平"]),
        ("一米书", "exact", []),
        ("法园", "near", ["法院"]),
        ("yangguangtianpin", "exact", []),
        ("yangguagtianping", "near", ["阳光天平"]),
        ("教委", "near", ["市教育委员会"]),
        ("法院的品牌叫什么", "words", []),
        ("停车难", "partial", []),
        ("qqq xyz", "exact", []),
    ],
)
def test_what_is_not_exact_is_marked_as_what_it_is(question: str, kind: str, meant: list[str], city_site: Path) -> None:
    (shown,) = _shown(city_site, [question])
    assert (shown["kind"], shown["meant"]) == (kind, meant)
    assert all(bool(each) == (kind == "partial") for each in shown["pieces"])


def test_a_long_page_with_a_word_here_and_another_elsewhere_is_no_answer(city_site: Path) -> None:
    """The page of the exhibition has both words, far apart; what is about one of them stands beside it."""
    (shown,) = _shown(city_site, ["退休了去哪里吃饭"])
    assert shown["kind"] == "partial" and len(shown["addresses"]) > 1
    (whole,) = _shown(city_site, ["法院的品牌叫什么"])
    assert whole["kind"] == "words"


def test_a_figure_is_the_answer_with_its_day(city_site: Path) -> None:
    asked = ("五星支部", "158", "覆盖率")
    for shown, value in zip(_shown(city_site, asked), ("158个", "158个", "88.2%"), strict=True):
        assert shown["kind"] == "exact"
        assert shown["figures"][0]["value"] == value
        assert any(each.startswith("截至 20") for each in shown["figures"][0]["note"].split("\u3000"))


def test_a_release_comes_before_what_was_written_about_it_and_a_title_before_all(city_site: Path) -> None:
    for question, first in (("十佳", "releases/2023/"), ("十佳发布", "releases/"), ("2023年", "years/2023/"), ("2023年度", "releases/2023/"), ("单位", "units/")):
        (shown,) = _shown(city_site, [question])
        assert shown["addresses"][0] == first, question
