#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Records demo.pcap: real clients and servers talking over a veth pair between two network namespaces.
#
#     sudo examples/traffic/record.sh [FILE]
#
# Needs root and, on Debian 12, the packages
#     tcpdump iproute2 ethtool procps bsdutils curl openssl iperf3 dnsmasq-base bind9-dnsutils netcat-openbsd
#     iputils-ping traceroute openssh-client openssh-server python3
# Takes about a minute. Whatever it started and made is gone when it ends, however it ends.
# Addresses are those of RFC 5737 and RFC 3849: offices in 192.0.2.0/24 and 2001:db8:1::/64 talk to servers
# in 198.51.100.0/24 and 2001:db8:2::/64, some of them on VLAN 5.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
out=$(readlink -f "${1:-$here/demo.pcap}")
client=fastpaas-client server=fastpaas-server
work=$(mktemp -d)
started=()

in_client() { ip netns exec $client "$@"; }
in_server() { ip netns exec $server "$@"; }

# Starts a program in a namespace, in the background, to be ended with the recording.
start() { # NAMESPACE COMMAND...
	ip netns exec "$@" >>"$work/log" 2>&1 </dev/null &
	started+=($!)
}

clean_up() {
	local status=$? pid
	[ $status -eq 0 ] || { echo "record.sh failed; the last words of its programs:" && tail -20 "$work/log"; } >&2
	for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
	wait 2>/dev/null || true
	ip netns del $client 2>/dev/null || true
	ip netns del $server 2>/dev/null || true
	rmdir /run/sshd 2>/dev/null || true
	rm -rf "$work"
}

