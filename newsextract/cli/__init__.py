"""The command line: one module a command, imported when it is used.

Each command module has ``add_parser(subparsers)``, which sets ``run`` as the parser's default, and
``run(args) -> int``, the exit code. Its heavy imports stand inside ``run``.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

from newsextract.cli.messages import say
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
    open_streams()
    try:
        with interrupted_once():
            args = build_parser(arguments).parse_args(arguments)
            code: int = args.run(args)
            sys.stdout.flush()
    except NewsextractError as error:
        say(error)
        return MISUSE
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return close_output(PIPE_CLOSED)
    except OSError as error:
        say(f"cannot write the output: {error}" if error.filename is None else error)
        return close_output(MISUSE)
    return code


@contextmanager
def interrupted_once() -> Iterator[None]:
    """Let the first interrupt end the command in order; those that follow change nothing.

    Ending takes a moment: workers are stopped and what is ready is stored. After it the process
    exits, so that interrupts stay ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is interrupt:
            signal.signal(signal.SIGINT, before)


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


def open_streams() -> None:
    """Make both output streams UTF-8 with plain line ends, whatever the locale says.

    Standard output that is closed fails at the first write; what errors say then goes nowhere.
    """
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def close_output(code: int) -> int:
    """Give up standard output: keep the interpreter from complaining of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
