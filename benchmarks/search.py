"""The search beside Pagefind and Material's own, on the same generated entries: what is found, what it weighs, how long it takes.

Needs Chromium, and for the others what they are made of: ``pagefind`` 1.6 (``--pagefind PATH``, else the one on the
PATH) and mkdocs-material, which the generator brings. One that is missing is said and left out. Numbers are of one run;
times are given as ratios to ours, because seconds say more of the machine than of the search.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from statistics import mean, median
from threading import Thread
from time import perf_counter
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import make_brands  # noqa: E402
from generator.outputs.search.entries import SearchEntry  # noqa: E402
from generator.outputs.search.folding import fold  # noqa: E402
from generator.outputs.search.index import Labels, make  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SHOWN = 10  # results of which a page shows more than that they are there
FRESH = 12  # questions that are asked in a browser of their own, for the bytes


@dataclass
class Result:
    """What was measured of one search. ``build`` is in seconds of processor time, ``times`` on the clock; bytes are
    counted as they lie on the disk and compressed by gzip."""

    name: str
    build: float
    total: tuple[int, int]
    start: tuple[int, int] = (0, 0)
    query: list[int] = field(default_factory=list)
    found: list[set[int]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)  # results for pairs that no text holds


def entries(count: int, seed: int) -> list[SearchEntry]:
    """The generated brands as entries."""
    return [
        SearchEntry(
            address=f"brands/{each.id}/",
            title=each.name,
            kind="brand",
            year=each.year,
            unit=each.unit.id,
            category=each.category,
            sample=False,
            also=(),
            facts=("品牌", each.unit.label, each.unit.name, f"{each.year}年"),
            line=(each.slogan,),
            honours=tuple(f"{one.title}，{one.issuer}" for one in each.honours),
            headings=(*(one.title for one in each.practices), *each.story.headings),
            text=(
                *(each.concept, each.connotation, each.background, each.method_code),
                *(one.body for one in each.practices),
                *(*each.results, each.office, each.source, each.story.opening, each.story.quote, *each.story.steps),
                f"{each.story.before}{each.story.after}",
            ),
        )
        for each in make_brands(count, seed)
    ]


def paragraphs(entry: SearchEntry) -> Iterator[str]:
    """The texts of an entry below its title."""
    for each in (entry.facts, entry.line, entry.honours, entry.headings, entry.text):
        yield from each


# -- the three


def ours(made: Sequence[SearchEntry], folder: Path) -> Result:
    """Our index with a page that has nothing but its script."""
    units = {each.unit: each.facts[1] for each in made}
    labels = Labels({"brand": "品牌"}, str, units, {each.category: each.category for each in made})
    start = processor()
    files = make(made, labels)
    build = processor() - start
    (folder / "search").mkdir(parents=True)
    (folder / "assets").mkdir()
    for name, content in files.items():
        (folder / "search" / f"{name}.js").write_bytes(content)
    for name in ("search", "search-page"):
        shutil.copy(ROOT / "theme" / "assets" / "js" / "pages" / f"{name}.js", folder / "assets")
    scripts = "".join(f'<script src="assets/{name}.js"></script>' for name in ("search", "search-page"))
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{scripts}", "utf-8")
    return Result("ours", build, weight(folder / "search"))


def pagefind(made: Sequence[SearchEntry], folder: Path, tool: str) -> Result:
    """A page for each entry, and the index that Pagefind makes of them."""
    for number, each in enumerate(made):
        page = folder / f"{number}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs(each))
        page.write_text(
            f'<!doctype html><html lang="zh"><title>{escape(each.title)}</title>'
            f"<body data-pagefind-body><h1>{escape(each.title)}</h1>{body}",
            "utf-8",
        )
    start = processor()
    subprocess.run([tool, "--site", str(folder), "--quiet"], check=True)
    build = processor() - start
    (folder / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    return Result("Pagefind", build, weight(folder / "pagefind"))


def material(made: Sequence[SearchEntry], folder: Path) -> Result:
    """The index that Material's search plugin makes of a page for each entry; the time is that of the plugin alone."""
    from material.plugins.search.plugin import SearchPlugin
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    docs, plain = folder / "docs", folder / "plain"
    docs.mkdir(parents=True)
    plain.mkdir()
    (plain / "main.html").write_text("<!doctype html><title>x</title>{{ page.content }}", "utf-8")
    for number, each in enumerate(made):
        (docs / f"{number}.md").write_text(f"# {each.title}\n\n" + "\n\n".join(paragraphs(each)) + "\n", "utf-8")
    (docs / "index.md").write_text("# x\n", "utf-8")
    settings = {
        "site_name": "x",
        "docs_dir": str(docs),
        "site_dir": str(folder / "site"),
        "theme": {"name": "material", "language": "zh", "custom_dir": str(plain), "font": False},
        "plugins": ["search"],
    }
    (folder / "mkdocs.yml").write_text(json.dumps(settings), "utf-8")  # JSON is YAML too
    config = load_config(str(folder / "mkdocs.yml"))
    spent = 0.0

    def timed(method: Callable[..., Any]) -> Callable[..., Any]:
        def run(self: SearchPlugin, *args: Any, **options: Any) -> Any:
            nonlocal spent
            start = processor()
            try:
                return method(self, *args, **options)
            finally:
                spent += processor() - start

        return run

    plugin = next(each for each in config.plugins.values() if isinstance(each, SearchPlugin))
    for name in ("on_page_context", "on_post_build"):
        events = config.plugins.events[name.removeprefix("on_")]
        for at, each in enumerate(events):
            if getattr(each, "__self__", None) is plugin:
                events[at] = partial(timed(getattr(SearchPlugin, name)), plugin)
    build(config)
    site = folder / "site"
    assert spent > 0, "the plugin was not called"
    return Result("Material", spent, weight(site / "search"))


