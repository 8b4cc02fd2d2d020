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

# A browser has six connections for a host, and more tabs than that: only a tab that is looked at lets its question wait for
# an answer, and the server lets few of them wait.
RELOAD = f"""(function () {{
  "use strict";
  var own = document.currentScript;
  var shown = own.getAttribute("data-version"), tag = own.getAttribute("data-tag");
  var timer = 0, isAsking = false;
  function isSeen() {{ return document.visibilityState === "visible"; }}
  function later(now) {{
    isAsking = false;
    timer = setTimeout(ask, now && now.held ? 0 : isSeen() ? 300 : 2000);
  }}
  function ask() {{
    if (isAsking) return;
    isAsking = true;
    clearTimeout(timer);
    var limit = window.AbortController ? new AbortController() : null;
    var end = setTimeout(function () {{ if (limit) limit.abort(); }}, 12000);
    var asked = "{STATE}?page=" + encodeURIComponent(location.pathname) + "&version=" + shown + "&tag=" + tag;
    fetch(asked + (isSeen() ? "&wait=1" : ""), {{cache: "no-store", signal: limit ? limit.signal : undefined}})
      .then(function (answer) {{ return answer.json(); }})
      .then(function (now) {{
        clearTimeout(end);
        if (!now.same) return location.reload();
        shown = now.version;
        later(now);
      }})
      .catch(function () {{ clearTimeout(end); later(); }});
  }}
  function look() {{ if (isSeen()) ask(); }}
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", function (event) {{ if (event.persisted) location.reload(); }});
  window.addEventListener("load", ask);
  later();
}})();
"""

PANEL_STYLE = (
    "#preview-problems{position:sticky;bottom:0;z-index:99;max-height:45vh;overflow:auto;margin:0;"
    "padding:.75rem 1.25rem;background:var(--card,#fff);color:var(--ink,#000);border-top:3px solid var(--accent,#000);"
    "font:16px/1.6 sans-serif;overflow-wrap:anywhere}\n"
    "#preview-stale{position:sticky;top:0;z-index:100;margin:0;padding:.75rem 1.25rem;background:#7a1212;color:#fff;"
    "font:16px/1.6 sans-serif;overflow-wrap:anywhere}\n"
    "#preview-stale.is-former{background:#3a3a3a}\n"  # nothing is wrong
    "#preview-stale p{margin:0}\n"
)


def dressed(html: str, now: Showing, tag: str, address: str) -> str:
    """A page that is ``filled``, with the script that reloads it, and the policy of what it is then. ``now`` was taken
    before the page was read: a page may be newer than it says, and then reloads once more, but never older."""
    script = f'<script src="{SCRIPT}" data-version="{now.version}" data-tag="{tag}"></script>'
    return seal_preview(html.replace("</head>", f"{script}</head>", 1), address)


def filled(html: str, now: Showing, language: Language, base: str | None = None) -> str:
    """The page ``html`` with all that the preview shows beside it. ``base`` is what its relative addresses start from where
    that is not the address that was asked for."""
    if base is not None and "<base " not in html:
        html = html.replace("<head>", f'<head><base href="{base}">', 1)
    html = html.replace("</head>", f'<link rel="stylesheet" href="{STYLE}"></head>', 1)
    if now.folder is not None:
        html = _after_body_begins(html, stale(now, language))
    before, end, after = html.rpartition("</body>")
    return f"{before}{panel(now.problems, language, now.secret)}{end}{after}"


def _after_body_begins(html: str, markup: str) -> str:
    if not markup:
        return html
    at = html.find(">", html.find("<body", html.find("</head>"))) + 1
    return html[:at] + markup + html[at:]


def stale(now: Showing, language: Language) -> str:
    """Why the site is not newer than it is, as a panel at the head of a page; empty where nothing newer is to be had."""
    look = ""
    if now.failure:
        text = say("preview.stale", language, reason=now.failure, since=now.since)
    elif now.is_first:
        text, look = say("preview.former", language, since=now.since), ' class="is-former"'
    else:
        return ""
    label = say("preview.stale_label", language)
    return f'<aside id="preview-stale"{look} aria-label="{label}"><p role="status">{escape(text)}</p></aside>'


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
