"""What imports cost is kept out of the way: a module for later is not run, a source that need not be is not read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gui.late import late

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import linecache, sys
import PySide6.QtCore
from gui import late
{act}
from gui.fuzzy import rank
print(any(path.endswith("fuzzy.py") for path in linecache.cache))
"""


def test_a_module_for_later_runs_at_the_first_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "for_later.py").write_text("import sys\nsys.for_later_ran = True\nword = 'here'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    module = late("for_later")
    assert not hasattr(sys, "for_later_ran")
    assert module.word == "here"
    assert hasattr(sys, "for_later_ran")
    del sys.for_later_ran, sys.modules["for_later"]


def test_no_module_of_that_name_is_said_at_once() -> None:
    with pytest.raises(ModuleNotFoundError, match="gui_of_nowhere"):
        late("gui_of_nowhere")


@pytest.mark.parametrize(("act", "read"), [("", "True"), ("late.leave_sources_unread()", "False")])
def test_the_binding_reads_sources_unless_it_is_told_not_to(act: str, read: str) -> None:
    """Where the first of the two fails, the binding has stopped reading them by itself, and nothing need be told."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(act=act)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == read
