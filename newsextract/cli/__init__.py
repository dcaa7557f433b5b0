"""The command line: one module a command, imported when it is used.

Each command module has ``add_parser(subparsers)``, which sets ``run`` as the parser's default, and
``run(args) -> int``, the exit code. Its heavy imports stand inside ``run``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from newsextract.errors import NewsextractError

COMMANDS = ("extract", "link", "query", "report", "evaluate", "gazetteer", "schema", "train")
OK, ARTICLE_FAILED, MISUSE, INTERRUPTED = 0, 1, 2, 130
PIPE_CLOSED = 141

_EPILOG = """\
exit codes: 0 done, 1 an article could not be read, 2 misuse, 130 interrupted

newsextract COMMAND --help explains one command.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that ``argv`` names and return the exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    write_utf8()
    try:
        args = build_parser(arguments).parse_args(arguments)
        code: int = args.run(args)
        sys.stdout.flush()
    except NewsextractError as error:
        print(f"newsextract: {error}", file=sys.stderr)
        return MISUSE
    except KeyboardInterrupt:
        print("newsextract: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return close_pipe()
    return code


def build_parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser with the command that ``arguments`` begin with, or with all of them."""
    parser = argparse.ArgumentParser(
        prog="newsextract",
        description="Read English news: people, places, dates, statements and who made them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=VersionAction)
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    wanted = [name for name in COMMANDS if name in arguments[:1]] or COMMANDS
    for name in wanted:
        import_module(f"newsextract.cli.{name}").add_parser(subparsers)
    return parser


class VersionAction(argparse.Action):
    """Prints the version; reads the package's metadata only when asked."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from newsextract import __version__

        print(f"newsextract {__version__}")
        parser.exit()


def write_utf8() -> None:
    """Make both output streams UTF-8 with plain line ends, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def close_pipe() -> int:
    """The reader of our output has gone: keep the interpreter from saying so at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED
