// SPDX-License-Identifier: Apache-2.0
//
//! Bounds-checked parsing of a frame, as examples/nfs/packet.h does it: nothing is copied, slices of the frame
//! are cut to what its headers say.
#![allow(dead_code)] // no NF uses all of it

pub const ETHERNET_HEADER: usize = 14;
pub const VLAN_TAG: usize = 4;
pub const IPV4_HEADER: usize = 20;
pub const IPV6_HEADER: usize = 40;
pub const TCP_HEADER: usize = 20;
pub const UDP_HEADER: usize = 8;

pub const TYPE_IPV4: u16 = 0x0800;
pub const TYPE_VLAN: u16 = 0x8100;
pub const TYPE_IPV6: u16 = 0x86dd;
pub const TYPE_QINQ: u16 = 0x88a8;

pub const IPV4_MORE_FRAGMENTS: u16 = 0x2000;
pub const IPV4_FRAGMENT_OFFSET: u16 = 0x1fff;
const IPV6_EXTENSIONS_MAX: u32 = 8;

pub const ICMP: u8 = 1;
pub const TCP: u8 = 6;
pub const UDP: u8 = 17;
pub const ICMPV6: u8 = 58;
const HOPOPTS: u8 = 0;
const ROUTING: u8 = 43;
const FRAGMENT: u8 = 44;
const AH: u8 = 51;
const DSTOPTS: u8 = 60;

#[inline(always)]
pub fn be16(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes(bytes[at..at + 2].try_into().unwrap())
}

#[inline(always)]
pub fn be32(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}

#[inline(always)]
pub fn be64(bytes: &[u8], at: usize) -> u64 {
    u64::from_be_bytes(bytes[at..at + 8].try_into().unwrap())
}

#[inline(always)]
pub fn put_be16(bytes: &mut [u8], at: usize, value: u16) {
    bytes[at..at + 2].copy_from_slice(&value.to_be_bytes());
}

#[inline(always)]
pub fn put_be32(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_be_bytes());
}

/// An IP datagram: `ip` from its header to its end, padding left out; `l4` is where in it the transport header
/// begins.
pub struct Datagram<'a> {
    pub ip: &'a mut [u8],
    pub l4: usize,
    pub version: u8,
    pub protocol: u8,
    pub fragment: bool,
    pub later: bool,
}

impl Datagram<'_> {
    #[inline(always)]
    pub fn transport(&self) -> &[u8] {
        &self.ip[self.l4..]
    }

    /// Bytes of the TCP or UDP header, 0 for other protocols and later fragments; None if it is cut off or
    /// contradicts itself.
    #[inline(always)]
    pub fn transport_bytes(&self) -> Option<usize> {
        if self.later {
            return Some(0);
        }
        let l4 = self.transport();
        match self.protocol {
            TCP if l4.len() < TCP_HEADER => None,
            TCP => {
                let bytes = (l4[12] >> 4) as usize * 4;
                (TCP_HEADER..=l4.len()).contains(&bytes).then_some(bytes)
            }
            UDP if l4.len() < UDP_HEADER => None,
            UDP => {
                let bytes = be16(l4, 4) as usize;
                (bytes >= UDP_HEADER && (bytes <= l4.len() || self.fragment)).then_some(UDP_HEADER)
            }
            _ => Some(0),
        }
    }
}

pub enum Parsed<'a> {
    Ip(Datagram<'a>),
    NotIp,
    Malformed,
}

/// EtherType and what follows it. None if the frame ends inside its Ethernet header or tags.
#[inline(always)]
pub fn parse_ethernet(frame: &mut [u8]) -> Option<(u16, &mut [u8])> {
    let mut offset = ETHERNET_HEADER;
    let header = frame.first_chunk::<ETHERNET_HEADER>()?;
    let mut kind = be16(header, 12);
    for _ in 0..2 {
        if kind != TYPE_VLAN && kind != TYPE_QINQ {
            break;
        }
        kind = be16(frame.get(offset..offset + VLAN_TAG)?, 2);
        offset += VLAN_TAG;
    }
    Some((kind, &mut frame[offset..]))
}

