"""The families of data sets, put together in one table by name. Knows no facts that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.data import curves, files, pictures, sentences, sequences, text
from engine.data.columns import Family

FAMILIES: Final[Mapping[str, Family]] = {
    **files.FAMILIES, **curves.FAMILIES, **pictures.FAMILIES, **sequences.FAMILIES, **sentences.FAMILIES,
    **text.FAMILIES,
}  # fmt: skip
