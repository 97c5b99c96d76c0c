"""Filters as people write them, of every kind that libpcap compiles for Ethernet frames."""

from __future__ import annotations

EXPRESSIONS = """
tcp dst port 80
udp
icmp
arp
rarp
ip
ip6
tcp
sctp
icmp6
port 53
port 80 or port 443
src port 1024
tcp src portrange 1024-2000
portrange 80-90
udp portrange 50-60
port http or https
ip proto \\tcp
ip proto 47
ip6 proto 58
ether proto 0x88cc
ether proto \\arp
host 192.0.2.10
src host 198.51.100.10
dst host 203.0.113.1 and not tcp
ip host 10.1.2.3
net 192.0.2.0/24
src net 198.51.100.0/24
dst net 203.0.113.0 mask 255.255.255.0
net 10
net 192.168
ip6 host 2001:db8:1::10
src host 2001:db8:2::53
ip6 net 2001:db8::/32
dst net fe80::/10
host 192.0.2.10 or host 2001:db8:1::66
ether host 00:11:22:33:44:55
ether src 02:00:00:00:00:01
ether dst ff:ff:ff:ff:ff:ff
ether broadcast
ether multicast
ip multicast
ip6 multicast
vlan
vlan 5
vlan 5 and tcp
vlan and vlan and udp
vlan 1 and vlan 2 and ip
mpls
mpls 100
mpls 100 and ip
pppoed
pppoes 4
pppoes and ip
ip[0] & 0xf != 5
ip[6:2] & 0x1fff = 0
tcp[tcpflags] & tcp-syn != 0
tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not src net 192.0.2.0/24
tcp[13] = 18
icmp[icmptype] = icmp-echo
icmp[icmptype] != icmp-echo and icmp[icmptype] != icmp-echoreply
udp[4:2] > 20
ip[8] < 2
ip[2:2] > 100
ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) != 0
tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)
ether[0] & 1 = 0 and ip[16] >= 224
ether[12:2] = 0x0800
ether[0:4] ^ ether[6:4] != 0
ip[1] * 3 + ip[8] % 7 = 1
ip[8] / 3 > 20
ip[2:2] % (ip[8] + 0) = 3
ip[8] | 0x81 = 0xc1
1 << (ip[0] & 0xf) > 32
ether[ip[8]] = 0
udp[udp[4:2] - 1] = 0x6e
-ip[0] & 1 = 1
len < 60
len >= 100
len % 4 = 2
greater 80
less 64
len - 14 > 60
tcp and len - 40 > 20
not ip
not (tcp or udp)
not tcp and not udp and not arp
(tcp or udp) and (port 53 or port 80 or port 443) and not (net 10.0.0.0/8 or net 127.0.0.0/8)
(src net 192.0.2.0/24 and dst port 80) or (dst net 192.0.2.0/24 and src port 80)
ip and not (ip[6:2] & 0x2000 != 0 or ip[6:2] & 0x1fff != 0)
tcp dst port 22 and not src host 192.0.2.10 and not src host 192.0.2.20 and not src net 198.51.100.0/24
stp
llc
ah
esp
igmp
vrrp
""".strip().splitlines()
