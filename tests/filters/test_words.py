"""Names: none is looked up anywhere but in the machine's own files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fpcc.errors import FilterError
from fpcc.filters.compile import compile_filter
from fpcc.filters.libpcap import BadExpression, compile_expression
from fpcc.filters.words import KEYWORDS, find_lookups
from tests.filters.expressions import EXPRESSIONS

REFUSED = {
    "host example": "example",
    "host www.example.invalid": "www.example.invalid",
    "example": "example",
    "src net loopback": "loopback",
    "ether host router": "router",
    "gateway router": "router",
    "host http": "http",
    "port http and host https": "https",
    "port http or (host 192.0.2.1) or https": "https",
    "port 80 and (tcp) or smtp": "smtp",
    "ip proto \\tcp and host \\tcp": "\\tcp",
    "host 1.2.3.4.5": "1.2.3.4.5",
    "host 0x7f000001x": "0x7f000001x",
    "host abc:def": "abc",
    "ip6 host fe80::1%eth0": "eth0",
    "len-14 > 0": "len-14",
    "tcp dst prt 80": "prt",
    "decnet host node": "node",
}


@pytest.mark.parametrize("expression", REFUSED)
def test_a_name_is_refused_and_shown(expression: str) -> None:
    with pytest.raises(FilterError) as refused:
        compile_filter(expression, "fw: filter 3")
    assert str(refused.value).startswith(f'fw: filter 3: "{REFUSED[expression]}" is no word')


@pytest.mark.parametrize(
    "expression",
    [
        "port http",
        "port (http or https) and udp",
        "port http or https or 8080",
        "portrange http-https",
        "ip proto \\udp",
        "ether proto \\ip6",
        "llc i",
    ],
)
def test_names_of_services_and_protocols_are_known(expression: str) -> None:
    assert compile_filter(expression, "test").instructions


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_no_expression_without_names_is_refused(expression: str) -> None:
    assert list(find_lookups(expression)) == []


_WORDS = st.one_of(
    st.sampled_from(sorted(KEYWORDS)),
    st.sampled_from("host net port portrange proto and or not ( ) [ ] : :: ! = & - / \\ . % $a".split()),
    st.sampled_from("80 192.0.2.1 10.0 1.2.3.4.5 fe80::1 ::1 a:b:c:d:e:f 00:11:22:33:44:55".split()),
    st.sampled_from("nosuchname dead beef 0x80 0xg 12a 1::2::3 a::b::c 001122334455 a-b- 80-90 \\ip".split()),
)


@given(st.lists(_WORDS, max_size=8), st.sampled_from(["", " "]))
def test_libpcap_asks_for_no_name_that_is_not_found_before(words: list[str], blank: str) -> None:
    """libpcap says "unknown host" and the like where a name is looked up and there is none."""
    expression = blank.join(words)
    if list(find_lookups(expression)):
        return
    try:
        compile_expression(expression)
    except BadExpression as error:
        said = error.said
        assert not said.startswith(("unknown host", "unknown network", "unknown ether host")), expression