def processor() -> float:
    """The seconds of processor time that this process and its children have used."""
    return sum(os.times()[:4])


def weight(folder: Path) -> tuple[int, int]:
    """The bytes of all files of a folder: as they are, and each compressed."""
    files = [each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()]
    return sum(map(len, files)), sum(len(gzip.compress(each, 9)) for each in files)


# -- asking them

OURS = """async query => {
  const answer = await exhibitSearch.ask(query);
  const taken = await exhibitSearch.take(answer, answer.entries, 0, SHOWN);
  return [answer.isExact, answer.entries, taken.results.length];
}""".replace("SHOWN", str(SHOWN))
PAGEFIND = """async query => {
  window.pf = window.pf || await import("/pagefind/pagefind.js");
  const found = await pf.search(query);
  window.urls = window.urls || {};
  await Promise.all(found.results.slice(0, SHOWN).map(each => each.data()));
  return found.results.map(each => each.id);
}""".replace("SHOWN", str(SHOWN))
PAGEFIND_URLS = """async query => {
  const found = await pf.search(query), urls = {};
  for (const each of found.results) urls[each.id] = (await each.data()).url;
  return urls;
}"""
MATERIAL = """async query => {
  if (!window.worker) {
    window.worker = new Worker("/" + window.workerFile);
    const index = await (await fetch("/search/search_index.json")).json();
    const ready = new Promise(done => worker.onmessage = done);
    worker.postMessage({type: 0, data: {...index, options: {suggest: false}}});
    await ready;
  }
  if (query === null) return [];
  const answer = new Promise(done => worker.onmessage = event => done(event.data.data));
  worker.postMessage({type: 2, data: query});
  return (await answer).items.map(group => group[0].location);
}"""


def ask_ours(page: Any, queries: Sequence[str], result: Result, made: Sequence[SearchEntry]) -> None:
    """Ask our own search."""
    for query in queries:
        start = perf_counter()
        is_exact, numbers, _ = page.evaluate(OURS, query)
        result.times.append(perf_counter() - start)
        assert is_exact, "words of two characters are answered exactly"
        result.found.append(set(numbers))


def ask_pagefind(page: Any, queries: Sequence[str], result: Result, made: Sequence[SearchEntry]) -> None:
    """Ask Pagefind."""
    known: dict[str, int] = {}
    for query in queries:
        start = perf_counter()
        ids = page.evaluate(PAGEFIND, query)
        result.times.append(perf_counter() - start)
        if set(ids) - set(known):
            urls = page.evaluate(PAGEFIND_URLS, query)
            known |= {id: int(re.search(r"(\d+)\.html", url)[1]) for id, url in urls.items()}
        result.found.append({known[each] for each in ids})


def ask_material(page: Any, queries: Sequence[str], result: Result, made: Sequence[SearchEntry]) -> None:
    """Ask the search of Material for MkDocs."""
    page.evaluate(MATERIAL, None)
    for query in queries:
        start = perf_counter()
        places = page.evaluate(MATERIAL, query)
        result.times.append(perf_counter() - start)
        numbers = (re.match(r"(\d+)", each) for each in places)
        result.found.append({int(each[1]) for each in numbers if each})


def measure(
    browser: Any, folder: Path, result: Result, queries: Sequence[str], nowhere: Sequence[str], made: Sequence[SearchEntry]
) -> None:
    """Ask everything in one page for what is found, and some in pages of their own for what they load."""
    ask = {"ours": ask_ours, "Pagefind": ask_pagefind, "Material": ask_material}[result.name]
    first = {"ours": "exhibitSearch.start()", "Material": f"({MATERIAL})(null)"}.get(
        result.name, 'import("/pagefind/pagefind.js").then(each => (window.pf = each).init())'
    )
    worker = next((folder / "assets").rglob("workers/search*.js"), None) if result.name == "Material" else None
    with served(folder) as base:

        def visit() -> tuple[Any, Any, list[str]]:
            context = browser.new_context()
            context.set_default_timeout(600_000)
            page, loaded = context.new_page(), []
            context.on("request", lambda each: loaded.append(each.url))
            page.goto(base + "index.html")
            if worker:
                page.evaluate("file => { window.workerFile = file; }", worker.relative_to(folder).as_posix())
            loaded[:] = [each for each in loaded if each.endswith(".js")]
            page.evaluate(first)
            return context, page, loaded

        for query in queries[: FRESH if result.name != "Material" else 1]:
            context, page, loaded = visit()
            before = len(loaded)
            ask(page, [query], Result(result.name, 0, (0, 0)), made) if result.name != "Pagefind" else page.evaluate(
                PAGEFIND, query
            )
            sizes = [size(folder, each) for each in loaded]
            result.start = (sum(one for one, _ in sizes[:before]), sum(other for _, other in sizes[:before]))
            result.query.append(sum(one for one, _ in sizes[before:]))
            context.close()
        context, page, _ = visit()
        ask(page, queries, result, made)
        for pair in nowhere:
            found = page.evaluate({"ours": OURS, "Pagefind": PAGEFIND, "Material": MATERIAL}[result.name], pair)
            result.wrong.append(len(found[1] if result.name == "ours" else found))
        context.close()


