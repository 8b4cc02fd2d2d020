"""How names sound: the readings of their characters, by which a name is found in pinyin or by its initials.

pypinyin reads a name as a whole, so that 重庆 is chongqing and 重要 is zhongyao. What it says of each character alone
is accepted too, but only its two most usual readings: nobody looks for 服务 under b.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from generator.outputs.search.coding import number
from generator.outputs.search.folding import fold

Readings = tuple[str, ...]  # of each character one or several, divided by bars; empty where there is nothing to say
_HAN = ("\u3400", "\u9fff")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_SAID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_USUAL = 2


def readings(name: str) -> Readings:
    """The readings of each character of ``name``, ü written as v; a letter or figure reads as itself."""
    folded = fold(name)
    alone = [_alone(each) for each in folded]
    said: Sequence[str] = [""] * len(folded)
    if any(has_more for _, has_more in alone):
        said = _as_a_whole(folded)
    return tuple(
        "|".join(filter(None, dict.fromkeys((one, *usual)))) for one, (usual, _) in zip(said, alone, strict=True)
    )


@cache
def _alone(character: str) -> tuple[tuple[str, ...], bool]:
    """The most usual readings of a character, and whether it has others."""
    if not _HAN[0] <= character <= _HAN[1]:
        return (character,) if character in _SAID else (), False
    from pypinyin import Style, pinyin  # reads its dictionaries, which a check never needs

    found = pinyin(character, style=Style.TONE3, heteronym=True, errors="ignore", v_to_u=False)
    toned = [each.rstrip("01234") for each in (found[0] if found else ())]
    all_ = tuple(dict.fromkeys(each for each in toned if _LETTERS.issuperset(each)))
    usual = tuple(each for each in all_ if each in toned[:_USUAL])
    return usual, len(all_) > len(usual)


def _as_a_whole(name: str) -> Sequence[str]:
    """One reading of each character, as the words of ``name`` have it; empty where it has none."""
    from pypinyin import Style, lazy_pinyin

    # Its types do not know that what is left over may become several readings.
    said = lazy_pinyin(name, style=Style.NORMAL, errors=lambda other: [""] * len(other), v_to_u=False)  # type: ignore[arg-type, return-value]
    return said if len(said) == len(name) else [""] * len(name)


def shards(names: Iterable[tuple[int, int, str]]) -> dict[str, tuple[str, str]]:
    """By first letter the names with a character that sounds so: all different readings of that shard, the most
    frequent first, and numbers: of each name its entry (as the step from the one before), which of the entry's names
    it is, how many characters it has, and the number of each reading.

    ``names`` are (entry, which of its names, name), entries ascending.
    """
    by_letter: dict[str, list[tuple[int, int, Readings]]] = defaultdict(list)
    for entry, which, name in names:
        sounds = readings(name)
        for letter in sorted({one[0] for each in sounds if each for one in each.split("|")} & _LETTERS):
            by_letter[letter].append((entry, which, sounds))
    return {letter: _shard(mine) for letter, mine in sorted(by_letter.items())}


def _shard(names: Sequence[tuple[int, int, Readings]]) -> tuple[str, str]:
    used = Counter(each for _, _, sounds in names for each in sounds)
    order = sorted(used, key=lambda each: (-used[each], each))
    place = {each: number(at) for at, each in enumerate(order)}
    before, rows = 0, []
    for entry, which, sounds in names:
        rows.append(
            number(entry - before) + number(which) + number(len(sounds)) + "".join(place[each] for each in sounds)
        )
        before = entry
    return " ".join(order), "".join(rows)
