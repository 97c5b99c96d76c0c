// SPDX-License-Identifier: Apache-2.0
//
//! The shim between C's entry points and an NF in safe Rust: the only file with `unsafe` in it.
//!
//! An NF is a crate with a type `Nf`, `Nf::new(args)` for init() and `Nf::process(packets)`.
#![allow(dead_code)] // not every NF has counters

use std::ffi::{CString, c_char, c_int};
use std::slice;

pub const DROP: u16 = 0xffff;
pub const GATES: u64 = 64;

/// struct fp_packet. Address and length are private: no NF can make a frame longer than it is.
#[repr(C)]
pub struct Packet {
    data: *mut u8,
    len: u32,
    pub gate: u16,
    pub port: u16,
    pub timestamp: u64,
    pub flow: u32,
    room: u32,
}

impl Packet {
    #[inline]
    pub fn frame(&mut self) -> &mut [u8] {
        // SAFETY: the host hands in `len` bytes at `data` that nobody else uses during process().
        unsafe { slice::from_raw_parts_mut(self.data, self.len as usize) }
    }

    #[inline]
    pub fn len(&self) -> u32 {
        self.len
    }
}

#[repr(C)]
struct Batch {
    count: u32,
    reserved: u32,
    packet: [Packet; 64],
}

#[repr(C)]
struct Args {
    text: *const c_char,
    len: usize,
    name: *const c_char,
}

unsafe extern "C" {
    fn fp_log(level: c_int, text: *const c_char, len: usize);
    fn fp_counter(name: *const c_char) -> c_int;
    fn fp_count(id: c_int, n: u64);
}

/// A counter of the host.
#[derive(Clone, Copy)]
pub struct Counter(c_int);

impl Counter {
    pub fn open(name: &str) -> Counter {
        let name = CString::new(name).expect("a name without NUL");
        // SAFETY: the host reads the name up to its NUL and keeps no pointer.
        Counter(unsafe { fp_counter(name.as_ptr()) })
    }

    #[inline]
    pub fn add(self, n: u64) {
        // SAFETY: takes numbers only; the host ignores an id it did not give.
        unsafe { fp_count(self.0, n) }
    }
}

static mut NF: Option<crate::Nf> = None;

#[unsafe(no_mangle)]
extern "C" fn init(args: *const Args) -> c_int {
    // SAFETY: the host hands in arguments that live until init() returns, `len` bytes of text.
    let text = unsafe { slice::from_raw_parts((*args).text.cast::<u8>(), (*args).len) };
    match crate::Nf::new(text) {
        // SAFETY: one thread calls all entry points of an instance.
        Ok(nf) => unsafe { *(&raw mut NF) = Some(nf) },
        Err(reason) => {
            // SAFETY: the host reads `len` bytes and keeps no pointer.
            unsafe { fp_log(0, reason.as_ptr().cast(), reason.len()) };
            return -1;
        }
    }
    0
}

#[unsafe(no_mangle)]
extern "C" fn process(batch: *mut Batch) {
    // SAFETY: one thread calls all entry points; the batch is the NF's until process() returns.
    let (nf, batch) = unsafe { (&mut *(&raw mut NF), &mut *batch) };
    if let Some(nf) = nf {
        nf.process(&mut batch.packet[..batch.count as usize]);
    }
}

#[unsafe(no_mangle)]
extern "C" fn fini() {
    // SAFETY: one thread calls all entry points.
    unsafe { *(&raw mut NF) = None };
}
