"""``SHA256SUMS``: the digests of all files of a deposit, as ``sha256sum -c`` reads them (GNU coreutils)."""

from __future__ import annotations

from collections.abc import Mapping

from generator.archive.sources import in_order

SUMS = "SHA256SUMS"
SIGNATURE, STAMP = f"{SUMS}.minisig", f"{SUMS}.tsr"
BESIDE = (SUMS, SIGNATURE, STAMP)  # what the sums cannot list: themselves, and what is made of them


def written(found: Mapping[str, str]) -> bytes:
    """The sums of the files ``found`` (path → SHA-256), sorted by name."""
    return "".join(f"{found[name]}  {name}\n" for name in in_order(found)).encode()
