"""Turns a docstring of Keras, or of ours, into blocks of text and code. Knows no Keras and no layer."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from engine.help import Block, Kind

#: Sections that a page tells in its own way, or that say nothing in a drawing.
LEFT_OUT: Final = re.compile(
    r"(Args|Arguments|Call arguments|Call Args|(Input|Output)( shape)?s?|Returns|Raises|Formula)\s*:.*"
)
TITLES: Final = re.compile(r"(Examples?|References?|Notes?|Usage in a Keras model|For example)\s*:")
#: How a title of the docstring is called on a page.
CALLED: Final = {"Example": "Example", "Examples": "Examples", "For example": "Example", "Reference": "Source",
                 "References": "Sources", "Usage in a Keras model": "In a model", "Notes": "Note"}  # fmt: skip
ITEM: Final = re.compile(r"(?:[-*]|(\d{1,2})[.)])\s+(.*)")
BOLD_TITLE: Final = re.compile(r"\*\*([^*]+?):?\*\*:?")
#: Examples longer than this show a whole training, not a layer.
LONGEST: Final = 18
#: How far in a line of code may begin.
FAR: Final = 24
#: What no drawing has: data beside the images.
STRANGE: Final = ("segmentation_masks", "bounding_boxes")
#: Letters on one page, and examples.
MOST_LETTERS, MOST_EXAMPLES = 2600, 3


def blocks(doc: str, dropped: Sequence[str] = ()) -> tuple[Block, ...]:
    """Read a docstring but for its first paragraph, which is the summary, and the sections told elsewhere.

    Args:
        dropped: How paragraphs begin that are of no use.
    """
    lines = list(_kept(_even(doc)))
    first = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    return tuple(_without_idle_titles(_shortened(_useful(_blocks(lines[first:]), dropped))))


def _even(doc: str) -> list[str]:
    """Take the margin away; text that Keras put in has none, and Python takes it away from 3.13 on."""
    first, *lines = doc.expandtabs().splitlines() or [""]
    coded = _coded(lines)
    margin = min(
        (_depth(line) for line, code in zip(lines, coded, strict=True) if line.strip() and not code), default=0
    )
    return [first.strip(), *_cut(lines, coded, margin)]


def _cut(lines: Sequence[str], coded: Sequence[bool], margin: int) -> Iterator[str]:
    """Take a margin off each line; off code no more than off the ``` before it."""
    off = margin
    for place, line in enumerate(lines):
        if line.strip() and not (coded[place] and place and coded[place - 1]):
            off = min(margin, _depth(line))
        yield line[min(off, _depth(line)) :].rstrip()


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _coded(lines: Iterable[str]) -> list[bool]:
    """Which lines stand between ``` and ```, these included."""
    inside, found = False, []
    for line in lines:
        fence = line.lstrip().startswith("```")
        found.append(inside or fence)
        inside ^= fence
    return found


def _kept(lines: Sequence[str]) -> Iterator[str]:
    """Leave sections out: a heading, what stands below it, and then what stands further in or as a list."""
    out, before = False, ""
    for line, coded in zip(lines, _coded(lines), strict=True):
        begins = line and not coded and not line.startswith((" ", "- "))
        if begins and (not before or LEFT_OUT.fullmatch(line) or TITLES.fullmatch(line)):
            out = LEFT_OUT.fullmatch(line) is not None
        before = line
        if not out:
            yield line


# -- blocks


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        read = next(reader for fits, reader in _READERS if fits(lines[place].strip()))
        block, taken = read(lines[place:])
        place += max(taken, 1)
        if block.lines:
            yield block


def _fenced(lines: Sequence[str]) -> tuple[Block, int]:
    end = next((n for n, line in enumerate(lines[1:], 1) if line.lstrip().startswith("```")), len(lines))
    return _code(_typed(line) if line.startswith(">>> ") else line for line in lines[1:end]), end + 1


def _session(lines: Sequence[str]) -> tuple[Block, int]:
    """A session at the prompt: what was typed as code, what came back as comments."""
    end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    plain = _undented(lines[:end])
    return _code([_typed(line) for line in plain]), end


def _typed(line: str) -> str:
    for prompt in (">>>", "..."):
        if line.startswith(prompt):
            return line[len(prompt) :].removeprefix(" ")
    return f"# {line}"


def _code(lines: Iterable[str]) -> Block:
    plain = [_tightened(line) for line in _undented(list(lines))]
    while plain and not plain[-1].strip():
        plain.pop()
    while plain and not plain[0].strip():
        plain.pop(0)
    return Block("code", tuple(line.rstrip() for line in plain))


def _tightened(line: str) -> str:
    """Bring a line back that is aligned far to the right; there is no such room on a page."""
    return "    " + line.lstrip() if _depth(line) > FAR else line


def _undented(lines: Sequence[str]) -> list[str]:
    margin = min((_depth(line) for line in lines if line.strip()), default=0)
    return [line[margin:] for line in lines]


