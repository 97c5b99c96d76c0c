"""Finds the names in an expression that libpcap would look up, before it does.

Where libpcap meets a word it does not know, it asks the system: for a host or a network that can be a
question to a name server, whose answer would then be part of the filter, or a wait. So such names are
refused. What stays are names that stand in a file of the machine: of services (after `port` and
`portrange`), and of protocols (after `proto`); and kinds of LLC frames, which libpcap knows itself.

The words are cut as libpcap's scanner cuts them, the longest match first; in doubt a name too many is found.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

# What the scanner of libpcap 1.10 knows. Whatever else looks like a word is a name to it.
KEYWORDS = frozenset(
    """
    dst src link ether ppp slip fddi tr wlan arp rarp ip sctp tcp udp icmp igmp igrp pim vrrp carp radio ip6
    icmp6 ah esp atalk aarp decnet lat sca moprc mopdl iso esis es-is isis is-is l1 l2 iih lsp snp csnp psnp
    clnp stp ipx netbeui host net mask port portrange proto protochain gateway type subtype direction dir
    address1 addr1 address2 addr2 address3 addr3 address4 addr4 ra ta less greater byte broadcast multicast
    and or not len length inbound outbound ifindex vlan mpls pppoed pppoes geneve lane llc metac bcc oam oamf4
    oamf4ec oamf4sc sc ilmic vpi vci connectmsg metaconnect on ifname rset ruleset rnr rulenum srnr subrulenum
    reason action fisu lssu lsu msu hfisu hlssu hmsu sio opc dpc sls hsio hopc hdpc hsls
    icmptype icmpcode icmp-echoreply icmp-unreach icmp-sourcequench icmp-redirect icmp-echo icmp-routeradvert
    icmp-routersolicit icmp-timxceed icmp-paramprob icmp-tstamp icmp-tstampreply icmp-ireq icmp-ireqreply
    icmp-maskreq icmp-maskreply icmp6type icmp6code icmp6-destinationunreach icmp6-packettoobig
    icmp6-timeexceeded icmp6-parameterproblem icmp6-echo icmp6-echoreply icmp6-multicastlistenerquery
    icmp6-multicastlistenerreportv1 icmp6-multicastlistenerdone icmp6-routersolicit icmp6-routeradvert
    icmp6-neighborsolicit icmp6-neighboradvert icmp6-redirect icmp6-routerrenum icmp6-nodeinformationquery
    icmp6-nodeinformationresponse icmp6-ineighbordiscoverysolicit icmp6-ineighbordiscoveryadvert
    icmp6-multicastlistenerreportv2 icmp6-homeagentdiscoveryrequest icmp6-homeagentdiscoveryreply
    icmp6-mobileprefixsolicit icmp6-mobileprefixadvert icmp6-certpathsolicit icmp6-certpathadvert
    icmp6-multicastrouteradvert icmp6-multicastroutersolicit icmp6-multicastrouterterm
    tcpflags tcp-fin tcp-syn tcp-rst tcp-push tcp-ack tcp-urg tcp-ece tcp-cwr
    """.split()
)
# After these a name is of a file, or libpcap's own; so are those that follow it in a list, `port (a or b)`.
FROM_FILES = frozenset("port portrange proto protochain llc".split())
_LIST = frozenset("and or not && || ! (".split())

_NUMBER = r"(?:0[xX][0-9A-Fa-f]+|[0-9]+)"
_BYTE = r"[0-9A-Fa-f]{1,2}"
_FOUR = r"[0-9A-Fa-f]{4}"
_NUMERIC = re.compile(
    rf"{_NUMBER}(?:\.{_NUMBER}){{0,3}}"  # a number, or as much of an IPv4 address
    rf"|{_BYTE}([:.-]){_BYTE}(?:\1{_BYTE}){{4}}|{_FOUR}(?:\.{_FOUR}){{2}}|[0-9A-Fa-f]{{12}}"  # Ethernet's
)
_WORD = r"[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?"
_WORD_OR_COLON = re.compile(f"{_WORD}|:")
_TOKEN = re.compile(
    r"\s+|(?P<colons>[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(?:\.[0-9.]*)?)"
    rf"|\\[^ !()\n\t]+|{_WORD}|&&|\|\||."
)


def find_lookups(expression: str) -> Iterator[str]:
    """The names in the expression that are neither libpcap's own nor of services or protocols."""
    place = ""  # the word of FROM_FILES that the list we are in began with
    for token, is_name in cut_words(expression):
        if is_name and not place:
            yield token
        elif not is_name:
            place = _follow(place, token)


def _follow(place: str, token: str) -> str:
    """What a name right after the token would be of."""
    if token in FROM_FILES:
        return token
    return place if token in _LIST or _NUMERIC.fullmatch(token) else ""


def cut_words(expression: str) -> Iterator[tuple[str, bool]]:
    """The tokens of an expression, without blanks, and whether each is a name to libpcap."""
    at = 0
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        assert match, expression
        if match["colons"] is not None and not _is_address(match["colons"]):
            match = _WORD_OR_COLON.match(expression, at)
            assert match, expression
        token, at = match[0], match.end()
        if token.strip():
            yield token, _is_name(token)


def _is_name(token: str) -> bool:
    if token.startswith("\\"):
        return True
    known = token in KEYWORDS or _is_address(token)
    return token[0].isalnum() and not known


def _is_address(token: str) -> bool:
    """Whether it is a number, or an address written in numbers."""
    if _NUMERIC.fullmatch(token):
        return True
    try:
        ipaddress.IPv6Address(token)
    except ValueError:
        return False
    return True
