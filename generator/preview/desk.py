"""Where pages and sites are made after a change: the edited page at once, the whole site behind it, in a thread.

The quick way never waits for a build: what it needs is what the last one left. When a build has ended, whatever was edited
meanwhile is made once more from what that one left, so nobody ever sees an older page again.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.engines import Engine
from generator.messages import say
from generator.preview.making import Ended, Tell, update
from generator.preview.state import Preview
from generator.preview.watching import Change, Stamps, is_source, stamp_at
from generator.stages.again import Again, Known, again, known
from generator.stages.settings import Settings
from generator.stages.survey import Outcome
from generator.text.legible import in_line

_PATIENCE = 30.0  # seconds that an ended build has to clear away what it was writing
_TURN = 0.001  # seconds after which a build lets somebody else compute


class Desk:
    """Makes what ``preview`` shows."""

    def __init__(self, settings: Settings, engine: Engine, preview: Preview, tell: Tell) -> None:
        self._settings, self._engine, self._preview, self._tell = settings, engine, preview, tell
        self._lock = threading.Lock()  # whoever makes a page or exchanges what it is made from
        self._known: Known | None = None
        self._base: Stamps = {}  # the sources when ``_known`` was read
        self._told: set[str] = set()  # the paths that may differ from them
        self._seen: Mapping[str, object] = {}  # those that did, when they were looked at the last time
        self._wanted: Change | None = None
        self._called = threading.Condition()
        self._is_ended = False
        self._failure: BaseException | None = None  # what the preview cannot outlive, such as a closed output
        self._is_calm = threading.Event()  # nobody is in a hurry: a build may go on
        self._is_calm.set()

    # -- at once ---------------------------------------------------------------------------------------------------------

    def look_at(self, paths: frozenset[str]) -> None:
        """Make the pages of the records at ``paths`` and show them, where that can be done by itself."""
        self._is_calm.clear()
        try:
            with self._lock:
                self._told |= paths
                changed = self._changed()
                if self._known is not None and changed != self._seen:
                    self._seen = changed
                    found = self._again(self._known, changed)
                    if found is not None:
                        self._preview.show_ahead(found)
        finally:
            self._is_calm.set()

    def _changed(self) -> Mapping[str, object]:
        """What is at the paths that were told of and was not there when the last build began."""
        now = {each: stamp_at(self._settings.root, each) for each in sorted(self._told)}
        return {each: stamp for each, stamp in now.items() if stamp != self._base.get(each)}

    def _again(self, before: Known, changed: Mapping[str, object]) -> Again | None:
        if not changed:
            return Again({}, before.problems)
        try:
            return again(before, changed.keys())
        except Exception:  # noqa: BLE001  the build behind it will tell
            return None

    # -- the whole site --------------------------------------------------------------------------------------------------

    def want(self, change: Change) -> None:
        """Let the site be built with ``change``."""
        with self._called:
            if self._failure is not None:
                raise self._failure
            self._wanted = change
            self._called.notify()

    def build(self, now: Stamps) -> bool:
        """Build the site with the sources as they are ``now``."""
        plain = _dated(self._settings)
        settings = replace(plain, tell=self._go_on, pause=self._breathe)

        def show(outcome: Outcome, folder: Path) -> None:
            with self._lock:
                self._preview.show(outcome, folder, self._learn(outcome, plain, now))

        return update(settings, self._engine, self._preview, self._tell, show)

    def _learn(self, outcome: Outcome, settings: Settings, base: Stamps) -> Again | None:
        """Keep what a build knows, and make once more what was edited while it was at work."""
        found = known(outcome, settings, self._engine, self._known)
        if found is None:
            return None
        self._known, self._base = found, base
        self._told = {each for each in self._told if is_source(each)}
        self._seen = self._changed()
        self._told = set(self._seen)
        return self._again(found, self._seen) if self._seen else None

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Build what is wanted while this lasts."""
        worker = threading.Thread(target=self._work, daemon=True)
        interval = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        worker.start()
        try:
            yield
        finally:
            with self._called:
                self._is_ended = True
                self._called.notify()
            _stop(worker)
            sys.setswitchinterval(interval)

    def _work(self) -> None:
        try:
            while True:
                with self._called:
                    self._called.wait_for(lambda: self._wanted is not None or self._is_ended)
                    change, self._wanted = self._wanted, None
                if self._is_ended or change is None:
                    return
                self._after(change)
        except Ended:
            return
        except BaseException as error:  # noqa: BLE001  raised in the thread of the command, with the next change
            self._failure = error

    def _after(self, change: Change) -> None:
        """Build after a change, and say what came of it."""
        started = time.monotonic()
        if self.build(change.now):
            seconds = f"{time.monotonic() - started:.1f}"
            names = "、".join(in_line(each) for each in change.files)
            self._tell(say("cli.rebuilt", self._preview.language, seconds=seconds, changed=names))
            self.report()

    def report(self) -> None:
        """Say how many problems there are."""
        problems = self._preview.now.problems
        if problems:
            errors = sum(1 for each in problems if each.is_error)
            self._tell(say("preview.title", self._preview.language, errors=errors, warnings=len(problems) - errors))

    def _go_on(self, step: str, values: Mapping[str, Any]) -> None:
        self._breathe()
        self._settings.tell(step, values)

    def _breathe(self) -> None:
        """Let whoever is in a hurry go first, and end with the preview."""
        if self._is_ended:
            raise Ended
        self._is_calm.wait()


def _stop(worker: threading.Thread) -> None:
    """End a build wherever it is: nothing it has done is wanted any more. Where it is just giving something up Python would
    print that it ignores this; the build then ends with its next breath."""
    told = sys.unraisablehook

    def tell(unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_type is not Ended:
            told(unraisable)

    sys.unraisablehook = tell
    try:
        if worker.ident is not None and worker.is_alive():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident), ctypes.py_object(Ended))
        worker.join(_PATIENCE)
    finally:
        sys.unraisablehook = told


def _dated(settings: Settings) -> Settings:
    """A preview of now stays a preview of now, however long it runs."""
    if isinstance(settings.as_of, datetime) and settings.as_of.tzinfo is UTC:
        return replace(settings, as_of=datetime.now(UTC))
    return settings
