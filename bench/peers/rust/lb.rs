// SPDX-License-Identifier: Apache-2.0
//
//! lb in safe Rust: Maglev's consistent hashing of flows over backends; see examples/nfs/lb.c.
#![deny(unsafe_code)]

mod argfile;
#[allow(unsafe_code)]
mod host;
mod packet;

use argfile::{Line, ethernet_address, lines, number};
use host::{Counter, DROP, GATES, Packet};
use packet::{Datagram, Parsed, be32, be64, hash_words, parse_ip};

const BACKENDS_MAX: usize = 250;
const WEIGHT_MAX: u64 = 1000;
const TABLE_LARGE: u32 = 65537;
const TABLE_SMALL: u32 = 4093;
const SLOTS_PER_BACKEND: u32 = 16;
const UNOWNED: u8 = 0xff;

#[derive(Clone, Copy, Default)]
struct Backend {
    address: [u8; 6],
    gate: u16,
}

/// What the table is made from. `next` runs through the backend's own permutation of the slots.
struct Candidate<'a> {
    name: &'a [u8],
    weight: u32,
    credit: u32,
    next: u32,
    skip: u32,
}

pub struct Nf {
    backends: [Backend; 256], // as many as a table entry can name: no bounds check
    table: Vec<u8>,           // slot -> backend
    other: Counter,
    malformed: Counter,
}

fn read_backend<'a>(
    line: &mut Line<'a>,
    candidates: &[Candidate],
) -> Result<(Backend, Candidate<'a>), String> {
    let (Some(name), Some(address_word), Some(weight_word)) = (line.word(), line.word(), line.word()) else {
        return line.error("expected backend NAME MAC WEIGHT [GATE]");
    };
    if candidates.len() == BACKENDS_MAX {
        return line.error("more than 250 backends");
    }
    if candidates.iter().any(|candidate| candidate.name == name) {
        return line.error_word("a second backend of that name", name);
    }
    let Some(address) = ethernet_address(address_word).filter(|address| address[0] & 1 == 0) else {
        return line.error_word("not a unicast Ethernet address", address_word);
    };
    let Some(weight) = number(weight_word, WEIGHT_MAX).filter(|&weight| weight > 0) else {
        return line.error_word("not a weight from 1 to 1000", weight_word);
    };
    let gate = match line.word() {
        None => 0,
        Some(word) => match number(word, GATES - 1) {
            Some(gate) => gate as u16,
            None => return line.error_word("not a gate from 0 to 63", word),
        },
    };
    if let Some(extra) = line.word() {
        return line.error_word("one word too many", extra);
    }
    let candidate = Candidate { name, weight: weight as u32, credit: 0, next: 0, skip: 0 };
    Ok((Backend { address, gate }, candidate))
}

fn read_table(line: &mut Line) -> Result<u32, String> {
    match line.words::<1>() {
        Some([b"65537"]) => Ok(TABLE_LARGE),
        Some([b"4093"]) => Ok(TABLE_SMALL),
        Some([word]) => line.error_word("not 65537 or 4093", word),
        None => line.error("expected table SIZE"),
    }
}

impl Candidate<'_> {
    /// FNV-1a, then two independent mixes of it: where the permutation starts and how it steps.
    fn start_permutation(&mut self, size: u32) {
        let hash = self
            .name
            .iter()
            .fold(0xcbf29ce484222325u64, |hash, &c| (hash ^ c as u64).wrapping_mul(0x100000001b3));
        self.next = (hash_words(hash, 1) % size as u64) as u32;
        self.skip = (hash_words(hash, 2) % (size - 1) as u64) as u32 + 1;
    }

    fn claim_slot(&mut self, table: &mut [u8], owner: u8) {
        loop {
            let slot = self.next as usize;
            self.next = (self.next + self.skip) % table.len() as u32;
            if table[slot] == UNOWNED {
                table[slot] = owner;
                return;
            }
        }
    }
}

/// Rounds in which every backend claims one slot or, if it weighs less than the heaviest, saves its share.
fn populate_table(candidates: &mut [Candidate], size: u32) -> Vec<u8> {
    let mut table = vec![UNOWNED; size as usize];
    let heaviest = candidates.iter().map(|candidate| candidate.weight).max().unwrap_or(1);
    candidates.iter_mut().for_each(|candidate| candidate.start_permutation(size));
    let mut left = size;
    while left > 0 {
        for (owner, candidate) in candidates.iter_mut().enumerate() {
            if left == 0 {
                break;
            }
            candidate.credit += candidate.weight;
            if candidate.credit >= heaviest {
                candidate.credit -= heaviest;
                candidate.claim_slot(&mut table, owner as u8);
                left -= 1;
            }
        }
    }
    table
}

#[inline(always)]
fn hash_flow(datagram: &Datagram, with_ports: bool) -> u64 {
    let ip = &*datagram.ip;
    let mut service = datagram.protocol as u64;
    if with_ports {
        service |= (be32(datagram.transport(), 0) as u64) << 8;
    }
    if datagram.version == 4 {
        return hash_words(be64(ip, 12), service);
    }
    hash_words(hash_words(be64(ip, 8), be64(ip, 16)), hash_words(be64(ip, 24), be64(ip, 32)) ^ service)
}

impl Nf {
    pub fn new(args: &[u8]) -> Result<Nf, String> {
        let (mut backends, mut candidates, mut size) = ([Backend::default(); 256], Vec::new(), TABLE_LARGE);
        for mut line in lines(args) {
            match line.word() {
                None => {}
                Some(b"backend") => {
                    let (backend, candidate) = read_backend(&mut line, &candidates)?;
                    backends[candidates.len()] = backend;
                    candidates.push(candidate);
                }
                Some(b"table") => size = read_table(&mut line)?,
                Some(name) => return line.error_word("not `backend` or `table`", name),
            }
        }
        let most = size / SLOTS_PER_BACKEND;
        if candidates.is_empty() || candidates.len() > most as usize {
            let count = candidates.len();
            return Err(format!("the argument file has {count} backends, expected 1 to {most}"));
        }
        Ok(Nf {
            backends,
            table: populate_table(&mut candidates, size),
            other: Counter::open("lb.other"),
            malformed: Counter::open("lb.malformed"),
        })
    }

    #[inline(always)]
    fn choose(&self, hash: u64) -> Backend {
        let slot = ((hash >> 32) * self.table.len() as u64) >> 32; // scales 32 bits to the table
        self.backends[self.table[slot as usize] as usize]
    }

    pub fn process(&mut self, packets: &mut [Packet]) {
        let (mut other, mut malformed) = (0, 0);
        for packet in packets {
            let hash = match parse_ip(packet.frame()) {
                Parsed::Ip(datagram) => datagram
                    .transport_bytes()
                    .map(|transport| hash_flow(&datagram, transport > 0 && !datagram.fragment)),
                Parsed::NotIp => {
                    packet.gate = DROP;
                    other += 1;
                    continue;
                }
                Parsed::Malformed => None,
            };
            let Some(hash) = hash else {
                packet.gate = DROP;
                malformed += 1;
                continue;
            };
            let backend = self.choose(hash);
            packet.frame()[..6].copy_from_slice(&backend.address);
            packet.gate = backend.gate;
        }
        if other > 0 {
            self.other.add(other);
        }
        if malformed > 0 {
            self.malformed.add(malformed);
        }
    }
}
