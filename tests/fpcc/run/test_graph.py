"""graph.toml: the same as the command line; whatever is wrong with one is said exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from fpcc.errors import InputError
from fpcc.graph import read_graph
from tests.conftest import RunFpcc
from tests.fpcc.run.conftest import RunJson
from tests.nfs.capture_file import read_capture

GOOD = """\
[input]
type = "pcap"
path = "in.pcap"

[output]
type = "pcap"
path = "out.pcap"

[[node]]
name = "first"
module = "nf.fpm"
args = "rules"
policy = "bypass"
budget_us = 500
heap_bytes = 8192

[[node]]
name = "second"
module = "nf.fpm"
"""

# What is replaced in GOOD, by what, and what is said after "graph.toml: ".
WRONG = (
    ('name = "first"\n', "",
     'node[0]: the key "name" is missing; it is what the node is called, unlike any other'),
    ('name = "second"', 'name = "first"', 'node[1].name: "first" is the name of node[0], too; names differ'),
    ('name = "second"', "name = 2", "node[1].name: must be a string that is not empty, not 2"),
    ('name = "second"', 'name = ""', 'node[1].name: must be a string that is not empty, not ""'),
    ("budget_us", "budget",
     "node[0].budget: unknown key; known here are name, module, args, policy, budget_us, "
     "init_budget_us, heap_bytes, fault_capture"),
    ("500", "1.5", "node[0].budget_us: must be an integer of 64 bits, not 1.5"),
    ("500", "true", "node[0].budget_us: must be an integer of 64 bits, not true"),
    ("500", "9223372036854775808",
     "node[0].budget_us: must be an integer of 64 bits, not 9223372036854775808"),
    ('"bypass"', '"ignore"', 'node[0].policy: must be "drop" or "bypass" or "restart", not "ignore"'),
    ('"bypass"', "[]", 'node[0].policy: must be "drop" or "bypass" or "restart", not an empty array'),
    ('args = "rules"', 'args = "rulez"', "node[0].args: {}/rulez: no such file"),
    ('"nf.fpm"\nargs', '"no.fpm"\nargs', "node[0].module: {}/no.fpm: no such file"),
    ('path = "in.pcap"', 'path = "no.pcap"', "input.path: {}/no.pcap: no such file"),
    ('path = "in.pcap"', 'path = "."', "input.path: {}: is a directory"),
    ('path = "in.pcap"', "", 'input: the key "path" is missing; it is the capture file to read'),
    ('path = "in.pcap"', 'path = "in.pcap"\nsize = 64',
     "input.size: unknown key; known here are type, path, paced"),
    ('[input]\ntype = "pcap"', '[input]\ntype = "sea"',
     'input.type: must be "pcap" or "pool" or "af_packet" or "dpdk", not "sea"'),
    ('[input]\ntype = "pcap"', "[input]",
     'input: the key "type" is missing; it is "pcap" or "pool" or "af_packet" or "dpdk"'),
    ('[output]\ntype = "pcap"', '[output]\ntype = "pool"',
     'output.type: must be "pcap" or "af_packet" or "dpdk" or "null", not "pool"'),
    ('[output]\ntype = "pcap"\npath = "out.pcap"', '[output]\ntype = "dpdk"',
     "output: the key \"device\" is missing; it is the device's name in DPDK, with arguments after a comma"),
    ('[output]\ntype = "pcap"\npath = "out.pcap"', '[output]\ntype = "dpdk"\ndevice = "x"\nidle_ms = 1',
     "output.idle_ms: unknown key; known here are type, device, eal"),
    ("[output]", "[outputs]",
     "outputs: unknown key; known here are input, output, node, batch, allow_unprotected"),
    ("[input]", "batch = '8'\n[input]", 'batch: must be an integer of 64 bits, not "8"'),
    ("[input]", "allow_unprotected = 1\n[input]", "allow_unprotected: must be true or false, not 1"),
    ("[[node]]", "[[nodes]]",
     "nodes: unknown key; known here are input, output, node, batch, allow_unprotected"),
    ('[input]\ntype = "pcap"\npath = "in.pcap"', "input = 3", "input: must be a table, not 3"),
    ("[input]", "[input", "not TOML: Expected ']' at the end of a table declaration (at line 1, column 7)"),
)  # fmt: skip


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    for name in ("in.pcap", "nf.fpm", "rules"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


@pytest.fixture
def runnable(directory: Path, macswap: Path) -> Path:
    (directory / "nf.fpm").write_bytes(macswap.read_bytes())
    return directory


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[said[:50] for *_, said in WRONG])
def test_what_is_wrong_is_said_exactly(old: str, new: str, said: str, directory: Path) -> None:
    assert old in GOOD
    graph = directory / "graph.toml"
    graph.write_text(GOOD.replace(old, new))
    with pytest.raises(InputError) as caught:
        read_graph(graph)
    assert str(caught.value) == f"{graph}: {said.format(directory)}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", 'the key "input" is missing; it is the table [input], where packets come from'),
        (b"a = '\xff'", "not UTF-8 at byte 5"),
        (b'node = []\ninput = {type = "pool"}\noutput = {type = "null"}',
         "node: must be at least one table, written as [[node]], not an empty array"),
        (b'node = [1]\ninput = {type = "pool"}\noutput = {type = "null"}',
         "node[0]: must be a table, written under [[node]]"),
    ],
)  # fmt: skip
def test_files_that_are_no_graphs(data: bytes, said: str, tmp_path: Path) -> None:
    graph = tmp_path / "graph.toml"
    graph.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_graph(graph)
    assert str(caught.value) == f"{graph}: {said}"


def test_c_source_as_a_module(directory: Path) -> None:
    graph = directory / "graph.toml"
    graph.write_text(GOOD.replace('"nf.fpm"', '"nf.c"', 1))
    with pytest.raises(InputError, match=r"node\[0\]\.module: .*nf\.c: this is C source") as caught:
        read_graph(graph)
    assert f"fpcc build {directory}/nf.c" in str(caught.value)


def test_paths_are_relative_to_the_file(directory: Path) -> None:
    graph = directory / "graph.toml"
    graph.write_text(GOOD)
    host = read_graph(graph).to_host({})
    assert (
        host["input"]["path"] == f"{directory}/in.pcap" and host["output"]["path"] == f"{directory}/out.pcap"
    )
    first, second = host["chain"]
    assert first == {
        "name": "first",
        "module": f"{directory}/nf.fpm",
        "args": f"{directory}/rules",
        "policy": "bypass",
        "budget_us": 500,
        "heap_bytes": 8192,
    }
    assert second == {"name": "second", "module": f"{directory}/nf.fpm", "args": None}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("500", "5", "node[0].budget_us is 5; allowed are 100 to 60000000"),
        ("8192", "1", "node[0].heap_bytes is 1; allowed are 4096 to 805240832"),
        ("[input]", "batch = 0\n[input]", "batch is 0; allowed are 1 to 64"),
    ],
)
def test_ranges_are_told_with_the_file_s_keys(
    old: str, new: str, said: str, run_fpcc: RunFpcc, runnable: Path
) -> None:
    graph = runnable / "graph.toml"
    graph.write_text(GOOD.replace(old, new))
    done = run_fpcc("run", graph)
    assert (done.returncode, done.stderr) == (1, f"{graph}: {said}\n")


@pytest.mark.parametrize(
    "words", [("--in", "x"), ("--policy", "drop"), ("--allow-unprotected",), ("b.toml",)]
)
def test_a_graph_stands_alone(words: tuple[str, ...], run_fpcc: RunFpcc, directory: Path) -> None:
    done = run_fpcc("run", directory / "graph.toml", *words)
    assert done.returncode == 2
    assert f"{words[0]} belongs into" in done.stderr or "stands alone" in done.stderr


def test_a_graph_does_what_its_command_line_does(
    run_json: RunJson, macswap: Path, demo: Path, tmp_path: Path
) -> None:
    graph = tmp_path / "graph.toml"
    graph.write_text(
        f'input = {{type = "pcap", path = "{demo}"}}\noutput = {{type = "pcap", path = "a.pcap"}}\n'
        f'[[node]]\nname = "macswap-wonly"\nmodule = "{macswap}"\n'
    )
    status, by_graph = run_json(graph)
    assert (status, run_json(macswap, "--in", demo, "--out", tmp_path / "b.pcap")[0]) == (0, 0)
    assert read_capture(tmp_path / "a.pcap") == read_capture(tmp_path / "b.pcap")
    assert by_graph["nodes"][0]["node"] == "macswap-wonly"
