"""The foot of every page: who answers for the site, up to when its content goes, and the way to report an error.

Nothing here is ever a placeholder: each item is shown only where the configuration gives it. The record numbers lead to
the official look-ups, as the rules of the two registers ask (工业和信息化部, 公安机关互联网站安全服务平台).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from generator.config import ReportError, SiteConfig
from generator.messages import Language
from generator.outputs.feeds import PAGE as FEEDS
from generator.pages.lobby import NOT_FOUND, SITE_MAP
from generator.site.context import Show
from generator.site.plan import Page
from generator.site.unpublished import INDEX as UNPUBLISHED
from generator.text.addresses import relative

ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch"
_FACTS = ("organiser", "undertaker", "contact", "phone", "site_code")


def colophon(show: Show) -> Mapping[str, Any]:
    """The plain data of the footer. The edition of a year says that it is one, a preview that it is no more than that.
    ``report`` is the text of the link to report an error, empty without; where it leads depends on the page."""
    config, footer = show.config, show.config.footer
    given = [(name, getattr(footer, name)) for name in _FACTS]
    facts = [{"label": show.word(f"footer.{name}"), "value": value, "iso": ""} for name, value in given if value]
    if show.year is not None:
        facts.append(
            {"label": show.word("edition.label"), "value": show.word("edition.note", year=show.year), "iso": ""}
        )
    if show.today is not None:
        day = written(show.today, config.words)
        facts.append({"label": show.word("footer.as_of"), "value": day, "iso": show.today.isoformat()})
    return {
        "facts": facts,
        "links": [{"title": each.title, "address": each.address} for each in footer.links],
        "report": show.word("footer.report_error") if footer.report_error else "",
        "preview": _preview_note(show),
        "unpublished": relative("", UNPUBLISHED, show.links) if UNPUBLISHED in show.site.pages else "",
        "unpublished_label": show.word("pending.title"),
        "records": _records(config),
        "sitemap": relative("", SITE_MAP, show.links),
        "feeds": relative("", FEEDS, show.links) if FEEDS in show.site.pages else "",
    }


def _records(config: SiteConfig) -> list[dict[str, str]]:
    found = []
    if config.footer.icp:
        found.append({"text": config.footer.icp, "address": ICP_REGISTER})
    if config.footer.police:
        number = re.search(r"\d{6,}", config.footer.police)
        query = f"?code={number[0]}" if number else ""
        found.append({"text": config.footer.police, "address": f"{POLICE_REGISTER}{query}"})
    return found


def _preview_note(show: Show) -> str:
    """What a preview says of itself at the foot of every page, empty for a site that may be published."""
    if not show.is_preview:
        return ""
    said = [show.word("preview.footer", errors=show.errors)] if show.errors else []
    said += [show.word("pending.footer", count=show.unpublished)] if show.unpublished else []
    pause = show.word("pending.pause")
    return show.word("preview.label") + (pause.join(said) or show.word("pending.footer_none"))


def written(day: date, language: Language) -> str:
    """A day as people read it: 2024年5月1日."""
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()


def report_address(page: Page, show: Show) -> str:
    """Where an error on ``page`` is reported, with the page and the version of its content filled in; empty where the
    configuration names no place. A telephone number stays what it is."""
    report = show.config.footer.report_error
    if report is None:
        return ""
    scheme = report.address.partition(":")[0].lower()
    if scheme == "mailto":
        return _mail(report.address, page, show)
    return _form(report, page, show) if scheme in ("http", "https") else report.address


def _mail(address: str, page: Page, show: Show) -> str:
    """A letter that has begun (RFC 6068: UTF-8, percent-encoded, lines end with CRLF)."""
    facts = [(show.word("report.page"), page.title), *_where(page, show)]
    if show.today is not None:
        facts.append((show.word("footer.as_of"), written(show.today, show.config.words)))
    lines = [show.word("report.line", label=label, value=value) for label, value in facts]
    body = "\r\n".join([*lines, "", show.word("report.what"), ""])
    subject = show.word("report.subject", title=page.title, site=show.config.name)
    fields = "&".join(f"{name}={quote(value, safe='')}" for name, value in (("subject", subject), ("body", body)))
    return f"{address}{'&' if '?' in address else '?'}{fields}"


def _where(page: Page, show: Show) -> list[tuple[str, str]]:
    """The address of the page, where it is known: what was shown in place of a page that is not there has none."""
    return (
        [(show.word("report.address"), show.public_address(page.address) or "/")] if page.address != NOT_FOUND else []
    )


def _form(report: ReportError, page: Page, show: Show) -> str:
    parts = urlsplit(report.address)
    given = [(report.page_parameter, value) for _, value in _where(page, show)]
    given.append((report.title_parameter, page.title))
    if show.today is not None:
        given.append((report.version_parameter, show.today.isoformat()))
    query = "&".join(filter(None, (parts.query, urlencode(given, quote_via=quote))))
    return urlunsplit(parts._replace(query=query))
