"""A wall in a browser: opened, settled, and read off."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.helpers.browsing import Place, QuietHandler, until

# Keeps the pressed chips, the count of every chip, the cards in their order, and what is said.
LOOK = """() => ({
  pressed: [...document.querySelectorAll("[data-facet] [aria-pressed=true]")]
    .map(each => [each.closest("[data-facet]").dataset.facet, each.dataset.value]),
  counts: [...document.querySelectorAll("[data-facet] [data-value]")]
    .map(each => [each.closest("[data-facet]").dataset.facet, each.dataset.value, Number(each.querySelector("small").textContent)]),
  links: [...document.querySelectorAll("[data-facet] [data-value]")]
    .map(each => [each.closest("[data-facet]").dataset.facet, each.dataset.value, each.href]),
  cards: [...document.querySelectorAll("[data-list] li > a")].map(each => each.getAttribute("href").match(/([^/]+)\\/(?:index.html)?$/)[1]),
  said: document.querySelector("[data-tools] [data-count]").textContent,
  find: document.querySelector("[data-find]").value,
  sort: document.querySelector("[data-sort]").value,
  view: document.querySelector("[data-view][aria-pressed=true]").dataset.view,
  busy: document.querySelector("[data-list]").getAttribute("aria-busy"),
})"""

SETTLED = "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 0))"


class MadeUpHandler(QuietHandler):
    """Every picture of a made-up wall is the same one."""

    def do_GET(self) -> None:  # noqa: N802  the name is the base class's
        if "/media/" in self.path:
            self.path = "/assets/icon.svg"
        super().do_GET()


def state_of(page: Page) -> dict[str, Any]:
    """What the page shows, once it has settled."""
    page.evaluate(SETTLED)
    until(page, "!document.querySelector('[data-list][aria-busy]')")
    return page.evaluate(LOOK)


def open_wall(page: Page, place: Place, query: str = "", address: str = "brands/") -> None:
    page.goto(place.url(address) + query)
    until(page, "document.querySelector('[data-value]').getAttribute('role') === 'button'")
