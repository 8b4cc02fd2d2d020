"""Visits: a page opened in Chromium at one width, looked at in every look, with all that it loaded."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.audit.contrast import CONTRAST, FAINT_TEXT
from tests.audit.looks import LOOKS, WIDTHS, Look
from tests.audit.pages import FOLDER, Sample
from tests.audit.tools import MODULES

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HEIGHT = 844
PHONE = 600  # below this width a screen has two or more device pixels to the CSS pixel
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")

# Runs in the page. The whole page is walked through once, so that everything is loaded that a reader would load.
WALK = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  }
  const end = performance.now() + 5000;
  const waiting = () => [...document.images].some(each => each.loading !== "lazy" && !each.complete ||
    each.loading === "lazy" && !each.complete && each.checkVisibility());
  while (waiting() && performance.now() < end) await new Promise(done => setTimeout(done, 10));
  scrollTo(0, 0);
  await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
}"""
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  const add = list => { for (const each of list) if (!each.hadRecentInput) sum += each.value; };
  const observer = new PerformanceObserver(list => add(list.getEntries()));
  observer.observe({type: "layout-shift", buffered: true});
  setTimeout(() => { add(observer.takeRecords()); done(sum); }, 50);
})"""
KEEP = """kept => {
  localStorage.clear();
  for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, value);
}"""
OVERFLOW = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"
AXE = """async ({tags, out}) => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations", "incomplete"], elementRef: false,
    rules: Object.fromEntries(out.map(each => [each, {enabled: false}])),
  });
  const nodes = each => each.nodes.map(node => node.target.flat().join(" "));
  return {
    violations: found.violations.map(each => ({rule: each.id, help: each.help, nodes: nodes(each),
      why: each.nodes[0].failureSummary})),
    unsure: found.incomplete.map(each => ({rule: each.id, nodes: nodes(each)})),
    rules: found.passes.length + found.violations.length + found.incomplete.length,
  };
}"""


@dataclass(frozen=True)
class Loaded:
    """What came in answer to a request: ``kind`` is the browser's word for it, ``size`` bytes on the way, compressed
    (gzip) where a server would."""

    path: str
    kind: str
    size: int


@dataclass(frozen=True)
class Seen:
    """What axe-core and the page's own width say of one look. ``violations`` are for people to read, ``unsure`` counts
    what axe leaves to people, ``rules`` those that found something to apply to."""

    look: str
    violations: tuple[str, ...]
    unsure: int
    rules: int
    overflow: int


@dataclass(frozen=True)
class Visit:
    """A page at one width, in CSS pixels. ``shift`` is the sum of all layout shifts from the first byte to the end of
    the page. ``foreign`` are addresses on other hosts that were asked for, ``faults`` what the console and the network
    complained of."""

    template: str
    address: str
    width: int
    seen: tuple[Seen, ...]
    loaded: tuple[Loaded, ...]
    shift: float
    foreign: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass
class _Listener:
    """Gathers what a page asks for and complains of."""

    base: str
    urls: dict[str, str] = field(default_factory=dict)  # url → kind
    foreign: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @contextmanager
    def listening(self, page: Page) -> Iterator[None]:
        """Gather while this lasts."""
        heard = {
            "console": self._console,
            "pageerror": lambda each: self.faults.append(f"page error: {each}"),
            "request": lambda each: self._request(each.url, each.resource_type),
            "requestfailed": lambda each: self._failed(each.url, each.failure or ""),
            "response": lambda each: self._answer(each.url, each.status),
        }
        for name, hear in heard.items():
            page.on(name, hear)  # type: ignore[call-overload]
        yield
        for name, hear in heard.items():
            page.remove_listener(name, hear)

    def _console(self, each: ConsoleMessage) -> None:
        if each.type in {"error", "warning"}:
            self.faults.append(f"console {each.type}: {each.text}")

    def _request(self, url: str, kind: str) -> None:
        if url.startswith(self.base):
            self.urls.setdefault(url, kind)
        elif not url.startswith(("data:", "blob:")):
            self.foreign.append(url)

    def _failed(self, url: str, why: str) -> None:
        # A request that the way to the next page cuts short has not failed, nor has a film's that has enough.
        if why != "net::ERR_ABORTED":
            self.faults.append(f"failed: {url} {why}")

    def _answer(self, url: str, status: int) -> None:
        if status >= 400:
            self.faults.append(f"{status}: {url}")


@dataclass(frozen=True)
class Tour:
    """Where to go and how to look: ``base`` is where the folder ``host`` is served, with the site in ``FOLDER`` there."""

    base: str
    host: Path
    widths: Sequence[int] = WIDTHS
    looks: Sequence[Look] = LOOKS


def visits(browser: Browser, tour: Tour, samples: Iterable[Sample]) -> Iterator[Visit]:
    """Visit every sample at every width, those of a screen with the same number of pixels in one window."""
    with ExitStack() as stack:
        windows = [(stack.enter_context(_window(browser, scale)), widths) for scale, widths in _screens(tour.widths)]
        for sample in samples:
            for context, widths in windows:
                yield from _visit(context, tour, sample, widths)


def _screens(widths: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Device pixels to the CSS pixel, and the widths of the screens that have so many."""
    found = [(2, [each for each in widths if each < PHONE]), (1, [each for each in widths if each >= PHONE])]
    return [each for each in found if each[1]]


