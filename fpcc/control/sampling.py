"""Reports some time apart, for rates."""

from __future__ import annotations

import time

from fpcc.control.client import ControlClient
from fpcc.control.rates import Rates, measure


def take_rates(client: ControlClient, interval: float) -> Rates:
    """Over the next `interval` seconds; since the start for 0."""
    if interval == 0:
        return measure(client.report())
    before = client.report()
    time.sleep(interval)
    return measure(client.report(), before)
