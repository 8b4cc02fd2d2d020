"""A preview under a storm of edits, renames, deletions and broken templates, with clients that never stop asking: it lives, is
current in the end, never sends half a page, and its memory does not grow with the builds.

``STORM_EDITS`` sets how many edits there are; 300 are the full number, at least 50 builds.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.serving import Serving, serving, until

EDITS = int(os.environ.get("STORM_EDITS", "80"))
LEAST_BUILDS = EDITS // 6
CLIENTS = 50
GROWTH = 48  # megabytes between the middle and the end of the storm: what one build frees and the next one takes varies
ADDRESSES = ("/", "/brands/", "/brands/qingfeng/", "/units/court/", "/_preview/state", "/no/such/page/")
LOADED = re.compile(r'(?:href|src)="([^"#?:]+\.(?:css|js|svg))"')


class Client(threading.Thread):
    """Asks for pages and what they load, as a browser does, until it is told to stop."""

    def __init__(self, host: str, ended: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self.host, self.ended, self.chance = host, ended, random.Random(seed)
        self.asked = 0
        self.faults: list[str] = []

    def run(self) -> None:
        """Ask, with a connection that is kept, and one that is new each now and then."""
        while not self.ended.is_set():
            connection = http.client.HTTPConnection(self.host, timeout=60)
            try:
                for _ in range(5):
                    self._visit(connection, self.chance.choice(ADDRESSES))
                    self.ended.wait(0.05 + self.chance.random() / 2)
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(f"{type(error).__name__}: {error}")
            finally:
                connection.close()

    def _get(self, connection: http.client.HTTPConnection, address: str) -> tuple[int, str, str]:
        connection.request("GET", address)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        self.asked += 1
        return answer.status, answer.headers.get_content_type(), text

    def _visit(self, connection: http.client.HTTPConnection, address: str) -> None:
        status, kind, text = self._get(connection, address)
        if kind != "text/html":
            return
        if status not in (200, 404) or text.count("</html>") != 1 or not text.rstrip().endswith("</html>"):
            self.faults.append(f"{address}: {status}, half a page: {text[-80:]!r}")
        if "data-version=" not in text:
            self.faults.append(f"{address}: a page that never reloads")
        for loaded in sorted(set(LOADED.findall(text)))[:6]:
            base = "/" if status == 404 else address
            found, _, content = self._get(connection, urljoin(base, loaded))
            if found != 200 or not content:
                self.faults.append(f"{address} loads {loaded}: {found}")


def _memory(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) / 1024


def _edits(site: SiteDriver, chance: random.Random) -> list[Callable[[int], None]]:
    root = site.root
    template = root / "theme/exhibits/brand.html"
    sound = template.read_bytes()
    css = next((root / "theme" / "assets").rglob("*.css"))
    style = css.read_bytes()
    config = (root / "site_config.yml").read_bytes()

    def story(number: int) -> None:
        site.write("brands/qingfeng/story.md", f"第{number}版的故事。\n")

    def by_renaming(number: int) -> None:
        (root / "new").write_bytes(config + f"# {number}\n".encode())
        (root / "new").replace(root / "site_config.yml")

    def broken_config(number: int) -> None:
        (root / "site_config.yml").write_bytes(config.replace(b"colours:", b"colors:"))

    def broken_template(number: int) -> None:
        template.write_bytes(b"{% if x %}\n" + sound)

    def sound_template(number: int) -> None:
        template.write_bytes(sound + f"<!-- {number} -->".encode())

    def outside_style(number: int) -> None:
        css.write_bytes(b'@import url("https://example.com/a.css");\n' + style)

    def sound_style(number: int) -> None:
        css.write_bytes(style + f"\n.storm-{number} {{ color: red; }}\n".encode())

    def folder_away(number: int) -> None:
        if (root / "brands/qingfeng").exists():
            shutil.rmtree(root / "away", ignore_errors=True)
            (root / "brands/qingfeng").rename(root / "away")

    def folder_back(number: int) -> None:
        if (root / "away").exists() and not (root / "brands/qingfeng").exists():
            (root / "away").rename(root / "brands/qingfeng")

    def deleted(number: int) -> None:
        (root / "content/about.md").unlink(missing_ok=True)

    def copied(number: int) -> None:
        target = root / "brands" / f"copy{chance.randrange(3)}"
        shutil.rmtree(target, ignore_errors=True)
        site.write(f"{target.relative_to(root)}/brand.yml", "id: x\nname: y\n")

    return [story, story, story, by_renaming, broken_config, broken_template, sound_template, outside_style] + [
        sound_style,
        folder_away,
        folder_back,
        deleted,
        copied,
    ]


def _restore(site: SiteDriver, kept: Path) -> None:
    for name in ("brands", "content", "theme"):
        shutil.rmtree(site.root / name)
        shutil.copytree(kept / name, site.root / name)
    shutil.copy(kept / "site_config.yml", site.root / "site_config.yml")


def _builds(server: Serving) -> int:
    return server.said.count("已更新") + server.said.count("这次没有更新")


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="this system does not tell what memory a process has"
)
def test_a_preview_outlives_a_storm(tmp_path: Path) -> None:
    site = SiteDriver.copy("good/small", tmp_path)
    shutil.copytree(ROOT / "theme", site.root / "theme")
    kept = tmp_path / "kept"
    shutil.copytree(site.root, kept)
    chance = random.Random(47)
    ended = threading.Event()
    memory: list[float] = []
    with serving(site, tmp_path / "temporary") as server:
        host = server.url.removeprefix("http://").rstrip("/")
        clients = [Client(host, ended, number) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        edits = _edits(site, chance)
        for number in range(EDITS):
            chance.choice(edits)(number)
            time.sleep(chance.choice((0.0, 0.02, 0.1, 0.4, 1.2)))
            memory.append(_memory(server.process.pid))
        _restore(site, kept)
        site.write("brands/qingfeng/story.md", "风暴之后的故事。\n")
        until(lambda: "风暴之后的故事" in server.page("brands/qingfeng/"), 60)
        assert "preview-stale" not in server.page() and server.page("about/").count("</html>") == 1
        ended.set()
        for client in clients:
            client.join(60)
        builds, at_end = _builds(server), _memory(server.process.pid)
        assert server.process.poll() is None and "Traceback" not in server.said and "没有答上来" not in server.said
        middle = sorted(memory[len(memory) // 3 : len(memory) // 2])[-1]
        asked = sum(each.asked for each in clients)
        print(f"{EDITS} edits, {builds} builds, {asked} requests; MB: {memory[0]:.0f}, {middle:.0f}, {at_end:.0f}")
        assert [each for client in clients for each in client.faults] == []
        assert asked > EDITS and builds >= LEAST_BUILDS
        assert at_end - middle < GROWTH
        assert server.end() == 143
        with pytest.raises(ProcessLookupError):
            os.killpg(server.process.pid, 0)
        assert list((tmp_path / "temporary").iterdir()) == []