def size(folder: Path, url: str) -> tuple[int, int]:
    """The bytes of the file at ``url``, plain and compressed."""
    content = (folder / unquote(urlsplit(url).path).lstrip("/")).read_bytes()
    return len(content), len(gzip.compress(content, 9))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the base class's
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


# -- the table


def report(results: Sequence[Result], queries: Sequence[str], made: Sequence[SearchEntry]) -> str:
    """What was measured, as a table."""
    texts = [fold("\n".join((each.title, *paragraphs(each)))) for each in made]
    titles = [fold(each.title) for each in made]
    holders = [{number for number, each in enumerate(texts) if fold(query) in each} for query in queries]
    named = [{number for number, each in enumerate(titles) if fold(query) in each} for query in queries]
    base = results[0].build
    rows: list[Mapping[str, str]] = []
    for each in results:
        right = [found & held for found, held in zip(each.found, holders, strict=True)]
        there = [found & held for found, held in zip(each.found, named, strict=True)]
        rows.append(
            {
                "": each.name,
                "recall, titles": share(sum(map(len, there)), sum(map(len, named))),
                "recall, all texts": share(sum(map(len, right)), sum(map(len, holders))),
                "precision": share(sum(map(len, right)), sum(map(len, each.found))),
                "found for a pair that is nowhere": f"{mean(each.wrong):.0f} on average, {max(each.wrong)} at most",
                "at the start, kB (gzip)": f"{each.start[0] / 1000:.0f} ({each.start[1] / 1000:.0f})",
                "a question, kB, median / most": f"{median(each.query) / 1000:.0f} / {max(each.query) / 1000:.0f}",
                "index, MB (gzip)": f"{each.total[0] / 1e6:.2f} ({each.total[1] / 1e6:.2f})",
                "processor time to build": f"{each.build / base:.1f} ×",
                "answer": f"{mean(each.times) / mean(results[0].times):.1f} ×",
            }
        )
    head = list(rows[0])
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' if at == 0 else '---:' for at, _ in enumerate(head))} |"]
    return "\n".join([*lines, *(f"| {' | '.join(row.values())} |" for row in rows)])


def share(part: int, whole: int) -> str:
    """A share in per cent, rounded down so that 100 % means all."""
    return f"{int(1000 * part / whole) / 10:.1f} %" if whole else "–"


def _nowhere(made: Sequence[SearchEntry], slices: Sequence[str], count: int, random: Random) -> list[str]:
    """Pairs of characters of titles that no text holds: the end of one slice and the beginning of another."""
    whole = "\n".join("\n".join((each.title, *paragraphs(each))) for each in made)
    found: list[str] = []
    while len(found) < count:
        pair = random.choice(slices)[1] + random.choice(slices)[0]
        if pair not in whole and pair not in found:
            found.append(pair)
    return found


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description="Set the search beside Pagefind and Material's own.")
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--queries", type=int, default=150, help="how many two-character slices of titles to ask for")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pagefind", default=shutil.which("pagefind"), help="the program, version 1.6")
    parser.add_argument("--without", action="append", default=[], choices=("pagefind", "material"))
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    made = entries(options.entries, options.seed)
    slices = sorted({each.title[at : at + 2] for each in made for at in range(len(each.title) - 1)})
    queries = Random(options.seed).sample(slices, min(options.queries, len(slices)))
    nowhere = _nowhere(made, slices, len(queries) // 2, Random(options.seed))
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium was not found; it is what the searches run in.")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        results = [ours(made, folder / "ours")]
        places = [folder / "ours"]
        if options.pagefind and "pagefind" not in options.without:
            results.append(pagefind(made, folder / "pagefind", options.pagefind))
            places.append(folder / "pagefind")
        else:
            print("Pagefind is left out: not found, or not wanted.", file=sys.stderr)
        if "material" not in options.without:
            results.append(material(made, folder / "material"))
            places.append(folder / "material" / "site")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for each, place in zip(results, places, strict=True):
            measure(browser, place, each, queries, nowhere, made)
        browser.close()
    print(
        f"{options.entries} entries, {len(queries)} of {len(slices)} two-character slices of titles, seed {options.seed}\n"
    )
    print(report(results, queries, made))
    print(json.dumps({each.name: {"build": round(each.build, 2)} for each in results}))


if __name__ == "__main__":
    main()
