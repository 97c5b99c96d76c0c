"""Packets that cross to another tenant are copied into its pool; a module never sees another tenant's.

Two modules attack. `keeper`, of tenant a, keeps pointers to every packet it has handed on and writes to them
in each later call. `searcher`, of tenant b, reads every byte of every packet buffer its arena has and looks
for what only packets of tenant a hold that were never handed to b.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import RunFpcc
from tests.host.engine.graphs import graph, node, path, serve
from tests.host.run.capture_files import Captured, read_capture, write_capture

LENGTH = 61
BUFFERS = 1024
PACKETS = 800  # so few that none is lost even if the receiver is late

# Fills its packets anew, as buffers it has spoilt may be its own again: those that begin with 1 with one
# letter, for gate 1, the others with the secret.
KEEPER = """
#include <fastpaas/nf.h>
#include <string.h>
static unsigned char *kept[4096];
static unsigned count, calls;
static int is_mine(const struct fp_batch *batch, const unsigned char *data)
{
    for (unsigned i = 0; i < batch->count; i++)
        if (batch->packet[i].data == data)
            return 1;
    return 0;
}
void process(struct fp_batch *batch)
{
    calls++;
    for (unsigned i = 0; i < count; i++)
        if (!is_mine(batch, kept[i]))
            memset(kept[i] + 1, 0xee, LENGTH - 1);
    for (unsigned i = 0; i < batch->count; i++) {
        struct fp_packet *packet = &batch->packet[i];
        packet->gate = packet->data[0];
        if (packet->gate)
            memset(packet->data + 1, 'A' + calls % 26, LENGTH - 1);
        for (unsigned j = 0; !packet->gate && j < LENGTH - 1; j += 4)
            memcpy(packet->data + 1 + j, "\\x5e\\xc4\\xe7\\x99", 4);
        if (count < 4096)
            kept[count++] = packet->data;
    }
}
"""

# Groups of buffers lie FP_PACKETS_SLOT apart. Looks once, when much has gone through.
SEARCHER = """
#include <fastpaas/nf.h>
#include <fastpaas/abi.h>
#include <stdint.h>
static unsigned calls;
void process(struct fp_batch *batch)
{
    uintptr_t pool = ((uintptr_t)batch->packet[0].data & ~(uintptr_t)0xffffffff) + FP_PACKETS_OFFSET;
    if (++calls != 10)
        return;
    for (unsigned group = 0; group < GROUPS; group++) {
        unsigned char *at = (unsigned char *)pool + (uintptr_t)group * FP_PACKETS_SLOT;
        for (unsigned i = 0; i + 4 <= FP_BATCH_MAX * FP_PACKET_BUFFER; i++)
            if (at[i] == 0x5e && at[i + 1] == 0xc4 && at[i + 2] == 0xe7 && at[i + 3] == 0x99) {
                fp_log(FP_ERROR, "found", 5);
                return;
            }
    }
    fp_log(FP_INFO, "nothing", 7);
}
"""

Build = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, run_fpcc: RunFpcc) -> Build:
    """Builds a module, in mode rw."""
    directory = tmp_path_factory.mktemp("attackers")

    def make(name: str, source: str) -> Path:
        (directory / f"{name}.c").write_text(source)
        file = directory / f"{name}.fpm"
        done = run_fpcc("build", directory / f"{name}.c", "--mode=rw", "-o", file)
        assert done.returncode == 0, done.stderr
        return file

    return make


def attack(fphost: Path, build: Build, directory: Path, receiver: str) -> tuple[list[str], list[bytes]]:
    """What the searcher says, and what came out after it, if it and the output are the receiver's."""
    packets = [Captured(bytes([i % 2]) + bytes(LENGTH - 1)) for i in range(PACKETS)]
    keeper = build("keeper", KEEPER.replace("LENGTH", str(LENGTH)))
    searcher = build("searcher", SEARCHER.replace("GROUPS", str(BUFFERS // 64)))
    nodes = [
        node("in", "input", type="pcap", path=str(write_capture(directory / "in.pcap", packets))),
        node("keeper", "module", module=str(keeper), budget_us=10_000_000),
        node("kept", "output", type="null"),
        node("searcher", "module", tenant=receiver, module=str(searcher), budget_us=10_000_000),
        node("out", "output", tenant=receiver, type="pcap", path=str(directory / "out.pcap")),
    ]
    edges = [*path("in", "keeper", "kept"), *path("searcher", "out")]
    edges.append({"from": "keeper", "gate": 1, "to": "searcher"})
    tenants = [{"name": name, "buffers": BUFFERS} for name in ("a", "b")]
    report, outcome = serve(fphost, graph(nodes, edges, tenants=tenants))
    report.check_accounts()
    assert outcome.all("fault") == []
    sent = [packet.frame for packet in read_capture(directory / "out.pcap")]
    return [event["text"] for event in outcome.all("log")], sent


def is_spoilt(frame: bytes) -> bool:
    """Whether a packet is not as it was when it was handed on: of one letter."""
    return len(frame) != LENGTH or len(set(frame[1:])) != 1 or not frame[1:].isupper()


def test_neither_reads_nor_writes_what_is_anothers(fphost: Path, build: Build, tmp_path: Path) -> None:
    said, sent = attack(fphost, build, tmp_path, receiver="b")
    assert said == ["nothing"]
    assert len(sent) == PACKETS // 2
    assert [frame for frame in sent if is_spoilt(frame)] == []


def test_within_one_tenant_the_attacks_succeed(fphost: Path, build: Build, tmp_path: Path) -> None:
    """So they are attacks: a tenant's own modules do share its packets."""
    said, sent = attack(fphost, build, tmp_path, receiver="a")
    assert said == ["found"]
    assert [frame for frame in sent if is_spoilt(frame)]
