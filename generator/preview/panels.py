"""What a page of the preview has beyond the site's own: the script that reloads it, the problems, and why it is not newer."""

from __future__ import annotations

from html import escape

from generator.messages import Language, say
from generator.policy import seal_preview
from generator.preview.state import Showing
from generator.privacy.masking import mask
from generator.problems import Problem
from generator.problems.abridging import abridged
from generator.text.legible import in_line

STATE = "/_preview/state"
SCRIPT = "/_preview/reload.js"
STYLE = "/_preview/panel.css"
_FILES_NAMED = 20  # files of which the panel says how many more problems they have

# Asking in turns keeps no connection open: a browser has six for a host, and more tabs than that.
RELOAD = f"""(function () {{
  "use strict";
  var shown = document.currentScript.getAttribute("data-version");
  var timer = 0, isAsking = false;
  function later() {{
    isAsking = false;
    timer = setTimeout(ask, 1000);
  }}
  function ask() {{
    if (isAsking) return;
    isAsking = true;
    clearTimeout(timer);
    var limit = window.AbortController ? new AbortController() : null;
    var end = setTimeout(function () {{ if (limit) limit.abort(); }}, 8000);
    fetch("{STATE}", {{cache: "no-store", signal: limit ? limit.signal : undefined}})
      .then(function (answer) {{ return answer.json(); }})
      .then(function (now) {{
        clearTimeout(end);
        if (now.version === shown) later(); else location.reload();
      }})
      .catch(function () {{ clearTimeout(end); later(); }});
  }}
  function look() {{ if (document.visibilityState === "visible") ask(); }}
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", function (event) {{ if (event.persisted) location.reload(); }});
  later();
}})();
"""

PANEL_STYLE = (
    "#preview-problems{position:sticky;bottom:0;z-index:99;max-height:45vh;overflow:auto;margin:0;"
    "padding:.75rem 1.25rem;background:var(--card,#fff);color:var(--ink,#000);border-top:3px solid var(--accent,#000);"
    "font:16px/1.6 sans-serif;overflow-wrap:anywhere}\n"
    "#preview-stale{position:sticky;top:0;z-index:100;margin:0;padding:.75rem 1.25rem;background:#7a1212;color:#fff;"
    "font:16px/1.6 sans-serif;overflow-wrap:anywhere}\n"
    "#preview-stale p{margin:0}\n"
)


def dressed(html: str, now: Showing, language: Language, address: str, base: str | None = None) -> str:
    """The page ``html`` with all that the preview adds, and the policy of what it is then. ``now`` was taken before the
    page was read: a page may be newer than it says, and then reloads once more, but never older. ``base`` is what its
    relative addresses start from where that is not the address that was asked for."""
    head = f'<script src="{SCRIPT}" data-version="{now.version}"></script><link rel="stylesheet" href="{STYLE}">'
    if base is not None and "<base " not in html:
        html = html.replace("<head>", f'<head><base href="{base}">', 1)
    html = html.replace("</head>", f"{head}</head>", 1)
    if now.folder is not None:
        html = _after_body_begins(html, stale(now.failure, now.since, language))
    before, end, after = html.rpartition("</body>")
    html = f"{before}{panel(now.problems, language, now.secret)}{end}{after}"
    return seal_preview(html, address)


def _after_body_begins(html: str, markup: str) -> str:
    if not markup:
        return html
    at = html.find(">", html.find("<body", html.find("</head>"))) + 1
    return html[:at] + markup + html[at:]


def stale(failure: str, since: str, language: Language) -> str:
    """Why the site is not newer than ``since``, as a panel at the head of a page; empty where it is."""
    if not failure:
        return ""
    text = say("preview.stale", language, reason=failure, since=since)
    label = say("preview.stale_label", language)
    return f'<aside id="preview-stale" aria-label="{label}"><p role="status">{escape(text)}</p></aside>'


def panel(problems: tuple[Problem, ...], language: Language, secret: frozenset[Problem] = frozenset()) -> str:
    """The problems as a panel at the foot of a page, empty without any. Of ``secret`` ones only the place is told: their
    words name who was chosen."""
    if not problems:
        return ""
    told = abridged(problems)
    errors = told.errors
    title = say("preview.title", language, errors=errors, warnings=told.warnings)
    rows = "".join(
        f"<li><strong>{escape(each.place)}</strong> {each.code} {escape(say('preview.secret', language))}</li>"
        if each in secret
        else f"<li><strong>{escape(each.place)}</strong> {each.code} {escape(each.text(language))}<br>"
        f"{say('cli.fix', language)}：{escape(each.remedy(language))}</li>"
        for each in told.shown
    )
    rows += "".join(
        f"<li>{escape(say('more.of_file', language, path=in_line(mask(path)), count=left))}</li>"
        for path, left in list(told.left.items())[:_FILES_NAMED]
    )
    note = f"<p>{say('preview.note', language)}</p>" if errors else ""
    return (
        f'<aside id="preview-problems" aria-label="{title}"><details open><summary><strong>{title}</strong></summary>'
        f"{note}<ol>{rows}</ol></details></aside>"
    )


def bare_page(now: Showing, language: Language) -> str:
    """What stands at every address before there is any site: that it is being made, or why there is none."""
    title = say("preview.first" if now.is_first else "preview.none", language)
    reason = f"<p>{escape(now.failure)}</p>" if now.failure else ""
    note = "" if now.is_first else f"<p>{say('preview.recovers', language)}</p>"
    return (
        f'<!doctype html><html lang="{say("preview.lang", language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{reason}{note}</main></body></html>"
    )
