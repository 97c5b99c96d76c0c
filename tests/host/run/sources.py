"""Pieces of modules the tests share."""

from __future__ import annotations

PASS = "void process(struct fp_batch *batch) { (void)batch; }"


def process(body: str, before: str = "") -> str:
    """A module whose process() is `body`, with `batch` and the number of this call, `call`, from 1."""
    return f"""
static unsigned calls;
{before}
void process(struct fp_batch *batch)
{{
	unsigned call = ++calls;
	(void)call;
	(void)batch;
	{body}
}}
"""


def in_second_call(body: str, before: str = "") -> str:
    """A module that does `body` in its second call and nothing else."""
    return process(f"if (call == 2) {{ {body} }}", before)


# fp_call(n): native recursion that the compiler cannot turn into a loop.
RECURSION = """
__attribute__((noinline)) static int recurse(int n)
{
	volatile char frame[1000];
	frame[0] = (char)n;
	return n ? recurse(n - 1) + frame[0] : frame[0];
}
"""
