"""A worker of the window stands behind it; one that is started otherwise does not."""

from __future__ import annotations

import os
import subprocess

import pytest

from engine.launch import BEHIND, command
from engine.worker.priority import BEHIND as STEPS

pytestmark = pytest.mark.worker


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="priorities are read where POSIX is")
@pytest.mark.parametrize(("environment", "steps"), [({BEHIND: "1"}, STEPS), ({}, 0)])
def test_a_worker_steps_back_where_it_is_asked_to(environment: dict[str, str], steps: int) -> None:
    launch = command("checker")
    given = {**launch.environment, **environment}
    with subprocess.Popen(
        [launch.program, *launch.arguments], cwd=launch.folder, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stdout.read(1), "it is ready"
        assert os.getpriority(os.PRIO_PROCESS, worker.pid) == os.getpriority(os.PRIO_PROCESS, 0) + steps
        worker.stdin.close()
