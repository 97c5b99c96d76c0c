// SPDX-License-Identifier: Apache-2.0
//
//! lpm in safe Rust: DIR-24-8 lookup, TTL and checksum; see examples/nfs/lpm.c.
#![deny(unsafe_code)]

mod argfile;
#[allow(unsafe_code)]
mod host;
mod packet;

use argfile::{Line, ipv4_prefix, lines, number};
use host::{Counter, DROP, GATES, Packet};
use packet::{
    TYPE_IPV4, be16, be32, checksum_apply, checksum_delta16, ipv4_checksum_ok, parse_ethernet, parse_ipv4,
    put_be16,
};

const ROUTES_MAX: usize = 1 << 20;
const GROUP: usize = 256;
const GROUPS_MAX: usize = 0x7fff;
const EXTENDED: u16 = 0x8000;
const NO_ROUTE: u16 = 0;

#[derive(PartialEq)]
struct Route {
    network: u32,
    length: u8,
    entry: u16,
}

/// Why a packet is not forwarded; what `dropped` is indexed by.
#[derive(Clone, Copy)]
enum Why {
    NoRoute,
    TtlExpired,
    BadHeader,
    NotIpv4,
}

const COUNTERS: [&str; 4] = ["lpm.no_route", "lpm.ttl", "lpm.malformed", "lpm.other"];

pub struct Nf {
    tbl24: Box<[u16; 1 << 24]>,
    tbl8: Vec<[u16; GROUP]>,
    counters: [Counter; 4],
}

fn read_route(line: &Line, prefix_word: &[u8], gate_word: &[u8]) -> Result<Route, String> {
    let Some(prefix) = ipv4_prefix(prefix_word).filter(|prefix| prefix.length <= 32) else {
        return line.error_word("not an IPv4 prefix", prefix_word);
    };
    let entry = match number(gate_word, GATES - 1) {
        Some(gate) => gate as u16 + 1,
        None if gate_word == b"drop" => NO_ROUTE,
        None => return line.error_word("not a gate from 0 to 63 or `drop`", gate_word),
    };
    Ok(Route { network: prefix.address, length: prefix.length, entry })
}

fn read_routes(args: &[u8]) -> Result<Vec<Route>, String> {
    let mut routes = Vec::new();
    for mut line in lines(args) {
        let Some(prefix) = line.word() else { continue };
        let (Some(gate), None) = (line.word(), line.word()) else {
            return line.error("expected PREFIX GATE");
        };
        if routes.len() == ROUTES_MAX {
            return line.error("more than 1048576 routes");
        }
        routes.push(read_route(&line, prefix, gate)?);
    }
    Ok(routes)
}

/// Two lines for one prefix that disagree: whichever won would surprise someone.
fn check_duplicates(routes: &[Route]) -> Result<(), String> {
    for pair in routes.windows(2) {
        let same = (pair[0].length, pair[0].network) == (pair[1].length, pair[1].network);
        if same && pair[0].entry != pair[1].entry {
            let [a, b, c, d] = pair[1].network.to_be_bytes();
            let length = pair[1].length;
            return Err(format!("argument file: two different routes for {a}.{b}.{c}.{d}/{length}"));
        }
    }
    Ok(())
}

/// The group behind a /24, made from what its tbl24 entry said if there is none yet.
fn open_group(entry: &mut u16, tbl8: &mut Vec<[u16; GROUP]>) -> usize {
    if *entry & EXTENDED == 0 {
        tbl8.push([*entry; GROUP]);
        *entry = EXTENDED | (tbl8.len() - 1) as u16;
    }
    (*entry & !EXTENDED) as usize
}

impl Nf {
    pub fn new(args: &[u8]) -> Result<Nf, String> {
        let mut routes = read_routes(args)?;
        // Shorter prefixes first, so that longer ones overwrite them.
        routes.sort_by_key(|route| (route.length, route.network));
        check_duplicates(&routes)?;
        let mut blocks: Vec<u32> = routes.iter().filter(|r| r.length > 24).map(|r| r.network >> 8).collect();
        blocks.sort_unstable();
        blocks.dedup();
        if blocks.len() > GROUPS_MAX {
            let groups = blocks.len();
            return Err(format!(
                "argument file: prefixes longer than /24 in {groups} different /24s, at most {GROUPS_MAX}"
            ));
        }
        let tbl24 = vec![NO_ROUTE; 1 << 24].into_boxed_slice().try_into().expect("2^24 entries");
        let mut nf = Nf { tbl24, tbl8: Vec::new(), counters: COUNTERS.map(Counter::open) };
        routes.iter().for_each(|route| nf.insert(route));
        Ok(nf)
    }

    fn insert(&mut self, route: &Route) {
        let block = (route.network >> 8) as usize;
        if route.length <= 24 {
            self.tbl24[block..block + (1 << (24 - route.length))].fill(route.entry);
            return;
        }
        let group = open_group(&mut self.tbl24[block], &mut self.tbl8);
        let first = (route.network & 255) as usize;
        self.tbl8[group][first..first + (1 << (32 - route.length))].fill(route.entry);
    }

    #[inline(always)]
    fn look_up(&self, address: u32) -> u16 {
        let entry = self.tbl24[(address >> 8) as usize];
        if entry & EXTENDED == 0 {
            return entry;
        }
        self.tbl8[(entry & !EXTENDED) as usize][(address & 255) as usize]
    }

    #[inline(always)]
    fn forward(&self, packet: &mut Packet) -> Result<(), Why> {
        let (kind, l3) = parse_ethernet(packet.frame()).ok_or(Why::BadHeader)?;
        if kind != TYPE_IPV4 {
            return Err(Why::NotIpv4);
        }
        let datagram = parse_ipv4(l3).ok_or(Why::BadHeader)?;
        let header = &mut datagram.ip[..datagram.l4];
        if !ipv4_checksum_ok(header) {
            return Err(Why::BadHeader);
        }
        if header[8] <= 1 {
            return Err(Why::TtlExpired);
        }
        let entry = self.look_up(be32(header, 16));
        if entry == NO_ROUTE {
            return Err(Why::NoRoute);
        }
        let word = be16(header, 8);
        let checksum = checksum_apply(be16(header, 10), checksum_delta16(word, word - 0x0100));
        put_be16(header, 10, checksum);
        header[8] -= 1;
        packet.gate = entry - 1;
        Ok(())
    }

    pub fn process(&mut self, packets: &mut [Packet]) {
        let mut dropped = [0; 4];
        for packet in packets {
            if let Err(why) = self.forward(packet) {
                packet.gate = DROP;
                dropped[why as usize] += 1;
            }
        }
        if dropped == [0; 4] {
            return;
        }
        for (counter, count) in self.counters.iter().zip(dropped) {
            counter.add(count);
        }
    }
}
