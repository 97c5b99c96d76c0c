// SPDX-License-Identifier: Apache-2.0
//
//! Argument files, as examples/nfs/argfile.h and address.h read them: lines of words, `#` starts a comment.
#![allow(dead_code)] // no NF uses all of it

/// A line and what is left of it.
pub struct Line<'a> {
    pub number: usize,
    pub rest: &'a [u8],
}

pub fn lines(text: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.split(|&c| c == b'\n').enumerate().map(|(i, rest)| Line { number: i + 1, rest })
}

pub fn is_blank(c: u8) -> bool {
    matches!(c, b' ' | b'\t' | b'\r')
}

impl<'a> Line<'a> {
    pub fn error<T>(&self, reason: &str) -> Result<T, String> {
        Err(format!("argument file, line {}: {reason}", self.number))
    }

    pub fn error_word<T>(&self, reason: &str, word: &[u8]) -> Result<T, String> {
        let shown = String::from_utf8_lossy(&word[..word.len().min(64)]);
        self.error(&format!("{reason}: '{shown}'"))
    }

    /// Takes the next word off the line; None if only blanks and a comment are left.
    pub fn word(&mut self) -> Option<&'a [u8]> {
        let start = self.rest.iter().position(|&c| !is_blank(c))?;
        let text = &self.rest[start..];
        let end = text.iter().position(|&c| is_blank(c) || c == b'#').unwrap_or(text.len());
        self.rest = &text[end..];
        (end > 0).then(|| &text[..end])
    }

    /// Takes exactly N words.
    pub fn words<const N: usize>(&mut self) -> Option<[&'a [u8]; N]> {
        let mut words = [&[][..]; N];
        for word in &mut words {
            *word = self.word()?;
        }
        self.word().is_none().then_some(words)
    }
}

/// Splits at the first separator.
pub fn split(word: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let at = word.iter().position(|&c| c == separator)?;
    Some((&word[..at], &word[at + 1..]))
}

/// Decimal digits only, at most `max`.
pub fn number(word: &[u8], max: u64) -> Option<u64> {
    let mut value: u64 = 0;
    for &c in word {
        let digit = c.is_ascii_digit().then(|| (c - b'0') as u64)?;
        value = value.checked_mul(10)?.checked_add(digit).filter(|&v| v <= max)?;
    }
    (!word.is_empty()).then_some(value)
}

pub fn hex_digit(c: u8) -> Option<u8> {
    (c as char).to_digit(16).map(|digit| digit as u8)
}

/// 1 to `digits` hexadecimal digits.
pub fn hex(word: &[u8], digits: usize) -> Option<u32> {
    if word.is_empty() || word.len() > digits {
        return None;
    }
    word.iter().try_fold(0, |value, &c| Some(value << 4 | hex_digit(c)? as u32))
}

/// Exactly N parts.
fn parts<const N: usize>(word: &[u8], separator: u8) -> Option<[&[u8]; N]> {
    let mut all = word.split(|&c| c == separator);
    let mut found = [&[][..]; N];
    for part in &mut found {
        *part = all.next()?;
    }
    all.next().is_none().then_some(found)
}

pub fn ipv4_address(word: &[u8]) -> Option<u32> {
    parts::<4>(word, b'.')?.iter().try_fold(0, |address, part| {
        let byte = number(part, 255).filter(|_| part.len() <= 3)?;
        Some(address << 8 | byte as u32)
    })
}

#[derive(Clone, Copy, Default)]
pub struct Ipv4Prefix {
    pub address: u32,
    pub mask: u32,
    pub length: u8, // 255 if the mask is not contiguous
}

fn ipv4_mask(length: u32) -> u32 {
    u32::MAX.checked_shl(32 - length).unwrap_or(0)
}

/// An address, address/length or address/mask, without bits set outside the mask.
pub fn ipv4_prefix(word: &[u8]) -> Option<Ipv4Prefix> {
    let (address, mask) = match split(word, b'/') {
        None => (word, u32::MAX),
        Some((address, mask)) => match number(mask, 32) {
            Some(length) => (address, ipv4_mask(length as u32)),
            None => (address, ipv4_address(mask)?),
        },
    };
    let ones = mask.count_ones();
    let length = if mask == ipv4_mask(ones) { ones as u8 } else { 255 };
    let address = ipv4_address(address).filter(|address| address & !mask == 0)?;
    Some(Ipv4Prefix { address, mask, length })
}

#[derive(Clone, Copy, Default)]
pub struct Ipv6Prefix {
    pub address: [u64; 2],
    pub mask: [u64; 2],
}

fn ipv6_groups(word: &[u8]) -> Option<Vec<u16>> {
    if word.is_empty() {
        return Some(Vec::new());
    }
    word.split(|&c| c == b':').map(|group| hex(group, 4).map(|value| value as u16)).collect()
}

pub fn ipv6_address(word: &[u8]) -> Option<[u64; 2]> {
    let gap = word.windows(2).position(|pair| pair == b"::");
    let mut groups = ipv6_groups(&word[..gap.unwrap_or(word.len())])?;
    if let Some(gap) = gap {
        let last = ipv6_groups(&word[gap + 2..])?;
        if groups.len() + last.len() > 7 {
            return None;
        }
        groups.resize(8 - last.len(), 0);
        groups.extend(last);
    }
    let half = |groups: &[u16]| groups.iter().fold(0u64, |value, &group| value << 16 | group as u64);
    (groups.len() == 8).then(|| [half(&groups[..4]), half(&groups[4..])])
}

/// An address or address/length, without bits set outside the length.
pub fn ipv6_prefix(word: &[u8]) -> Option<Ipv6Prefix> {
    let (address, length) = match split(word, b'/') {
        None => (word, 128),
        Some((address, length)) => (address, number(length, 128)? as u32),
    };
    let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
    let mask = [(mask >> 64) as u64, mask as u64];
    let address = ipv6_address(address)?;
    (address[0] & !mask[0] == 0 && address[1] & !mask[1] == 0).then_some(Ipv6Prefix { address, mask })
}

pub fn ethernet_address(word: &[u8]) -> Option<[u8; 6]> {
    let mut address = [0; 6];
    for (byte, part) in address.iter_mut().zip(parts::<6>(word, b':')?) {
        *byte = hex(part, 2).filter(|_| part.len() == 2)? as u8;
    }
    Some(address)
}

/// A port, or low-high.
pub fn port_range(word: &[u8]) -> Option<(u16, u16)> {
    let (low, high) = split(word, b'-').unwrap_or((word, word));
    let (low, high) = (number(low, 65535)? as u16, number(high, 65535)? as u16);
    (low <= high).then_some((low, high))
}
