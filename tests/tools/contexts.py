"""Put the context of RO-Crate, as the package ``rocrate`` ships it, into a new cache of the validator, which then needs no
network: ``python contexts.py CACHE``. Prints its address. Runs in the validator's own environment.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path


def main(cache: str) -> None:
    """Fill ``cache``, as ``rocrate-validator --offline --cache-path`` is told of it."""
    from requests_cache import CachedRequest, CachedResponse, CachedSession

    found = find_spec("rocrate")
    assert found is not None and found.origin is not None
    content = (Path(found.origin).parent / "data/ro-crate.jsonld").read_bytes()
    url = json.loads(content)["@id"]
    answer = CachedResponse(
        content=content, headers={"Content-Type": "application/ld+json"}, request=CachedRequest(method="GET", url=url), status_code=200, url=url
    )
    CachedSession(cache_name=cache, backend="sqlite", expire_after=-1).cache.save_response(answer)
    print(url)


if __name__ == "__main__":
    main(*sys.argv[1:])
