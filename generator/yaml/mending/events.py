"""Where libyaml's events stand. Their types allow for events without a place, which only a program makes, no parser."""

from __future__ import annotations

from typing import cast

import yaml


def start_of(event: yaml.Event) -> yaml.Mark:
    """Where ``event`` begins."""
    return cast(yaml.Mark, event.start_mark)


def end_of(event: yaml.Event) -> yaml.Mark:
    """Where ``event`` ends."""
    return cast(yaml.Mark, event.end_mark)


def next_of(loader: yaml.CSafeLoader) -> yaml.Event:
    """The next event, where ``check_event`` has said that there is one."""
    return cast(yaml.Event, loader.get_event())
