"""What can be found out about a network on request: a table from the question to what answers it. Knows no wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.messages import Judge, Message
from engine.worker.studies.judging import judge
from engine.worker.studies.subject import Study

#: A study is a generator: each step is short, leaves weights and states as it found them, and yields what it found so
#: far, `Working`, or None where there is nothing to say yet.
STUDIES: Final[Mapping[type[Message], Study]] = {Judge: judge}
