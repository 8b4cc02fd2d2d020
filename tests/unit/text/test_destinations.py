"""An address leads to the host that a reader takes it for, or is refused, wherever it stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.story import read
from generator.text.destinations import misleading, without_secret
from tests.helpers.driver import SiteDriver

MISLEADING = {
    "LNK-015": (
        "https://user:pass@example.com/",
        "https://user@example.com",
        "http://www.gov.cn@example.com/a",
        "https://www.gov.cn%40example.com/",
        "https://www.gov.cn%2540example.com/",
        "https://:@example.com",
        "HTTPS://A@B.example.com",
        "https://@example.com",
    ),
    "LNK-016": (
        "https://www.gov.cn\u2044login.example.com/",
        "https://www.gov.cn\u2215login.example.com/",
        "https://www.gov.cn\u29f8x.example.com/",
        "https://www\u2024gov.cn/",
        "https://\u0430pple.com/",
        "https://аррӏе.com/",
        "https://xn--80ak6aa92e.com/",
        "https://xn--pple-43d.com/",
        "https://g\u03bfv.cn/",
        "https://xn--/",
        "https://a b.example.com",
        "https://gov\u00adcn.example.com/",
        "https://ɡov.cn/",
        "https://éxample.com/",
        "https://exam%70le.c%d0%be",
        "https://g%00ov.cn",
        "https://a..cn/",
        "https://ｇov.cn/",
    ),
    "LNK-017": (
        "http://218.22.1.1/",
        "http://127.0.0.1:8000/a",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[2001:db8::1]:80/",
        "http://1.2.3.4./",
        "http://%31%32%37.0.0.1/",
        "http://10.1/",
        "http://012.1.2.3/",
        "http://172.32.0.1/",
        "http://169.254.1.1/",
    ),
    "LNK-018": (
        "http://localhost/",
        "http://localhost:8000/",
        "http://oa/",
        "http://oa.lan/a",
        "http://x.localhost",
        "https://printer.local./",
        "http://oa.corp/",
        "http://10.1.2.3/oa",
        "http://172.31.0.1/",
        "http://192.168.0.5/a",
        "http://100.64.0.1/",
    ),
    "LNK-019": ("http://www.example.gov.cn:8080/", "https://example.com:8443/a?b"),
    "SEC-002": ("http://example.com:99999/", "http://example.com:8o/", "http://example.com:-1/"),
}
ORDINARY = (
    "https://www.gov.cn/zhengce/content/2017-05/15/content_5194044.htm",
    "http://www.example.gov.cn/col/col123/index.html?id=1&a=b@c",
    "https://政务.example.cn/",
    "https://小城政务.公益/",
    "https://xn--fiq228c.xn--55qx5d/",
    "https://example.com:443/@user/a",
    "https://example.com/a:8080",
    "https://example.com?x=user@host",
    "https://example.com#a@b",
    "https://mp.weixin.qq.com/s/AbC_d-1",
    "https://1.example.com/",
    "https://12345.gov.cn/",
    "https://a-b.example.com.",
    "HTTPS://EXAMPLE.COM/",
    "mailto:a@example.com",
    "tel:+86-000",
    "../a.md",
    "a@b",
    "",
)
EVERY = [(code, each) for code, all_of_it in MISLEADING.items() for each in all_of_it]
ERRORS = [(code, each) for code, each in EVERY if " " not in each and code in ("LNK-015", "LNK-016", "LNK-017")]


@pytest.mark.parametrize(("code", "address"), EVERY)
def test_an_address_that_leads_elsewhere_than_it_says_is_told(code: str, address: str) -> None:
    assert misleading(address) == code


@pytest.mark.parametrize("address", ORDINARY)
def test_an_ordinary_address_is_none_of_these(address: str) -> None:
    assert misleading(address) is None


@given(st.text(max_size=60))
def test_no_address_is_too_odd_to_be_judged(text: str) -> None:
    for address in (text, f"https://{text}", f"http://xn--{text}/", f"https://a:{text}"):
        assert misleading(address) is None or misleading(address) in MISLEADING


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a: https://user:pa@ss@example.com/x@y", "a: https://***@example.com/x@y"),
        ("[a](https://user:pass@example.com) x@y", "[a](https://***@example.com) x@y"),
        ("https://u:p%2540example.com/", "https://***@example.com/"),
        ("https://example.com/@user 邮箱 a@example.com", "https://example.com/@user 邮箱 a@example.com"),
    ],
)
def test_a_password_is_not_printed(text: str, shown: str) -> None:
    assert without_secret(text) == shown


def test_a_long_address_is_judged_quickly() -> None:
    assert misleading("https://" + "%2525" * 20_000) == "LNK-016"
    assert misleading("https://" + "a." * 50_000 + "cn") is None
    assert without_secret("://" + "a@" * 20_000) != ""
    assert without_secret("://a" * 20_000).startswith("://a")


@pytest.mark.parametrize("form", ["[a](<{}>)", "a [b][c]\n\n[c]: <{}>", "甲<{}>。", "[c]\n\n[c]: {} '丙'"])
@pytest.mark.parametrize(("code", "address"), ERRORS)
def test_in_stories_it_is_told_once_where_it_stands(form: str, code: str, address: str) -> None:
    _, problems = read("s.md", f"一行。\n\n{form.format(address)}\n")
    told = [each for each in problems if each.code.startswith(("LNK-01", "SEC-002")) and each.code != "LNK-011"]
    assert [each.code for each in told] in ([code], ["SEC-002"])
    assert told[0].span.line == 3



@pytest.mark.parametrize("code", sorted(MISLEADING))
def test_in_the_configuration_it_is_told_at_its_place(small: SiteDriver, code: str) -> None:
    address = json.dumps(MISLEADING[code][0])
    text = (small.root / "site_config.yml").read_text("utf-8")
    assert "\nfooter:\n" in text
    new = text.replace("\nfooter:\n", f"\nfooter:\n  links:\n    - {{title: 门户, address: {address}}}\n", 1)
    small.write("site_config.yml", new).build()
    line = new[: new.index("title: 门户")].count("\n") + 1
    told = [(found, where) for found, path, where in small.codes() if path == "site_config.yml"]
    assert told == [(code, line)]
