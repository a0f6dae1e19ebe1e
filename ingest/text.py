"""How two labels are compared, and nothing else.

``normalise`` is used for every comparison of labels, headers, titles and names. It is never applied to what is stored
as printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# White space of every kind (U+3000 and U+00A0 included) and the marks that take no room on paper.
_INVISIBLE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_VARIANTS = str.maketrans({"帐": "账", "〔": "(", "〕": ")"})


@lru_cache(maxsize=65_536)
def normalise(label: str) -> str:
    """Fold a label to the form in which labels are compared.

    >>> normalise("滑　县"), normalise("增速（％）")
    ('滑县', '增速(%)')
    """
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", label))
    # NFKC can make a space out of a mark such as U+00A8, and what stood beside it may then combine.
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", folded))
    return folded.translate(_VARIANTS)
