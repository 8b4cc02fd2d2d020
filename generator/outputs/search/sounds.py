"""How names sound: the readings of their characters, by which a name is found in pinyin, by its initials, or where
it is written with other characters of the same sound.

pypinyin reads a name as a whole, so that 重庆 is chongqing and 重要 is zhongyao. What it says of each character alone
is accepted too, but only its two most usual readings: nobody looks for 服务 under b.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from zlib import crc32

from generator.outputs.search.coding import number
from generator.outputs.search.folding import BLANK, fold, plain
from generator.outputs.search.grams import slot

Readings = tuple[str, ...]  # of each character one or several, divided by bars; empty where there is nothing to say
_HAN = ("\u3400", "\u9fff")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_SAID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_USUAL = 2
SHARDS = 32  # of the characters that somebody may write
_PRIVATE, _CODES = 0xE000, 6_400  # characters that no text has once it is plain
_COMMON = (range(16, 56), range(1, 95))  # rows and cells of GB 2312's first level: the 3,755 usual characters


@cache
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


# -- the same sound in other characters


def spoken(names: Iterable[str]) -> str:
    """How ``names`` sound, a character of no meaning for each syllable: what is searched where a name was written with
    other characters. A name whose characters have a second reading is there with those as well."""
    return BLANK.join(dict.fromkeys(each for name in names for each in _spoken(name)))


def _spoken(name: str) -> Iterator[str]:
    text = plain(fold(name), is_prose=False)
    said = [one.split("|") if _HAN[0] <= each <= _HAN[1] else [""] for each, one in zip(text, readings(text), strict=True)]
    for which in range(_USUAL):
        yield "".join(code(each[min(which, len(each) - 1)]) if each[0] else BLANK for each in said)


def code(syllable: str) -> str:
    """The character for a syllable. Those that many do not tell apart have the same: zh and z, ch and c, sh and s, n and
    ng at the end, l and n at the beginning. Two others may share one by chance: what is found so is looked at."""
    alike = syllable.replace("zh", "z").replace("ch", "c").replace("sh", "s").removesuffix("g")
    if alike[:1] == "l":
        alike = "n" + alike[1:]
    return chr(_PRIVATE + crc32(alike.encode()) % _CODES)


def characters(names: Iterable[str]) -> list[tuple[str, str]]:
    """The usual characters and those of ``names``, each with the character of each of its readings, in ``SHARDS``
    parts."""
    rows, cells = _COMMON
    usual = (bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    held = {each for each in (*usual, *fold("".join(names))) if len(each) == 1 and _HAN[0] <= each <= _HAN[1]}
    made: list[list[tuple[str, str]]] = [[] for _ in range(SHARDS)]
    for each in sorted(held):
        codes = dict.fromkeys(map(code, _alone(each)[0]))
        made[slot(ord(each), SHARDS)] += [(each, one) for one in codes]
    return [("".join(one for one, _ in part), "".join(other for _, other in part)) for part in made]
