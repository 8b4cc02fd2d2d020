"""Values of our own classes come back as they were; of anything else nothing is made."""

from __future__ import annotations

import os
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.messages import Words
from generator.problems import Problem, Span, problem
from generator.system import cache
from generator.system import own as own_of_user
from generator.system.packing import packed, unpacked

DEEP = [Words("一", "one"), {("a", 1): Span("a.yml", 1, 2)}, problem("ID-001", Span("a.yml"), id="a", first="b")]
PLAIN = [
    date(2026, 6, 1), datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai")), datetime(2026, 6, 1, tzinfo=UTC),
    datetime(2026, 6, 1, tzinfo=timezone(timedelta(hours=8))), {1, 2}, frozenset("ab"), Fraction(1, 3), Decimal("1.50"), None, b"\x00",
]  # fmt: skip


@pytest.mark.parametrize("value", [DEEP, PLAIN])
def test_values_come_back_as_they_were(value: list[object]) -> None:
    assert unpacked(packed(value), list) == value


def test_another_thing_than_was_asked_for_is_none() -> None:
    assert unpacked(packed("text"), list) is None
    assert unpacked(packed(Span("a.yml")), Problem) is None


class _Calling:
    def __init__(self, call: object, *given: object) -> None:
        self.call, self.given = call, given

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.call, self.given


@pytest.mark.parametrize("call", [os.system, eval, getattr, __import__, own_of_user.secret, problem, Path, cache.Cache])
def test_neither_functions_nor_classes_of_the_system_are_found(call: object, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    for given_ in ((f"touch {proof}",), (), (str(proof),)):
        content = pickle.dumps([_Calling(call, *given_)], pickle.HIGHEST_PROTOCOL)
        assert unpacked(content, list) is None
    assert not proof.exists()


def test_a_function_in_a_room_of_values_is_none_either() -> None:
    content = pickle.dumps([_Calling(problem, "ID-001", Span("a.yml"))], pickle.HIGHEST_PROTOCOL)
    assert b"generator.problems" in content and unpacked(content, list) is None


@given(st.binary(max_size=300))
def test_any_bytes_give_something_plain_or_nothing(content: bytes) -> None:
    found = unpacked(content, object)
    assert found is None or type(found).__module__ in ("builtins", "datetime", "decimal", "fractions", "collections", "zoneinfo")


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_value_with_a_wrong_byte_is_a_value_or_nothing(at: int, byte: int) -> None:
    content = bytearray(packed(DEEP))
    content[at % len(content)] = byte
    assert isinstance(unpacked(bytes(content), list), (list, type(None)))
