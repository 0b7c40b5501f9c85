"""Few rows of a long table that still hold every column's extremes. Knows no curve, no Qt."""

from __future__ import annotations

import numpy as np

from engine.plotting.pyramid import Floats, Places


def kept_rows(values: Floats, most: int) -> Places:
    """Return the places of at most so many rows of a table of shape (rows, columns), in order.

    The rows are cut into parts; of each part stay, for every column, the rows of the least and of the greatest value,
    and of the whole the first and the last. nan counts only where there is nothing else.
    """
    count, columns = values.shape
    if count <= most or not columns:
        return np.unique(np.linspace(0, max(count - 1, 0), min(count, most)).astype(np.intp))
    parts = max(1, (most - 2) // (2 * columns))
    size = -(-count // parts)
    first = np.arange(0, count, size)
    found = [np.array([0, count - 1], np.intp)]
    for column in values.T:
        for fill in (np.inf, -np.inf):
            padded = np.full(len(first) * size, fill)
            padded[:count] = np.where(np.isnan(column), fill, column)
            table = padded.reshape(len(first), size)
            found.append(first + (table.argmin(1) if fill > 0 else table.argmax(1)))
    return np.unique(np.minimum(np.concatenate(found), count - 1))
