"""How texts are made alike before they are compared. Pure, and the only place that does: search, sorting, uniqueness.

What is stored of it is made anew by a migration when this changes, with a copy of the function of its time.
"""

import re
import unicodedata
from typing import Final

# The dot that casefolding leaves of a capital I with dot above, behind marks that stand below the letter.
_DOTTED: Final = re.compile("(i[\u0316-\u0319\u031c-\u0320\u0323-\u0326\u0329-\u0333\u0339-\u033c]*)\u0307")


# Default_Ignorable_Code_Point of Unicode, but for joiners and tags, which are not ignorable everywhere.
_IGNORED: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff"
)
_TAGS: Final = "\U000e0020-\U000e007f"
_UNSEEN: Final = re.compile(f"[\u200c\u200d{_TAGS}{_IGNORED}]")
# Tags stay behind a black flag, which they make that of a country.
_LOST: Final = re.compile(f"[{_IGNORED}]++|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]++")
# Joiners stay between letters of the scripts that are spelled with them, and between emoji: all of them beyond Hebrew.
_JOINERS: Final = re.compile("([\u200c\u200d])[\u200c\u200d]++")
_IDLE_JOINER: Final = re.compile("(?<![\u0600-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\U0010ffff])")


# What accents of Latin, Greek and Cyrillic letters are when they stand by themselves; the joiner among them is none.
_ACCENTS: Final = re.compile("[\u0300-\u034e\u0350-\u036f]+")
# Letters that are plain ones with a stroke, or two in one, but are not composed of them.
_PLAIN: Final = str.maketrans(
    {
        "\u00f8": "o",
        "\u0142": "l",
        "\u0111": "d",
        "\u0127": "h",
        "\u0167": "t",
        "\u0131": "i",
        "\u00e6": "ae",
        "\u0153": "oe",
    }
)
MOST_WORDS: Final = 20
"""How many words may be searched for at once."""


def plain_text(text: str) -> str:
    """Return a text as it is searched: folded, and without accents, so that "cafe" finds "Café"."""
    folded_text = folded(text)
    if folded_text.isascii():
        return folded_text
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded_text))
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def words_of(text: str) -> list[str]:
    """Return the words that a text searches for, each once."""
    return list(dict.fromkeys(plain_text(text).split()))


def folded(text: str) -> str:
    """Return a text as others are compared with it: case makes no difference, nor how it is composed.

    That is a canonical caseless match (Unicode, section 3.13, D145), composed again (NFC), without the dot above i,
    which only Turkish and its relatives write, and only on the capital, and without what is not seen, such as the soft
    hyphen or a space of no width. Accents do make a difference, and so do the widths of a letter.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    if _UNSEEN.search(decomposed):
        decomposed = _seen(decomposed)
    return unicodedata.normalize("NFC", _DOTTED.sub(r"\1", decomposed))


def _seen(decomposed: str) -> str:
    return _IDLE_JOINER.sub(_unless_marked, _JOINERS.sub(r"\1", _LOST.sub(_unless_marked, decomposed)))


def _unless_marked(found: re.Match[str]) -> str:
    """Return what stands before a mark as it is: without it, marks could be brought into an order one by one.

    Composing takes the square of how many there are in a row, which is limited for a text as it comes.
    """
    behind = found.string[found.end() : found.end() + 1]
    return found.group() if behind and unicodedata.combining(behind) else ""
