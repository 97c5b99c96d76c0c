"""The `fpcc` program: finds the command, and turns every outcome into a message and an exit status.

0    done
1    an error, shown as its message on standard error (or what the command's own help says)
2    the command line itself is wrong
130  interrupted from the keyboard

A traceback is shown only if FPCC_TRACEBACK=1 is set. A command that wants another status calls
`click.get_current_context().exit(status)`.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import traceback

import click

from fpcc.errors import FpccError, InternalError

# One line a command: NAME is fpcc/commands/NAME.py, which offers `command`. Loaded only when asked for.
COMMANDS = (
    "build",
    "run",
    "serve",
    "ctl",
    "top",
    "metrics",
    "bench",
    "doctor",
    "report",
    "diff",
    "inspect",
    "verify",
    "filter",
)

INTERRUPTED = 128 + signal.SIGINT


class CommandTable(click.Group):
    """A click group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"fpcc.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.command(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fastpaas", prog_name="fpcc")
def fpcc() -> None:
    """Compile C network functions into protected modules, run them, and explain their guards."""


def run(arguments: list[str]) -> int:
    """Runs one command line and returns its exit status."""
    try:
        status = fpcc.main(arguments, prog_name="fpcc", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("FPCC_TRACEBACK") == "1":
            traceback.print_exc()
        click.echo(describe_error(error, stage=" ".join(["fpcc", *arguments[:1]])), err=True)
        return 1
    return status if isinstance(status, int) else 0


def describe_error(error: Exception, stage: str) -> str:
    """What went wrong, in words for the user; what nobody raised on purpose is a defect of `stage`."""
    if isinstance(error, FpccError):
        return str(error)
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(InternalError(stage, f"{type(error).__name__}: {error}"))


def main() -> None:
    """The entry point of the `fpcc` script.

    The process ends without taking apart what it made: after a build, a twentieth of its time.
    """
    status = run(sys.argv[1:])
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (AttributeError, OSError, ValueError):  # closed, or nobody reads: Python says what there is to say
        sys.exit(status)
    os._exit(status)
