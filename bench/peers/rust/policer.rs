// SPDX-License-Identifier: Apache-2.0
//
//! policer in safe Rust: a token bucket for every destination; see examples/nfs/policer.c.
#![deny(unsafe_code)]

mod argfile;
#[allow(unsafe_code)]
mod host;
mod packet;

use argfile::{Line, ipv4_prefix, ipv6_prefix, lines, number};
use host::{Counter, DROP, Packet};
use packet::{Datagram, Parsed, be32, be64, hash_words, parse_ip};

const BUCKETS: usize = 1 << 16;
const PROBES: usize = 8;
const CLASSES: usize = 1024;
const BURST_MIN: u64 = 1514;
const BURST_MAX: u64 = 1 << 30;
const RATE_MIN: u64 = 8000;
const RATE_MAX: u64 = 100_000_000_000;

/// Tokens are bytes with 32 bits of fraction.
#[derive(Clone, Copy, Default)]
struct Class {
    network: u64,
    mask: u64,
    burst: u64,
    per_ns: u64,
    fill_ns: u64,
    version: u8,
    length: u8,
}

#[derive(Clone, Copy, Default)]
struct Bucket {
    key: u64,
    tokens: u64,
    last: u64,
    class: u16,
    version: u8,
}

/// What a bucket belongs to.
#[derive(Clone, Copy)]
struct Destination {
    key: u64, // IPv4: the address in the upper half; IPv6: the first half of the address
    version: u8,
}

struct Table {
    classes: Vec<Class>, // longest prefix first, `default` last
    buckets: Box<[Bucket]>,
    shared: Vec<Bucket>, // by class
    shared_counter: Counter,
}

pub struct Nf {
    table: Table,
    excess: Counter,
    malformed: Counter,
}

fn rate(word: &[u8]) -> Option<u64> {
    let (digits, factor) = match word.split_last()? {
        (b'k', digits) => (digits, 1000),
        (b'M', digits) => (digits, 1_000_000),
        (b'G', digits) => (digits, 1_000_000_000),
        _ => (word, 1),
    };
    let bits = number(digits, RATE_MAX / factor)? * factor;
    (bits >= RATE_MIN).then_some(bits)
}

fn destination(word: &[u8]) -> Option<Class> {
    if word == b"default" {
        return Some(Class::default());
    }
    if let Some(four) = ipv4_prefix(word).filter(|four| four.length <= 32) {
        let (network, mask) = ((four.address as u64) << 32, (four.mask as u64) << 32);
        return Some(Class { network, mask, version: 4, length: four.length, ..Class::default() });
    }
    let six = ipv6_prefix(word).filter(|six| six.mask[1] == 0)?;
    let (network, mask) = (six.address[0], six.mask[0]);
    Some(Class { network, mask, version: 6, length: mask.count_ones() as u8, ..Class::default() })
}

fn read_class(line: &mut Line) -> Result<Class, String> {
    let Some([prefix, rate_word, burst_word]) = line.words::<3>() else {
        return line.error("expected PREFIX RATE BURST");
    };
    let Some(mut class) = destination(prefix) else {
        return line.error_word("not `default`, an IPv4 prefix or an IPv6 prefix up to /64", prefix);
    };
    let Some(bits) = rate(rate_word) else {
        return line.error_word("not a rate from 8k to 100G", rate_word);
    };
    let Some(burst) = number(burst_word, BURST_MAX).filter(|&burst| burst >= BURST_MIN) else {
        return line.error_word("not a burst from 1514 to 1073741824 bytes", burst_word);
    };
    class.burst = burst << 32;
    class.per_ns = ((bits << 20) + 1953125 / 2) / 1953125;
    class.fill_ns = class.burst / class.per_ns + 1;
    Ok(class)
}

fn insert(classes: &mut Vec<Class>, class: Class, line: &Line) -> Result<(), String> {
    let key = |c: &Class| (c.version, c.length, c.network);
    if classes.iter().any(|other| key(other) == key(&class)) {
        return line.error("the same prefix a second time");
    }
    if classes.len() == CLASSES {
        return line.error("more than 1024 classes");
    }
    let behind = |c: &Class| c.version == 0 || (class.version != 0 && c.length < class.length);
    let at = classes.iter().rposition(|c| !behind(c)).map_or(0, |i| i + 1);
    classes.insert(at, class);
    Ok(())
}

