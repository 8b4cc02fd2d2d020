"""Values of our own classes as bytes, and back. Of anything else nothing is made, whatever bytes come.

Pickle makes whatever it is told to; here it finds the classes of records and plain values, and neither functions nor
anything of the system.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

Value = TypeVar("Value")

# The rooms whose classes hold nothing but values.
_ROOMS = tuple(f"generator.{each}" for each in ("catalog", "kinds", "messages", "problems", "schema", "source", "story", "text", "yaml"))
_PLAIN = frozenset(
    {
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("collections", "OrderedDict"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
        ("fractions", "Fraction"),
        ("zoneinfo", "ZoneInfo"),
    }
)


def packed(value: object) -> bytes:
    """``value`` as bytes. Raises what pickle raises for a value that cannot be packed."""
    content = io.BytesIO()
    pickler = pickle.Pickler(content, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {**copyreg.dispatch_table, ZoneInfo: lambda zone: (ZoneInfo, (zone.key,))}  # by itself: a method
    pickler.dump(value)
    return content.getvalue()


def unpacked(content: bytes, what: type[Value]) -> Value | None:
    """The ``what`` that was packed as ``content``, ``None`` where that holds none."""
    try:
        value = _Careful(io.BytesIO(content)).load()
    except Exception:  # noqa: BLE001  whatever it is made of, it is no value of ours
        return None
    return value if isinstance(value, what) else None


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        is_ours = any(module == each or module.startswith(f"{each}.") for each in _ROOMS)
        if not is_ours and (module, name) not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name} is no value")
        found = super().find_class(module, name)
        if is_ours and not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is no class")
        return found
