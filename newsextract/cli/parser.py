"""The argument parser: help that fits the terminal, short errors with suggestions."""

from __future__ import annotations

import argparse
import re
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

NARROWEST, WIDEST, USUAL = 40, 200, 80
_INVALID_CHOICE = re.compile(r"invalid choice: '?(.*?)'? \(choose from (.*)\)")


def terminal_width() -> int:
    """Return the width of the terminal (or ``COLUMNS``); 80 if output goes elsewhere."""
    columns = shutil.get_terminal_size((USUAL, 24)).columns
    return min(WIDEST, max(NARROWEST, columns))


class HelpFormatter(argparse.HelpFormatter):
    """Wraps paragraphs to the terminal and leaves indented lines, such as examples, alone."""

    def __init__(self, prog: str, **_: Any) -> None:
        width = terminal_width()
        super().__init__(prog, max_help_position=min(24, width // 3), width=width)

    def _format_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any) -> str:
        """Show only required arguments; the options are listed below anyway."""
        if all(action.required or not action.option_strings for action in actions):
            return super()._format_usage(usage, actions, groups, prefix)
        self._prog += " [options]"
        needed = [action for action in actions if action.required or not action.option_strings]
        return super()._format_usage(usage, needed, [], prefix)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = text.strip().split("\n\n")
        return "\n\n".join(_fill(paragraph, width, indent) for paragraph in paragraphs)


def _fill(paragraph: str, width: int, indent: str) -> str:
    lines = paragraph.splitlines()
    if any(line.startswith(" ") for line in lines):
        return "\n".join(indent + line for line in lines)
    return textwrap.fill(" ".join(lines), width, initial_indent=indent, subsequent_indent=indent)


class Parser(argparse.ArgumentParser):
    """Prints errors in one line, with a suggestion."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("formatter_class", HelpFormatter)
        options.setdefault("allow_abbrev", False)
        super().__init__(*args, **options)

    def error(self, message: str) -> NoReturn:
        """Exit with code 2 and a line on standard error that points to the help."""
        if match := _INVALID_CHOICE.search(message):
            choices = re.split(r", ", match[2].replace("'", ""))
            message += suggest(match[1], choices)
        self.exit(2, f"{self.prog}: {message}\nTry '{self.prog} --help'.\n")

    def refuse(self, rest: Sequence[str]) -> NoReturn:
        """Exit because of unexpected arguments."""
        word = rest[0]
        if not word.startswith("-") or word == "-":
            self.error(f"one argument too many: {word}")
        name = word.partition("=")[0]
        self.error(f"unknown option {name}{suggest(name, self._option_string_actions)}")


def suggest(word: str, known: Iterable[str]) -> str:
    """Return ": did you mean X?" for the nearest of the ``known`` words, or "" for none."""
    near = get_close_matches(word, list(known), 1, 0.6)
    return f": did you mean {near[0]}?" if near else ""


def check_command(parser: Parser, arguments: Sequence[str], commands: Sequence[str]) -> None:
    """Exit with a suggestion if the first word is not a command."""
    word = arguments[0] if arguments else "-"
    if word.startswith("-") or word in commands:
        return
    hint = suggest(word, commands)
    if Path(word).exists():
        hint = f": did you mean '{parser.prog} extract {word}'?"
    parser.error(f"unknown command {word}{hint}")
