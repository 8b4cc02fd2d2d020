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
from generator.pages.not_found import NOT_FOUND
from generator.pages.site_map import SITE_MAP
from generator.pages.unpublished import INDEX as UNPUBLISHED
from generator.site.context import Page, Public, Site
from generator.site.record_page import SEEN
from generator.text.addresses import relative

ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch"
_FACTS = ("organiser", "undertaker", "contact", "phone", "site_code")


def view(site: Site) -> Mapping[str, Any]:
    """The plain data of the footer. The edition of a year says that it is one, a preview that it is no more than that.
    ``report`` is the text of the link to report an error, empty without; where it leads depends on the page."""
    config, footer = site.config, site.config.footer
    given = [(name, getattr(footer, name)) for name in _FACTS]
    facts = [{"label": site.word(f"footer.{name}"), "value": value, "iso": ""} for name, value in given if value]
    if site.year is not None:
        facts.append(
            {"label": site.word("edition.label"), "value": site.word("edition.note", year=site.year), "iso": ""}
        )
    if site.today is not None:
        day = written(site.today, config.words)
        facts.append({"label": site.word("footer.as_of"), "value": day, "iso": site.today.isoformat()})
    return {
        "facts": facts,
        "links": [{"title": each.title, "address": each.address} for each in footer.links],
        "report": site.word("footer.report_error") if footer.report_error else "",
        "preview": _preview_note(site),
        "unpublished": relative("", UNPUBLISHED, site.links) if UNPUBLISHED in site.plan.pages else "",
        "unpublished_label": site.word("pending.title"),
        "records": _records(config),
        "sitemap": relative("", SITE_MAP, site.links),
        "seen": relative("", SEEN, site.links) if SEEN in site.plan.pages else "",
        "feeds": relative("", FEEDS, site.links) if FEEDS in site.plan.pages else "",
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


def _preview_note(site: Site) -> str:
    """What a preview says of itself at the foot of every page, empty for a site that may be published."""
    if site.preview is None:
        return ""
    said = [site.word("preview.footer", errors=site.preview.errors)] if site.preview.errors else []
    said += [site.word("pending.footer", count=site.preview.unpublished)] if site.preview.unpublished else []
    pause = site.word("pending.pause")
    return site.word("preview.label") + (pause.join(said) or site.word("pending.footer_none"))


def written(day: date, language: Language) -> str:
    """A day as people read it: 2024年5月1日."""
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()


def report_address(page: Page, public: Public) -> str:
    """Where an error on ``page`` is reported, with the page and the version of its content filled in; empty where the
    configuration names no place. A telephone number stays what it is."""
    report = public.config.footer.report_error
    if report is None:
        return ""
    scheme = report.address.partition(":")[0].lower()
    if scheme == "mailto":
        return _mail(report.address, page, public)
    return _form(report, page, public) if scheme in ("http", "https") else report.address


def _mail(address: str, page: Page, public: Public) -> str:
    """A letter that has begun (RFC 6068: UTF-8, percent-encoded, lines end with CRLF)."""
    facts = [(public.word("report.page"), page.title), *_where(page, public)]
    if public.today is not None:
        facts.append((public.word("footer.as_of"), written(public.today, public.config.words)))
    lines = [public.word("report.line", label=label, value=value) for label, value in facts]
    body = "\r\n".join([*lines, "", public.word("report.what"), ""])
    subject = public.word("report.subject", title=page.title, site=public.config.name)
    fields = "&".join(f"{name}={quote(value, safe='')}" for name, value in (("subject", subject), ("body", body)))
    return f"{address}{'&' if '?' in address else '?'}{fields}"


def _where(page: Page, public: Public) -> list[tuple[str, str]]:
    """The address of the page, where it is known: what was shown in place of a page that is not there has none."""
    return (
        [(public.word("report.address"), public.public_address(page.address) or "/")] if page.address != NOT_FOUND else []
    )


def _form(report: ReportError, page: Page, public: Public) -> str:
    parts = urlsplit(report.address)
    given = [(report.page_parameter, value) for _, value in _where(page, public)]
    given.append((report.title_parameter, page.title))
    if public.today is not None:
        given.append((report.version_parameter, public.today.isoformat()))
    query = "&".join(filter(None, (parts.query, urlencode(given, quote_via=quote))))
    return urlunsplit(parts._replace(query=query))
