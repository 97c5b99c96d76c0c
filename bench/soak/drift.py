"""Whether something that is measured again and again stays as it is.

A straight line is fitted to what was measured after the warm-up (least squares). It is flat if, over that
whole time, the line rises by no more than ALLOWED_KIB, or by less than chance explains: three standard
errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression, mean

WARM_UP = 0.2  # of the time
FEWEST = 10  # measurements, without which nothing is judged
ALLOWED_KIB = 1024


@dataclass(frozen=True)
class Drift:
    """Of the fitted line, from its begin to its end."""

    rise: float
    error: float  # standard error of the rise

    @property
    def is_flat(self) -> bool:
        return self.rise <= max(ALLOWED_KIB, 3 * self.error)


def fit_drift(samples: Sequence[tuple[float, float]]) -> Drift | None:
    """Of (time, value), in the order of time; None if there are too few to tell."""
    first, last = samples[0][0], samples[-1][0]
    warm = [(time, value) for time, value in samples if time >= first + WARM_UP * (last - first)]
    if len(warm) < FEWEST:
        return None
    times, values = [time for time, _ in warm], [value for _, value in warm]
    slope, intercept = linear_regression(times, values)
    middle, span = mean(times), times[-1] - times[0]
    off = sum((value - intercept - slope * time) ** 2 for time, value in warm) / (len(warm) - 2)
    spread = sum((time - middle) ** 2 for time in times)
    return Drift(slope * span, span * (off / spread) ** 0.5)
