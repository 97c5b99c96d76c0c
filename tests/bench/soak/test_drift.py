"""A leak is told from noise."""

from __future__ import annotations

from random import Random

from bench.soak.drift import ALLOWED_KIB, FEWEST, fit_drift


def noisy(rise: float, count: int = 200) -> list[tuple[float, float]]:
    """Memory that rises by so many KiB over the time, and by much more in the beginning."""
    chance = Random(1)
    return [
        (time, 20_000 + rise * time / count + chance.gauss(0, 300) - (5000 if time < count / 10 else 0))
        for time in range(count)
    ]


def test_noise_is_flat() -> None:
    drift = fit_drift(noisy(0))
    assert drift and drift.is_flat
    assert abs(drift.rise) < 3 * drift.error


def test_a_leak_is_not() -> None:
    drift = fit_drift(noisy(2 * ALLOWED_KIB))
    assert drift and not drift.is_flat
    assert abs(drift.rise - 0.8 * 2 * ALLOWED_KIB) < 3 * drift.error


def test_memory_that_is_let_go_of_is_flat() -> None:
    drift = fit_drift(noisy(-9000))
    assert drift and drift.is_flat


def test_of_a_few_nothing_is_said() -> None:
    assert fit_drift(noisy(0, FEWEST)) is None
