// SPDX-License-Identifier: Apache-2.0
//
//! macswap in safe Rust: exchanges the Ethernet addresses of every frame; see examples/nfs/macswap.c.
#![deny(unsafe_code)]

#[allow(unsafe_code)]
mod host;

use host::{DROP, Packet};

const ETHERNET_HEADER: usize = 14;

pub struct Nf;

impl Nf {
    pub fn new(args: &[u8]) -> Result<Nf, String> {
        if args.is_empty() { Ok(Nf) } else { Err("macswap takes no argument file".into()) }
    }

    pub fn process(&mut self, packets: &mut [Packet]) {
        for packet in packets {
            match packet.frame().first_chunk_mut::<ETHERNET_HEADER>() {
                Some(header) => {
                    let (destination, rest) = header.split_at_mut(6);
                    destination.swap_with_slice(&mut rest[..6]);
                }
                None => packet.gate = DROP,
            }
        }
    }
}
