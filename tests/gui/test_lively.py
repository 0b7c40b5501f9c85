"""An hour of training in the real window, in which its event loop never stalls."""

from __future__ import annotations

import pytest

from tests.bench.lively import STALL, turns

HOUR = 3600.0


@pytest.mark.long
@pytest.mark.worker
@pytest.mark.filterwarnings("default")
def test_an_hour_without_a_stall() -> None:
    found = turns(HOUR)
    assert found.count > HOUR
    assert not found.stalls, f"over {STALL:.0f} ms: {found.stalls[:20]}"
