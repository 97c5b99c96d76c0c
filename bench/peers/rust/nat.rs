// SPDX-License-Identifier: Apache-2.0
//
//! nat in safe Rust: IPv4 source NAT with port translation; see examples/nfs/nat.c.
#![deny(unsafe_code)]

mod argfile;
#[allow(unsafe_code)]
mod host;
mod nat_table;
mod packet;

use argfile::{Ipv4Prefix, Line, ipv4_address, ipv4_prefix, lines, number, port_range};
use host::{Counter, DROP, Packet};
use nat_table::{End, Kind, Settings, Table};
use packet::{
    Datagram, ICMP, IPV4_FRAGMENT_OFFSET, IPV4_HEADER, Parsed, TCP, UDP, be16, be32, checksum_apply,
    checksum_delta16, checksum_delta32, parse_ip, put_be16, put_be32,
};

const PUBLIC_MAX: usize = 16;
const MAPPINGS_MAX: u64 = 1 << 20;
const SECOND: u64 = 1_000_000_000;
const INSIDE_GATE: u16 = 1;
const SOURCE: usize = 12; // where an IPv4 header has its addresses
const DESTINATION: usize = 16;
const ICMP_HEADER: usize = 8;
const ECHO_REPLY: u8 = 0;
const UNREACHABLE: u8 = 3;
const ECHO_REQUEST: u8 = 8;
const TIME_EXCEEDED: u8 = 11;
const PARAMETER_PROBLEM: u8 = 12;
const FIN: u8 = 1;
const SYN: u8 = 2;
const RST: u8 = 4;

enum Way {
    Outbound,
    Inbound,
}

/// Why a packet is dropped; what `dropped` is indexed by.
#[derive(Clone, Copy)]
enum Why {
    Full,
    Unknown,
    Untranslatable,
    BadPacket,
}

use Why::{BadPacket, Full, Unknown, Untranslatable};

const COUNTERS: [&str; 4] = ["nat.full", "nat.unknown", "nat.untranslatable", "nat.malformed"];

pub struct Nf {
    inside: Ipv4Prefix,
    table: Table,
    counters: [Counter; 4],
}

// ---- Argument file

fn read_public(line: &Line, word: &[u8], public: &mut Vec<u32>) -> Result<(), String> {
    if public.len() == PUBLIC_MAX {
        return line.error("more than 16 public addresses");
    }
    let Some(address) = ipv4_address(word) else { return line.error_word("not an IPv4 address", word) };
    if public.contains(&address) {
        return line.error_word("the same public address a second time", word);
    }
    public.push(address);
    Ok(())
}

fn read_timeout(line: &Line, [name, word]: [&[u8]; 2], settings: &mut Settings) -> Result<(), String> {
    let timeout = match name {
        b"tcp" => &mut settings.timeouts[Kind::Tcp as usize],
        b"udp" => &mut settings.timeouts[Kind::Udp as usize],
        b"icmp" => &mut settings.timeouts[Kind::Echo as usize],
        b"tcp-opening" => &mut settings.opening,
        _ => return line.error_word("not a timeout: tcp, tcp-opening, udp or icmp", name),
    };
    match number(word, 1_000_000) {
        Some(seconds) if seconds > 0 => *timeout = seconds * SECOND,
        _ => return line.error_word("not a number of seconds from 1 to 1000000", word),
    }
    Ok(())
}

fn take<'a, const N: usize>(line: &mut Line<'a>, name: &[u8]) -> Result<[&'a [u8]; N], String> {
    line.words::<N>().map_or_else(|| line.error_word("wrong number of words after", name), Ok)
}

fn read_line(
    line: &mut Line,
    inside: &mut Option<Ipv4Prefix>,
    settings: &mut Settings,
) -> Result<(), String> {
    let Some(name) = line.word() else { return Ok(()) };
    if name == b"timeout" {
        let words = take::<2>(line, name)?;
        return read_timeout(line, words, settings);
    }
    if ![&b"inside"[..], b"public", b"ports", b"mappings"].contains(&name) {
        return line.error_word("unknown setting", name);
    }
    let [word] = take::<1>(line, name)?;
    match name {
        b"inside" if inside.is_some() => return line.error("`inside` a second time"),
        b"inside" => match ipv4_prefix(word) {
            None => return line.error_word("not an IPv4 prefix", word),
            prefix => *inside = prefix,
        },
        b"public" => return read_public(line, word, &mut settings.public),
        b"ports" => match port_range(word) {
            Some((low, high)) if low > 0 => settings.ports = (low, high),
            _ => return line.error_word("not a port range low-high from 1 to 65535", word),
        },
        _ => match number(word, MAPPINGS_MAX) {
            Some(mappings) if mappings > 0 => settings.mappings = mappings as usize,
            _ => return line.error_word("not a number from 1 to 1048576", word),
        },
    }
    Ok(())
}

// ---- Packets

/// The kind of a transport header, given the ICMP type that belongs to the direction it went.
#[inline(always)]
fn kind_of(protocol: u8, l4: &[u8], echo_type: u8) -> Option<Kind> {
    match protocol {
        TCP => Some(Kind::Tcp),
        UDP => Some(Kind::Udp),
        ICMP if l4[0] == echo_type => Some(Kind::Echo),
        _ => None,
    }
}