/// Checks an IPv4 header against what it lies in; not its checksum.
#[inline(always)]
pub fn parse_ipv4(l3: &mut [u8]) -> Option<Datagram<'_>> {
    let ip = l3.first_chunk::<IPV4_HEADER>()?;
    let header = (ip[0] & 15) as usize * 4;
    let total = be16(ip, 2) as usize;
    let fragment = be16(ip, 6);
    let protocol = ip[9];
    if ip[0] >> 4 != 4 || header < IPV4_HEADER || total < header || total > l3.len() {
        return None;
    }
    Some(Datagram {
        ip: &mut l3[..total],
        l4: header,
        version: 4,
        protocol,
        fragment: fragment & (IPV4_MORE_FRAGMENTS | IPV4_FRAGMENT_OFFSET) != 0,
        later: fragment & IPV4_FRAGMENT_OFFSET != 0,
    })
}

fn is_extension(protocol: u8) -> bool {
    matches!(protocol, HOPOPTS | ROUTING | FRAGMENT | DSTOPTS | AH)
}

/// Steps over one extension header.
fn skip_extension(datagram: &mut Datagram) -> Option<()> {
    let l4 = datagram.transport();
    if l4.len() < 8 {
        return None;
    }
    let (next, offset) = (l4[0], be16(l4, 2));
    let bytes = match datagram.protocol {
        FRAGMENT => 8,
        AH => (l4[1] as usize + 2) * 4,
        _ => (l4[1] as usize + 1) * 8,
    };
    if l4.len() < bytes {
        return None;
    }
    if datagram.protocol == FRAGMENT {
        datagram.fragment |= offset & 0xfff9 != 0;
        datagram.later = offset & 0xfff8 != 0;
    }
    datagram.protocol = next;
    datagram.l4 += bytes;
    Some(())
}

/// Checks an IPv6 header and walks its extension headers.
#[inline]
pub fn parse_ipv6(l3: &mut [u8]) -> Option<Datagram<'_>> {
    let ip = l3.first_chunk::<IPV6_HEADER>()?;
    let end = IPV6_HEADER + be16(ip, 4) as usize;
    let protocol = ip[6];
    if ip[0] >> 4 != 6 {
        return None;
    }
    let mut datagram = Datagram {
        ip: l3.get_mut(..end)?,
        l4: IPV6_HEADER,
        version: 6,
        protocol,
        fragment: false,
        later: false,
    };
    let mut extensions = 0;
    while is_extension(datagram.protocol) && !datagram.later {
        if extensions == IPV6_EXTENSIONS_MAX {
            return None;
        }
        skip_extension(&mut datagram)?;
        extensions += 1;
    }
    Some(datagram)
}

#[inline(always)]
pub fn parse_ip(frame: &mut [u8]) -> Parsed<'_> {
    let parsed = match parse_ethernet(frame) {
        Some((TYPE_IPV4, l3)) => parse_ipv4(l3),
        Some((TYPE_IPV6, l3)) => parse_ipv6(l3),
        Some(_) => return Parsed::NotIp,
        None => None,
    };
    parsed.map_or(Parsed::Malformed, Parsed::Ip)
}

/// Mixes two words into one: Stafford's variant 13.
#[inline(always)]
pub fn hash_words(a: u64, b: u64) -> u64 {
    let mut x = a ^ b.wrapping_mul(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d049bb133111eb);
    x ^ (x >> 31)
}

/// What a checksum has to absorb when a field changes.
#[inline(always)]
pub fn checksum_delta16(before: u16, after: u16) -> u32 {
    !before as u32 + after as u32
}

#[inline(always)]
pub fn checksum_delta32(before: u32, after: u32) -> u32 {
    checksum_delta16((before >> 16) as u16, (after >> 16) as u16)
        + checksum_delta16(before as u16, after as u16)
}

/// The checksum after those changes: RFC 1624, equation 3.
#[inline(always)]
pub fn checksum_apply(checksum: u16, delta: u32) -> u16 {
    let sum = !checksum as u32 + delta;
    let sum = (sum & 0xffff) + (sum >> 16);
    !(sum + (sum >> 16)) as u16
}

/// True if the IPv4 header, a multiple of four bytes, sums to all ones.
#[inline(always)]
pub fn ipv4_checksum_ok(header: &[u8]) -> bool {
    let word = |bytes: &[u8]| u32::from_ne_bytes(bytes.try_into().unwrap()) as u64;
    let (fixed, options) = header.split_at(IPV4_HEADER);
    let mut sum: u64 = fixed.chunks_exact(4).map(word).sum();
    sum += options.chunks_exact(4).map(word).sum::<u64>();
    sum = (sum & 0xffff_ffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    (sum & 0xffff) + (sum >> 16) == 0xffff
}