check_tools() {
	local missing=() tool
	for tool in tcpdump ip ethtool curl openssl iperf3 dnsmasq dig nc ping traceroute ssh sshd logger python3; do
		command -v $tool >/dev/null || missing+=($tool)
	done
	[ ${#missing[@]} -eq 0 ] && [ "$(id -u)" -eq 0 ] && return
	echo "record.sh needs root and: ${missing[*]:-nothing else} (see the packages at its top)" >&2
	exit 1
}

# The two ends. Offloads are off: checksums and sizes in the capture are those of the wire.
make_networks() {
	ip netns del $client 2>/dev/null || true
	ip netns del $server 2>/dev/null || true
	ip netns add $client
	ip netns add $server
	ip link add up0 netns $client type veth peer name up0 netns $server
	local n
	for n in $client $server; do
		ip netns exec $n ethtool -K up0 tx off rx off tso off gso off gro off >/dev/null
		ip netns exec $n sysctl -qw net.ipv6.conf.up0.accept_dad=0 net.ipv4.icmp_ratelimit=0
		ip -n $n link set lo up
	done
	ip -n $client link set up0 address 02:00:5e:00:53:c1
	ip -n $server link set up0 address 02:00:5e:00:53:51
	for n in 10 11 12 20 21 66; do ip -n $client addr add 192.0.2.$n/24 dev up0; done
	for n in 10 11 14 22 25 40 53 99; do ip -n $server addr add 198.51.100.$n/24 dev up0; done
	for n in 10 20 66; do ip -n $client addr add 2001:db8:1::$n/64 dev up0; done
	for n in 10 14 22 53; do ip -n $server addr add 2001:db8:2::$n/64 dev up0; done
	ip -n $client link set up0 up
	ip -n $server link set up0 up
	ip -n $client route add 198.51.100.0/24 dev up0 src 192.0.2.10
	ip -n $server route add 192.0.2.0/24 dev up0 src 198.51.100.10
	ip -n $client route add 2001:db8:2::/64 dev up0 src 2001:db8:1::10
	ip -n $server route add 2001:db8:1::/64 dev up0 src 2001:db8:2::10
}

# VLAN 5: one more office and one more web server.
make_vlan() {
	start $client python3 "$here/vlan_tap.py" vlan5 up0 5
	start $server python3 "$here/vlan_tap.py" vlan5 up0 5
	sleep 1
	ip -n $client addr add 192.0.2.130/25 dev vlan5
	ip -n $server addr add 198.51.100.130/25 dev vlan5
	ip -n $client link set vlan5 mtu 1496 up
	ip -n $server link set vlan5 mtu 1496 up
	ip -n $client route add 198.51.100.128/25 dev vlan5
	ip -n $server route add 192.0.2.128/25 dev vlan5
}

make_documents() {
	mkdir -p "$work/www/files" "$work/ssh"
	chmod 755 "$work" "$work/www"
	echo '<html><body>Hello from the demo.</body></html>' >"$work/www/index.html"
	local n
	for n in 1 2 3 4 5 6 7 8; do seq -s ' ' 1 $((n * 150)) >"$work/www/files/$n.txt"; done
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=www.example.com -keyout "$work/key.pem" \
		-out "$work/cert.pem" 2>/dev/null
	ssh-keygen -q -t ed25519 -N '' -C demo -f "$work/ssh/host"
	ssh-keygen -q -t ed25519 -N '' -C demo -f "$work/ssh/user"
	mkdir -p /run/sshd
}

text() { printf "$1%.0s" {1..250}; } # 250 times the same letter

start_servers() {
	local address
	for address in 198.51.100.10 2001:db8:2::10 198.51.100.130; do
		start $server python3 -m http.server 80 --bind $address --directory "$work/www"
	done
	start $server python3 -m http.server 8080 --bind 198.51.100.11 --directory "$work/www"
	for address in 198.51.100.10 '[2001:db8:2::10]'; do
		start $server sh -c "cd '$work/www' && exec openssl s_server -accept '$address:443' -WWW -quiet \
			-cert ../cert.pem -key ../key.pem"
	done
	start $server dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --no-resolv --no-hosts \
		--bind-interfaces --listen-address=198.51.100.53,2001:db8:2::53 --pid-file= --local=/example.com/ \
		--address=/www.example.com/198.51.100.10 --address=/www.example.com/2001:db8:2::10 \
		--mx-host=example.com,mail.example.com --address=/mail.example.com/198.51.100.25 \
		--txt-record=example.com,"$(text x)","$(text y)","$(text z)" \
		--txt-record=big.example.com,"$(text a)","$(text b)","$(text c)","$(text d)","$(text e)","$(text f)"
	start $server iperf3 -s -B 198.51.100.40
	start $server "$(command -v sshd)" -D -f /dev/null -h "$work/ssh/host" -o UsePAM=no -o StrictModes=no \
		-o ListenAddress=198.51.100.22 -o ListenAddress=2001:db8:2::22 -o PidFile=none \
		-o "AuthorizedKeysFile=$work/ssh/user.pub" -o PrintMotd=no -o ForceCommand='seq 1 2000'
	start $server nc -u -l -k 198.51.100.14 6514
	start $server nc -u -l -k 2001:db8:2::14 6514
	sleep 2
}

web() {
	local n address
	for n in {1..8}; do
		for address in 198.51.100.10 '[2001:db8:2::10]'; do
			in_client curl -s -o /dev/null "http://$address/" "http://$address/files/$n.txt" "http://$address/none"
			in_client curl -sk -o /dev/null "https://$address/files/$n.txt"
		done
		in_client curl -s -o /dev/null --interface 192.0.2.1$((n % 3)) http://198.51.100.11:8080/files/
		in_client curl -s -o /dev/null --interface 192.0.2.2$((n % 2)) -X POST -d "n=$n" http://198.51.100.10/form
		in_client curl -s -o /dev/null http://198.51.100.130/files/$n.txt
	done
	in_client curl -s -o /dev/null "http://198.51.100.10/files/[1-8].txt?[1-5]" -H 'Accept: text/plain'
}

# What a firewall or a payload filter is for.
unwanted() {
	local port
	in_client curl -s -o /dev/null --path-as-is http://198.51.100.10/../../../etc/passwd || true
	in_client curl -s -o /dev/null -A sqlmap/1.7 "http://198.51.100.10/?id=1%20UNION%20SELECT" || true
	in_client curl -s -o /dev/null -u admin:admin http://198.51.100.10/phpMyAdmin/ || true
	in_client curl -s -o /dev/null --interface 192.0.2.66 http://198.51.100.10/ http://198.51.100.10/.env
	in_client curl -s -o /dev/null --interface 2001:db8:1::66 'http://[2001:db8:2::10]/'
	for port in 21 23 25 80 110 135 139 143 443 445 1433 3306 3389 5432 5900 6379 {8000..8080}; do
		in_client nc -z -w 1 -s 192.0.2.66 198.51.100.99 "$port" || true
	done
	for port in 22 23 445 3389; do in_client nc -w 1 -s 192.0.2.20 198.51.100.22 "$port" </dev/null || true; done
	in_client traceroute -n -q 3 -m 3 198.51.100.10
	in_client traceroute -6 -n -q 3 -m 3 2001:db8:2::10
}

names() {
	local n kind
	for n in {1..25}; do
		for kind in A AAAA; do in_client dig +short +tries=1 @198.51.100.53 www.example.com $kind; done
		in_client dig +short +tries=1 @2001:db8:2::53 host$n.example.com
	done
	in_client dig +short @198.51.100.53 example.com MX
	in_client dig +short +bufsize=4096 @198.51.100.53 big.example.com TXT
	in_client dig +short +bufsize=512 @198.51.100.53 big.example.com TXT
	in_client dig +short +noedns +ignore @198.51.100.53 example.com TXT
	in_client dig +short @198.51.100.53 version.bind CH TXT
}

shells() {
	local n address
	for n in 1 2; do
		for address in 198.51.100.22 2001:db8:2::22; do
			in_client ssh -F /dev/null -i "$work/ssh/user" -o StrictHostKeyChecking=no -o LogLevel=ERROR \
				-o UserKnownHostsFile=/dev/null "root@$address" true
		done
	done
}

mail() {
	local n line
	for n in 1 2 3; do
		start $server sh -c 'for line in "220 mail.example.com ready" 250 250 250 "354 go on" "250 queued" "221 bye"
			do echo "$line"; sleep 0.15; done | nc -N -l 198.51.100.25 25'
		sleep 0.5
		for line in 'EHLO office' 'MAIL FROM:<a@example.com>' 'RCPT TO:<b@example.com>' DATA "message $n" . QUIT; do
			printf '%s\r\n' "$line"
			sleep 0.15
		done | in_client nc -w 2 198.51.100.25 25
	done
}

bulk() {
	in_client iperf3 -c 198.51.100.40 -B 192.0.2.12 -n 300K -M 1200
	in_client iperf3 -c 198.51.100.40 -B 192.0.2.10 -n 150K -R
	in_client iperf3 -c 198.51.100.40 -B 192.0.2.20 -u -b 2M -n 100K -l 300
	in_client iperf3 -c 198.51.100.40 -B 192.0.2.11 -n 40K -M 600 # an odd host: not allowed to
}

pings() {
	in_client ping -q -i 0.01 -c 100 198.51.100.10
	in_client ping -q -i 0.01 -c 60 2001:db8:2::10
	in_client ping -q -i 0.01 -c 40 -s 1400 -I 192.0.2.21 198.51.100.53
	in_client ping -q -i 0.01 -c 15 -s 4000 198.51.100.10
	in_client ping -q -i 0.01 -c 10 -s 4000 2001:db8:2::10
	in_client ping -q -i 0.01 -c 40 198.51.100.130
	in_client ping -q -i 0.01 -c 10 -R 198.51.100.10 # record route: IPv4 options
}

logs() {
	local n address
	for n in {1..60}; do
		for address in 198.51.100.14 2001:db8:2::14; do
			in_client logger -d -n $address -P 6514 -t app$((n % 4)) --rfc5424=notq,nohost \
				"request $n took $((n * 7 % 90)) ms"
		done
	done
}

check_tools
trap clean_up EXIT
make_networks
make_documents
make_vlan
start $client tcpdump -i up0 -U -s 0 -B 8192 -w "$work/demo.pcap"
recorder=$!
start_servers
for step in pings names web shells mail logs bulk unwanted; do
	echo "recording: $step"
	$step >>"$work/log" 2>&1
done
sleep 1
kill -INT "$recorder"
wait "$recorder"
cp "$work/demo.pcap" "$out"
tcpdump -r "$out" 2>/dev/null | wc -l | xargs echo "packets:"
