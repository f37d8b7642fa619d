"""How texts are made alike before they are compared. Pure, and the only place that does: search, sorting, uniqueness.

What is stored of it is made anew by a migration when this changes, with a copy of the function of its time.
"""

import re
import unicodedata
from typing import Final

# The dot that casefolding leaves of a capital I with dot above, behind marks that stand below the letter.
_DOTTED: Final = re.compile("(i[\u0316-\u0319\u031c-\u0320\u0323-\u0326\u0329-\u0333\u0339-\u033c]*)\u0307")


def folded(text: str) -> str:
    """Return a text as others are compared with it: case makes no difference, nor how it is composed.

    That is a canonical caseless match (Unicode, section 3.13, D145), composed again (NFC), and without the dot above i,
    which only Turkish and its relatives write, and only on the capital. Accents do make a difference, and so do the
    widths of a letter.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFC", _DOTTED.sub(r"\1", decomposed))
