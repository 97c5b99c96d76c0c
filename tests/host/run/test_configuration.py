"""A configuration is refused where it is wrong, with exit status 2 and the place."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node, run_host
from tests.host.run.sources import PASS


def setting(path: str, value: object) -> tuple[str, object]:
    return path, value


# What is changed in a good configuration ("delete" removes it), and the words of the refusal.
WRONG: dict[str, tuple[tuple[str, object], str]] = {
    "no input": (setting("input", "delete"), "input is missing"),
    "no chain": (setting("chain", "delete"), "chain is missing"),
    "unknown key": (setting("speed", 1), "speed is not a known key; known here: input, output, chain, batch"),
    "unknown node key": (setting("chain.0.polcy", "drop"), "chain[0].polcy is not a known key"),
    "unknown input key": (setting("input.paht", "x"), "input.paht is not a known key"),
    "input is a string": (setting("input", "x.pcap"), "input must be an object, not a string"),
    "chain is empty": (setting("chain", []), "chain is 0 elements long; allowed are 1 to 64"),
    "chain of numbers": (setting("chain", [1]), "chain[0] must be an object, not an integer"),
    "batch 0": (setting("batch", 0), "batch is 0; allowed are 1 to 64"),
    "batch 65": (setting("batch", 65), "batch is 65; allowed are 1 to 64"),
    "batch real": (setting("batch", 1.5), "batch must be an integer, not a number with a fraction"),
    "unprotected 1": (setting("allow_unprotected", 1), "allow_unprotected must be true or false"),
    "unknown input": (setting("input.type", "net"), 'input.type is "net"; known here: pcap, pool'),
    "no input type": (setting("input.type", "delete"), "input.type is missing"),
    "unknown output": (setting("output.type", "pool"), 'output.type is "pool"; known here: pcap, null'),
    "output to stdout": (setting("output", {"type": "pcap", "path": "-"}), "output.path is"),
    "count 0": (setting("input.count", 0), "input.count is 0; allowed are 1 to"),
    "size 59": (setting("input.size", 59), "input.size is 59; allowed are 60 to 1920"),
    "packets -1": (setting("input.packets", -1), "input.packets is -1"),
    "rate 0": (setting("input.rate", 0), "input.rate is 0; allowed are 1 to 1000000000"),
    "size with pcap": (setting("input.pcap", "x.pcap"), "input.size has no meaning with input.pcap"),
    "empty name": (setting("chain.0.name", ""), "chain[0].name must not be empty"),
    "long name": (setting("chain.0.name", "n" * 64), "chain[0].name has 64 bytes; at most 63"),
    "control in name": (setting("chain.0.name", "a\nb"), "chain[0].name holds a control character"),
    "same name": (setting("chain.1.name", "nf"), 'chain[0].name and chain[1].name are both "nf"'),
    "null module": (setting("chain.0.module", None), "chain[0].module must be a string, not null"),
    "policy": (setting("chain.0.policy", "panic"), 'policy is "panic"; known are drop, bypass, restart'),
    "budget": (setting("chain.0.budget_us", 99), "chain[0].budget_us is 99; allowed are 100 to 60000000"),
    "huge budget": (setting("chain.0.init_budget_us", 10**30), "too big integer"),
    "heap": (
        setting("chain.0.heap_bytes", 1 << 40),
        "chain[0].heap_bytes is 1099511627776; allowed are 4096 to",
    ),
    "no such module": (setting("chain.0.module", "/nowhere/nf.fpm"), "/nowhere/nf.fpm: No such file"),
    "no such args": (setting("chain.0.args", "/nowhere/rules"), "/nowhere/rules: No such file"),
    "module is a directory": (setting("chain.0.module", "/"), "/: not a regular file"),
}


@pytest.fixture
def good(make_module: MakeModule) -> dict[str, Any]:
    config = chain(node(make_module(PASS)), node(make_module(PASS), "other"))
    config["input"] = {"type": "pool", "packets": 10, "size": 64}
    return config


def change(config: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    changed = copy.deepcopy(config)
    *way, last = [int(word) if word.isdigit() else word for word in path.split(".")]
    place: Any = changed
    for word in way:
        place = place[word]
    if value == "delete":
        del place[last]
    else:
        place[last] = value
    return changed


def test_the_good_one_is_good(good: dict[str, Any], run_chain: RunChain) -> None:
    assert run_chain(good).done["out"] == 10


@pytest.mark.parametrize("name", WRONG)
def test_wrong_configuration(name: str, good: dict[str, Any], run_chain: RunChain) -> None:
    (path, value), words = WRONG[name]
    outcome = run_chain(change(good, path, value))
    assert (outcome.status, outcome.events) == (2, []), outcome
    assert words in outcome.stderr


@pytest.mark.parametrize(
    "text", ["", "{", '{"input": 1, "input": 2}', "[1]", '"x"', "\0", '{"batch": 1e999}']
)
def test_not_even_an_object(text: str, run_chain: RunChain) -> None:
    outcome = run_chain(text)
    assert (outcome.status, outcome.events) == (2, []) and outcome.stderr.startswith("fphost: ")


def test_syntax_errors_have_a_position(fphost: Path, tmp_path: Path) -> None:
    outcome = run_host(fphost, "run", '{\n  "batch": 1,\n}')
    assert "standard input:3:1: not valid JSON" in outcome.stderr


def test_unprotected_modules_need_permission(make_module: MakeModule, run_chain: RunChain) -> None:
    config = chain(node(make_module(PASS, mode="none")), allow_unprotected=False)
    outcome = run_chain(config)
    assert outcome.status == 3 and "none" in outcome.one("error")["text"]


def test_damaged_module_is_refused(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    module = tmp_path / "cut.fpm"
    module.write_bytes(make_module(PASS).read_bytes()[:3000])
    outcome = run_chain(chain(node(make_module(PASS), "good"), node(module, "bad")))
    assert outcome.status == 3 and outcome.one("error")["text"].startswith(f"bad: {module}: ")


def test_configuration_may_be_a_file(good: dict[str, Any], fphost: Path, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(good))
    done = subprocess.run([fphost, "run", tmp_path / "run.json"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1])["out"] == 10
