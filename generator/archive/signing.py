"""Signatures by minisign keys (Ed25519), made and checked. The extra ``signing`` has the library."""

from __future__ import annotations

from pathlib import Path

from generator.archive.facts import Facts
from generator.archive.sources import Refused


class Unfit(Exception):
    """A signature that is none, or not one of this text by this key."""


class NoLibrary(Exception):
    """What checks signatures is not installed."""


def sign(data: bytes, key: Path, facts: Facts, password: str | None = None) -> bytes:
    """The signature of ``data`` by the secret key in the file ``key``, always the same one. Its trusted comment, which is
    signed too, says what was signed when. Raises ``Refused`` for a key that cannot be used."""
    import minisign

    try:
        secret = minisign.SecretKey.from_bytes(key.read_bytes())
        if password is not None:
            secret.decrypt(password)
        comment = f"file:SHA256SUMS year:{facts.year} frozen:{facts.frozen_on.isoformat()}"
        signature = secret.sign(data, prehash=True, untrusted_comment="signature of SHA256SUMS", trusted_comment=comment)
    except (minisign.Error, ValueError) as error:
        raise Refused("archive.key", name=key.name, reason=str(error)) from None
    return bytes(signature) + b"\n"


def check(data: bytes, signature: bytes, public: bytes) -> str:
    """The trusted comment of a ``signature`` of ``data`` by the public key ``public`` (the file, or its line alone).
    Raises ``Unfit``, and ``NoLibrary``."""
    try:
        import minisign
    except ImportError:
        raise NoLibrary from None
    try:
        text = public.strip()
        key = minisign.PublicKey.from_bytes(text) if b"\n" in text else minisign.PublicKey.from_base64(text)
        found = minisign.Signature.from_bytes(signature)
        key.verify(data, found)
    except (minisign.Error, ValueError) as error:
        raise Unfit(str(error)) from None
    return str(found.trusted_comment)