/// Where in a transport header the port of the end `side` is.
#[inline(always)]
fn port_at(kind: Kind, side: usize) -> usize {
    match kind {
        Kind::Echo => 4,
        _ if side == SOURCE => 0,
        _ => 2,
    }
}

/// Puts another address into an IPv4 header; the change its checksum absorbed.
#[inline(always)]
fn replace_address(ip: &mut [u8], side: usize, address: u32) -> u32 {
    let delta = checksum_delta32(be32(ip, side), address);
    put_be32(ip, side, address);
    put_be16(ip, 10, checksum_apply(be16(ip, 10), delta));
    delta
}

#[inline(always)]
fn replace_port(l4: &mut [u8], at: usize, port: u16) -> u32 {
    let delta = checksum_delta16(be16(l4, at), port);
    put_be16(l4, at, port);
    delta
}

#[inline(always)]
fn rewrite(datagram: &mut Datagram, kind: Kind, side: usize, address: u32, port: u16) {
    let checksum_at = [16, 6, 2][kind as usize];
    let (ip, l4) = datagram.ip.split_at_mut(datagram.l4);
    let checksum = be16(l4, checksum_at);
    let mut delta = replace_address(ip, side, address);
    if kind == Kind::Echo {
        delta = 0; // ICMP has no pseudo header
    }
    delta += replace_port(l4, port_at(kind, side), port);
    if kind == Kind::Udp && checksum == 0 {
        return; // the sender computed none
    }
    let checksum = checksum_apply(checksum, delta);
    put_be16(l4, checksum_at, if kind == Kind::Udp && checksum == 0 { 0xffff } else { checksum });
}

fn is_error(datagram: &Datagram) -> bool {
    datagram.protocol == ICMP
        && matches!(datagram.transport()[0], UNREACHABLE | TIME_EXCEEDED | PARAMETER_PROBLEM)
}

/// Where in an ICMP error's datagram the quoted transport header begins, of which eight bytes are there.
fn quoted_transport(datagram: &Datagram) -> Option<usize> {
    let quoted = datagram.transport().get(ICMP_HEADER..)?;
    if quoted.len() < IPV4_HEADER || quoted[0] >> 4 != 4 {
        return None;
    }
    let header = (quoted[0] & 15) as usize * 4;
    let first = be16(quoted, 6) & IPV4_FRAGMENT_OFFSET == 0;
    (header >= IPV4_HEADER && quoted.len() >= header + 8 && first)
        .then_some(datagram.l4 + ICMP_HEADER + header)
}

/// Translates the quoted end `side` and the error's own opposite end.
fn rewrite_error(datagram: &mut Datagram, port_at: usize, side: usize, address: u32, port: u16) {
    let (ip, icmp) = datagram.ip.split_at_mut(datagram.l4);
    let port_at = port_at - ip.len();
    let quoted_checksum = be16(icmp, ICMP_HEADER + 10);
    let mut delta = replace_address(&mut icmp[ICMP_HEADER..], side, address);
    delta += replace_port(icmp, port_at, port);
    delta += checksum_delta16(quoted_checksum, be16(icmp, ICMP_HEADER + 10));
    put_be16(icmp, 2, checksum_apply(be16(icmp, 2), delta));
    replace_address(ip, if side == SOURCE { DESTINATION } else { SOURCE }, address);
}

impl Nf {
    pub fn new(args: &[u8]) -> Result<Nf, String> {
        let mut inside = None;
        let mut settings = Settings {
            public: Vec::new(),
            ports: (1024, 65535),
            mappings: 65536,
            timeouts: [7440 * SECOND, 300 * SECOND, 60 * SECOND],
            opening: 240 * SECOND,
        };
        for mut line in lines(args) {
            read_line(&mut line, &mut inside, &mut settings)?;
        }
        let Some(inside) = inside.filter(|_| !settings.public.is_empty()) else {
            return Err("the argument file needs an `inside` and a `public` line".into());
        };
        if settings.public.iter().any(|public| public & inside.mask == inside.address) {
            return Err("a public address lies in the `inside` prefix".into());
        }
        Ok(Nf { inside, table: Table::new(settings), counters: COUNTERS.map(Counter::open) })
    }

    #[inline(always)]
    fn is_inside(&self, address: u32) -> bool {
        address & self.inside.mask == self.inside.address
    }

    #[inline(always)]
    fn translate_out(&mut self, datagram: &mut Datagram, kind: Kind, now: u64) -> Result<Way, Why> {
        let l4 = datagram.transport();
        let port = be16(l4, port_at(kind, SOURCE));
        let flags = if kind == Kind::Tcp { l4[13] } else { 0 };
        let end = End { address: be32(datagram.ip, SOURCE), port, kind };
        let mapping = self.table.find_or_add(end, now).ok_or(Full)?;
        mapping.last = now;
        mapping.closing = flags & (FIN | RST) != 0 || (mapping.closing && flags & SYN == 0);
        let (pool, outside) = (mapping.pool as usize, mapping.outside);
        rewrite(datagram, kind, SOURCE, self.table.settings.public[pool], outside);
        Ok(Way::Outbound)
    }

