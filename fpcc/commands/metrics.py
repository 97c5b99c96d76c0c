"""`fpcc metrics`: a running graph's counters for Prometheus."""

from __future__ import annotations

from pathlib import Path

import click

from fpcc.control.client import ControlClient
from fpcc.control.socket_path import default_socket
from fpcc.errors import InputError


@click.command()
@click.option(
    "--control", type=click.Path(path_type=Path), metavar="PATH", help="Control socket, as of `fpcc serve`."
)
@click.option(
    "--listen",
    default="127.0.0.1:9464",
    metavar="HOST:PORT",
    help="Where to answer; default: 127.0.0.1:9464. Port 0: any that is free.",
)
def command(control: Path | None, listen: str) -> None:
    """Answer Prometheus at http://HOST:PORT/metrics until Ctrl-C or SIGTERM.

    Each request asks the host once; while none runs, fastpaas_up is 0.
    """
    address, port = _split(listen)
    try:
        from fpcc.control.prometheus import start_server
    except ModuleNotFoundError as error:
        raise InputError(
            "`fpcc metrics` needs the library prometheus-client: pip install 'fastpaas[metrics]'"
        ) from error
    server = start_server(ControlClient(control or default_socket()), address, port)
    shown = f"[{address}]" if ":" in address else address
    click.echo(f"http://{shown}:{server.port}/metrics")
    server.thread.join()


def _split(listen: str) -> tuple[str, int]:
    """Address and port; an IPv6 address is in brackets."""
    address, colon, port = listen.rpartition(":")
    if not colon or not address or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise click.UsageError(f'--listen is HOST:PORT, as in 127.0.0.1:9464, not "{listen}"')
    return address.removeprefix("[").removesuffix("]"), int(port)
