"""The way in: looks whether the program can run here, then opens the window or does a command. Knows no layer.

Nothing that has to be installed is imported before the look around went well. An old Python must be able to read this
file down to the sentence that it gets, so its grammar is that of Python 3.6, as that of `engine.pythons` is.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from engine.pythons import refusal

unfit = refusal()
if unfit:
    sys.stderr.write(unfit + "\n")
    sys.exit(2)


#: What the window needs of the engine. Qt hooks itself into every import after its own, which costs each a little.
BEFORE_QT = ("engine.structure",)


# -- what can be asked for

Options = argparse.Namespace


class Command(NamedTuple):
    """A command: what it does in a few words, its arguments, the work, and what it needs of the machine."""

    does: str
    arguments: Sequence[tuple[tuple[str, ...], dict[str, Any]]]
    run: Callable[[Options], int]
    needs: str = "work"


def window(options: Options) -> int:
    gc.disable()  # nothing that an import makes is rubbish; `gui.app` turns it on after the first paint
    from gui import late

    with late.one_thread():
        for name in BEFORE_QT:
            import_module(name)
    import_module("PySide6.QtCore")
    late.leave_sources_unread()
    from gui.app import run

    return run(options.file)


def screenshot(options: Options) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what a window in memory lacks is no news
    from gui.app import screenshot

    return screenshot(options.out, options.file, options.theme, options.size)


def check(options: Options) -> int:
    from engine.commands import answered
    from engine.commands_check import check

    return answered(lambda: check(options.file, as_json=options.json))


def train(options: Options) -> int:
    from engine.commands import answered
    from engine.commands_train import train

    return answered(lambda: train(options.file, epochs=options.epochs, folder=options.run_folder, as_json=options.json))


def export(options: Options) -> int:
    from engine.commands import answered
    from engine.commands_check import export

    return answered(lambda: export(options.file, options.to, folder=options.run_folder))


def trust(options: Options) -> int:
    from engine.commands import answered
    from engine.commands_layers import trust

    return answered(lambda: trust(options.layers, yes=options.yes, forget=options.forget))


def templates(options: Options) -> int:
    from engine.commands import answered, list_templates

    return answered(lambda: list_templates(as_json=options.json))


def new(options: Options) -> int:
    from engine.commands import answered, new

    return answered(lambda: new(options.template, options.to, size=options.size))


def pixels(text: str) -> tuple[int, int]:
    """Read a size: 1600x1000."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and all(200 <= int(n) <= 16_000 for n in (width, height))):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write it as 1600x1000, 200 to 16000 each")
    return int(width), int(height)


def count(text: str) -> int:
    """Read a number of epochs."""
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of epochs: a whole number from 1 to 100000")
    return int(text)


