// SPDX-License-Identifier: Apache-2.0
//
//! payload in safe Rust: Aho and Corasick's automaton over payloads; see examples/nfs/payload.c.
#![deny(unsafe_code)]

mod argfile;
#[allow(unsafe_code)]
mod host;
mod packet;

use argfile::{Line, hex_digit, is_blank, lines, number};
use host::{Counter, DROP, GATES, Packet};
use packet::{Parsed, parse_ip};

const PATTERNS_MAX: usize = 4096;
const STATES_MAX: usize = 0x8000;
const SYMBOLS: usize = 256;
const ACCEPTS: u16 = 0x8000; // in an entry of `next`: the state it leads to ends a pattern
const NO_PATTERN: u16 = 0xffff;

struct Pattern {
    bytes: Vec<u8>,
    gate: u16,
    hits: u64,
}

pub struct Nf {
    patterns: Vec<Pattern>,
    next: Vec<[u16; SYMBOLS]>, // [state][symbol]: the following state, maybe with ACCEPTS
    best: Vec<u16>,            // [state]: first pattern of the file that ends here, or NO_PATTERN
    dropped: Counter,
    malformed: Counter,
}

/// The byte that an escape stands for, and how many of its letters are taken.
fn parse_escape(text: &[u8]) -> Option<(u8, usize)> {
    let byte = match text {
        [b'n', ..] => b'\n',
        [b'r', ..] => b'\r',
        [b't', ..] => b'\t',
        [b'0', ..] => 0,
        [quoted @ (b'"' | b'\\'), ..] => *quoted,
        [b'x', high, low, ..] => return Some((hex_digit(*high)? << 4 | hex_digit(*low)?, 3)),
        _ => return None,
    };
    Some((byte, 1))
}

fn read_text(line: &mut Line) -> Result<Vec<u8>, String> {
    let blanks = line.rest.iter().take_while(|&&c| is_blank(c)).count();
    let Some((b'"', mut text)) = line.rest[blanks..].split_first() else {
        return line.error("expected a text in double quotes");
    };
    let mut bytes = Vec::new();
    loop {
        let Some((&first, rest)) = text.split_first() else {
            return line.error("the text has no closing quote");
        };
        text = rest;
        match first {
            b'"' => break,
            b'\\' => {
                let Some((byte, used)) = parse_escape(text) else {
                    return line.error("unknown escape; there are \\\" \\\\ \\n \\r \\t \\0 \\xNN");
                };
                bytes.push(byte);
                text = &text[used..];
            }
            byte => bytes.push(byte),
        }
    }
    line.rest = text;
    match line.word() {
        Some(extra) => line.error_word("one word too many", extra),
        None => Ok(bytes),
    }
}

fn read_hex(line: &mut Line) -> Result<Vec<u8>, String> {
    let Some([digits]) = line.words::<1>().filter(|[digits]| digits.len() % 2 == 0) else {
        return line.error("expected one even number of hexadecimal digits");
    };
    let byte = |pair: &[u8]| Some(hex_digit(pair[0])? << 4 | hex_digit(pair[1])?);
    let bytes: Option<Vec<u8>> = digits.chunks_exact(2).map(byte).collect();
    bytes.map_or_else(|| line.error_word("not hexadecimal digits", digits), Ok)
}

fn read_pattern(line: &mut Line, action: &[u8]) -> Result<Pattern, String> {
    let gate = match number(action, GATES - 1) {
        Some(gate) if gate > 0 => gate as u16,
        _ if action == b"drop" => DROP,
        _ => return line.error_word("not `drop` or a gate from 1 to 63", action),
    };
    let bytes = match line.word() {
        Some(b"text") => read_text(line)?,
        Some(b"hex") => read_hex(line)?,
        word => return line.error_word("expected `text` or `hex`, got", word.unwrap_or_default()),
    };
    if bytes.is_empty() {
        return line.error("an empty pattern is everywhere");
    }
    Ok(Pattern { bytes, gate, hits: 0 })
}

