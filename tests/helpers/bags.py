"""The cases of the Library of Congress's BagIt conformance suite (public domain), made anew: the same names, the same
faults, other payload, and none of the second faults that some bags of the suite have by accident. A case is a bag as files,
path → bytes; its name has the version of BagIt before it, as in the suite."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

Bag = dict[str, bytes]
DATA = {"data/test1.txt": b"one\n", "data/dir1/test3.txt": b"three\n", "data/dir2/dir3/test5.txt": b"five\n"}
DUPLICATES = "Contact-Email: a@b.example\ncontact-name: A\nContact-Email: c@d.example\nContact-Name: B\nCase-Test: 1\nCASE-TEST: 2"


def put(folder: Path, bag: Mapping[str, bytes]) -> Path:
    """Write a case into ``folder``."""
    for name, content in bag.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def line(algorithm: str, content: bytes, name: str, between: str = "  ") -> str:
    """A line of a list."""
    return f"{hashlib.new(algorithm, content).hexdigest()}{between}{name}\n"


def made(
    version: str,
    data: Mapping[str, bytes] | None = None,
    *,
    algorithms: tuple[str, ...] = ("md5",),
    info: str = "Bagging-Date: 2016-02-26\n",
    declared: str = "",
    encoding: str = "UTF-8",
    more: str = "",
    ends: str = "\n",
    between: str = "  ",
    listed: Mapping[str, str] | None = None,
    extra: Mapping[str, bytes] | None = None,
) -> Bag:
    """A bag of ``version``. ``listed`` are names that stand in its lists under other ones, ``more`` is added to the list of
    the payload, ``extra`` are tag files."""
    payload = DATA if data is None else data
    text = declared or f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n"
    info_name = "bag-info.txt" if version >= "0.96" else "package-info.txt"
    tags: Bag = {"bagit.txt": text.replace("\n", ends).encode(), **(extra or {})}
    if info:
        tags[info_name] = info.replace("\n", ends).encode(encoding)
    for each in algorithms:
        rows = "".join(line(each, content, (listed or {}).get(name, name), between) for name, content in payload.items())
        tags[f"manifest-{each}.txt"] = (rows + more).replace("\n", ends).encode(encoding)
    return {**payload, **tags, **tag_lists(tags, algorithms, encoding)}


def tag_lists(tags: Mapping[str, bytes], algorithms: tuple[str, ...], encoding: str = "UTF-8") -> Bag:
    """The lists of the tag files."""
    return {
        f"tagmanifest-{each}.txt": "".join(line(each, content, name) for name, content in tags.items()).encode(encoding)
        for each in algorithms
    }


def within(bag: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    """A bag as the payload of another one."""
    return {f"data/{folder}{name}": content for name, content in bag.items()}


def without(bag: Bag, *names: str) -> Bag:
    """A bag without some files."""
    return {name: content for name, content in bag.items() if name not in names}


def valid() -> Iterator[tuple[str, Bag]]:
    """What has to be accepted."""
    for version in ("0.93", "0.94", "0.95", "0.96", "0.97"):
        yield f"{version}/basic-bag", made(version, ends="\r\n")
        yield f"{version}/duplicate-metadata-entries", made(version, info=DUPLICATES)
    for version in ("0.96", "0.97"):
        encoded = {"data/%7Edir2/test4.txt": b"4", "data/%test2.txt": b"2", "data/dir1/~test3.txt": b"3"}
        yield f"{version}/bag-in-a-bag", made(version, within(made(version), "bag/"))
        yield f"{version}/bag-with-encoded-names", made(version, encoded, between=" ")
        spaced = {"data/test file with spaces.txt": b"s", **DATA}
        yield f"{version}/bag-with-escapable-characters", made(version, spaced, between=" ", ends="\r\n")
        dotted = {"data/test1.txt": "./data/test1.txt"}
        yield f"{version}/bag-with-leading-dot-slash-in-manifest", made(version, listed=dotted, between=" ")
        yield f"{version}/bag-with-space", made(version, {"data/test 1.txt": b"1"}, between=" ")
    yield "0.97/ISO-8859-1-encoded-tag-files", made("0.97", info="Contact-Name: Núñez\n", encoding="ISO-8859-1")
    yield "0.97/UTF-16-encoded-tag-files", made("0.97", encoding="UTF-16")
    yield "0.97/minimal-bag", made("0.97", within(made("0.97"), ""))
    separators = "Test-Tag: 1\nTest-Tag:   2\nTest-Tag : 3\nTest-Tag\t:\t4\nTest-Tag    :   5\n"
    yield "0.97/uncommon-metadata-separators", made("0.97", info=separators, algorithms=("sha224",))
    yield "1.0/basicBag", made("1.0", {"data/hello.txt": b"hello\n"}, algorithms=("sha512",), info="")


def warning() -> Iterator[tuple[str, Bag]]:
    """What has to be accepted with a warning."""
    hello = {"data/hello.txt": b"hello\n"}
    strong = ("sha512",)
    twin = line("sha512", b"hello\n", "data/HELLO.txt")
    yield "0.97/duplicate-file-with-different-case", made("0.97", hello, algorithms=strong, more=twin)
    yield "0.97/made-with-md5sum-tools", made("0.97", hello, between=" *")
    yield "0.97/relative-path", made("0.97", hello, algorithms=strong, listed={"data/hello.txt": "./data/hello.txt"})
    name = unicodedata.normalize("NFC", "data/Núñez")
    other = line("sha512", b"", unicodedata.normalize("NFD", name))
    yield "0.97/same-filename-listed-twice-with-different-normalization", made("0.97", {name: b""}, algorithms=strong, more=other)
    twice = line("sha256", b"r", "data/README")
    yield "0.97/same-filename-listed-twice-with-the-same-hash", made("0.97", {"data/README": b"r"}, algorithms=("sha256",), more=twice)
    lost = line("sha512", b"", "data/.DS_Store")
    yield "0.97/special-system-files", made(
        "0.97", {"data/Thumbs.db": b""}, algorithms=strong, more=lost, info="Payload-Oxum: 0.2\n"
    )


def holey() -> Iterator[tuple[str, Bag]]:
    """What the suite has as valid and is refused here: a bag with files to fetch, even if all of them are there (decision 073)."""
    fetch = {"fetch.txt": b"http://localhost/test1.txt - data/test1.txt\nhttp://localhost/test5.txt 5 data/dir2/dir3/test5.txt\n"}
    for version in ("0.96", "0.97"):
        yield f"{version}/holey-bag", made(version, extra=fetch)


OUTSIDE = {  # what stands in the name of a case, after the folder of the suite where it lies in one of its own → the paths
    "dot-notation": ("../../../README.md", r"\.\./\.\./README.md", "data/../../README.md"),
    "linux-only/absolute-path": ("/tmp/foo",),
    "linux-only/shortcut": ("~/foo",),
    "linux-only/shortcut-username": ("~root/foo",),
    "windows-only/absolute-path": (r"C:\tmp\foo",),
    "windows-only/shortcut": (r"%HomeDrive%\tmp\foo",),
    "windows-only/unc": (r"\\server\share\foo",),
}


def invalid() -> Iterator[tuple[str, Bag]]:
    """What has to be refused."""
    yield "0.97/baginfo-missing-encoding", made("0.97", declared="BagIt-Version: 0.97\n")
    yield "0.97/bom-in-bagit.txt", made("0.97", declared="\ufeffBagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
    yield "0.97/corrupt-data-file", {**made("0.97"), "data/test1.txt": b"0ne\n"}
    yield "0.97/corrupt-tag-file", {**made("0.97"), "bag-info.txt": b"Bagging-Date: 2016-02-27\n"}
    yield "0.97/extra-file-in-bag", {**made("0.97"), "data/bar": b"bar"}
    yield "0.97/invalid-version-number", made("0.97", declared="BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n")
    yield "0.97/missing-baginfo", without(made("0.97"), "bag-info.txt")
    yield "0.97/missing-bagit.txt", without(made("0.97"), "bagit.txt")
    different = f"{'deadbeef' * 8}  data/README\n"
    for version in ("0.97", "1.0"):
        yield (
            f"{version}/same-filename-listed-twice-with-different-hashes",
            made(version, {"data/README": b"r"}, algorithms=("sha256",), more=different),
        )
    for place, paths in OUTSIDE.items():
        folder, _, name = place.rpartition("/")
        case = f"0.97/{folder}/out-of-scope-file-paths-using-{name}".replace("//", "/")
        lines = "".join(line("md5", b"x", each) for each in paths)
        yield case, made("0.97", more=lines)
        fetch = "".join(f"http://localhost/x - {each}\n" for each in paths).encode()
        yield f"{case}-for-fetch", made("0.97", extra={"fetch.txt": fetch})
    spaced = "BagIt-Version : 1.0\nTag-File-Character-Encoding : UTF-8\n"
    yield "1.0/bagit-with-invalid-whitespace", made("1.0", declared=spaced, algorithms=("sha256", "sha512"))
    yield "1.0/notAllManifestsListAllFiles", {**made("1.0", algorithms=("sha512",)), "data/missingFromManifest.txt": b"x"}
    twice = line("sha256", b"r", "data/README")
    yield "1.0/same-filename-listed-twice-with-the-same-hash", made("1.0", {"data/README": b"r"}, algorithms=("sha256",), more=twice)