def argument(*names: str, **how: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, how


FILE = argument("file", metavar="FILE.loom", type=Path, help="the project")
JSON = argument("--json", action="store_true", help="print JSON")
COMMANDS = {
    "templates": Command("list the networks to begin from", [JSON], templates, "nothing"),
    "new": Command(
        "begin a project from a template",
        [
            argument("template", metavar="TEMPLATE", help="its name, as `templates` lists it"),
            argument("--to", metavar="FILE.loom", type=Path, required=True, help="the project to write"),
            argument("--size", default="", help="one of the template's sizes; the first where none is named"),
        ],
        new,
        "nothing",
    ),
    "check": Command("show shapes, parameters and problems", [FILE, JSON], check),
    "train": Command(
        "train, and print how it goes",
        [
            FILE,
            argument("--epochs", metavar="N", type=count, help="in place of the recipe's"),
            argument("--run", dest="run_folder", metavar="DIR", type=Path, help="keep the run's record and model here"),
            JSON,
        ],
        train,
    ),
    "export": Command(
        "write a Python script (.py) or a Keras model (.keras)",
        [
            FILE,
            argument("--to", metavar="OUT", type=Path, required=True, help="what to write, its kind by its ending"),
            argument("--run", dest="run_folder", metavar="DIR", type=Path, help="take the weights of this run"),
        ],
        export,
    ),
    "trust": Command(
        "let a Python file's layers run, as it is now",
        [
            argument("layers", metavar="FILE.py", type=Path, help="the file that defines the layers"),
            argument("--yes", action="store_true", help="trust it without a question"),
            argument("--forget", action="store_true", help="trust it no longer"),
        ],
        trust,
    ),
    "screenshot": Command(
        "paint the window into a picture, without a display",
        [
            argument("out", metavar="OUT.png", type=Path, help="the picture to write"),
            argument("file", metavar="FILE.loom", type=Path, nargs="?", help="the project to show"),
            argument("--theme", choices=("dark", "light"), default="dark"),
            argument("--size", type=pixels, default=(1600, 1000), metavar="1600x1000", help="in pixels"),
        ],
        screenshot,
        "paint",
    ),
}
WINDOW = Command(
    "Draw a neural network, train it, watch it learn, take the code away. Without a command, the window opens.",
    [argument("file", metavar="FILE.loom", type=Path, nargs="?", help="the project to open")],
    window,
    "display",
)


# -- reading what was asked


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message} (--help says more)\n")
        sys.exit(2)


def parse(words: Sequence[str]) -> tuple[Command, Options]:
    """Read a command line; a misused one ends the program with a line and code 2."""
    name = words[0] if words and words[0] in COMMANDS else ""
    command = COMMANDS[name] if name else WINDOW
    parser = Parser(
        prog=" ".join(["main.py", name]).strip(),
        description=command.does[0].upper() + command.does[1:],
        epilog="" if name else overview(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for names, how in command.arguments:
        parser.add_argument(*names, **how)
    if not name:
        parser.add_argument("--version", action="store_true", help="say which version this is")
    options, rest = parser.parse_known_args(words[1:] if name else words)
    if rest:
        parser.error(misplaced(rest, options, name))
    return command, options


def overview() -> str:
    lines = [f"  {name:<12}{command.does}" for name, command in COMMANDS.items()]
    return "\n".join(["commands (main.py COMMAND --help says more):", *lines])


def misplaced(rest: Sequence[str], options: Options, name: str) -> str:
    """Say what is wrong with words that no argument takes; the first word may have been meant as a command."""
    if not name and options.file is not None and not options.file.is_file():
        return "{} is no command; the commands are {}".format(options.file, ", ".join(COMMANDS))
    return "unexpected {}".format(" ".join(rest))


# -- doing it


def lacking(needs: str) -> str:
    """Return what is missing for a command and how to mend it, in one line; empty where nothing is."""
    if needs == "nothing":
        return ""
    from engine import preflight

    if needs == "work":
        return preflight.packages(preflight.WORK)
    missing = preflight.packages({**preflight.WORK, **preflight.WINDOW}) or preflight.libraries()
    return missing or (preflight.display() if needs == "display" else "")


def version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return "Layerloom " + version("layerloom")
    except PackageNotFoundError:
        return "Layerloom, not installed"


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Do what the command line asks; return the exit code."""
    command, options = parse(sys.argv[1:] if arguments is None else arguments)
    if getattr(options, "version", False):
        print(version())
        return 0
    file = getattr(options, "file", None)
    missing = no_file(file) if file is not None and not file.is_file() else lacking(command.needs)
    if missing:
        print(missing, file=sys.stderr)
        return 2
    try:
        return command.run(options)
    except KeyboardInterrupt:
        return 130


def no_file(path: Path) -> str:
    why = "it is a folder" if path.is_dir() else "there is no such file"
    return "{} cannot be read: {}. Name a .loom file, or one of the commands {}.".format(path, why, ", ".join(COMMANDS))


if __name__ == "__main__":
    sys.exit(main())