fn read_patterns(args: &[u8]) -> Result<Vec<Pattern>, String> {
    let (mut patterns, mut bytes): (Vec<Pattern>, usize) = (Vec::new(), 0);
    for mut line in lines(args) {
        let Some(action) = line.word() else { continue };
        if patterns.len() == PATTERNS_MAX {
            return line.error("more than 4096 patterns");
        }
        let pattern = read_pattern(&mut line, action)?;
        bytes += pattern.bytes.len();
        if bytes >= STATES_MAX {
            return line.error("more than 32767 bytes of patterns");
        }
        patterns.push(pattern);
    }
    Ok(patterns)
}

impl Nf {
    pub fn new(args: &[u8]) -> Result<Nf, String> {
        let mut nf = Nf {
            patterns: read_patterns(args)?,
            next: vec![[0; SYMBOLS]],
            best: vec![NO_PATTERN],
            dropped: Counter::open("payload.dropped"),
            malformed: Counter::open("payload.malformed"),
        };
        for pattern in 0..nf.patterns.len() {
            nf.add_pattern(pattern);
        }
        nf.complete_automaton();
        Ok(nf)
    }

    /// Adds the pattern's path to the trie; in the trie, 0 means no edge.
    fn add_pattern(&mut self, pattern: usize) {
        let mut state = 0;
        for &byte in &self.patterns[pattern].bytes {
            let edge = self.next[state][byte as usize];
            if edge == 0 {
                self.next[state][byte as usize] = self.next.len() as u16;
                state = self.next.len();
                self.next.push([0; SYMBOLS]);
                self.best.push(NO_PATTERN);
            } else {
                state = edge as usize;
            }
        }
        self.best[state] = self.best[state].min(pattern as u16);
    }

    /// Breadth first, so that failure states, which are nearer to the root, come before.
    fn complete_automaton(&mut self) {
        let (mut failure, mut queue) = (vec![0; self.next.len()], vec![0]);
        let mut head = 0;
        while head < queue.len() {
            let state = queue[head];
            head += 1;
            for symbol in 0..SYMBOLS {
                let edge = self.next[state][symbol] as usize;
                let beside = if state == 0 { 0 } else { self.next[failure[state]][symbol] as usize };
                if edge == 0 {
                    self.next[state][symbol] = beside as u16;
                    continue;
                }
                failure[edge] = beside;
                self.best[edge] = self.best[edge].min(self.best[beside]);
                queue.push(edge);
            }
        }
        for entry in self.next.as_flattened_mut() {
            if self.best[*entry as usize] != NO_PATTERN {
                *entry |= ACCEPTS;
            }
        }
    }

    /// The first pattern of the file that occurs in the payload, or NO_PATTERN.
    #[inline(always)]
    fn scan(&self, payload: &[u8]) -> u16 {
        let (mut found, mut state) = (NO_PATTERN, 0);
        for &byte in payload {
            let entry = self.next[state][byte as usize];
            state = (entry & !ACCEPTS) as usize;
            if entry & ACCEPTS != 0 {
                found = found.min(self.best[state]);
            }
        }
        found
    }

    pub fn process(&mut self, packets: &mut [Packet]) {
        let (mut dropped, mut malformed) = (0, 0);
        for packet in packets {
            let found = match parse_ip(packet.frame()) {
                Parsed::NotIp => continue,
                Parsed::Malformed => None,
                Parsed::Ip(datagram) => datagram
                    .transport_bytes()
                    .map(|header| self.scan(&datagram.transport()[header..])),
            };
            let Some(found) = found else {
                packet.gate = DROP;
                malformed += 1;
                continue;
            };
            packet.gate = match self.patterns.get_mut(found as usize) {
                None => 0,
                Some(pattern) => {
                    pattern.hits += 1;
                    pattern.gate
                }
            };
            dropped += (packet.gate == DROP) as u64;
        }
        if dropped > 0 {
            self.dropped.add(dropped);
        }
        if malformed > 0 {
            self.malformed.add(malformed);
        }
    }
}
