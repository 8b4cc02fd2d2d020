"""What belongs to whoever runs this program, and to nobody else: a folder for kept values, and the secret they are sealed with."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path

import platformdirs

from generator.system.plainfiles import doubt_of, is_link, make_way, read

SEAL_SIZE = 32  # bytes
SITES = "sites"  # in that folder, a folder for each site
_SECRET_SIZE = 32
_SECRET = "secret"  # the file that holds it
_TORN = ".new-"  # begins the name of a file that is being written


def folder() -> Path:
    """The folder for kept values that belongs to whoever runs this program."""
    return platformdirs.user_cache_path("exhibit", appauthor=False)


def seal(secret: bytes, place: str, value: bytes) -> bytes:
    """What only this user can write before ``value``, and only at this ``place`` (BLAKE2b with a key, RFC 7693)."""
    person = sha256(place.encode()).digest()[: blake2b.PERSON_SIZE]
    return blake2b(value, digest_size=SEAL_SIZE, key=secret, person=person).digest()


def is_sealed(secret: bytes, place: str, value: bytes, given: bytes) -> bool:
    """Whether ``given`` is the seal of ``value`` at ``place``."""
    return secrets.compare_digest(seal(secret, place, value), given)


def is_reliable(site: Path) -> bool:
    """Whether the user's own folder is the user's alone. It is not when it lies in ``site``, where a submission may bring
    one along with the secret."""
    own = folder()
    if doubt_of(own) == "shared":  # made when new folders of this user were open to the group
        with suppress(OSError):  # then the doubt stays
            own.chmod(0o700)
    return doubt_of(own) is None and not is_link(own / SITES) and not own.resolve().is_relative_to(site.resolve())


@cache
def secret_of_this_run() -> bytes:
    """A secret that nobody keeps."""
    return secrets.token_bytes(_SECRET_SIZE)


@cache
def secret() -> bytes:
    """What this user's values are sealed with: made once and kept in the user's own folder, for this run alone where that
    cannot be."""
    file = folder() / _SECRET
    known = _read_secret(file)
    if known is None:
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            known = _lay_secret(file)
        except OSError:
            known = None
    return known if known is not None else secret_of_this_run()


def known_secret() -> bytes | None:
    """The secret in the user's own folder, ``None`` where none has been made."""
    return _read_secret(folder() / _SECRET)


def _lay_secret(file: Path) -> bytes | None:
    """A new secret in ``file``, or the one that another process laid there at this moment."""
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=_TORN)  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(_SECRET_SIZE))
        try:
            os.link(temporary, file)  # whoever comes first decides
        except OSError:
            if _read_secret(file) is None:
                make_way(file)
                Path(temporary).replace(file)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return _read_secret(file)


def _read_secret(file: Path) -> bytes | None:
    """The secret in ``file``, ``None`` unless it is a plain file of ours that nobody else can read or write."""
    value = read(file, _SECRET_SIZE)
    try:
        facts = file.lstat()
    except OSError:
        return None
    is_ours = os.name != "posix" or (facts.st_uid == os.geteuid() and not facts.st_mode & 0o077)
    return value if value is not None and len(value) == _SECRET_SIZE and is_ours else None
