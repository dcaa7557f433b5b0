"""The command line: one module per command, imported when it is used.

Each command module has ``add_parser(subparsers)``, which sets ``run`` as its parser's default, and
``run(args) -> int``, which returns the exit code. Expensive imports are inside ``run``.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

from newsextract.cli.messages import say, set_volume
from newsextract.cli.parser import Parser, check_command
from newsextract.errors import NewsextractError

COMMANDS = (
    "extract",
    "link",
    "query",
    "report",
    "evaluate",
    "gazetteer",
    "schema",
    "train",
    "completion",
)
OK, ARTICLE_FAILED, MISUSE, INTERRUPTED = 0, 1, 2, 130
PIPE_CLOSED = 141

_EPILOG = """\
exit codes: 0 done, 1 an article could not be read, 2 misuse, 130 interrupted

newsextract COMMAND --help (or newsextract help COMMAND) explains one command.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that ``argv`` names and return the exit code."""
    arguments = _normalize(sys.argv[1:] if argv is None else list(argv))
    open_streams()
    try:
        with interrupted_once():
            args = parse(arguments)
            code: int = args.run(args)
            sys.stdout.flush()
    except ModuleNotFoundError as error:
        return refuse(f"this needs the package {error.name}, which is not installed")
    except NewsextractError as error:
        return refuse(error)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return close_output(PIPE_CLOSED)
    except OSError as error:
        reason = error.strerror or error
        refuse(f"{error.filename or 'cannot write the output'}: {reason}")
        return close_output(MISUSE)
    return code


def refuse(reason: object) -> int:
    """Report why a command failed, with the traceback if the user asked for more."""
    logging.getLogger(__name__).info("the error in full:", exc_info=True)
    say(reason)
    return MISUSE


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the parsed ``arguments``, or exit with a suggestion."""
    parser = build_parser(arguments)
    check_command(parser, arguments, COMMANDS)
    args, rest = parser.parse_known_args(arguments)
    if rest:
        args.parser.refuse(rest)
    set_volume(quiet=args.quiet, verbose=args.verbose)
    return args


def _normalize(arguments: list[str]) -> list[str]:
    """Turn ``help COMMAND`` into ``COMMAND --help``, and put ``-q`` and ``-v`` after COMMAND."""
    if arguments[:1] == ["help"]:
        return [*arguments[1:2], "--help"]
    if arguments[1:] and arguments[0] in ("-q", "--quiet", "-v", "--verbose"):
        return [arguments[1], arguments[0], *arguments[2:]]
    return arguments


@contextmanager
def interrupted_once() -> Iterator[None]:
    """Let the first interrupt end the command cleanly; ignore later ones.

    Stopping workers and storing what is ready takes a moment. The process exits afterwards, so
    interrupts stay ignored. A command that a shell script started in the background, where
    interrupts are ignored at first, ends in order too.
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


def build_parser(arguments: Sequence[str] = ()) -> Parser:
    """Return the parser with the command that ``arguments`` begin with, or with all commands."""
    parser = Parser(
        prog="newsextract",
        description="Extract people, places, dates, and who said what from English news.",
        epilog=_EPILOG,
    )
    parser.add_argument("-V", "--version", action=VersionAction)
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    wanted = [name for name in COMMANDS if name in arguments[:1]] or COMMANDS
    for name in wanted:
        import_module(f"newsextract.cli.{name}").add_parser(subparsers)
        command = subparsers.choices[name]
        command.set_defaults(parser=command)
        add_volume(command)
    return parser


def add_volume(parser: argparse.ArgumentParser) -> None:
    """Add the options for verbosity on standard error."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-q", "--quiet", action="store_true", help="print failures only")
    group.add_argument(
        "-v", "--verbose", action="store_true", help="print more, and tracebacks of errors"
    )


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

    If standard output is closed, the first write fails; if standard error is, messages are lost.
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
    """Give up standard output, so that the interpreter does not complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
