// SPDX-License-Identifier: Apache-2.0
//
//! The table of nat.rs, as examples/nfs/nat_table.h has it: mappings by index in one vector, hash chains and
//! public ports that lead to them, and the public ports still free.

use crate::packet::hash_words;

pub const PORTS: usize = 65536;
pub const KINDS: usize = 3;

/// What has ports of its own; numbers index tables.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Tcp,
    Udp,
    Echo,
}

#[derive(Clone, Copy)]
pub struct Mapping {
    pub last: u64, // timestamp of the last packet from inside, ns
    pub inside: u32,
    next: u32, // in its hash chain, or in the list of free mappings; 0 ends both
    pub port: u16,
    pub outside: u16,
    pub pool: u8,
    kind: Option<Kind>, // None while free
    pub answered: bool,
    pub closing: bool,
}

const UNUSED: Mapping = Mapping {
    last: 0,
    inside: 0,
    next: 0,
    port: 0,
    outside: 0,
    pool: 0,
    kind: None,
    answered: false,
    closing: false,
};

/// The ports of one public address and kind that are free, longest unused first.
struct PortPool {
    ring: Vec<u16>,
    head: usize,
    free: usize,
}

impl PortPool {
    fn take(&mut self) -> u16 {
        let port = self.ring[self.head];
        self.head = (self.head + 1) % self.ring.len();
        self.free -= 1;
        port
    }

    fn give(&mut self, port: u16) {
        let end = (self.head + self.free) % self.ring.len();
        self.ring[end] = port;
        self.free += 1;
    }
}

pub struct Settings {
    pub public: Vec<u32>,
    pub ports: (u16, u16),
    pub mappings: usize,
    pub timeouts: [u64; KINDS], // ns, by kind
    pub opening: u64,           // of TCP while unanswered or closing, ns
}

/// One end of a mapping.
#[derive(Clone, Copy)]
pub struct End {
    pub address: u32,
    pub port: u16,
    pub kind: Kind,
}

pub struct Table {
    pub settings: Settings,
    mappings: Vec<Mapping>, // from 1 on; grows up to its limit
    chains: Vec<u32>,       // heads of the hash chains
    by_port: Vec<u32>,      // [pool][kind][public port] -> mapping, 0 if none
    pools: Vec<PortPool>,   // [pool][kind]
    free_mappings: u32,
    sweep_hand: usize,
    last_full_sweep: u64,
}

const SECOND: u64 = 1_000_000_000;

impl Table {
    pub fn new(settings: Settings) -> Table {
        let kinds = settings.public.len() * KINDS;
        let ports: Vec<u16> = (settings.ports.0..=settings.ports.1).collect();
        let pool = || PortPool { ring: ports.clone(), head: 0, free: ports.len() };
        let mut mappings = Vec::with_capacity(settings.mappings + 1);
        mappings.push(UNUSED);
        Table {
            mappings,
            chains: vec![0; settings.mappings.next_power_of_two()],
            by_port: vec![0; kinds * PORTS],
            pools: (0..kinds).map(|_| pool()).collect(),
            free_mappings: 0,
            sweep_hand: 1,
            last_full_sweep: 0,
            settings,
        }
    }

    #[inline(always)]
    fn chain_of(&self, end: End) -> usize {
        let words = (end.address as u64) << 32 | (end.port as u64) << 16 | end.kind as u64;
        hash_words(words, 0) as usize & (self.chains.len() - 1)
    }

    #[inline(always)]
    fn port_entry(pool: usize, kind: Kind, port: u16) -> usize {
        (pool * KINDS + kind as usize) * PORTS + port as usize
    }

    #[inline(always)]
    fn is_idle(&self, mapping: &Mapping, kind: Kind, now: u64) -> bool {
        let opening = kind == Kind::Tcp && (!mapping.answered || mapping.closing);
        let timeout = if opening { self.settings.opening } else { self.settings.timeouts[kind as usize] };
        now.saturating_sub(mapping.last) > timeout
    }

    fn release(&mut self, index: u32, kind: Kind) {
        let Mapping { inside, port, outside, pool, next, .. } = self.mappings[index as usize];
        let chain = self.chain_of(End { address: inside, port, kind });
        if self.chains[chain] == index {
            self.chains[chain] = next;
        } else {
            let mut before = self.chains[chain] as usize;
            while self.mappings[before].next != index {
                before = self.mappings[before].next as usize;
            }
            self.mappings[before].next = next;
        }
        self.by_port[Table::port_entry(pool as usize, kind, outside)] = 0;
        self.pools[pool as usize * KINDS + kind as usize].give(outside);
        self.mappings[index as usize].kind = None;
        self.mappings[index as usize].next = self.free_mappings;
        self.free_mappings = index;
    }

