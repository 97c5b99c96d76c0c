// SPDX-License-Identifier: Apache-2.0
//
//! monitor in safe Rust: packets and bytes of every flow; see examples/nfs/monitor.c. What it counted is not
//! logged at the end.
#![deny(unsafe_code)]

mod argfile;
#[allow(unsafe_code)]
mod host;
mod packet;

use argfile::{Line, lines, number};
use host::{Counter, Packet};
use packet::{Datagram, Parsed, TCP, be32, be64, hash_words, parse_ip};

const FLOWS_MIN: u64 = 1024;
const FLOWS_MAX: u64 = 1 << 20;
const TOP_MAX: u64 = 100;
const PROBES: usize = 16;

#[derive(Clone, Copy, Default, PartialEq)]
struct Key {
    service: u64,
    address: [u64; 4],
}

#[derive(Clone, Copy, Default)]
#[allow(dead_code)] // kept for whoever asks
struct Flow {
    key: Key, // service 0: unused
    packets: u64,
    bytes: u64,
    first: u64,
    last: u64,
    tcp_flags: u8,
}

pub struct Nf {
    flows: Box<[Flow]>,
    mask: usize,
    flow_counter: Counter,
    untracked: Counter,
    other: Counter,
    malformed: Counter,
}

fn read_line(line: &mut Line, flow_max: &mut u64) -> Result<(), String> {
    let Some(name) = line.word() else { return Ok(()) };
    let Some([word]) = line.words::<1>() else {
        return line.error_word("expected one number after", name);
    };
    match name {
        b"flows" => {
            let flows = number(word, FLOWS_MAX).filter(|flows| *flows >= FLOWS_MIN && flows.is_power_of_two());
            let Some(flows) = flows else {
                return line.error_word("not a power of two from 1024 to 1048576", word);
            };
            *flow_max = flows;
        }
        b"top" if number(word, TOP_MAX).is_none() => {
            return line.error_word("not a number from 0 to 100", word);
        }
        b"top" => {}
        _ => return line.error_word("not `flows` or `top`", name),
    }
    Ok(())
}

impl Key {
    #[inline(always)]
    fn of(datagram: &Datagram, ports: bool) -> Key {
        let ip = &*datagram.ip;
        let mut service = (datagram.protocol as u64) << 8 | datagram.version as u64;
        if ports {
            service |= (be32(datagram.transport(), 0) as u64) << 32;
        }
        if datagram.version == 4 {
            return Key { service, address: [be64(ip, 12), 0, 0, 0] };
        }
        Key { service, address: [be64(ip, 8), be64(ip, 16), be64(ip, 24), be64(ip, 32)] }
    }

    #[inline(always)]
    fn hash(&self) -> u64 {
        let [a, b, c, d] = self.address;
        if self.service & 0xff == 4 {
            return hash_words(a, self.service);
        }
        hash_words(hash_words(a, b), hash_words(c, d) ^ self.service)
    }
}

impl Nf {
    pub fn new(args: &[u8]) -> Result<Nf, String> {
        let mut flow_max = 65536;
        for mut line in lines(args) {
            read_line(&mut line, &mut flow_max)?;
        }
        Ok(Nf {
            flows: vec![Flow::default(); flow_max as usize + PROBES].into_boxed_slice(),
            mask: flow_max as usize - 1,
            flow_counter: Counter::open("monitor.flows"),
            untracked: Counter::open("monitor.untracked"),
            other: Counter::open("monitor.other"),
            malformed: Counter::open("monitor.malformed"),
        })
    }

    /// The flow's entry, made if there is none; None if there is no room.
    #[inline(always)]
    fn find_flow(&mut self, key: &Key, now: u64) -> Option<&mut Flow> {
        let first = key.hash() as usize & self.mask;
        let probed = self.flows[first..first + PROBES].iter_mut();
        for flow in probed {
            if flow.key == *key {
                return Some(flow);
            }
            if flow.key.service == 0 {
                flow.key = *key;
                flow.first = now;
                self.flow_counter.add(1);
                return Some(flow);
            }
        }
        None
    }

    /// Accounts the packet; false if its flow found no room.
    #[inline(always)]
    fn account(&mut self, datagram: &Datagram, ports: bool, now: u64, len: u32) -> bool {
        let Some(flow) = self.find_flow(&Key::of(datagram, ports), now) else { return false };
        flow.packets += 1;
        flow.bytes += len as u64;
        flow.last = now;
        if ports && datagram.protocol == TCP {
            flow.tcp_flags |= datagram.transport()[13];
        }
        true
    }

    pub fn process(&mut self, packets: &mut [Packet]) {
        let (mut other, mut malformed, mut untracked) = (0, 0, 0);
        for packet in packets {
            let (now, len) = (packet.timestamp, packet.len());
            match parse_ip(packet.frame()) {
                Parsed::Malformed => malformed += 1,
                Parsed::NotIp => other += 1,
                Parsed::Ip(datagram) => match datagram.transport_bytes() {
                    None => malformed += 1,
                    Some(transport) if self.account(&datagram, transport > 0, now, len) => {}
                    Some(_) => untracked += 1,
                },
            }
        }
        if other | malformed | untracked == 0 {
            return;
        }
        self.other.add(other);
        self.malformed.add(malformed);
        self.untracked.add(untracked);
    }
}
