"""What a server is told, and what lies beside the files for it. Where nginx is installed, it is started and asked."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.compress import ENDING, LEAST, compressed, with_twins
from generator.policy import Policy
from generator.publishing import headers
from generator.system.sealed import Sealed
from generator.text import media_types
from tests.helpers.driver import SiteDriver
from tests.helpers.frozen import lay, record

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@given(st.binary(max_size=5000))
def test_a_twin_holds_its_file_and_nothing_of_the_machine(content: bytes) -> None:
    packed = compressed(content)
    assert gzip.decompress(packed) == content
    assert packed == compressed(content)
    assert packed[3:10] == b"\x00\x00\x00\x00\x00\x02\xff"  # no name, no time, the best compression, no system


def test_texts_get_twins_and_nothing_else_does(tmp_path: Path) -> None:
    long = b"a text that is long enough " * 100
    (tmp_path / "captions.vtt").write_bytes(long)
    copied = Sealed(tmp_path, "captions.vtt", sha256(long).hexdigest(), len(long))
    given_files: list[tuple[str, bytes | Sealed]] = [
        ("index.html", long),
        ("short.html", b"x" * LEAST),
        ("a.css", long),
        ("data/a.xlsx", long),
        ("media/a.webp", long),
        ("videos/a/captions.vtt", copied),
        ("noise.json", os.urandom(4000)),
    ]
    made = dict(with_twins(given_files))
    assert [each for each in made if each.endswith(ENDING)] == ["index.html.gz", "a.css.gz", "videos/a/captions.vtt.gz"]
    assert [each for each in made if not each.endswith(ENDING)] == [name for name, _ in given_files]


def test_a_build_has_twins_only_if_asked_and_lists_them(small: SiteDriver) -> None:
    small.build()
    assert not any(each.endswith(ENDING) for each in small.files())
    small.build(precompress=True)
    assert small.is_published(), small.lines()
    files = small.files()
    twins = {each: content for each, content in files.items() if each.endswith(ENDING)}
    assert {"index.html.gz", "brands/index.html.gz"} <= twins.keys()
    assert all(gzip.decompress(content) == files[each.removesuffix(ENDING)] for each, content in twins.items())
    assert all(f'"{each}"' in files["manifest.json"].decode() for each in twins)
    again = SiteDriver(small.root)
    again.out = small.out.with_name("again")
    again.build(precompress=True)
    assert again.files() == files
    small.build()
    assert not any(each.endswith(ENDING) for each in small.files()), "without the word they are gone again"


def test_the_command_takes_the_word_and_ends_well(small: SiteDriver) -> None:
    out = small.root.parent / "built"
    command = [sys.executable, "-m", "generator", "build", "--root", str(small.root), "--as-of", "2026-06-01"]
    done = subprocess.run(
        [*command, "--out", str(out), "--cache", str(small.root.parent / "cache"), "--precompress"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert (out / "index.html.gz").is_file()


def test_every_text_that_is_published_is_compressed() -> None:
    recipe = headers.written("nginx", Policy({}), "/pinpai/", (), "zh")
    (types,) = re.findall(r"gzip_types ([^;]*);", recipe)
    for ending in ("css", "js", "json", "xml", "csv", "vtt", "svg", "txt", "ics"):
        assert media_types.PUBLISHED[ending] in types.split()
    assert set(media_types.FEEDS.values()) <= set(types.split())
    assert not {"text/html", media_types.PUBLISHED["png"], media_types.PUBLISHED["xlsx"], media_types.PUBLISHED["mp4"]} & set(types.split())
    assert "gzip on;" in recipe
    assert "gzip_vary on;" in recipe
    assert "gzip_static" not in recipe
    assert "  gzip_static on;\n" in headers.written("nginx", Policy({}), "/", (), "zh", has_gzip=True)


def test_only_what_is_named_by_its_content_is_kept_for_ever(city_site: Path) -> None:
    """Every rule fits something that is published, and what it fits has a digest in its address."""
    named = re.compile("|".join(headers.NAMED_BY_CONTENT))
    files = [each.relative_to(city_site).as_posix() for each in city_site.rglob("*") if each.is_file()]
    kept = [each for each in files if named.match(each)]
    assert kept
    assert all(re.search(r"[0-9a-f]{12}", each) for each in kept)
    assert not [each for each in files if each.endswith(".html") and named.match(each)]
    asked = re.compile("|".join(headers.ASKED_BY_CONTENT))
    shards = [each for each in files if re.fullmatch(r"search/[^/]+\.js", each)]
    assert {each for each in shards if not asked.match(f"{each}?0_2-Z")} == {"search/head.js"}
    assert not [each for each in shards if asked.match(each) or asked.match(f"{each}?1234567")]
    walls = [each for each in files if each.startswith("walls/")]
    assert walls and all(asked.match(f"{each}?v=0123456789ab") for each in walls)


GONE = ("brands/jiuming/", "feeds/units/jiu.xml", "old/intro.html")
STONE = "- {{address: {at}, what: 旧名, withdrawn_on: 2025-03-04, reason: 单位撤并, by: 机关工委办公室}}\n"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site below /pinpai/ of a real nginx, by the recipe that the command prints."""
    if NGINX is None:
        pytest.skip("NO NGINX ON THIS MACHINE: the recipe is read only as text")
    home = tmp_path_factory.mktemp("nginx")
    driver = SiteDriver.copy("good/report", home).remove_if_there("expected")
    driver.out = home / "www" / "pinpai"
    lay(driver.root, 2023, [record("brand", "a", "甲", "brands/a/")], {"甲.txt": b"x\n"})
    driver.write("content/tombstones.yml", "".join(STONE.format(at=each) for each in GONE)).build(precompress=True)
    assert driver.is_published(), driver.lines()
    (home / "exhibit.conf").write_text(headers.of_site(driver.out, "nginx", "/pinpai/", (), "zh"), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (home / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {home}/pid; error_log {home}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {home}/b; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f;"
        f" uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;\n"
        f"server {{ listen 127.0.0.1:{port}; root {home}/www; include {home}/exhibit.conf; }} }}\n"
    )
    command = [NGINX, "-p", str(home), "-e", str(home / "error.log"), "-c", str(home / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/pinpai/"
    finally:
        running.terminate()
        running.wait(10)


def _asked(url: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310  this machine
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, {key.lower(): value for key, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {key.lower(): value for key, value in error.headers.items()}, error.read()


@pytest.mark.parametrize(
    ("address", "words"),
    [("brands/jiuming/", "旧名已撤下"), ("b/jiuming/", "旧名已撤下"), ("feeds/units/jiu.xml", "这里没有页面"), ("old/intro.html", "")],
)
def test_nginx_says_that_what_is_gone_is_gone(address: str, words: str, nginx: str) -> None:
    status, got, body = _asked(nginx + address)
    assert status == 410
    text = (gzip.decompress(body) if got.get("content-encoding") == "gzip" else body).decode()
    assert words in text
    assert "content-security-policy" in got


@pytest.mark.parametrize(
    ("address", "original"),
    [
        ("2023/", ""),
        ("2023/index.html", ""),
        ("2023/brands/a/", "brands/a/"),
        ("2023/brands/a/index.html", "brands/a/"),
        ("2023/archive/archive.json", "archive/archive.json"),
    ],
)
def test_nginx_says_of_when_a_frozen_page_is_and_of_which(address: str, original: str, nginx: str) -> None:
    status, got, _ = _asked(nginx + address)
    assert status == 200
    assert got["memento-datetime"] == "Sat, 06 Jan 2024 00:00:00 GMT"
    assert got["link"] == f'</pinpai/{original}>; rel="original"'
    assert got["cache-control"] == headers.FOR_A_MONTH
    assert "content-security-policy" in got


@pytest.mark.parametrize("address", ["", "brands/", "2023/nowhere/", "2023/%0d%0aX-Evil:%20x/", "2023/%e7%94%b2.txt"])
def test_nginx_says_so_of_no_other_page_and_lets_no_address_begin_a_header(address: str, nginx: str) -> None:
    status, got, _ = _asked(nginx + address)
    assert "link" not in got and "x-evil" not in got
    assert ("memento-datetime" in got) is (status == 200 and address.startswith("2023/"))


def test_nginx_compresses_and_keeps_what_never_changes(nginx: str) -> None:
    status, home, body = _asked(nginx)
    assert (status, home["content-encoding"], home["cache-control"]) == (200, "gzip", "no-cache")
    page = gzip.decompress(body).decode()
    (style,) = re.findall(r'href="(assets/[^"]+\.css)"', page)[:1]
    for address, kept in (
        (style, "immutable"),
        ("search/g0.js?0_2-Z", "immutable"),
        ("search/head.js?5890123", "no-cache"),
        ("search/g0.js", "no-cache"),
        ("walls/brands/index.js?v=0123456789ab", "immutable"),
        ("data/stars.csv", "no-cache"),
        ("brands/", "no-cache"),
    ):
        status, got, _ = _asked(nginx + address)
        assert status == 200, address
        assert kept in got["cache-control"], address
        assert "content-security-policy" in got, address
    status, missing, body = _asked(nginx + "a/b/c")
    assert status == 404
    assert "这里没有页面" in (gzip.decompress(body) if missing.get("content-encoding") == "gzip" else body).decode()
    _, feed, _ = _asked(nginx + "feeds/all.xml")
    assert feed["content-type"].startswith("application/atom+xml")
    assert feed["content-encoding"] == "gzip"
