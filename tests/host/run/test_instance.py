"""What a module finds when it starts, and what it can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node, pool
from tests.host.run.sources import PASS, in_second_call, process

ECHO = """
int init(const struct fp_args *args)
{
	fp_log(FP_WARNING, args->text, args->len);
	fp_log(FP_DEBUG, args->name, 2);
	return args->text[args->len] != 0;
}
"""


@pytest.mark.parametrize("text", ["", "10.0.0.0/8 3\n", "x" * 1024, "\0" * 5 + "\u20ac"])
def test_argument_file_arrives_byte_for_byte(
    text: str, make_module: MakeModule, run_chain: RunChain, tmp_path: Path
) -> None:
    (tmp_path / "args").write_text(text, encoding="utf-8")
    outcome = run_chain(chain(node(make_module(PASS + ECHO), "my", args=str(tmp_path / "args"))))
    assert outcome.logged("my") == [text.replace("\0", "\\x00").replace("\n", "\\x0a"), "my"]
    assert [event["level"] for event in outcome.all("log")] == ["warning", "debug"]


def test_without_argument_file_the_text_is_empty(make_module: MakeModule, run_chain: RunChain) -> None:
    assert run_chain(chain(node(make_module(PASS + ECHO), "my", args=None))).logged("my") == ["", "my"]


def test_init_may_refuse(make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(
        PASS + 'int init(const struct fp_args *args) { (void)args; LOG("no rules"); return -7; }'
    )
    outcome = run_chain(chain(node(module, "strict")))
    assert outcome.status == 3
    assert outcome.one("error")["text"] == "strict: init() refused to start: it returned -7"
    assert outcome.logged("strict") == ["no rules"]
    assert not outcome.all("ready")


def test_fini_is_called_last_in_reverse_order(make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(process("") + 'void fini(void) { fp_log(2, calls == 3 ? "three" : "odd", 5); }')
    outcome = run_chain(chain(node(module, "a"), node(module, "b")))
    assert [(event["node"], event["text"]) for event in outcome.all("log")] == [
        ("b", "three"),
        ("a", "three"),
    ]


def test_module_stack_is_there_and_aligned(make_module: MakeModule, run_chain: RunChain) -> None:
    body = """
	unsigned long top = (unsigned long)__fp_stack_pointer;
	*(volatile char *)(__fp_stack_pointer - 1) = *(volatile char *)__fp_stack_limit = 1;
	if (top % 64 == 0 && __fp_stack_pointer - __fp_stack_limit == FP_STACK_SIZE)
		LOG("fine");
	__fp_stack_pointer -= 4096; /* the next call starts at the top again */
	"""
    assert run_chain(chain(node(make_module(process(body))))).logged() == ["fine"] * 3


def test_heap_has_the_asked_size(make_module: MakeModule, run_chain: RunChain) -> None:
    body = '((char *)fp_heap_start())[fp_heap_size() - 1] = 1; if (fp_heap_size() == 8192) LOG("fine");'
    outcome = run_chain(chain(node(make_module(process(body)), heap_bytes=5000)))
    assert outcome.logged() == ["fine"] * 3
    assert outcome.one("ready")["nodes"][0]["heap_bytes"] == 8192


def test_log_shows_control_characters_and_stray_bytes(make_module: MakeModule, run_chain: RunChain) -> None:
    text = r"\033[31m\n\177\302\205 ok \303\244 \377\300\200 \355\240\200 \360\237\230\200 \"\\"
    outcome = run_chain(chain(node(make_module(in_second_call(f'LOG("{text}");')))))
    assert outcome.logged() == [
        r"\x1b[31m\x0a\x7f\xc2\x85 ok " + "\u00e4" + r" \xff\xc0\x80 \xed\xa0\x80 " + "\U0001f600" + ' "\\'
    ]


def test_log_lines_are_cut_at_1024_bytes(make_module: MakeModule, run_chain: RunChain) -> None:
    outcome = run_chain(
        chain(node(make_module(in_second_call("static char text[5000]; fp_log(2, text, 5000);"))))
    )
    assert outcome.logged() == ["\\x00" * 1024]


def test_suppressed_log_lines_are_counted(make_module: MakeModule, run_chain: RunChain) -> None:
    module = make_module(process('for (int i = 0; i < 50; i++) LOG("line");'))
    outcome = run_chain(chain(node(module), input=pool(3200)))
    shown = len(outcome.logged())
    assert 100 <= shown < 5000
    assert shown + sum(event["lines"] for event in outcome.all("log suppressed")) == 5000


def test_log_lines_of_a_refused_start_are_not_lost(make_module: MakeModule, run_chain: RunChain) -> None:
    source = (
        PASS
        + 'int init(const struct fp_args *a) { (void)a; for (int i = 0; i < 150; i++) LOG("no"); return 1; }'
    )
    outcome = run_chain(chain(node(make_module(source))))
    assert outcome.status == 3
    assert (len(outcome.logged()), outcome.one("log suppressed")["lines"]) == (100, 50)


def test_counters(make_module: MakeModule, run_chain: RunChain) -> None:
    body = """
	int a = fp_counter("hits"), b = fp_counter("a.very_long.name-"), c = fp_counter("hits");
	int d = fp_counter("0123456789abcdef0123456789abcde"), e = fp_counter("0123456789abcdef0123456789abcdef");
	if (a != 0 || b != -1 || c != 0 || d != 1 || e != -1 || fp_counter("") != -1)
		LOG("wrong");
	fp_count(a, 5); fp_count(c, 6); fp_count(d, -1); fp_count(2, 1); fp_count(-1, 1); fp_count(64, 1);
	"""
    outcome = run_chain(chain(node(make_module(in_second_call(body)))))
    assert not outcome.logged()
    assert outcome.counters() == {"hits": 11, "0123456789abcdef0123456789abcde": pytest.approx(2**64)}
    assert outcome.one("counters")["misuse"] == 3


def test_there_are_64_counters(make_module: MakeModule, run_chain: RunChain) -> None:
    body = """
	static char name[] = "c00";
	for (int i = 0; i < 70; i++) {
		name[1] = '0' + i / 10;
		name[2] = '0' + i % 10;
		fp_count(fp_counter(name), 1);
	}
	"""
    outcome = run_chain(chain(node(make_module(in_second_call(body)))))
    assert outcome.counters() == {f"c{i:02}": 1 for i in range(64)}
    assert outcome.one("counters")["misuse"] == 6


def test_counter_name_may_end_where_memory_ends(make_module: MakeModule, run_chain: RunChain) -> None:
    body = """
	char *end = (char *)fp_heap_start() + fp_heap_size();
	end[-3] = 'o';
	end[-2] = 'k';
	fp_count(fp_counter(end - 3), 1);
	"""
    assert run_chain(chain(node(make_module(in_second_call(body))))).counters() == {"ok": 1}


def test_time_stands_still_during_a_call(make_module: MakeModule, run_chain: RunChain) -> None:
    body = """
	static unsigned long last;
	unsigned long now = fp_now();
	for (int i = 0; i < 1000000; i++)
		__asm__ volatile("");
	if (now == fp_now() && now > last && now > 1700000000000000000)
		LOG("fine");
	last = now;
	"""
    assert run_chain(chain(node(make_module(process(body))))).logged() == ["fine"] * 3
