"""Principal components: the axes along which samples differ most. numpy alone; knows no layer, no Qt, no Keras."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
#: Up to so many samples or numbers all axes are found at once; of more, the few that are wanted, step by step.
SMALL: Final = 512
#: Axes that are followed beside the wanted ones, and rounds, so that those come out right.
BESIDE: Final = 9
ROUNDS: Final = 40


def principal(values: Floats, axes: int) -> tuple[Floats, Floats]:
    """Return where each sample lies along the first axes, and the share of all variance along each.

    An axis points to where its greatest number is above nought, so that it does not turn over between two looks.

    Args:
        values: Of shape (samples, numbers).

    Returns:
        Shapes (samples, axes) and (axes,); noughts for axes that there are not.
    """
    centred = values - values.mean(axis=0, keepdims=True)
    points, shares = np.zeros((len(values), axes)), np.zeros(axes)
    whole = float((centred**2).sum())
    if not whole or min(centred.shape) < 1:
        return points, shares
    found = _axes(centred, min(axes, *centred.shape))
    found *= np.where(found[np.arange(len(found)), np.abs(found).argmax(axis=1)] < 0, -1.0, 1.0)[:, np.newaxis]
    points[:, : len(found)] = centred @ found.T
    shares = (points**2).sum(axis=0) / whole
    return points, shares


def _axes(centred: Floats, count: int) -> Floats:
    """Return the right singular vectors of the greatest values, shape (count, numbers)."""
    if min(centred.shape) <= SMALL:
        return _few(centred, count)
    width = min(count + BESIDE, *centred.shape)
    basis = np.random.default_rng(0).normal(size=(centred.shape[1], width))
    for _ in range(ROUNDS):
        basis = np.linalg.qr(centred.T @ (centred @ np.linalg.qr(basis)[0]))[0]
    _, _, inner = np.linalg.svd(centred @ basis, full_matrices=False)
    return np.asarray((inner @ basis.T)[:count])


def _few(centred: Floats, count: int) -> Floats:
    """By the smaller of the two products of the samples with themselves, which costs a tenth of a decomposition."""
    if centred.shape[1] <= len(centred):
        return np.asarray(np.linalg.eigh(centred.T @ centred)[1].T[::-1][:count])
    values, vectors = np.linalg.eigh(centred @ centred.T)
    lengths = np.sqrt(np.maximum(values[::-1][:count], np.finfo("float64").tiny))
    return np.asarray((vectors.T[::-1][:count] @ centred) / lengths[:, np.newaxis])
