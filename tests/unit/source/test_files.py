"""What was submitted: which files count, what their names may be, and what a text may hold."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from generator.cli.commands.main import exhibit
from generator.messages import Words
from generator.problems import Problem, Span
from generator.source.files import (
    LINE_LIMIT,
    TEXT_LIMIT,
    SourceFile,
    Sources,
    SourceText,
    discover,
    is_inside,
    read_text,
    resolve,
)
from tests.helpers.driver import SiteDriver

FOLDER = "brands/x"
PATHS: tuple[tuple[str, str | None], ...] = (
    ("a.png", "brands/x/a.png"),
    ("img/a.png", "brands/x/img/a.png"),
    ("./img/a.png", "brands/x/img/a.png"),
    ("img//a.png", "brands/x/img/a.png"),
    ("img/./a.png", "brands/x/img/a.png"),
    ("img/../a.png", "brands/x/a.png"),
    ("img/", "brands/x/img"),
    ("", "brands/x"),
    (".", "brands/x"),
    ("..", "brands"),
    ("../y/a.png", "brands/y/a.png"),
    ("../../content/a.png", "content/a.png"),
    ("../..", ""),
    ("../../..", None),
    ("../../../etc/passwd", None),
    ("../../../../../../../../etc/passwd", None),
    ("img/../../../../etc/passwd", None),
    ("../../../brands/x/a.png", None),
    ("/etc/passwd", None),
    ("/", None),
    ("//host/a.png", None),
    ("\\a.png", None),
    ("\\\\host\\a.png", None),
    ("img\\a.png", None),
    ("..\\..\\a.png", None),
    ("img/..\\..\\a.png", None),
    ("C:a.png", None),
    ("c:/a.png", None),
    ("C:\\a.png", None),
    ("img/\x00a.png", None),
    ("\x00", None),
    ("img/a.png\x00.txt", None),
    ("...", "brands/x/..."),
    (".../a", "brands/x/.../a"),
    ("..a", "brands/x/..a"),
    (".. /a", "brands/x/.. /a"),
    ("..%2f..%2fa", "brands/x/..%2f..%2fa"),
    ("%2e%2e/a", "brands/x/%2e%2e/a"),
    ("．．/a", "brands/x/．．/a"),
    ("..／a", "brands/x/..／a"),
    ("~/a", "brands/x/~/a"),
    ("~root/a", "brands/x/~root/a"),
    ("图片/一.png", "brands/x/图片/一.png"),
    ("$HOME/a", "brands/x/$HOME/a"),
)


@pytest.mark.parametrize(("target", "path"), PATHS)
def test_a_path_means_one_thing_or_nothing(target: str, path: str | None) -> None:
    assert resolve(FOLDER, target) == path


@pytest.mark.parametrize(
    ("target", "path"), [("a", "a"), ("a/../b", "b"), ("", ""), (".", ""), ("..", None), ("/", None)]
)
def test_a_path_may_be_written_at_the_root(target: str, path: str | None) -> None:
    assert resolve("", target) == path


STEPS = st.sampled_from(("..", ".", "", "a", "img", "...", "..a", "C:", "\\", "/", "\x00", "品"))


@given(
    st.lists(STEPS | st.text(max_size=4), max_size=8).map("/".join),
    st.sampled_from(("", "brands", "brands/x", "a/b/c")),
)
def test_a_resolved_path_never_leaves_the_root(target: str, base: str) -> None:
    path = resolve(base, target)
    if path is None:
        return
    assert not path.startswith("/")
    assert ".." not in path.split("/")
    assert "\\" not in path and "\x00" not in path
    root = "/root/of/site"
    assert os.path.normpath(f"{root}/{path}") == f"{root}/{path}".rstrip("/")
    assert os.path.normpath(f"{root}/{base}/{target}") == f"{root}/{path}".rstrip("/")


@pytest.mark.parametrize(
    ("path", "folder", "inside"),
    [
        ("brands/x/a.png", "brands/x", True),
        ("brands/x/img/a.png", "brands/x", True),
        ("brands/x", "brands/x", False),
        ("brands/xy/a.png", "brands/x", False),
        ("brands/x-2/a.png", "brands/x", False),
        ("brands", "brands/x", False),
        ("content/a.png", "brands/x", False),
        ("contents/a.png", "content", False),
        ("content/a.png", "content", True),
        ("brands/X/a.png", "brands/x", False),
        ("", "brands", False),
        ("brandsx/a", "brands", False),
    ],
)
def test_only_what_lies_below_a_folder_is_inside(path: str, folder: str, inside: bool) -> None:
    assert is_inside(path, folder) is inside


# -- what is found -----------------------------------------------------------------------------------------------------


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., None]:
    """Makes files below the root."""

    def make(*paths: str) -> None:
        for path in paths:
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"x")

    return make


def _found(root: Path) -> tuple[Sources, list[tuple[str, str]]]:
    sources, problems = discover(root)
    return sources, [(each.code, each.span.path) for each in problems]


def test_files_are_listed_by_path_with_their_folders(tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands/b/brand.yml", "brands/a/img/一.png", "content/index.md", "theme/x.css", "brands/a b.txt", "README.md")
    sources, problems = _found(tmp_path)
    assert not problems
    assert list(sources.files) == ["brands/a b.txt", "brands/a/img/一.png", "brands/b/brand.yml", "content/index.md"]
    assert sources.folders == {"brands", "brands/a", "brands/a/img", "brands/b", "content"}
    file = sources.files["brands/a/img/一.png"]
    assert (file.size, file.folder, file.absolute.read_bytes()) == (1, "brands/a/img", b"x")


def test_nothing_submitted_is_nothing_found(tmp_path: Path) -> None:
    sources, problems = _found(tmp_path)
    assert not sources.files and not problems


def test_a_file_in_the_place_of_a_folder_is_nothing_found(tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands")
    assert _found(tmp_path) == (Sources(tmp_path, {}, frozenset(), {}), [])


@pytest.mark.parametrize("target", ["/etc/hostname", "../../outside.txt", "nowhere", "brand.yml", "."])
def test_a_linked_file_is_refused_wherever_it_leads(target: str, tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands/x/brand.yml", "outside.txt")
    (tmp_path / "brands/x/story.md").symlink_to(target)
    sources, problems = _found(tmp_path)
    assert problems == [("SEC-005", "brands/x/story.md")]
    assert list(sources.files) == ["brands/x/brand.yml"]
    assert sources.refused == {"brands/x/story.md"}


@pytest.mark.parametrize("target", ["/etc", "../elsewhere", "..", "."])
def test_a_linked_folder_is_refused_and_not_walked(target: str, tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands/x/brand.yml", "elsewhere/y/brand.yml")
    (tmp_path / "brands/y").symlink_to(target)
    sources, problems = _found(tmp_path)
    assert problems == [("SEC-005", "brands/y")]
    assert list(sources.files) == ["brands/x/brand.yml"]


@pytest.mark.parametrize("folder", ["brands", "content"])
def test_a_linked_source_folder_is_refused(folder: str, tmp_path: Path, put: Callable[..., None]) -> None:
    put("elsewhere/x/brand.yml")
    (tmp_path / folder).symlink_to("elsewhere")
    sources, problems = _found(tmp_path)
    assert problems == [("SEC-005", folder)]
    assert not sources.files


def test_the_root_itself_may_be_reached_through_a_link(tmp_path: Path, put: Callable[..., None]) -> None:
    put("site/brands/x/brand.yml")
    (tmp_path / "shortcut").symlink_to("site")
    sources, problems = _found(tmp_path / "shortcut")
    assert list(sources.files) == ["brands/x/brand.yml"] and not problems


def test_a_linked_configuration_is_refused(small: SiteDriver) -> None:
    (small.root / "site_config.yml").rename(small.root / "other.yml")
    (small.root / "site_config.yml").symlink_to("other.yml")
    assert ("SEC-005", "site_config.yml", 1) in small.check().codes()


def test_a_pipe_is_not_a_file(tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands/x/brand.yml")
    os.mkfifo(tmp_path / "brands/x/story.md")
    assert list(_found(tmp_path)[0].files) == ["brands/x/brand.yml"]


IGNORED = (".hidden", ".git", ".DS_Store", "..x", "Thumbs.db", "THUMBS.DB", "desktop.ini", "~$brand.docx", "brand.yml~")


@pytest.mark.parametrize("name", IGNORED)
def test_what_systems_and_editors_leave_behind_is_ignored(name: str, tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands/x/brand.yml", f"brands/x/{name}", f"brands/{name}/brand.yml")
    sources, problems = _found(tmp_path)
    assert list(sources.files) == ["brands/x/brand.yml"] and not problems


def test_a_hidden_link_is_ignored_too(tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands/x/brand.yml")
    (tmp_path / "brands/.y").symlink_to("/etc")
    sources, problems = _found(tmp_path)
    assert list(sources.files) == ["brands/x/brand.yml"] and not problems


GOOD_NAMES = (
    "a.md",
    "品牌 一.md",
    "é.md",
    "console.md",
    "com.md",
    "com10.md",
    "null.md",
    "auxiliary",
    "汉" * 66,
    "-a",
    "😀.md",
)
BAD_NAMES = (
    *(
        "con",
        "CON",
        "Con.txt",
        "con.tar.gz",
        "prn",
        "aux.md",
        "nul.png",
        "NUL",
        "com0",
        "com1",
        "COM9.md",
        "lpt1",
        "lpt9.x",
    ),
    *("a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b", "a>b", "a|b", "C:", "a.", "a ", "a. "),
    *("a\x01b", "a\nb", "a\tb", "a\rb", "a\x1b[2Jb", "a\x7fb", "a\x85b", "\x01"),
    *("a\u202eb", "\u200ba", "a\ufeff", "a\u2066b", "a\u00adb", "a\u2028b", "a\U000e0041b"),
    *("e\u0301.md", "ガ".encode().decode().replace("ガ", "カ\u3099"), "\u212b", "\uf900"),
    *("z" * 201, "汉" * 67, "😀" * 51),
)


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_an_ordinary_name_is_accepted(name: str, tmp_path: Path, put: Callable[..., None]) -> None:
    put(f"brands/{name}")
    sources, problems = _found(tmp_path)
    assert list(sources.files) == [f"brands/{name}"] and not problems


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_fails_on_some_system_or_misleads_is_refused(
    name: str, tmp_path: Path, put: Callable[..., None]
) -> None:
    put("brands/x/brand.yml", f"brands/x/{name}")
    sources, problems = _found(tmp_path)
    assert [code for code, _ in problems] == ["ID-004"]
    assert list(sources.files) == ["brands/x/brand.yml"]


@pytest.mark.parametrize("name", ["con", "a\u202eb", "e\u0301"])
def test_a_folder_with_a_bad_name_is_refused_and_not_walked(
    name: str, tmp_path: Path, put: Callable[..., None]
) -> None:
    put("brands/x/brand.yml", f"brands/{name}/brand.yml", f"brands/{name}/\u200b.md")
    sources, problems = _found(tmp_path)
    assert [code for code, _ in problems] == ["ID-004"]
    assert list(sources.files) == ["brands/x/brand.yml"]


def test_a_name_that_is_not_utf8_is_refused(tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands/x/brand.yml")
    (Path(os.fsdecode(os.fsencode(tmp_path / "brands/x") + b"/\xc6\xb7\xc5\xc6.md"))).write_bytes(b"x")
    sources, problems = discover(tmp_path)
    assert [each.code for each in problems] == ["ID-004"]
    str(problems[0].span).encode("utf-8")  # what is reported can be printed
    assert list(sources.files) == ["brands/x/brand.yml"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("brands/x/A.png", "brands/x/a.png"), ("brands/X/a.png", "brands/x/a.png"), ("content/É.md", "content/é.md")],
)
def test_names_that_differ_only_in_case_are_reported(
    one: str, other: str, tmp_path: Path, put: Callable[..., None]
) -> None:
    put(one, other)
    sources, problems = discover(tmp_path)
    assert [(each.code, each.span.path, dict(each.values)["other"]) for each in problems] == [("ID-005", other, one)]
    assert sources.lower[one.casefold()] == one
    assert set(sources.files) == {one, other}


def test_one_bad_name_does_not_hide_the_others(tmp_path: Path, put: Callable[..., None]) -> None:
    put("brands/a/con", "brands/b/brand.yml", "brands/b/BRAND.yml", "brands/c/a\u202e.md", "content/nul")
    (tmp_path / "brands/d").symlink_to("/etc")
    _, problems = _found(tmp_path)
    assert sorted(code for code, _ in problems) == ["ID-004", "ID-004", "ID-004", "ID-005", "SEC-005"]


def test_folders_in_folders_without_end_are_answered(tmp_path: Path, put: Callable[..., None]) -> None:
    """A path of a git tree may have thousands of steps."""
    put("brands/x/brand.yml")
    steps = "/".join(["a"] * 1_200)
    subprocess.run(["mkdir", "-p", f"brands/{steps}"], cwd=tmp_path, check=True)
    try:
        sources, _ = discover(tmp_path)
    finally:
        subprocess.run(["rm", "-rf", "brands/a"], cwd=tmp_path, check=True)
    assert "brands/x/brand.yml" in sources.files


def test_a_control_character_in_a_name_does_not_reach_the_terminal(small: SiteDriver, tmp_path: Path) -> None:
    small.write("brands/qingfeng/a\x1b[2J\n::error::x.md", "x")
    run = CliRunner().invoke(exhibit, ["check", "--root", str(small.root), "--cache", str(tmp_path / "c")])
    assert run.exit_code == 1
    assert "ID-004" in run.output
    assert "\x1b" not in run.output
    assert not any(line.startswith("::error") for line in run.output.splitlines())


def test_a_control_character_in_a_value_does_not_reach_the_terminal(small: SiteDriver, tmp_path: Path) -> None:
    small.edit("brands/qingfeng/brand.yml", "category: fazhi", 'category: "\\x1b[2J\\n::error::x"')
    run = CliRunner().invoke(exhibit, ["check", "--root", str(small.root), "--cache", str(tmp_path / "c")])
    assert run.exit_code == 1
    assert "\x1b" not in run.output
    assert not any(line.startswith("::error") for line in run.output.splitlines())


# -- what a text holds -------------------------------------------------------------------------------------------------


@pytest.fixture
def text_of(tmp_path: Path) -> Callable[[bytes], tuple[SourceText | None, tuple[Problem, ...]]]:
    """Reads bytes as the text of a file."""

    def read(raw: bytes) -> tuple[SourceText | None, tuple[Problem, ...]]:
        file = tmp_path / "brands/a.md"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(raw)
        return read_text(SourceFile("brands/a.md", file, len(raw)))

    return read


Read = Callable[[bytes], tuple[SourceText | None, tuple[Problem, ...]]]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("品牌\n".encode(), "品牌\n"),
        (b"a\r\nb\rc\n\r\nd", "a\nb\nc\n\nd"),
        ("\ufeff品牌".encode(), "品牌"),
        ("\ufeff\r\n品牌\r\n".encode(), "\n品牌\n"),
        ("😀𠮷e\u0301\u00a0\t\u3000\ue000\ufe0f".encode(), "😀𠮷e\u0301\u00a0\t\u3000\ue000\ufe0f"),
        ("\ufffd".encode(), "\ufffd"),
    ],
)
def test_a_text_is_read_with_plain_line_ends(raw: bytes, text: str, text_of: Read) -> None:
    read, problems = text_of(raw)
    assert not problems
    assert read == SourceText("brands/a.md", text, sha256(raw.replace(b"\r\n", b"\n")).hexdigest())


def test_a_checkout_on_windows_has_the_same_digest_and_other_words_have_another(text_of: Read) -> None:
    digests = [read.digest for read, _ in map(text_of, (b"a\nb\n", b"a\r\nb\r\n", b"a\nc\n")) if read is not None]
    assert digests[0] == digests[1] != digests[2]
    assert len(digests) == 3


@pytest.mark.parametrize("raw", [b"", b"\n", b" \t\r\n", "\ufeff".encode(), "\u3000\n".encode(), b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_said_to_be_empty(raw: bytes, text_of: Read) -> None:
    read, problems = text_of(raw)
    assert read is None
    assert [(each.code, each.span) for each in problems] == [("SCH-016", Span("brands/a.md"))]


GUESS = "GBK"


@pytest.mark.parametrize(
    ("raw", "place", "is_guessed"),
    [
        ("品牌".encode("gbk"), (1, 2), True),
        ("name: 清风\n".encode("gb18030"), (1, 7), True),
        ("a: b\r\nc:  清风\n".encode("gbk"), (2, 5), True),
        ("𠮷".encode("gb18030"), (1, 1), True),
        ("清風".encode("big5"), (1, 1), None),
        ("品牌".encode("utf-16"), (1, 1), False),
        ("a: 品\n".encode("utf-16-be") + b"\xff", (1, 8), None),
        ("清风\n第二".encode() + b"\xff\n", (2, 3), False),
        ("清风😀".encode() + b"\xed\xa0\x80", (1, 4), False),
        (b"ab\xc0\x80", (1, 3), None),
        (b"ab\n\xf5\x80\x80\x80", (2, 1), None),
        ("清".encode()[:2], (1, 1), None),
        (b"caf\xe9 au lait", (1, 4), None),
    ],
)
def test_what_is_not_utf8_is_refused_where_it_begins(
    raw: bytes, place: tuple[int, int], is_guessed: bool | None, text_of: Read
) -> None:
    read, problems = text_of(raw)
    assert read is None or not read.is_sound  # what was guessed is good for checks alone
    only, *others = problems
    assert {each.code for each in others} <= {"SEC-001"}
    assert (only.code, only.span) == ("TXT-001", Span("brands/a.md", *place))
    guess = dict(only.values)["guess"]
    assert isinstance(guess, Words)
    if is_guessed is not None:
        assert (GUESS in guess.en and GUESS in guess.zh) is is_guessed


def test_a_byte_order_mark_does_not_shift_the_column(text_of: Read) -> None:
    _, problems = text_of(b"\xef\xbb\xbfab\xff")
    assert [each.span for each in problems] == [Span("brands/a.md", 1, 3)]


def test_text_in_two_byte_units_without_a_mark_is_told_and_read_on(text_of: Read) -> None:
    read, problems = text_of("id: x\nname: y\n".encode("utf-16-le"))
    assert read is not None and not read.is_sound and read.text == "id: x\nname: y\n"
    assert [(each.code, each.span) for each in problems] == [("TXT-001", Span("brands/a.md"))]
    assert "UTF-16" in problems[0].text("zh")


@pytest.mark.parametrize("unit", [b"x\n", "汉\n".encode()])
def test_a_file_may_be_as_large_as_the_limit_and_no_larger(unit: bytes, text_of: Read) -> None:
    raw = (unit * (TEXT_LIMIT // len(unit))).ljust(TEXT_LIMIT, b"\n")
    read, problems = text_of(raw)
    assert read is not None and not problems
    read, problems = text_of(raw + b"\n")
    assert read is None
    assert [(each.code, each.span) for each in problems] == [("SEC-007", Span("brands/a.md"))]
    assert dict(problems[0].values)["limit"] == TEXT_LIMIT // 1024


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    read, problems = read_text(SourceFile("brands/a.md", tmp_path / "not there", TEXT_LIMIT + 1))
    assert read is None
    assert [each.code for each in problems] == ["SEC-007"]


@pytest.mark.parametrize("sign", ["x", "汉", "😀"])
def test_a_line_may_be_as_long_as_the_limit_and_no_longer(sign: str, text_of: Read) -> None:
    read, problems = text_of(("a\n" + sign * LINE_LIMIT + "\nb").encode())
    assert read is not None and not problems
    read, problems = text_of(("a\n" + sign * (LINE_LIMIT + 1) + "\nb").encode())
    assert read is None
    assert [(each.code, each.span) for each in problems] == [("SEC-008", Span("brands/a.md", 2))]


def _ranges(*ranges: tuple[int, int]) -> list[str]:
    return [chr(each) for first, last in ranges for each in range(first, last + 1)]


CONTROLS = _ranges((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F))
BIDIRECTIONAL = _ranges((0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069))
ZERO_WIDTH = _ranges((0x00AD, 0x00AD), (0x180E, 0x180E), (0x200B, 0x200D), (0x2060, 0x2065), (0x206A, 0x206F))
ODD = _ranges(
    (0x2028, 0x2029), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0001, 0xE0001), (0xE0020, 0xE007F)
)


@pytest.mark.parametrize("sign", [*CONTROLS, *BIDIRECTIONAL, *ZERO_WIDTH, *ODD], ids=lambda each: f"U+{ord(each):04X}")
def test_a_hidden_character_is_named_with_its_place(sign: str, text_of: Read) -> None:
    read, problems = text_of(f"品牌\n甲😀{sign}乙\n".encode())
    (only,) = problems
    assert (only.code, only.span) == ("SEC-001", Span("brands/a.md", 2, 3))
    names = str(dict(only.values)["names"])
    assert names.startswith(f"U+{ord(sign):04X} ")
    assert unicodedata.name(sign, "CONTROL") in names
    assert sign not in only.text("zh") and sign not in only.text("en")
    assert read is not None and read.text == "品牌\n甲😀\ufffd乙\n"


IGNORABLE = _ranges(
    *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x3164, 0x3164), (0xFFA0, 0xFFA0), (0x1D173, 0x1D17A))
)


def test_a_letter_that_shows_nothing_is_hidden_too(text_of: Read) -> None:
    """Unicode calls these Default_Ignorable_Code_Point; variation selectors, which emoji and Han need, may stay."""
    let_through = [f"U+{ord(each):04X}" for each in IGNORABLE if not text_of(f"甲{each}乙\n".encode())[1]]
    assert not let_through


def test_hidden_characters_are_one_problem_for_a_line(text_of: Read) -> None:
    read, problems = text_of("a\u202eb\u200bc\u202e\nd\n\x1be\n".encode())
    assert [(each.code, each.span.line, each.span.column) for each in problems] == [
        ("SEC-001", 1, 2),
        ("SEC-001", 3, 1),
    ]
    assert dict(problems[0].values)["names"] == "U+202E RIGHT-TO-LEFT OVERRIDE、U+200B ZERO WIDTH SPACE"
    assert read is not None and read.text == "a\ufffdb\ufffdc\ufffd\nd\n\ufffde\n"


@pytest.mark.parametrize("written", ['"\\u202e清风"', '"清\\u200b风"', '"\\x1b清风"', '"\\0清风"', '"清\\u2066风"'])
def test_an_escape_does_not_smuggle_in_a_hidden_character(written: str, small: SiteDriver) -> None:
    """Written out, such a character is refused when the file is read; escaped it must not reach a page either."""
    small.edit("brands/qingfeng/brand.yml", "slogan: 清风徐来", f"slogan: {written}").check()
    assert [each.span.line for each in small.problems if each.is_error] == [3]


@given(raw=st.binary(max_size=200) | st.text(max_size=60).map(lambda each: each.encode("utf-8")))
@example(raw=b"\xff\xfe\x00")
@example(raw=b"\r")
@example(raw=b"\xef\xbb\xbf\xef\xbb\xbf")
def test_any_bytes_are_a_text_or_a_problem(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "brands/any.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    text, problems = read_text(SourceFile("brands/any.md", file, len(raw)))
    assert text is not None or len(problems) == 1
    for each in problems:
        assert each.span.line >= 1 and each.span.column >= 1
        assert each.span.line <= raw.count(b"\n") + raw.count(b"\r") + 1
        each.text("zh").encode("utf-8")
    if text is not None:
        assert "\r" not in text.text and text.text.strip()
        assert not set(text.text) & {*CONTROLS, *BIDIRECTIONAL, *ZERO_WIDTH, *ODD}


@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn"), include_characters="\n\t")))
@example(text="品\n\n")
def test_an_honest_text_comes_through_unchanged(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "honest.md"
    file.write_bytes(text.encode())
    hidden = set(text) & set(IGNORABLE)
    read, problems = read_text(SourceFile("honest.md", file, file.stat().st_size))
    if not text.strip():
        assert [each.code for each in problems] == ["SCH-016"]
    elif not hidden:
        assert read is not None and not problems
        assert read.text == text
