"""Which layer files the person trusts: each by its absolute path and the hash of what it held. Runs none of them.

Trust is kept in a file of the person's own, beside the settings: nothing in a project can add to it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from engine.errors import EngineError
from engine.layerfiles import Source, digest
from engine.project import write_whole
from engine.values import Json

NAME: Final = "trusted.json"
VERSION: Final = 1
LARGEST: Final = 64 * 2**20


def folder() -> Path:
    """Return the folder where the person's settings stand."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "layerloom"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "layerloom"


class Trust:
    """Reads and writes what is trusted; a file that makes no sense trusts nothing."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or folder() / NAME

    def trusts(self, source: Source) -> bool:
        """Whether the person has trusted this very text at this very place."""
        kept = self.kept(source.path)
        return kept is not None and kept.sha256 == source.sha256 == digest(source.text)

    def kept(self, path: str) -> Source | None:
        """Return what a file held when it was trusted, or None where it never was."""
        return self._read().get(path)

    def trust(self, source: Source) -> None:
        """Trust what a file holds, and no longer what it held before; or raise EngineError."""
        if digest(source.text) != source.sha256:
            raise EngineError(f"{source.name} has another hash than was shown", hint="Look at it again")
        self._write({**self._read(), source.path: source})

    def forget(self, path: str) -> bool:
        """Trust a file no longer; say whether it was trusted."""
        kept = dict(self._read())
        found = kept.pop(path, None) is not None
        if found:
            self._write(kept)
        return found

    def _read(self) -> Mapping[str, Source]:
        try:
            if self._path.stat().st_size > LARGEST:
                return {}
            data = json.loads(self._path.read_text(encoding="utf-8"))
            sources = [_source(item) for item in data["files"]] if data["layerloom"] == VERSION else []
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}
        return {source.path: source for source in sources if source is not None}

    def _write(self, kept: Mapping[str, Source]) -> None:
        files = [{"path": item.path, "sha256": item.sha256, "source": item.text} for item in kept.values()]
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise EngineError("Trust cannot be kept", received=error.strerror or str(error)) from error
        write_whole(self._path, (json.dumps({"layerloom": VERSION, "files": files}, indent=1) + "\n").encode())


def _source(item: Json) -> Source | None:
    """Read one entry; one whose text is not what its hash says is none."""
    source = Source(str(item["path"]), str(item["sha256"]), str(item["source"]))
    return source if digest(source.text) == source.sha256 else None
