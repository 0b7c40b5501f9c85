"""The data that ship as files: scanned digits and small tables, as they were published. Knows no split."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from engine.catalogue import RESOURCES
from engine.data.columns import Column, Family, Layout, Samples, Tensor, Values, real, whole

DIGITS: Final = 1797
#: The pixels of a scan, and what each is divided by.
SIDE: Final = 8
WHITE: Final = 16
NUMERALS: Final = tuple("0123456789")


def _arrays(file: str) -> dict[str, Tensor]:
    with np.load(RESOURCES / "data" / file, allow_pickle=False) as arrays:
        return dict(arrays)


# -- digits


def _digits_layout(values: Values) -> Layout:
    image = Column("image", (values["size"], values["size"], values["channels"]), least=min(0.0, values["low"]))
    target = image if values["targets"] == "image" else Column("digit", (), "classes", NUMERALS)
    return Layout((image,), (target,), DIGITS)


def _digits(values: Values) -> Samples:
    arrays = _arrays("digits.npz")
    grey = resized(real(arrays["images"]) / np.float32(WHITE), values["size"])[..., np.newaxis]
    image = np.repeat(real(values["low"] + (1 - values["low"]) * grey), values["channels"], axis=-1)
    target = {"image": image} if values["targets"] == "image" else {"digit": whole(arrays["labels"])}
    return Samples({"image": image}, target)


def resized(pictures: Tensor, size: int) -> Tensor:
    """Return pictures of shape (samples, side, side) with another side: bilinear between the pixels' centres."""
    side = pictures.shape[1]
    if side == size:
        return pictures
    centres = np.clip((np.arange(size) + 0.5) * side / size - 0.5, 0, side - 1)
    weights = np.maximum(0, 1 - np.abs(centres[:, np.newaxis] - np.arange(side)))
    return real(weights @ pictures @ weights.T)


# -- tables

#: By the file's name: the target's name, its classes, samples, features.
TABLES: Final = {
    "iris": ("species", ("setosa", "versicolor", "virginica"), 150, 4),
    "wine": ("class", ("cultivar 1", "cultivar 2", "cultivar 3"), 178, 13),
    "breast-cancer": ("class", ("malignant", "benign"), 569, 30),
}


def _table_layout(file: str, _values: Values) -> Layout:
    name, classes, samples, features = TABLES[file]
    inputs = Column("features", (features,), least=-4.0, highest=4.0, standard=True)
    target = Column(name, (), "binary" if len(classes) == 2 else "classes", classes)
    return Layout((inputs,), (target,), samples)


def _table(file: str, _values: Values) -> Samples:
    name, *_ = TABLES[file]
    arrays = _arrays(f"{file}.npz")
    return Samples({"features": real(arrays["features"])}, {name: whole(arrays["targets"])})


FAMILIES: Final = {
    "digits": Family(_digits_layout, _digits),
    **{name: Family(partial(_table_layout, name), partial(_table, name)) for name in TABLES},
}