def _window(browser: Browser, scale: int) -> BrowserContext:
    context = browser.new_context(device_scale_factor=scale, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    return context


def _visit(context: BrowserContext, tour: Tour, sample: Sample, widths: Sequence[int]) -> list[Visit]:
    """Load the page at every width and look at it as the system may ask for it; then once for what the visitor may have
    chosen, and look at that at every width."""
    plain = [each for each in tour.looks if not each.kept]
    page = context.new_page()
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    found = [_first_visit(page, tour, sample, width, plain) for width in widths]
    seen: dict[int, list[Seen]] = {width: [] for width in widths}
    for kept, looks in groupby((each for each in tour.looks if each.kept), key=lambda each: dict(each.kept)):
        page.evaluate(KEEP, kept)
        page.reload()
        for look in looks:
            for width in widths:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                seen[width].append(_see(page, look))
    page.evaluate(KEEP, {})
    page.close()
    return [replace(each, seen=(*each.seen, *seen[each.width])) for each in found]


def _first_visit(page: Page, tour: Tour, sample: Sample, width: int, looks: Sequence[Look]) -> Visit:
    listener = _Listener(tour.base)
    with listener.listening(page):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(**_media(looks[0]))  # type: ignore[arg-type]
        page.goto(f"{tour.base}{FOLDER}/{sample.address}")
        page.evaluate(WALK)
        shift = page.evaluate(SHIFTS)
        seen = tuple(_see(page, look) for look in looks)
    return Visit(
        sample.template,
        sample.address,
        width,
        seen,
        tuple(_loaded(tour.host, each, kind) for each, kind in listener.urls.items()),
        shift,
        tuple(dict.fromkeys(listener.foreign)),
        tuple(dict.fromkeys(listener.faults)),
    )


def _see(page: Page, look: Look) -> Seen:
    page.emulate_media(**_media(look))  # type: ignore[arg-type]
    assert page.evaluate(look.proof), f"{page.url} does not take the look {look.name}"
    found = axe(page, leave_out=("color-contrast",) if look.is_forced else ())
    faint = page.evaluate(FAINT_TEXT, CONTRAST)["faults"] if look.is_forced else []
    violations = found.violations + tuple(f"contrast: {each}" for each in faint)
    return Seen(look.name, violations, found.unsure, found.rules, page.evaluate(OVERFLOW))


def _media(look: Look) -> dict[str, str]:
    return {"color_scheme": "light", "forced_colors": "none", **look.media}


@dataclass(frozen=True)
class Axe:
    """What axe-core says of a page as it is shown."""

    violations: tuple[str, ...]
    unsure: int
    rules: int


def axe(page: Page, leave_out: Sequence[str] = ()) -> Axe:
    """Judge what ``page`` shows by the rules of WCAG 2.0 to 2.2, levels A and AA, and by axe-core's best practice, but for
    the rules to ``leave_out``. The script comes through the debugger, which no content security policy hinders."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe_source())
    found = page.evaluate(AXE, {"tags": list(TAGS), "out": list(leave_out)})
    violations = tuple(
        f"{each['rule']}: {each['help']}: {', '.join(each['nodes'][:3])} ({len(each['nodes'])}): {' '.join(each['why'].split())}"
        for each in found["violations"]
    )
    return Axe(violations, sum(len(each["nodes"]) for each in found["unsure"]), found["rules"])


@cache
def _axe_source() -> str:
    return (MODULES / "axe-core" / "axe.min.js").read_text("utf-8")


def _loaded(host: Path, url: str, kind: str) -> Loaded:
    path = unquote(urlsplit(url).path).lstrip("/")
    file = host / path
    file = file / "index.html" if file.is_dir() else file
    return Loaded(path, kind, on_the_way(file) if file.is_file() else 0)


@cache
def on_the_way(file: Path) -> int:
    """The bytes of ``file`` as a server sends them: text compressed with gzip, level 6, everything else as it is."""
    content = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or ""
    return len(gzip.compress(content, 6, mtime=0)) if kind.startswith(COMPRESSED) else len(content)
