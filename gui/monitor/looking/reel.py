"""What was seen of layers as each epoch left it, kept within a bound of bytes. Knows no widget and no run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.messages import Maps, Weighed

#: Bytes of all that is kept.
LARGEST: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Frame:
    """One look: the maps of a node, or all of its weights."""

    epoch: int
    step: int
    maps: Maps | None = None
    weights: tuple[Weighed, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of what is shown."""
        arrays = [weight.values for weight in self.weights] + ([self.maps.values] if self.maps is not None else [])
        return sum(len(array.data) for array in arrays)


class Reel:
    """The newest frame of each epoch, by what is looked at; an older one of the same epoch gives way.

    Where too much is kept, every second epoch goes of what has most of them; the first and the newest stay.
    """

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._kept: dict[str, dict[int, Frame]] = {}
        self._size = 0

    def add(self, key: str, frame: Frame) -> None:
        """Keep a frame; keys that were last added to stay longest."""
        frames = self._kept.pop(key, {})
        before = frames.pop(frame.epoch, None)
        frames[frame.epoch] = frame
        self._kept[key] = frames
        self._size += frame.size - (before.size if before is not None else 0)
        while self._size > self._largest and self._thin():
            pass

    def frames(self, key: str) -> Sequence[Frame]:
        """Return what is kept of something, in the order in which it was seen."""
        return list(self._kept.get(key, {}).values())

    def at(self, key: str, epoch: int | None) -> Frame | None:
        """Return what stood at an epoch's end, or the last before it; the newest for none."""
        frames = self.frames(key)
        if epoch is None:
            return frames[-1] if frames else None
        return next((frame for frame in reversed(frames) if frame.epoch <= epoch), None)

    def clear(self) -> None:
        self._kept.clear()
        self._size = 0

    def _thin(self) -> bool:
        """Make room; return whether there was anything to let go of."""
        key = max(self._kept, key=lambda key: (len(self._kept[key]) > 2, sum(f.size for f in self._kept[key].values())))
        frames = self._kept[key]
        if len(frames) > 2:
            gone = list(frames)[1:-1:2]
        elif len(self._kept) > 1:
            key = next(iter(self._kept))
            gone = list(self._kept[key])
        else:
            gone = list(frames)[:-1]
        self._size -= sum(self._kept[key].pop(epoch).size for epoch in gone)
        if not self._kept[key]:
            del self._kept[key]
        return bool(gone)