    #[inline(always)]
    fn translate_in(
        &mut self,
        datagram: &mut Datagram,
        kind: Kind,
        pool: usize,
        now: u64,
    ) -> Result<Way, Why> {
        let l4 = datagram.transport();
        let port = be16(l4, port_at(kind, DESTINATION));
        let mapping = self.table.find_outside(pool, kind, port, now).ok_or(Unknown)?;
        mapping.answered = true;
        mapping.closing |= kind == Kind::Tcp && l4[13] & (FIN | RST) != 0;
        let (inside, port) = (mapping.inside, mapping.port);
        rewrite(datagram, kind, DESTINATION, inside, port);
        Ok(Way::Inbound)
    }

    fn translate_error_out(&mut self, error: &mut Datagram) -> Result<Way, Why> {
        let l4 = quoted_transport(error).ok_or(Untranslatable)?;
        let quoted = &error.ip[error.l4 + ICMP_HEADER..];
        let kind = kind_of(quoted[9], &error.ip[l4..], ECHO_REPLY).ok_or(Untranslatable)?;
        let at = l4 + port_at(kind, DESTINATION);
        let end = End { address: be32(quoted, DESTINATION), port: be16(error.ip, at), kind };
        let mapping = self.table.find_inside(end).ok_or(Untranslatable)?;
        let (pool, outside) = (mapping.pool as usize, mapping.outside);
        rewrite_error(error, at, DESTINATION, self.table.settings.public[pool], outside);
        Ok(Way::Outbound)
    }

    fn translate_error_in(&mut self, error: &mut Datagram, pool: usize, now: u64) -> Result<Way, Why> {
        let l4 = quoted_transport(error).ok_or(Untranslatable)?;
        let quoted = &error.ip[error.l4 + ICMP_HEADER..];
        let kind = kind_of(quoted[9], &error.ip[l4..], ECHO_REQUEST).ok_or(Untranslatable)?;
        if be32(quoted, SOURCE) != self.table.settings.public[pool] {
            return Err(Untranslatable);
        }
        let at = l4 + port_at(kind, SOURCE);
        let port = be16(error.ip, at);
        let mapping = self.table.find_outside(pool, kind, port, now).ok_or(Unknown)?;
        let (inside, port) = (mapping.inside, mapping.port);
        rewrite_error(error, at, SOURCE, inside, port);
        Ok(Way::Inbound)
    }

    #[inline(always)]
    fn leave(&mut self, datagram: &mut Datagram, now: u64) -> Result<Way, Why> {
        let destination = be32(datagram.ip, DESTINATION);
        if self.is_inside(destination) || self.table.find_public(destination).is_some() {
            return Err(Untranslatable);
        }
        match kind_of(datagram.protocol, datagram.transport(), ECHO_REQUEST) {
            Some(kind) => self.translate_out(datagram, kind, now),
            None if is_error(datagram) => self.translate_error_out(datagram),
            None => Err(Untranslatable),
        }
    }

    #[inline(always)]
    fn enter(&mut self, datagram: &mut Datagram, now: u64) -> Result<Way, Why> {
        let pool = self.table.find_public(be32(datagram.ip, DESTINATION)).ok_or(Untranslatable)?;
        match kind_of(datagram.protocol, datagram.transport(), ECHO_REPLY) {
            Some(kind) => self.translate_in(datagram, kind, pool, now),
            None if is_error(datagram) => self.translate_error_in(datagram, pool, now),
            None => Err(Untranslatable),
        }
    }

    #[inline(always)]
    fn translate(&mut self, packet: &mut Packet) -> Result<Way, Why> {
        let now = packet.timestamp;
        let mut datagram = match parse_ip(packet.frame()) {
            Parsed::Ip(datagram) if datagram.transport_bytes().is_some() => datagram,
            Parsed::NotIp => return Err(Untranslatable),
            _ => return Err(BadPacket),
        };
        if datagram.version != 4 || datagram.fragment {
            return Err(Untranslatable);
        }
        if datagram.transport().len() < 8 {
            return Err(if datagram.protocol == ICMP { BadPacket } else { Untranslatable });
        }
        if self.is_inside(be32(datagram.ip, SOURCE)) {
            return self.leave(&mut datagram, now);
        }
        self.enter(&mut datagram, now)
    }

    pub fn process(&mut self, packets: &mut [Packet]) {
        let mut dropped = [0; 4];
        let now = packets.first().map_or(0, |packet| packet.timestamp);
        self.table.sweep(packets.len() / 4 + 1, now);
        for packet in packets {
            packet.gate = match self.translate(packet) {
                Ok(Way::Outbound) => 0,
                Ok(Way::Inbound) => INSIDE_GATE,
                Err(why) => {
                    dropped[why as usize] += 1;
                    DROP
                }
            };
        }
        if dropped == [0; 4] {
            return;
        }
        for (counter, count) in self.counters.iter().zip(dropped) {
            counter.add(count);
        }
    }
}
