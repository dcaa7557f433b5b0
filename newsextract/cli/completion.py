"""``newsextract completion``: print a shell completion script."""

from __future__ import annotations

import argparse
from typing import Any

from newsextract.cli import OK
from newsextract.errors import import_extra

DESCRIPTION = """\
Print a script that lets a shell complete commands, options and their choices. Needs
pip install 'newsextract[completion]'.
"""
EPILOG = """\
examples:
  newsextract completion bash > ~/.local/share/bash-completion/completions/newsextract
  newsextract completion zsh > ~/.zfunc/_newsextract
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "completion",
        help="print a shell completion script",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    from newsextract.cli import build_parser

    print(import_extra("shtab", "completion").complete(build_parser(), shell=args.shell))
    return OK