    /// Looks at the next `steps` mappings ever used and frees the idle ones.
    pub fn sweep(&mut self, steps: usize, now: u64) {
        if self.mappings.len() == 1 {
            return;
        }
        for _ in 0..steps {
            self.sweep_hand += 1;
            if self.sweep_hand >= self.mappings.len() {
                self.sweep_hand = 1;
            }
            let mapping = &self.mappings[self.sweep_hand];
            match mapping.kind {
                Some(kind) if self.is_idle(mapping, kind, now) => self.release(self.sweep_hand as u32, kind),
                _ => {}
            }
        }
    }

    fn take_mapping(&mut self) -> Option<u32> {
        if self.free_mappings > 0 {
            let index = self.free_mappings;
            self.free_mappings = self.mappings[index as usize].next;
            return Some(index);
        }
        if self.mappings.len() > self.settings.mappings {
            return None;
        }
        self.mappings.push(UNUSED);
        Some(self.mappings.len() as u32 - 1)
    }

    /// The public address for a host: its own one, or the next that has a port left.
    fn choose_pool(&self, end: End) -> Option<usize> {
        let count = self.settings.public.len();
        let first = (hash_words(end.address as u64, 1) % count as u64) as usize;
        let mut pools = (0..count).map(|i| (first + i) % count);
        pools.find(|pool| self.pools[pool * KINDS + end.kind as usize].free > 0)
    }

    fn add_mapping(&mut self, end: End) -> Option<&mut Mapping> {
        let pool = self.choose_pool(end)?;
        let index = self.take_mapping()?;
        let outside = self.pools[pool * KINDS + end.kind as usize].take();
        let chain = self.chain_of(end);
        let mapping = &mut self.mappings[index as usize];
        *mapping = Mapping {
            inside: end.address,
            port: end.port,
            outside,
            next: self.chains[chain],
            pool: pool as u8,
            kind: Some(end.kind),
            ..UNUSED
        };
        self.chains[chain] = index;
        self.by_port[Table::port_entry(pool, end.kind, outside)] = index;
        Some(mapping)
    }

    #[inline(always)]
    fn index_of(&self, end: End) -> Option<usize> {
        let mut index = self.chains[self.chain_of(end)] as usize;
        while index > 0 {
            let mapping = &self.mappings[index];
            if mapping.inside == end.address && mapping.port == end.port && mapping.kind == Some(end.kind) {
                return Some(index);
            }
            index = mapping.next as usize;
        }
        None
    }

    pub fn find_inside(&mut self, end: End) -> Option<&mut Mapping> {
        self.index_of(end).map(|index| &mut self.mappings[index])
    }

    #[inline(always)]
    pub fn find_or_add(&mut self, end: End, now: u64) -> Option<&mut Mapping> {
        if let Some(index) = self.index_of(end) {
            return Some(&mut self.mappings[index]);
        }
        self.add_or_make_room(end, now)
    }

    #[cold]
    fn add_or_make_room(&mut self, end: End, now: u64) -> Option<&mut Mapping> {
        let has_room = self.free_mappings > 0 || self.mappings.len() <= self.settings.mappings;
        let full = !has_room || self.choose_pool(end).is_none();
        if full && now.wrapping_sub(self.last_full_sweep) >= SECOND {
            self.last_full_sweep = now;
            self.sweep(self.mappings.len(), now);
        }
        self.add_mapping(end)
    }

    /// The mapping a packet to a public address belongs to.
    #[inline(always)]
    pub fn find_outside(&mut self, pool: usize, kind: Kind, port: u16, now: u64) -> Option<&mut Mapping> {
        let index = self.by_port[Table::port_entry(pool, kind, port)] as usize;
        if index == 0 || self.is_idle(&self.mappings[index], kind, now) {
            return None;
        }
        Some(&mut self.mappings[index])
    }

    #[inline(always)]
    pub fn find_public(&self, address: u32) -> Option<usize> {
        self.settings.public.iter().position(|&public| public == address)
    }
}
