"""The worker program, `python -m engine.worker checker|trainer`: read a message, do it, answer.

Knows no message's meaning; what each role does with which stands in `roles`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from time import sleep
from typing import Any

from engine.launch import BEHIND
from engine.messages import Failed, Message
from engine.worker.faults import failed
from engine.worker.priority import step_back
from engine.worker.wire import Wire, take_over

#: How long what is under way may take to end once the input has, in seconds.
GRACE = 0.8
#: How long the last messages may take to be written, in seconds.
PATIENCE = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve one role until the input ends; return the exit code."""
    from engine.worker.roles import ROLES

    parser = argparse.ArgumentParser(prog="python -m engine.worker", description="Layerloom's worker.")
    parser.add_argument("role", choices=sorted(ROLES))
    role = parser.parse_args(arguments).role
    if BEHIND in os.environ:
        step_back()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program that started this one
    wire = take_over(_leave)
    try:
        handlers = ROLES[role](wire)
    except Exception as error:  # noqa: BLE001 - whatever an installation lacks, the window has to say it
        wire.send(Failed(f"The {role} could not start: {error}.", traceback=failed(error).traceback))
        wire.outbox.flush(PATIENCE)
        return 1
    for message in wire.inbox:
        answer(handlers[type(message)], message, wire)
    if wire.inbox.fault is not None:
        wire.send(failed(wire.inbox.fault))
    wire.outbox.flush(PATIENCE)
    return int(wire.inbox.fault is not None)


def answer(handle: Callable[[Any], None], message: Message, wire: Wire) -> None:
    """Handle a message; an error is an answer too, and the next message is handled all the same."""
    try:
        handle(message)
    except Exception as error:  # noqa: BLE001 - the one place where a worker's errors end
        wire.send(failed(error, getattr(message, "graph", None)))


def _leave() -> None:
    """End the process although it may be in the middle of a step: nobody is there to be answered."""
    sleep(GRACE)
    os._exit(0)


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # TensorFlow's threads can take seconds to wind down, or never
