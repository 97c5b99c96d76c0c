"""Descriptors of random, mostly extreme values against a model of what is valid."""

from __future__ import annotations

import random
import struct
from collections import Counter
from pathlib import Path

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.descriptors import BUFFER, DROP, GATES, HEADROOM, verdict
from tests.host.run.runner import chain, node, pool

BATCHES, BATCH = 200, 64

# Applies the next 64 records of the argument file to the batch.
APPLY = """
struct record { long shift; unsigned len; unsigned short gate, touch; };
static const struct record *next;
int init(const struct fp_args *args)
{
	next = (const struct record *)args->text;
	return 0;
}
void process(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 64; i++, next++) {
		struct fp_packet *packet = &batch->packet[i];
		packet->gate = next->gate;
		if (!next->touch)
			continue;
		packet->data += next->shift;
		packet->len = next->len;
	}
}
"""


def expect(shift: int, length: int, gate: int, touch: int) -> str:
    return verdict(shift, length, gate) if touch else verdict(0, 64, gate)


def test_random_descriptors(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    dice = random.Random(7)
    edges = [
        0,
        1,
        -1,
        HEADROOM,
        -HEADROOM,
        BUFFER,
        BUFFER - HEADROOM,
        -BUFFER,
        1 << 31,
        1 << 32,
        1 << 62,
        -(1 << 62),
    ]
    lengths = [0, 1, 64, BUFFER, BUFFER - HEADROOM, 0xFFFFFFFF, 0x80000000]
    gates = [0, 1, 63, 64, 255, 256, 0x7FFF, 0x8000, 0xFFFC, 0xFFFD, 0xFFFE, DROP]
    records = []
    for _ in range(BATCHES):
        calm = dice.random()  # batches in which nothing moves take another path in the host
        for _ in range(BATCH):
            touch = int(dice.random() > calm or calm > 0.8 > dice.random() / 2 + 0.5)
            gate = dice.choice(gates) if dice.random() > calm else dice.randrange(GATES)
            length = (dice.choice(lengths) + dice.randrange(-1, 2)) & 0xFFFFFFFF
            records.append((dice.choice(edges) + dice.randrange(-1, 2), length, gate, touch))
    for k in range(0, len(records), 4 * BATCH):  # and every fourth batch is wholly calm but for its gates
        records[k : k + BATCH] = [(s, n, g, 0) for s, n, g, _ in records[k : k + BATCH]]
    (tmp_path / "args").write_bytes(b"".join(struct.pack("<qIHH", *record) for record in records))
    config = chain(
        node(make_module(APPLY), args=str(tmp_path / "args")), input=pool(BATCHES * BATCH, BATCH), batch=BATCH
    )
    found = run_chain(config).node()
    expected = Counter(expect(*record) for record in records)
    assert {**found["gates"], **found["drops"]} == expected
    assert {"bad data", "bad length", "bad gate", "dropped by module", "63"} <= expected.keys()
