// SPDX-License-Identifier: Apache-2.0
//
//! firewall in safe Rust: an ordered list of rules over the 5-tuple; see examples/nfs/firewall.c.
#![deny(unsafe_code)]

mod argfile;
#[allow(unsafe_code)]
mod host;
mod packet;

use argfile::{Ipv4Prefix, Ipv6Prefix, Line, ipv4_prefix, ipv6_prefix, lines, number, port_range};
use host::{Counter, DROP, Packet};
use packet::{Datagram, ICMP, ICMPV6, Parsed, TCP, UDP, be16, be32, be64, parse_ip};

const RULES_MAX: usize = 4096;

/// The half of a rule that does not depend on the IP version; spans are highest less lowest.
#[derive(Clone, Copy, Default)]
struct Service {
    source_low: u16,
    source_span: u16,
    destination_low: u16,
    destination_span: u16,
    protocol: u8,
    protocol_mask: u8,
    ports: bool,
    drop: bool,
    number: u16,
}

/// Protocol and ports of a packet.
struct Shown {
    source_port: u16,
    destination_port: u16,
    protocol: u8,
    portless: bool,
}

struct Rule4 {
    source: u32,
    source_mask: u32,
    destination: u32,
    destination_mask: u32,
    service: Service,
}

struct Rule6 {
    source: Ipv6Prefix,
    destination: Ipv6Prefix,
    service: Service,
}

pub struct Nf {
    rules4: Vec<Rule4>,
    rules6: Vec<Rule6>,
    hits: Vec<u64>, // by rule number
    default_drop: bool,
    non_ip_drop: bool,
    dropped: Counter,
    malformed: Counter,
}

#[derive(Default)]
struct Settings {
    default_drop: Option<bool>,
    non_ip_drop: Option<bool>,
}

fn action(word: &[u8]) -> Option<bool> {
    match word {
        b"drop" => Some(true),
        b"accept" => Some(false),
        _ => None,
    }
}

/// Number and mask.
fn protocol(word: &[u8]) -> Option<(u8, u8)> {
    match word {
        b"any" => Some((0, 0)),
        b"tcp" => Some((TCP, 0xff)),
        b"udp" => Some((UDP, 0xff)),
        b"icmp" => Some((ICMP, 0xff)),
        b"icmpv6" => Some((ICMPV6, 0xff)),
        _ => number(word, 255).map(|number| (number as u8, 0xff)),
    }
}

/// Lowest, span, and whether it names a port at all.
fn ports(line: &Line, word: &[u8]) -> Result<(u16, u16, bool), String> {
    if word == b"any" {
        return Ok((0, 65535, false));
    }
    match port_range(word) {
        Some((low, high)) => Ok((low, high - low, true)),
        None => line.error_word("not a port, a range low-high or `any`", word),
    }
}

/// An address both ways; None for the version it cannot be.
type Address = (Option<Ipv4Prefix>, Option<Ipv6Prefix>);

fn address(line: &Line, word: &[u8]) -> Result<Address, String> {
    if word == b"any" {
        return Ok((Some(Ipv4Prefix::default()), Some(Ipv6Prefix::default())));
    }
    match (ipv4_prefix(word), ipv6_prefix(word)) {
        (None, None) => line.error_word("not an IPv4 or IPv6 prefix or `any`", word),
        (Some(four), _) => Ok((Some(four), None)),
        (None, six) => Ok((None, six)),
    }
}

fn read_service(line: &Line, drop: bool, words: &[&[u8]; 5]) -> Result<Service, String> {
    let Some((protocol, protocol_mask)) = protocol(words[0]) else {
        return line.error_word("not a protocol", words[0]);
    };
    let (source_low, source_span, from) = ports(line, words[2])?;
    let (destination_low, destination_span, to) = ports(line, words[4])?;
    let ports = from || to;
    if ports && (protocol_mask == 0 || (protocol != TCP && protocol != UDP)) {
        return line.error("ports need protocol tcp or udp");
    }
    Ok(Service {
        source_low,
        source_span,
        destination_low,
        destination_span,
        protocol,
        protocol_mask,
        ports,
        drop,
        number: 0,
    })
}

fn read_setting(line: &mut Line, name: &[u8], setting: &mut Option<bool>) -> Result<(), String> {
    if setting.is_some() {
        return line.error_word("given a second time", name);
    }
    let Some([word]) = line.words::<1>() else {
        return line.error_word("expected one ACTION after", name);
    };
    *setting = action(word);
    if setting.is_none() { line.error_word("not `accept` or `drop`", word) } else { Ok(()) }
}

impl Service {
    /// The spans are compared as unsigned 16-bit differences: one comparison a range.
    #[inline(always)]
    fn matches(&self, shown: &Shown) -> bool {
        (self.protocol ^ shown.protocol) & self.protocol_mask == 0
            && !(self.ports & shown.portless)
            && shown.source_port.wrapping_sub(self.source_low) <= self.source_span
            && shown.destination_port.wrapping_sub(self.destination_low) <= self.destination_span
    }
}

