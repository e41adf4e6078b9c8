"""Bullets: the signs, letters and numbers that open a list item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_SIGNS = {
    "dot": "·•∙●⋅\uf0b7\u2023\u2043",
    "ring": "◦○⚬",
    "square": "▪▫■□◾◽⬛❑❒\uf0a7",
    "diamond": "◆◇❖♦⬥\uf076",
    "arrow": "➢➤►▶▸→⇒➔➜\uf0d8\uf0e0",
    "check": "✓✔☑☐✗✘☒\uf0fc",
    "dash": "-–—−‐‑―",
    "star": "*",
    "plus": "+",
    "more": ">",
}
_FAMILY = {sign: family for family, signs in _SIGNS.items() for sign in signs}
_TYPED = frozenset({"dash", "star", "plus", "more"})
"""Signs that are ordinary characters too: a space follows them, or others like them below."""
_GLUED = frozenset({"dash", "star"})
"""Signs that may stand right before a word, when their list shows that they are bullets."""
_OPENERS = "«“„\"'("
_WINGDINGS = {"§": "square", "Ø": "arrow", "ü": "check", "v": "diamond", "q": "square"}
"""What Word's symbol bullets become in plain text; a tab or two spaces follow them there."""
_SPACE = re.compile(r"[ \t]+")
_DASHES = re.compile(r"[-–—]{2,3}[ \t]+")
_WIDE_SPACE = re.compile(r"\t[ \t]*|[ ]{2,}\t?")
_ORDINAL = re.compile(
    r"(?P<open>\(?)(?:(?P<number>\d{1,3})|(?P<roman>[ivx]{2,5})|(?P<letter>[A-Za-zÆØÅæøå]))"
    r"(?P<close>\.\)|[.)])(?P<space>[ \t]*)"
)
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}\.(?P<last>\d{1,2})\.?[ \t]+")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_ROMAN_LETTERS = {_LETTERS.index(letter) + 1 for letter in _ROMAN}


@dataclass(frozen=True, slots=True)
class Bullet:
    """What opens a list item.

    Attributes:
        kind: Bullets that belong to one list share it: `dot`, `dash`, `1.`, `a)` …
        value: The number, or the letter's place in the alphabet; None for a sign.
        text: The index of the item's text in the row; the row's length when it has none.
        sure: False for an ordinal that may be an ordinary word, such as *2. etasje* or the
            initial in *A. Hansen*, and for a sign without a space, as in *-kurs*; its list must
            show that it is a bullet.
    """

    kind: str
    value: int | None
    text: int
    sure: bool

    @property
    def glued(self) -> bool:
        """Whether it is a sign right before a word, of which nothing shows yet that it is one."""
        return self.value is None and not self.sure


def read_bullet(shown: str, start: int = 0) -> Bullet | None:
    """Read the bullet at an index of a row's text, or None when there is none."""
    return (
        _sign(shown, start)
        or _ring_letter(shown, start)
        or _decimal(shown, start)
        or _ordinal(shown, start)
    )


def _sign(shown: str, start: int) -> Bullet | None:
    sign = shown[start : start + 1]
    family = _FAMILY.get(sign)
    if family is None:
        return _wingding(shown, start)
    space = _SPACE.match(shown, start + 1)
    if space:
        return Bullet(family, None, space.end(), sure=True)
    dashes = _DASHES.match(shown, start)
    if dashes:
        return Bullet("dashes", None, dashes.end(), sure=True)
    following = shown[start + 1 : start + 2]
    if not following or family not in _TYPED or (family == "dash" and following.isupper()):
        return Bullet(family, None, start + 1, sure=True)
    if family in _GLUED and (following.isalnum() or following in _OPENERS):
        emphasis = sign == "*" and "*" in shown[start + 1 :]
        return None if emphasis else Bullet(family, None, start + 1, sure=False)
    return None


def _wingding(shown: str, start: int) -> Bullet | None:
    family = _WINGDINGS.get(shown[start : start + 1])
    space = _WIDE_SPACE.match(shown, start + 1) if family else None
    return Bullet(family, None, space.end(), sure=True) if family and space else None


def _ring_letter(shown: str, start: int) -> Bullet | None:
    """Word's second-level bullet is a ring that plain text shows as the letter o."""
    if shown[start : start + 1] != "o":
        return None
    space = _SPACE.match(shown, start + 1)
    return Bullet("ring", None, space.end(), sure=True) if space else None


def _decimal(shown: str, start: int) -> Bullet | None:
    """`1.2`, as in *1.2 Opplæring*, which may be a quantity: *1.5 årsverk*."""
    match = _DECIMAL.match(shown, start)
    return Bullet("1.1", int(match["last"]), match.end(), sure=False) if match else None


def _ordinal(shown: str, start: int) -> Bullet | None:
    match = _ORDINAL.match(shown, start)
    if match is None or (match["open"] and match["close"] == "."):
        return None
    following = shown[match.end() : match.end() + 1]
    glued = not match["space"]
    if glued and following and not (following.isupper() and match["number"]):
        return None
    kind, value = _kind_and_value(match)
    sure = _is_sure(match, following)
    return Bullet(kind, value, match.end(), sure=sure)


def _kind_and_value(match: re.Match[str]) -> tuple[str, int]:
    if match["number"]:
        sample, value = "1", int(match["number"])
    elif match["roman"]:
        sample, value = "i", roman_value(match["roman"])
    else:
        letter = match["letter"]
        sample = "A" if letter.isupper() else "a"
        value = _LETTERS.index(letter.lower()) + 1
    return f"{match['open']}{sample}{match['close']}", value


def _is_sure(match: re.Match[str], following: str) -> bool:
    if match["close"] != ".":
        return True
    if match["letter"]:
        return match["letter"].islower()
    return not following.islower()


def as_roman(bullet: Bullet, above: Bullet | None) -> Bullet:
    """Read the bullets *i.*, *v.* and *x.* as numerals, unless they go on with a lettered list.

    Args:
        bullet: The bullet, which may be of any kind.
        above: The last ordinal bullet above it in the same answer.
    """
    letter = _LETTERS[bullet.value - 1] if bullet.value in _ROMAN_LETTERS else ""
    if "a" not in bullet.kind or not letter:
        return bullet
    if above is not None and above.kind == bullet.kind and above.value == _LETTERS.index(letter):
        return bullet
    kind, value = bullet.kind.replace("a", "i"), roman_value(letter)
    follows = above is not None and above.kind == kind and above.value == value - 1
    return replace(bullet, kind=kind, value=value) if follows or value == 1 else bullet


def roman_value(numeral: str) -> int:
    """The value of a small Roman numeral in the letters i, v and x."""
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
