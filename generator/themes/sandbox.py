"""Where templates run: they see the data that they are given and can reach nothing else, and they come to an end.

Jinja's own sandbox keeps templates from the inside of Python. This one goes further, as a theme may come from somebody who is
only being reviewed: of an object they see what is named here, they call what belongs to text, lists and templates, and what
they make and how long they may take has a bound. See decision 046.
"""

from __future__ import annotations

import operator
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sized
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial, wraps
from itertools import islice
from types import BuiltinFunctionType, FunctionType, MappingProxyType, MethodType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference, Undefined, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment, is_internal_attribute
from jinja2.utils import Namespace
from markupsafe import Markup

MOST_CHARACTERS = 32 << 20  # of one text; the largest page of 8,000 records has a tenth of it
MOST_STEPS = 20_000_000  # turns of loops and calls of macros on one page
PATIENCE = 15.0  # processor seconds for one page: a machine that sleeps or is busy is no fault of a template
MOST_NUMBER = 1 << 53  # as in JSON; no page needs a larger one

_STEPS_BETWEEN = 4096  # looks at the clock
_PIECES = 4096
_TEXT = (str, bytes, Markup)
_PLAIN = (*_TEXT, int, float, bool, type(None), list, tuple, set, frozenset, range, dict, MappingProxyType)
_DATED = (date, datetime, timedelta, Fraction, Decimal)
_OF_JINJA = (LoopContext, Macro, Namespace, TemplateModule, TemplateReference, BlockReference, Undefined)
_OWN = "generator."
_GROWING = frozenset(["center", "ljust", "rjust", "zfill", "expandtabs"])
_REFUSED = frozenset(["format", "format_map", "translate", "maketrans", "fromhex", "from_bytes", "to_bytes", "from_orig"])
_GONE = ("lipsum", "cycler", "joiner")  # globals of Jinja that are of no use here
_WIDE = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(?:\*|\d{5,})|%(?:\([^)]*\))?[-+ #0]*\d*\.(?:\*|\d{5,})")


class TooMuch(SecurityError):
    """A template makes more, or takes longer, than any page needs."""


class _Counting(CodeGenerator):
    """Compiles templates so that every turn of a loop and every call of a macro counts, and joined texts are bounded."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802  the base class names it so
        super().visit_For(_counted(node), frame)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802
        super().visit_Macro(_counted(node), frame)

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802
        super().visit_CallBlock(_counted(node), frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.joined(context.eval_ctx.autoescape, (")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")


def _counted(node: Any) -> Any:
    """``node`` with a step at the start of its body; where a body is compiled twice it still counts once."""
    first = node.body[0] if node.body else None
    if not (isinstance(first, nodes.ExprStmt) and isinstance(first.node, nodes.EnvironmentAttribute)):
        node.body.insert(0, nodes.ExprStmt(nodes.EnvironmentAttribute("step"), lineno=node.lineno))
    return node


def _bounded_concat(parts: Iterable[str]) -> str:
    """``"".join``, up to the bound."""
    rest, found, size = iter(parts), [], 0
    while chunk := "".join(islice(rest, _PIECES)):
        size += len(chunk)
        _no_longer_than(size, MOST_CHARACTERS)
        found.append(chunk)
    return found[0] if len(found) == 1 else "".join(found)


def _no_longer_than(size: int, most: int) -> None:
    if size > most:
        raise TooMuch(f"a template makes {size} of something, and {most} is the most")


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates that nobody has to trust. ``shown`` says for other types than plain ones which of their
    attributes a template may read. Call ``begin`` before each page and each piece of one."""

    code_generator_class = _Counting
    concat = staticmethod(_bounded_concat)
    intercepted_binops = frozenset(["*", "**", "%", "+"])

    def __init__(self, shown: Mapping[type, frozenset[str]] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._shown = dict(shown or {})
        self._shown_by_type: dict[type, frozenset[str] | None] = {}
        for name in _GONE:
            self.globals.pop(name, None)
        self.globals["range"] = _bounded_range
        self.filters |= {name: _careful(name, self.filters[name]) for name in _BOUNDS}
        del self.filters["random"]  # a page is the same each time
        self.begin()

    def begin(self) -> None:
        """Start to count the steps of a page."""
        self._steps, self._until = 0, time.thread_time() + PATIENCE

    @property
    def step(self) -> None:
        """Counts one step. Raises ``TooMuch`` beyond the bounds of a page."""
        self._steps += 1
        if self._steps % _STEPS_BETWEEN == 0:
            _no_longer_than(self._steps, MOST_STEPS)
            if time.thread_time() > self._until:
                raise TooMuch(f"a template takes more than {PATIENCE:.0f} s for a page")

    def joined(self, is_markup: bool, parts: tuple[Any, ...]) -> str:
        """What ``a ~ b`` gives."""
        _no_longer_than(sum(len(each) for each in parts if isinstance(each, _TEXT)), MOST_CHARACTERS)
        return (markup_join if is_markup else str_join)(parts)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have ``value``, the attribute ``attr`` of ``obj``."""
        if attr.startswith("_") or attr in _REFUSED or not super().is_safe_attribute(obj, attr, value):
            return False
        shown = self._shown_of(obj)
        if shown is not None:
            return attr in shown
        if isinstance(obj, (*_PLAIN, *_DATED, *_OF_JINJA)) or type(obj) in _ITERATIONS:
            return not is_internal_attribute(obj, attr)
        return type(obj).__module__.startswith(_OWN) and not isinstance(obj, (type, FunctionType, MethodType))

    def _shown_of(self, obj: Any) -> frozenset[str] | None:
        own = type(obj)
        if own not in self._shown_by_type:
            self._shown_by_type[own] = next((self._shown[each] for each in own.__mro__ if each in self._shown), None)
        return self._shown_by_type[own]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute`` in a template."""
        if type(obj) is dict and attribute not in _OF_DICTIONARIES:  # what views are made of: the same, without an exception
            return obj[attribute] if attribute in obj else self._hidden(obj, attribute)
        shown = self._shown_of(obj)
        return self._hidden(obj, attribute) if shown is not None and attribute not in shown else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """``obj[argument]`` in a template: an object that is also a mapping shows the same in both ways."""
        shown = self._shown_of(obj)
        is_hidden = shown is not None and isinstance(argument, str) and argument not in shown
        return self._hidden(obj, argument) if is_hidden else super().getitem(obj, argument)

    def _hidden(self, obj: Any, name: str) -> Undefined:
        """What stands for something hidden: nothing, as long as it is only asked for."""
        return self.undefined(obj=obj, name=name)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call ``obj``: what templates define, what we give them, methods of plain values."""
        if isinstance(obj, (Macro, BlockReference, LoopContext)) or any(obj is each for each in _CALLED):
            return True
        if isinstance(obj, (FunctionType, MethodType, BuiltinFunctionType)):
            own = getattr(obj, "__self__", None)
            if own is None or isinstance(own, type):
                return own is None and str(obj.__module__).startswith(_OWN)
            return isinstance(own, (*_PLAIN, *_DATED, LoopContext)) and not isinstance(own, type)
        return isinstance(obj, partial) and str(getattr(obj.func, "__module__", "")).startswith(_OWN)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Nothing: a template has no use for ``str.format``, which is refused with its name."""
        return None

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: B902, N805  names of the base
        """Call ``__obj`` for a template, where that is safe and gives no more than a page can hold."""
        own = getattr(__obj, "__self__", None)
        if isinstance(own, _TEXT):
            _check_method(str(__obj.__name__), own, args, kwargs)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """``left operator right``, where the outcome is of a size that a page can hold."""
        return _BINARY[operator](left, right)


_OF_DICTIONARIES = frozenset(dir(dict))
_ITERATIONS: tuple[type, ...] = (type({}.items()), type({}.keys()), type({}.values()))


def _bounded_range(*numbers: int) -> range:
    found = range(*numbers)
    _no_longer_than(_length(found), MOST_STEPS)
    return found


def _length(found: range) -> int:
    """The length of a range, also of one that ``len`` finds too long."""
    return max(0, (found.stop - found.start + found.step - (1 if found.step > 0 else -1)) // found.step)


def _check_method(name: str, text: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """Raise ``TooMuch`` where a method of a text would give more than a page can hold."""
    if name in _GROWING:
        _check_numbers(text, *args, *kwargs.values())
    elif name == "replace" and len(args) >= 2:
        _check_replacing(text, *args[:2])
    elif name == "join" and args:
        _check_joining(args[0], text)


def _check_numbers(value: Any, *args: Any, **kwargs: Any) -> None:
    """For what makes a text wider: each of its characters may become that wide."""
    size = max(1, len(value) if isinstance(value, Sized) and not isinstance(value, range) else 1)
    for each in (*args, *kwargs.values()):
        if isinstance(each, (int, float)):
            _no_longer_than(int(abs(each)) * min(size, 1 << 20), MOST_CHARACTERS)
        elif isinstance(each, _TEXT):
            _no_longer_than(len(each) * size, MOST_CHARACTERS)


def _check_replacing(value: Any, old: Any = "", new: Any = "", *more: Any, **kwargs: Any) -> None:
    """For what replaces one text by another."""
    text, old, new = str(value), str(old), str(new)
    _no_longer_than(len(text) + text.count(old) * len(new), MOST_CHARACTERS)


def _check_joining(value: Any, between: Any = "", *more: Any, **kwargs: Any) -> None:
    """For what joins texts."""
    if isinstance(value, Sized):
        _no_longer_than(len(value) * len(str(between)), MOST_CHARACTERS)
        if isinstance(value, (list, tuple)):
            _no_longer_than(sum(len(each) for each in value if isinstance(each, _TEXT)), MOST_CHARACTERS)


def _check_format(value: Any, *more: Any, **kwargs: Any) -> None:
    """For ``"%s" | format``: no field so wide that it fills the memory."""
    if isinstance(value, _TEXT) and _WIDE.search(str(value)):
        raise TooMuch("a format has a field of more than 9,999 characters")


_BOUNDS: Mapping[str, Callable[..., None]] = {
    "batch": _check_numbers,
    "center": _check_numbers,
    "format": _check_format,
    "indent": _check_numbers,
    "join": _check_joining,
    "replace": _check_replacing,
    "slice": _check_numbers,
    "wordwrap": _check_numbers,
}


def _careful(name: str, made: Callable[..., Any]) -> Callable[..., Any]:
    """The filter ``made`` with a look at what it would give. What Jinja passes to it before the value is left as it is."""
    passed = getattr(made, "jinja_pass_arg", None)
    before = 0 if passed is None else 1

    @wraps(made)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        _BOUNDS[name](*args[before:], **kwargs)
        return made(*args, **kwargs)

    return bounded


def _times(left: Any, right: Any) -> Any:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and isinstance(other, Sized):
            _no_longer_than(max(0, one) * len(other), MOST_CHARACTERS)
    return _number(left * right)


def _power(left: Any, right: Any) -> Any:
    if isinstance(right, (int, float)) and abs(right) > 64:
        raise TooMuch("a power of more than 64")
    return _number(left**right)


def _rest(left: Any, right: Any) -> Any:
    _check_format(left)
    return left % right


def _sum(left: Any, right: Any) -> Any:
    if isinstance(left, Sized) and isinstance(right, Sized):
        _no_longer_than(len(left) + len(right), MOST_CHARACTERS)
    return operator.add(left, right)


def _number(made: Any) -> Any:
    if isinstance(made, int):
        _no_longer_than(abs(made), MOST_NUMBER)
    return made


_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {"*": _times, "**": _power, "%": _rest, "+": _sum}
_CALLED: tuple[Any, ...] = (_bounded_range, dict, Namespace)

