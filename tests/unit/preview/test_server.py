"""What the server of the preview answers to requests that no tidy browser would send, and to those of films."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.preview.http import connections
from generator.preview.http.files import find, parts_of
from generator.preview.http.hosts import Doors, is_loopback
from generator.preview.http.ranges import Part, Unsatisfiable, part_of
from generator.preview.live import NoServer, listen
from generator.preview.panels import SCRIPT, STATE, STYLE
from generator.preview.state import Preview
from generator.system.failures import CannotDo
from tests.helpers.driver import SiteDriver
from tests.helpers.previewing import Running, parted, sent
from tests.helpers.processes import run, said
from tests.helpers.serving import until

FILM = bytes(range(256)) * 1000
SECRET = b"nobody may read this"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    site = SiteDriver.copy("good/small", tmp_path_factory.mktemp("served"))
    with Running(site) as running:
        running.rebuild()
        folder = running.folder
        (folder / "film.mp4").write_bytes(FILM)
        (folder / "empty.mp4").write_bytes(b"")
        for name in (
            "a.avif",
            "a.webp",
            "a.vtt",
            "a.woff2",
            "a.mjs",
            "a.json",
            "a.svg",
            "附件.pdf",
            "a.xyz",
            "feeds/a.xml",
        ):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(b"x")
        outside = folder.parent.parent / "secret"
        outside.mkdir()
        (outside / "secret.txt").write_bytes(SECRET)
        (folder / "linked").symlink_to(outside)
        (folder / "linked.txt").symlink_to(outside / "secret.txt")
        (folder / "inner.txt").symlink_to(folder / "film.mp4")
        yield running


# -- who may ask ---------------------------------------------------------------------------------------------------------

HOSTS = {
    "127.0.0.1:{port}": True,
    "localhost:{port}": True,
    "LOCALHOST:{port}": True,
    "localhost.:{port}": True,
    "[::1]:{port}": True,
    "evil.example:{port}": False,
    "127.0.0.1.evil.example:{port}": False,
    "localhost.evil.example:{port}": False,
    "notlocalhost:{port}": False,
    "localhost:{port}.evil.example": False,
    "localhost:{port}@evil.example": False,
    "user@localhost:{port}": False,
    "localhost": False,
    "localhost:1": False,
    "localhost:99999999999": False,
    "192.0.2.1:{port}": False,
    "[::ffff:192.0.2.1]:{port}": False,
    "0.0.0.0:{port}": False,
    "2130706433:{port}": False,
    "": False,
    "localhost:{port}/": False,
    "localhost:{port}, evil.example": False,
}


@pytest.mark.parametrize("target", ["/", "/film.mp4", STATE, SCRIPT, STYLE, "/no/such/page/"])
@pytest.mark.parametrize("host", HOSTS)
def test_only_names_of_this_machine_are_answered(host: str, target: str, running: Running) -> None:
    status, _, body = running.ask(target, f"Host: {host.format(port=running.port)}")
    if HOSTS[host]:
        assert status == (404 if "no/such" in target else 200)
    else:
        assert status == HTTPStatus.MISDIRECTED_REQUEST and running.url in body.decode() and len(body) < 200


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Host: localhost:{port}", "Host: evil.example"),
        ("Host : localhost:{port}",),
        (" Host: localhost:{port}",),
        ("no colon at all", "Host: localhost:{port}"),
        ("Host: localhost:{port}", "A: b", "\x00: c"),
    ],
)
def test_a_request_without_one_plain_host_is_refused(lines: tuple[str, ...], running: Running) -> None:
    written = "\r\n".join(("GET / HTTP/1.1", *lines, "", "")).format(port=running.port)
    status, headers, body = parted(running.send(written.encode("latin-1")))
    assert status in (400, 421) and headers["connection"] == "close" and b"<html" not in body


def test_the_host_of_a_whole_address_counts(running: Running) -> None:
    assert running.ask(f"http://localhost:{running.port}/film.mp4", "Host: evil.example")[0] == 200
    assert running.ask("http://evil.example/film.mp4", f"Host: localhost:{running.port}")[0] == 421
    assert running.ask("http://[", f"Host: localhost:{running.port}")[0] == 421


ELSEWHERE = (
    ("Origin: http://evil.example",),
    ("Origin: null",),
    ("Origin: https://127.0.0.1:{port}",),
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"),
    ("Sec-Fetch-Site: cross-site",),
    ("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"),
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"),
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: embed"),
)
HERE = (
    (),
    ("Origin: http://127.0.0.1:{port}",),
    ("Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"),
    ("Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"),
    ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"),
)


@pytest.mark.parametrize("target", ["/", "/film.mp4", STATE, SCRIPT])
def test_pages_of_other_sites_read_nothing(target: str, running: Running) -> None:
    for lines in ELSEWHERE:
        status, headers, body = running.ask(target, *(each.format(port=running.port) for each in lines))
        assert status == 403 and "别的网站不能读取预览" in body.decode(), lines
        assert "access-control-allow-origin" not in headers
    for lines in HERE:
        status, headers, _ = running.ask(target, *(each.format(port=running.port) for each in lines))
        assert status == 200 and headers["cross-origin-resource-policy"] == "same-origin", lines
        assert (
            headers["x-content-type-options"] == "nosniff" and "frame-ancestors" in headers["content-security-policy"]
        )


@given(st.text(max_size=60))
def test_no_other_name_is_ever_taken_for_this_machine(name: str) -> None:
    doors = Doors(8000, "127.0.0.1")
    if doors.admits(name, "127.0.0.1"):
        assert name.lower() in ("localhost:8000", "127.0.0.1:8000", "[::1]:8000", "localhost.:8000", "127.0.0.1.:8000")


def test_an_open_server_is_asked_by_its_numbers_and_names() -> None:
    doors = Doors(8000, "0.0.0.0", is_open=True)  # noqa: S104
    own = socket.gethostname()
    for name in ("192.168.1.5", "localhost", own, "127.0.0.1"):
        assert doors.admits(f"{name}:8000", "192.168.1.5")
    assert not doors.admits("evil.example:8000", "192.168.1.5") and not doors.admits("192.168.1.6:8000", "192.168.1.5")
    assert doors.admits("[fe80::1]:8000", "fe80::1%eth0")


# -- which machine -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "10.0.0.1", "::ffff:10.0.0.1"])  # noqa: S104
def test_the_network_is_only_let_in_on_demand(host: str, tmp_path: Path) -> None:
    said: list[str] = []
    with pytest.raises((CannotDo, NoServer)) as refused:
        listen(host, 0, Preview(tmp_path, "zh"), said.append)
    if refused.type is CannotDo:
        assert "--open-to-network" in str(refused.value)
    assert said == []


def test_who_opens_it_is_warned(tmp_path: Path) -> None:
    said: list[str] = []
    with listen("0.0.0.0", 0, Preview(tmp_path, "zh"), said.append, is_open=True) as server:  # noqa: S104
        assert "草稿" in said[0] and server.url.startswith("http://127.0.0.1:")


def test_the_command_says_which_option_is_lacking(small: SiteDriver, tmp_path: Path) -> None:
    done = run("serve", "--host", "0.0.0.0", "--port", "0", "--cache", str(tmp_path / "c"), cwd=small.root)  # noqa: S104
    assert done.returncode == 2 and "--open-to-network" in said(done) and "草稿" in said(done)


@pytest.mark.parametrize(
    ("address", "is_here"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("::ffff:127.0.0.1", True), ("::", False)]
    + [("0.0.0.0", False), ("10.0.0.1", False), ("fe80::1%eth0", False), ("::ffff:10.0.0.1", False)],  # noqa: S104
)
def test_which_addresses_are_of_this_machine_only(address: str, is_here: bool) -> None:
    assert is_loopback(address) is is_here


# -- what may be asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_nothing_but_reading_is_allowed(method: str, running: Running) -> None:
    status, headers, _ = running.ask("/", method=method)
    assert status == 405 and headers["allow"] == "GET, HEAD" and headers["connection"] == "close"


@pytest.mark.parametrize("method", ["BREW", "get", "GETT", "PROPFIND", "X" * 1000])
def test_unknown_methods_are_not_implemented(method: str, running: Running) -> None:
    assert running.ask("/", method=method)[0] == 501


@pytest.mark.parametrize("target", ["/", "/film.mp4", "/no/such/", STATE, SCRIPT, "/brands"])
def test_head_is_get_without_the_body(target: str, running: Running) -> None:
    got, asked = running.ask(target), running.ask(target, method="HEAD")
    assert asked[0] == got[0] and asked[2] == b""
    assert {each: value for each, value in asked[1].items() if each != "date"} == {
        each: value for each, value in got[1].items() if each != "date"
    }
    assert int(asked[1]["content-length"]) == len(got[2])


SMUGGLED = b"GET /film.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.mark.parametrize(
    "lines",
    [
        f"Content-Length: {len(SMUGGLED)}",
        "Content-Length: 0",
        "Transfer-Encoding: chunked",
        "transfer-encoding:\tchunked",
        "Transfer-Encoding: x, chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Expect: 100-continue\r\nContent-Length: 5",
        "Transfer-Encoding : chunked",
        "X: a\r\n Transfer-Encoding: chunked",
        "Upgrade: h2c",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_follows_a_body_is_never_taken_for_a_request(method: str, lines: str, running: Running) -> None:
    head = f"{method} /robots.txt HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n{lines}\r\n\r\n".encode()
    answer = running.send(head + SMUGGLED)
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_long_line_or_many_headers_are_refused(running: Running) -> None:
    host = f"Host: 127.0.0.1:{running.port}"
    assert running.ask("/" + "a" * 70_000)[0] == 414
    assert running.ask("/", f"X: {'a' * 70_000}")[0] == 431
    assert running.ask("/", *(f"X-{number}: a" for number in range(200)))[0] == 431
    assert running.ask("/" + "a" * 60_000)[0] == 404
    for garbage in (
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"A" * 100_000,
    ):
        assert b"Traceback" not in running.send(garbage + f"\r\n{host}\r\n\r\n".encode())
    assert running.ask("/")[0] == 200


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    assert _SHARED, "the server runs"
    answer = sent(_SHARED[0].port, raw.replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert b"HTTP/1.1 500" not in answer and SECRET not in answer and not _SHARED[0].said


_SHARED: list[Running] = []


@pytest.fixture(autouse=True)
def _share(running: Running) -> Iterator[None]:
    _SHARED[:] = [running]
    yield
    assert running.said == []


# -- which files ---------------------------------------------------------------------------------------------------------

OUTSIDE = (
    "/../secret/secret.txt",
    "/..%2fsecret/secret.txt",
    "/%2e%2e/secret/secret.txt",
    "/%2e%2e/%2e%2e/secret/secret.txt",
    "/../../secret/secret.txt",
    "/brands/../../../secret/secret.txt",
    "/%252e%252e/secret/secret.txt",
    "/..%5csecret%5csecret.txt",
    "/..\\secret\\secret.txt",
    "/%c0%ae%c0%ae/secret/secret.txt",
    "/linked/secret.txt",
    "/linked.txt",
    "/linked/",
    "/linked",
    "/inner.txt",
    "/film.mp4%00.txt",
    "/film.mp4/",
    "/film.mp4/x",
    "/film.mp4.",
    "/film.mp4%20",
    "/film.mp4::$DATA",
    "/brands/..",
    "/brands/.",
    "//127.0.0.1/film.mp4",
    "/./film.mp4",
    "/brands//qingfeng/",
    "/C:/Windows/win.ini",
    "/etc/passwd",
    "//etc/passwd",
    "/%2fetc/passwd",
    "/proc/self/environ",
    "film.mp4",
    "*",
    "/%ff%fe",
    "/%",
    "/" + "a/" * 5000,
    "/" + "a" * 300,
)


@pytest.mark.parametrize("target", OUTSIDE, ids=lambda each: each[:40])
def test_nothing_outside_of_the_folder_and_nothing_by_a_link(target: str, running: Running) -> None:
    status, headers, body = running.ask(target)
    assert status in (400, 404) and "location" not in headers
    assert SECRET not in body and b"root:" not in body and FILM[:64] not in body


def test_no_way_out_is_ever_found(running: Running) -> None:
    @given(
        st.lists(
            st.sampled_from(("..", ".", "", "%2e", "%2F", "\\", "linked", "secret.txt", "brands", "%00", "~", "a"))
        )
    )
    def look(names: list[str]) -> None:
        parts = parts_of("/" + "/".join(names))
        found = find(running.folder, parts) if parts is not None else None
        assert found is None or found.resolve().is_relative_to(running.folder.resolve())

    look()


def test_a_folder_leads_to_its_page_and_never_to_another_host(running: Running) -> None:
    assert running.ask("/brands?x=1")[1]["location"] == "/brands/?x=1"
    for target in ("//evil.example/brands", "/\\evil.example/brands", "///brands"):
        assert running.ask(target)[1].get("location", "/brands/") == "/brands/"


def test_chinese_names_are_found_in_either_writing(running: Running) -> None:
    assert running.ask("/附件.pdf")[2] == b"x"
    assert running.ask("/%E9%99%84%E4%BB%B6.pdf")[1]["content-type"] == "application/pdf"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.avif", "image/avif"),
        ("a.webp", "image/webp"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("feeds/a.xml", "application/atom+xml; charset=utf-8"),
        ("a.xyz", "application/octet-stream"),
        ("film.mp4", "video/mp4"),
        ("", "text/html; charset=utf-8"),
    ],
)
def test_every_file_says_what_it_is(name: str, kind: str, running: Running) -> None:
    assert running.ask(f"/{name}")[1]["content-type"] == kind


# -- parts of films ------------------------------------------------------------------------------------------------------

PARTS = {
    "bytes=0-0": (0, 0),
    "bytes=10-19": (10, 19),
    "BYTES=10-19": (10, 19),
    "bytes=255990-": (255990, 255999),
    "bytes=255990-999999999999999999999999": (255990, 255999),
    "bytes=-10": (255990, 255999),
    "bytes=-99999999": (0, 255999),
    "bytes=0-": (0, 255999),
    " bytes=5-6 ": (5, 6),
}
WHOLE = (
    "bytes=20-10",
    "bytes=",
    "bytes=-",
    "bytes=a-b",
    "items=0-1",
    "bytes=0-1,5-6",
    "bytes 0-1",
    "bytes=0x1-2",
    "bytes=١-٢",
)


@pytest.mark.parametrize("asked", PARTS)
def test_a_part_of_a_film(asked: str, running: Running) -> None:
    first, last = PARTS[asked]
    status, headers, body = running.ask("/film.mp4", f"Range: {asked}")
    assert status == 206 and body == FILM[first : last + 1]
    assert headers["content-range"] == f"bytes {first}-{last}/{len(FILM)}"
    assert headers["content-length"] == str(len(body)) and headers["accept-ranges"] == "bytes"
    assert running.ask("/film.mp4", f"Range: {asked}", method="HEAD")[0] == 200  # ranges are of GET


@pytest.mark.parametrize("asked", WHOLE)
def test_what_is_no_part_is_ignored(asked: str, running: Running) -> None:
    status, headers, body = running.ask("/film.mp4", f"Range: {asked}")
    assert status == 200 and body == FILM and "content-range" not in headers


@pytest.mark.parametrize(
    ("target", "asked"),
    [("/film.mp4", "bytes=256000-"), ("/film.mp4", "bytes=999999999999999999999999-"), ("/film.mp4", "bytes=-0")]
    + [("/empty.mp4", "bytes=0-"), ("/empty.mp4", "bytes=-5")],
)
def test_a_part_that_is_not_there(target: str, asked: str, running: Running) -> None:
    status, headers, body = running.ask(target, f"Range: {asked}")
    size = 0 if "empty" in target else len(FILM)
    assert status == 416 and headers["content-range"] == f"bytes */{size}" and body == b""


def test_a_part_is_given_of_the_version_that_was_asked_for(running: Running) -> None:
    tag = running.ask("/film.mp4")[1]["etag"]
    assert running.ask("/film.mp4", "Range: bytes=0-1", f"If-Range: {tag}")[0] == 206
    for other in ('"other"', f"W/{tag}", "Sat, 29 Oct 2022 19:43:31 GMT"):
        assert running.ask("/film.mp4", "Range: bytes=0-1", f"If-Range: {other}")[0] == 200
    assert running.ask("/film.mp4", f"If-None-Match: {tag}")[::2] == (304, b"")
    assert running.ask("/film.mp4", 'If-None-Match: "other"')[0] == 200


@given(st.text(alphabet="bytes=0123456789-, x", max_size=40), st.integers(0, 3000))
def test_every_part_lies_within_the_file(asked: str, size: int) -> None:
    for text in (asked, f"bytes={asked}"):
        try:
            part = part_of(text, size, None, '"a"')
        except Unsatisfiable:
            continue
        assert part is None or 0 <= part.first <= part.last < size
    assert part_of(None, size, None, '"a"') is None
    assert size == 0 or part_of("bytes=0-", size, None, '"a"') == Part(0, size - 1)


# -- connections ---------------------------------------------------------------------------------------------------------


def test_fifty_clients_at_once_are_all_answered(running: Running) -> None:
    found: list[int] = []

    def ask() -> None:
        found.extend(running.ask(target)[0] for target in ("/", "/film.mp4", STATE))

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert found == [200] * 150


def _open(port: int, raw: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(raw)
    return connection


def test_connections_that_only_wait_keep_nobody_out(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.preview.server.PATIENCE", 600)  # none of them ends by itself
    held = [_open(running.port, b"GET / HTTP/1.1\r\nX: " if number % 2 else b"") for number in range(150)]
    assert running.ask("/")[0] == 200
    assert threading.active_count() < connections.MOST + 30
    for each in held:
        each.close()


@pytest.mark.parametrize("piece", [b"", b"GET / HTTP/1.1\r\n", b"X"])
def test_a_request_that_does_not_end_is_ended(piece: bytes, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.preview.server.PATIENCE", 0.6)
    with _open(running.port) as connection:
        connection.settimeout(0.1)

        def is_ended() -> bool:
            try:
                connection.sendall(piece)
                return not connection.recv(1)
            except TimeoutError:
                return False
            except ConnectionError:
                return True

        until(is_ended)


def test_a_connection_is_kept_for_the_next_request(running: Running) -> None:
    request = f"GET /film.mp4 HTTP/1.1\r\nHost: localhost:{running.port}\r\nRange: bytes=0-1\r\n\r\n".encode()
    with _open(running.port) as connection:
        for _ in range(3):
            connection.sendall(request)
            answer = b""
            while not answer.endswith(FILM[:2]):
                answer += connection.recv(4096)
            assert answer.startswith(b"HTTP/1.1 206")


def test_a_client_that_goes_away_is_no_news(running: Running) -> None:
    for _ in range(20):
        connection = _open(running.port, f"GET /film.mp4 HTTP/1.1\r\nHost: localhost:{running.port}\r\n\r\n".encode())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        connection.close()
    time.sleep(0.3)
    assert running.ask("/")[0] == 200 and running.said == []


def test_a_fault_of_ours_is_told_and_ends_nothing(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("generator.preview.panels.seal_preview", lambda *_: 1 / 0)
        status, _, body = running.ask("/")
    assert status == 500 and "预览出错" in body.decode() and "ZeroDivisionError" in running.said[0]
    running.said.clear()
    assert running.ask("/")[0] == 200
