"""Time stamps by an authority (RFC 3161): asked for, and checked. The extra ``signing`` has the library."""

from __future__ import annotations

import hashlib
from datetime import datetime

from generator.archive.signing import NoLibrary, Unfit

_SHA = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512"}


def request(data: bytes) -> bytes:
    """What an authority is sent so that it stamps ``data``, always the same; it names no content but a SHA-512."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA512)
    return builder.nonce(nonce=False).cert_request(cert_request=True).build().as_bytes()


def check(data: bytes, token: bytes, roots: bytes = b"") -> tuple[datetime, bool]:
    """When ``data`` was stamped as the authority's answer ``token`` says, and whether its signature was checked against
    the certificates ``roots`` (PEM): without any it is not. Raises ``Unfit`` for a token of something else, or one that
    no root stands behind, and ``NoLibrary``."""
    try:
        from cryptography import x509
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ImportError:
        raise NoLibrary from None
    try:
        answer = decode_timestamp_response(token)
        imprint = answer.tst_info.message_imprint
        algorithm = _SHA.get(imprint.hash_algorithm.dotted_string)
        if algorithm is None or hashlib.new(algorithm, data).digest() != imprint.message:
            raise Unfit("message imprint")
        if roots:
            builder = VerifierBuilder()
            for each in x509.load_pem_x509_certificates(roots):
                builder = builder.add_root_certificate(each)
            builder.build().verify_message(answer, data)
    except (VerificationError, ValueError) as error:
        raise Unfit(str(error)) from None
    return answer.tst_info.gen_time, bool(roots)
