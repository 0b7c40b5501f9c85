"""How the figures of a run's pace are written. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping

from engine.pace_messages import SAMPLES, WAITING


def speed(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.2g}"


def time(figure: float) -> str:
    return f"{figure * 1e3:.3g} ms" if figure < 1 else f"{figure:.3g} s"


def share(figure: float) -> str:
    return f"{figure:.0%}" if figure >= 0.01 or not figure else "< 1%"


def cores(figure: float) -> str:
    return f"{figure:.1f} core{'' if 0.95 <= figure < 1.05 else 's'}"


def size(figure: float) -> str:
    return f"{figure / 1e9:.2f} GB" if figure >= 1e9 else f"{figure / 1e6:.0f} MB"


def brief(figures: Mapping[str, float]) -> list[str]:
    """Say a pace in a few words: `3,180 samples/s`, `data 1%`."""
    words = [f"{speed(figures[SAMPLES])} samples/s"] if SAMPLES in figures else []
    return [*words, f"data {share(figures[WAITING])}"] if WAITING in figures else words