impl Bucket {
    #[inline(always)]
    fn elapsed(&self, now: u64) -> u64 {
        now.saturating_sub(self.last)
    }

    #[inline(always)]
    fn is_of(&self, destination: Destination) -> bool {
        self.key == destination.key && self.version == destination.version
    }

    /// Takes `bytes` out of the bucket; false if they are not there.
    #[inline(always)]
    fn charge(&mut self, classes: &[Class], now: u64, bytes: u32) -> bool {
        let class = &classes[self.class as usize];
        let (idle, cost) = (self.elapsed(now), (bytes as u64) << 32);
        self.tokens = if idle >= class.fill_ns {
            class.burst
        } else {
            (self.tokens + idle * class.per_ns).min(class.burst)
        };
        self.last += idle;
        if self.tokens < cost {
            return false;
        }
        self.tokens -= cost;
        true
    }
}

fn find_class(classes: &[Class], destination: Destination) -> u16 {
    let last = classes.len() - 1;
    let holds = |class: &Class| {
        class.version == destination.version && destination.key & class.mask == class.network
    };
    classes[..last].iter().position(holds).unwrap_or(last) as u16
}

impl Table {
    /// The bucket of a destination that is not in its first slot: found, or made in the first slot free.
    #[cold]
    fn find_bucket(&mut self, first: usize, destination: Destination, now: u64) -> (&mut Bucket, &[Class]) {
        let slots = &mut self.buckets[first..first + PROBES];
        let mut free = None;
        for i in 0..PROBES {
            if slots[i].is_of(destination) {
                return (&mut slots[i], &self.classes);
            }
            let unused = slots[i].version == 0;
            let full = || slots[i].elapsed(now) >= self.classes[slots[i].class as usize].fill_ns;
            if free.is_none() && (unused || full()) {
                free = Some(i);
            }
            if unused {
                break;
            }
        }
        let class = find_class(&self.classes, destination);
        let Some(free) = free else {
            self.shared_counter.add(1);
            self.shared[class as usize].class = class;
            return (&mut self.shared[class as usize], &self.classes);
        };
        let Destination { key, version } = destination;
        let tokens = self.classes[class as usize].burst;
        slots[free] = Bucket { key, tokens, last: now, class, version };
        (&mut slots[free], &self.classes)
    }

    #[inline(always)]
    fn conforms(&mut self, datagram: &Datagram, now: u64, len: u32) -> bool {
        let version = datagram.version;
        let key = if version == 4 { (be32(datagram.ip, 16) as u64) << 32 } else { be64(datagram.ip, 24) };
        let destination = Destination { key, version };
        let first = hash_words(key, version as u64) as usize % BUCKETS;
        if self.buckets[first].is_of(destination) {
            return self.buckets[first].charge(&self.classes, now, len);
        }
        let (bucket, classes) = self.find_bucket(first, destination, now);
        bucket.charge(classes, now, len)
    }
}

impl Nf {
    pub fn new(args: &[u8]) -> Result<Nf, String> {
        let mut classes = Vec::new();
        for mut line in lines(args) {
            if (Line { number: line.number, rest: line.rest }).word().is_some() {
                let class = read_class(&mut line)?;
                insert(&mut classes, class, &line)?;
            }
        }
        if classes.last().is_none_or(|class| class.version != 0) {
            return Err("the argument file has no `default` class".into());
        }
        let table = Table {
            buckets: vec![Bucket::default(); BUCKETS + PROBES].into_boxed_slice(),
            shared: vec![Bucket::default(); classes.len()],
            classes,
            shared_counter: Counter::open("policer.shared"),
        };
        Ok(Nf {
            table,
            excess: Counter::open("policer.excess"),
            malformed: Counter::open("policer.malformed"),
        })
    }

    pub fn process(&mut self, packets: &mut [Packet]) {
        let (mut excess, mut malformed) = (0, 0);
        for packet in packets {
            let (now, len) = (packet.timestamp, packet.len());
            match parse_ip(packet.frame()) {
                Parsed::Malformed => {
                    packet.gate = DROP;
                    malformed += 1;
                }
                Parsed::Ip(datagram) if !self.table.conforms(&datagram, now, len) => {
                    packet.gate = DROP;
                    excess += 1;
                }
                _ => {}
            }
        }
        if excess > 0 {
            self.excess.add(excess);
        }
        if malformed > 0 {
            self.malformed.add(malformed);
        }
    }
}