#[inline(always)]
fn inside6(address: [u64; 2], prefix: &Ipv6Prefix) -> bool {
    ((address[0] ^ prefix.address[0]) & prefix.mask[0]) | ((address[1] ^ prefix.address[1]) & prefix.mask[1])
        == 0
}

impl Nf {
    pub fn new(args: &[u8]) -> Result<Nf, String> {
        let mut settings = Settings::default();
        let mut nf = Nf {
            rules4: Vec::new(),
            rules6: Vec::new(),
            hits: Vec::new(),
            default_drop: false,
            non_ip_drop: false,
            dropped: Counter::open("firewall.dropped"),
            malformed: Counter::open("firewall.malformed"),
        };
        for mut line in lines(args) {
            nf.read_line(&mut line, &mut settings)?;
        }
        let Some(default_drop) = settings.default_drop else {
            return Err("the argument file does not say `default accept` or `default drop`".into());
        };
        nf.default_drop = default_drop;
        nf.non_ip_drop = settings.non_ip_drop.unwrap_or(false);
        Ok(nf)
    }

    fn read_line(&mut self, line: &mut Line, settings: &mut Settings) -> Result<(), String> {
        let Some(first) = line.word() else { return Ok(()) };
        match first {
            b"default" => return read_setting(line, first, &mut settings.default_drop),
            b"non-ip" => return read_setting(line, first, &mut settings.non_ip_drop),
            _ => {}
        }
        let Some(drop) = action(first) else {
            return line.error_word("not `accept`, `drop`, `default` or `non-ip`", first);
        };
        let Some(words) = line.words::<5>() else {
            return line.error("expected ACTION PROTOCOL SOURCE PORTS DESTINATION PORTS");
        };
        self.read_rule(line, drop, &words)
    }

    fn read_rule(&mut self, line: &Line, drop: bool, words: &[&[u8]; 5]) -> Result<(), String> {
        if self.hits.len() == RULES_MAX {
            return line.error("more than 4096 rules");
        }
        let mut service = read_service(line, drop, words)?;
        let (source4, source6) = address(line, words[1])?;
        let (destination4, destination6) = address(line, words[3])?;
        let (four, six) = (source4.zip(destination4), source6.zip(destination6));
        if four.is_none() && six.is_none() {
            return line.error("an IPv4 and an IPv6 address in one rule");
        }
        service.number = self.hits.len() as u16;
        self.hits.push(0);
        self.rules4.extend(four.map(|(source, destination)| Rule4 {
            source: source.address,
            source_mask: source.mask,
            destination: destination.address,
            destination_mask: destination.mask,
            service,
        }));
        self.rules6.extend(six.map(|(source, destination)| Rule6 { source, destination, service }));
        Ok(())
    }

    #[inline(always)]
    fn match4(&self, source: u32, destination: u32, shown: &Shown) -> Option<&Service> {
        let rule = self.rules4.iter().find(|rule| {
            (source ^ rule.source) & rule.source_mask == 0
                && (destination ^ rule.destination) & rule.destination_mask == 0
                && rule.service.matches(shown)
        });
        rule.map(|rule| &rule.service)
    }

    #[inline(always)]
    fn match6(&self, source: [u64; 2], destination: [u64; 2], shown: &Shown) -> Option<&Service> {
        let rule = self.rules6.iter().find(|rule| {
            inside6(source, &rule.source) && inside6(destination, &rule.destination) && rule.service.matches(shown)
        });
        rule.map(|rule| &rule.service)
    }

    /// Whether an IP packet is to be dropped.
    #[inline(always)]
    fn judge(&mut self, datagram: &Datagram, ports: bool) -> bool {
        let (ip, l4) = (&*datagram.ip, datagram.transport());
        let shown = Shown {
            source_port: if ports { be16(l4, 0) } else { 0 },
            destination_port: if ports { be16(l4, 2) } else { 0 },
            protocol: datagram.protocol,
            portless: !ports,
        };
        let service = if datagram.version == 4 {
            self.match4(be32(ip, 12), be32(ip, 16), &shown)
        } else {
            self.match6([be64(ip, 8), be64(ip, 16)], [be64(ip, 24), be64(ip, 32)], &shown)
        };
        let Some(&Service { number, drop, .. }) = service else { return self.default_drop };
        self.hits[number as usize] += 1;
        drop
    }

    pub fn process(&mut self, packets: &mut [Packet]) {
        let (mut dropped, mut malformed) = (0, 0);
        for packet in packets {
            let drop = match parse_ip(packet.frame()) {
                Parsed::NotIp => Some(self.non_ip_drop),
                Parsed::Ip(datagram) => {
                    datagram.transport_bytes().map(|transport| self.judge(&datagram, transport > 0))
                }
                Parsed::Malformed => None,
            };
            if drop == Some(false) {
                continue;
            }
            packet.gate = DROP;
            malformed += drop.is_none() as u64;
            dropped += drop.is_some() as u64;
        }
        if dropped > 0 {
            self.dropped.add(dropped);
        }
        if malformed > 0 {
            self.malformed.add(malformed);
        }
    }
}
