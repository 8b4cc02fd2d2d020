"""Films and pioneers: durations, formats by their bytes, what is published, and what never is."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds import PRESENTING
from generator.kinds.video import files as films
from generator.kinds.video import probe
from generator.kinds.video.files import digest_of, form_of, known_digest
from generator.kinds.video.model import Video
from generator.schema.validation import read
from generator.system.cache import Cache
from generator.text import durations
from generator.yaml.strict import parse
from tests.helpers.driver import SiteDriver
from tests.helpers.places import CITY

unix = pytest.mark.skipif(sys.platform == "win32", reason="a script cannot be run as a program there")
MP4 = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2\0\0\0\x08free"
FOLDER = "content/videos/kaiting"

Site = Callable[[str], SiteDriver]


@given(st.integers(1, 99 * 3600 + 59 * 60 + 59))
def test_a_duration_is_shown_as_it_is_read(seconds: int) -> None:
    assert durations.seconds_of(durations.clock(seconds)) == seconds


@given(st.text(max_size=12))
def test_any_text_is_a_duration_or_none(text: str) -> None:
    seconds = durations.seconds_of(text)
    assert seconds is None or (seconds > 0 and text.isascii() and 1 <= text.count(":") <= 2)


@pytest.mark.parametrize(
    "text", ["", "5", "0:00", "0:60", "60:00", "1:60:00", "3：25", "-1:00", "1:2", "1:00\n", "٣:٢٥"]
)
def test_what_is_no_duration(text: str) -> None:
    assert durations.seconds_of(text) is None


@pytest.mark.parametrize(
    ("seconds", "shown", "iso"), [(9, "0:09", "PT9S"), (600, "10:00", "PT10M"), (3723, "1:02:03", "PT1H2M3S")]
)
def test_durations_for_people_and_for_machines(seconds: int, shown: str, iso: str) -> None:
    assert (durations.clock(seconds), durations.iso(seconds)) == (shown, iso)


@given(st.binary(max_size=80))
def test_bytes_are_a_film_only_with_its_first_bytes(head: bytes) -> None:
    form = form_of(head)
    assert form is None or (head[4:8] == b"ftyp" if form == "mp4" else head.startswith(b"\x1a\x45\xdf\xa3"))


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (MP4, "mp4"),
        (b"\0\0\0\x14ftypqt  ", None),
        (b"\0\0\0\x14ftypavif", None),
        (bytes.fromhex("1a45dfa3934282847765626d"), "webm"),
        (bytes.fromhex("1a45dfa3934282886d6174726f736b61"), None),
        (b"<!doctype html>", None),
        (b"", None),
    ],
)
def test_formats_by_their_first_bytes(head: bytes, form: str | None) -> None:
    assert form_of(head) == form


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        ("https://films.example.org/a.mp4", True),
        ("https://影像.example/片.mp4", True),
        ("http://example.org/a.mp4", False),
        ("//example.org/a.mp4", False),
        ("https://user@example.org/a.mp4", False),
        ("https:///a.mp4", False),
        ("https://example.org:99999/a.mp4", False),
        ("https://[example/a.mp4", False),
        ("https://example.org\\\\@evil.example/", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("data:video/mp4;base64,AA", False),
    ],
)
def test_only_plain_https_addresses_lead_to_films_elsewhere(address: str, is_good: bool) -> None:
    tree, _ = parse("video.yml", f'src: "{address}"\n')
    assert tree is not None
    codes = {each.code for each in read(Video, tree, None)[1] if each.span.column > 1}
    assert codes == (set() if is_good else {"SEC-002"})


def test_a_film_and_its_captions_are_published_as_they_are(site: Site) -> None:
    driver = site("good/video").build()
    files = driver.files()
    film = (driver.root / FOLDER / "film.mp4").read_bytes()
    assert files[f"videos/kaiting/kaiting-{sha256(film).hexdigest()[:12]}.mp4"] == film
    captions = [name for name in files if name.startswith("videos/kaiting/") and name.endswith(".vtt")]
    assert [files[each] for each in captions] == [(driver.root / FOLDER / "zh.vtt").read_bytes()]
    assert not [name for name in files if "caogao" in name], "a draft's film stays out"


def test_a_film_that_is_too_large_has_to_be_kept_elsewhere(site: Site) -> None:
    large = MP4 + bytes(1 << 20)
    driver = site("good/video").edit("site_config.yml", "wall_page: 4", "wall_page: 4\n  video_megabytes: 1")
    driver.write(f"{FOLDER}/film.mp4", large).check()
    assert driver.codes() == [("VID-010", f"{FOLDER}/video.yml", 7)]
    assert "2 MB" in driver.lines()[0]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_a_film_is_reported_once_and_not_followed(site: Site, tmp_path: Path) -> None:
    driver = site("good/video").remove(f"{FOLDER}/film.mp4")
    (tmp_path / "secret.mp4").write_bytes(MP4)
    (driver.root / FOLDER / "film.mp4").symlink_to(tmp_path / "secret.mp4")
    assert driver.check().codes() == [("SEC-005", f"{FOLDER}/film.mp4", 1)]


def test_from_a_folder_the_captions_travel_inside_the_page(site: Site) -> None:
    driver, start = site("good/video"), 'src="data:text/vtt;charset=utf-8;base64,V0VCVlRU'
    assert start in driver.build(links="file").page("videos/kaiting/")
    assert start not in driver.build().page("videos/kaiting/")


def test_a_preview_leaves_out_a_film_whose_captions_cannot_be_read(site: Site) -> None:
    driver = site("good/video")
    captions = (driver.root / FOLDER / "zh.vtt").read_text("utf-8").encode("gb18030")
    driver.write(f"{FOLDER}/zh.vtt", captions).build(keep_going=True)
    assert [each[0] for each in driver.codes()] == ["TXT-001"]
    assert driver.is_published()
    assert not any(each.startswith(f"videos/{FOLDER.rpartition('/')[2]}/") for each in driver.files())


def test_nothing_in_the_pages_of_films_asks_another_site(site: Site) -> None:
    driver = site("good/video").build()
    for name, content in driver.files().items():
        if name.startswith("videos/") and name.endswith(".html"):
            text = content.decode()
            assert "<iframe" not in text
            linked = text.count('<script type="application/ld+json">')  # data, which never runs
            assert text.count("<script") == text.count('<script src="../') + linked
            assert 'src="http' not in text


def test_tables_hold_every_public_film_and_explain_each_column(site: Site) -> None:
    (table,) = PRESENTING["video"].tables(site("good/video").build().shown())
    assert [row[0] for row in table.rows] == ["kaiting", "shuiwen", "waijia", "yanchu", "zuoye"]
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(column.label and column.about for column in table.columns)


def test_consent_references_of_pioneers_are_never_published(site: Site) -> None:
    driver = site("good/pioneer").build()
    (table,) = PRESENTING["pioneer"].tables(driver.shown())
    assert len(table.rows) == 4
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert "SECRET" not in repr(table)
    assert not [name for name, content in driver.files().items() if b"SECRET" in content]


def test_films_and_pioneers_are_mentioned_where_they_name_something(site: Site) -> None:
    shown = site("good/video").build().shown()
    brand, unit = shown.catalog.get("brand", "qingfeng"), shown.catalog.get("unit", "court")
    assert brand is not None and unit is not None
    (film,) = shown.mentions(brand)["video"]
    assert (film.title, film.address, film.note) == ("开庭", "videos/kaiting/", "时长 3:25")
    assert film.picture is not None
    assert [each.title for each in shown.mentions(unit)["video"]] == ["开庭", "外架"]


def test_pioneers_are_mentioned_at_their_place_on_the_page(site: Site) -> None:
    driver = site("good/pioneer").build()
    shown = driver.shown()
    unit = shown.catalog.get("unit", "court")
    assert unit is not None
    mentions = {each.title: each for each in shown.mentions(unit)["pioneer"]}
    assert mentions["李同志（化名）"].note == "先锋党员，第二批"
    assert mentions["张书记（化名）"].sample
    page = driver.page("pioneers/")
    for each in mentions.values():
        address, _, anchor = str(each.address).partition("#")
        assert address == "pioneers/"
        assert f'id="{anchor}"' in page


# -- what ffprobe says -------------------------------------------------------------------------------------------------

FILM = f"{FOLDER}/film.mp4"
TOOL = """#!{python}
import sys, time
open({log!r}, "a").write("x")
{body}
"""


def _tool(folder: Path, body: str) -> str:
    """An executable that stands for ffprobe and counts how often it is run."""
    file = folder / "ffprobe"
    file.write_text(TOOL.format(python=sys.executable, log=str(folder / "log"), body=body), "utf-8")
    file.chmod(0o755)
    return str(file)


def _answer(seconds: str = "205.4", *codecs: str) -> str:
    streams = [{"codec_type": "video" if at == 0 else "audio", "codec_name": each} for at, each in enumerate(codecs)]
    return f"print({json.dumps(json.dumps({'format': {'duration': seconds}, 'streams': streams}))})"


def _runs(folder: Path) -> int:
    return len((folder / "log").read_text("utf-8")) if (folder / "log").exists() else 0


def _alone(driver: SiteDriver) -> SiteDriver:
    """The site with only one film beside its record."""
    for each in sorted((driver.root / "content/videos").iterdir()):
        if each.name not in ("kaiting", "waijia"):
            driver.remove(f"content/videos/{each.name}")
    return driver


@pytest.mark.few(2)
@unix
@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (_answer("205.4", "h264", "aac"), []),
        (_answer("204.0", "vp9", "opus"), []),
        (_answer("206.1", "av1"), ["VID-013"]),
        (_answer("203.9", "h264"), ["VID-013"]),
        (_answer("205", "hevc", "aac"), ["VID-014"]),
        (_answer("1", "h264", "ac3"), ["VID-013", "VID-014"]),
        ("print('not json')", []),
        ("print('[' * 100000)", []),
        ('print(\'{"format": [], "streams": {"a": 1}}\')', []),
        ("sys.exit(1)", []),
    ],
)
def test_what_a_local_ffprobe_says_is_a_warning_at_most(
    body: str, codes: list[str], site: Site, tmp_path: Path
) -> None:
    driver = _alone(site("good/video"))
    plain = driver.build().files()
    driver.build(ffprobe=_tool(tmp_path, body))
    assert sorted(each.code for each in driver.problems) == codes, driver.lines()
    assert driver.is_published()
    assert driver.files() == plain
    if codes:
        assert driver.problems[0].span.path == f"{FOLDER}/video.yml"


@unix
def test_an_ffprobe_that_hangs_is_ended(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "TIMEOUT", 0.5)
    driver = _alone(site("good/video")).build(ffprobe=_tool(tmp_path, "time.sleep(60)"))
    assert driver.problems == () and driver.is_published()


def test_an_ffprobe_that_is_not_there_changes_nothing(site: Site, tmp_path: Path) -> None:
    assert _alone(site("good/video")).build(ffprobe=str(tmp_path / "none")).problems == ()


@unix
def test_the_same_content_is_asked_about_once(site: Site, tmp_path: Path) -> None:
    driver, tool = _alone(site("good/video")), _tool(tmp_path, _answer("1", "h264"))
    for _ in range(3):
        assert [each.code for each in driver.build(ffprobe=tool).problems] == ["VID-013"]
    assert _runs(tmp_path) == 1


@given(st.binary(max_size=200))
def test_any_output_is_findings_or_none(output: bytes) -> None:
    found = probe.read(output)
    assert found is None or found.seconds or found.codecs


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8) | st.sampled_from(["h264", "1.5"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["format", "duration", "streams", "codec_type", "codec_name", "disposition"]),
            inner,
            max_size=4,
        )
    ),
)


@given(VALUES)
def test_any_json_is_findings_or_none(value: object) -> None:
    found = probe.read(json.dumps(value).encode())
    assert found is None or (found.seconds is None or found.seconds > 0)


def test_a_cover_is_not_the_film() -> None:
    streams = [
        {"codec_type": "video", "codec_name": "h264", "disposition": {"attached_pic": 0}},
        {"codec_type": "video", "codec_name": "mjpeg", "disposition": {"attached_pic": 1}},
        {"codec_type": "subtitle", "codec_name": "mov_text"},
    ]
    assert probe.read(json.dumps({"streams": streams}).encode()) == probe.Findings(None, ("h264",))


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="no ffprobe on this machine")
def test_the_real_ffprobe_agrees_with_the_films_of_the_season(tmp_path: Path) -> None:
    found = 0
    for file in sorted((CITY / "content/videos").glob("*/*.mp4")):
        with file.open("rb") as film:
            told = probe.ask(shutil.which("ffprobe") or "", film, "mp4", digest_of(film), Cache(tmp_path))
        assert told and told.seconds and told.seconds > 1 and not told.unusual
        found += 1
    assert found


# -- digests that are kept ---------------------------------------------------------------------------------------------


def _spoil_unseen(file: Path) -> None:
    """Change a byte and put the time of the last change back."""
    before, raw = file.stat(), bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(raw)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_preview_hashes_a_film_once_and_a_release_every_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []

    def counted(film: BinaryIO) -> str:
        hashed.append(digest_of(film))
        return hashed[-1]

    monkeypatch.setattr(films, "digest_of", counted)
    driver = _alone(site("good/video"))
    for _ in range(3):
        driver.build(keep_going=True)
    assert hashed == [sha256((driver.root / FILM).read_bytes()).hexdigest()]
    driver.build()
    driver.check()
    assert len(hashed) == 3


def test_a_release_never_believes_the_times_of_a_file(site: Site) -> None:
    driver = _alone(site("good/video")).build()
    assert driver.is_published()
    _spoil_unseen(driver.root / FILM)
    assert [each[0] for each in driver.build().codes()] == ["VID-002"]


def test_a_preview_notices_a_film_that_was_changed(site: Site) -> None:
    driver = _alone(site("good/video")).build(keep_going=True)
    (driver.root / FILM).write_bytes(MP4 + b"other")
    assert [each[0] for each in driver.build(keep_going=True).codes()] == ["VID-002"]


def test_a_kept_digest_that_was_damaged_is_a_miss(tmp_path: Path) -> None:
    file, cache = tmp_path / "a.mp4", Cache(tmp_path / "cache")
    file.write_bytes(MP4)
    with file.open("rb") as film:
        right = known_digest(film, file, cache, True)
    for each in (tmp_path / "cache").rglob("*"):
        if each.is_file():
            each.write_bytes(b"x" * 100)
    with file.open("rb") as film:
        assert known_digest(film, file, cache, True) == right == sha256(MP4).hexdigest()