def _title(lines: Sequence[str]) -> tuple[Block, int]:
    words = lines[0].strip()
    bold = BOLD_TITLE.fullmatch(words)
    words = bold[1] if bold else words.rstrip(": ")
    return Block("title", (CALLED.get(words, inline(words)),)), 1


def _listed(lines: Sequence[str]) -> tuple[Block, int]:
    """Items, each going on below, further in or not, until an empty line that no item of the kind follows."""
    items: list[str] = []
    kind = _kind(lines[0].strip())
    for place, line in enumerate(lines):
        text = line.strip()
        following = next((other.strip() for other in lines[place:] if other.strip()), "")
        if (not text and _kind(following) != kind) or _breaks(text):
            return Block(kind, tuple(map(inline, items))), place
        if item := ITEM.match(text):
            items.append(item[2])
        elif text:
            items[-1] += f" {text}"
    return Block(kind, tuple(map(inline, items))), len(lines)


def _kind(text: str) -> Kind:
    """What an item belongs to; a line that is none belongs to a text."""
    item = ITEM.match(text)
    return "text" if item is None else "steps" if item[1] else "list"


def _paragraph(lines: Sequence[str]) -> tuple[Block, int]:
    for end, line in enumerate(lines):
        if end and (not line.strip() or _breaks(line.strip()) or ITEM.match(line.strip())):
            return Block("text", (inline(" ".join(lines[:end])),)), end
    return Block("text", (inline(" ".join(lines)),)), len(lines)


def _breaks(text: str) -> bool:
    """Whether a line begins something else, with or without an empty line before it."""
    return text.startswith(("```", ">>>")) or TITLES.fullmatch(text) is not None


_READERS: Final[
    tuple[tuple[Callable[[str], object], Callable[[Sequence[str]], tuple[Block, int]]], ...]
] = (
    (lambda line: line.startswith("```"), _fenced),
    (lambda line: line.startswith(">>>"), _session),
    (lambda line: TITLES.fullmatch(line) or BOLD_TITLE.fullmatch(line), _title),
    (ITEM.match, _listed),
    (lambda _line: True, _paragraph),
)  # fmt: skip


def inline(text: str) -> str:
    """Keep `code` and [links](address) of a line's markup, and take the rest of it away."""
    text = " ".join(text.split())
    text = re.sub(r"``+", "`", text)
    text = re.sub(r"\(([^()]*)\)\[(https?:[^\]]*)\]", r"[\1](\2)", text)
    text = re.sub(r"\[([^\[\]]*)\]\s*\(\s*(https?://[^)\s]*)\s*\)", r"[\1](\2)", text)
    parts = re.split(r"(`[^`]*`|\]\([^)]*\))", text)
    return "".join(
        part if place % 2 else re.sub(r"\*{1,2}(\S[^*]*?)\*{1,2}", r"\1", part) for place, part in enumerate(parts)
    )


# -- what is left of it


def _useful(found: Iterable[Block], dropped: Sequence[str]) -> Iterator[Block]:
    """Leave out what begins so, and the list that it leads up to."""
    begun = False
    for block in found:
        begun = block.lines[0].startswith(tuple(dropped)) or (begun and block.kind in ("list", "steps"))
        if not begun:
            yield block


def _shortened(found: Iterable[Block]) -> list[Block]:
    """Keep the first examples and so much text; sources always. What led up to an example goes with it."""
    kept: list[Block] = []
    letters = examples = 0
    title = ""
    for block in found:
        title = block.lines[0] if block.kind == "title" else title
        examples += block.kind == "code"
        letters += sum(map(len, block.lines))
        if title.startswith("Source") or (letters <= MOST_LETTERS and not _too_much(block, examples)):
            kept.append(block)
        elif block.kind == "code" and title:
            _take_back(kept)
    return kept


def _take_back(kept: list[Block]) -> None:
    """Take away what led up to an example, its title included."""
    while kept and kept[-1].kind == "text":
        kept.pop()
    if kept and kept[-1].kind == "title":
        kept.pop()


def _too_much(block: Block, examples: int) -> bool:
    if block.kind != "code":
        return False
    program = "\n".join(block.lines)
    long = examples > MOST_EXAMPLES or len(block.lines) > LONGEST
    return long or any(word in program for word in STRANGE) or not _is_python(program)


def _is_python(program: str) -> bool:
    """Whether an example can be read by Python; some of Keras's lack a bracket."""
    try:
        ast.parse(program)
    except SyntaxError:
        return False
    return True


def _without_idle_titles(found: Iterable[Block]) -> Iterator[Block]:
    """Leave out titles that nothing follows."""
    kept = list(found)
    for place, block in enumerate(kept):
        if block.kind != "title" or (place + 1 < len(kept) and kept[place + 1].kind != "title"):
            yield block
