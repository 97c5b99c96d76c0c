"""hash_words of the examples: the splitmix finaliser, in arithmetic modulo 2^64."""

from __future__ import annotations

WORD = 2**64 - 1


def hash_words(a: int, b: int) -> int:
    x = a ^ (b * 0x9E3779B97F4A7C15 & WORD)
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & WORD
    x = (x ^ x >> 27) * 0x94D049BB133111EB & WORD
    return x ^ x >> 31
