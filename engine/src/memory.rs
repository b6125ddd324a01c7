//! Where memory is out the process ends: a program that catches an error for it may take it for
//! another, and go on without something.
//!
//! The allocator is mimalloc: musl's takes more instructions, and more memory the longer a program runs.

use crate::crash;
use libmimalloc_sys::{
    mi_calloc, mi_free, mi_malloc, mi_malloc_aligned, mi_realloc, mi_realloc_aligned, mi_zalloc_aligned,
};
use rquickjs::allocator::Allocator;
use std::alloc::{GlobalAlloc, Layout};

/// Rust's memory, and QuickJS's.
pub struct Memory;

/// Has free memory given back at once, and not after a second, by which most programs have ended.
pub fn give_back_at_once() {
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 0) };
}

/// `mi_option_purge_delay`, in milliseconds, which the crate does not name.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        not_null(unsafe { mi_malloc_aligned(layout.size(), layout.align()) }.cast())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        not_null(unsafe { mi_zalloc_aligned(layout.size(), layout.align()) }.cast())
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        not_null(unsafe { mi_realloc_aligned(pointer.cast(), size, layout.align()) }.cast())
    }

    unsafe fn dealloc(&self, pointer: *mut u8, _: Layout) {
        unsafe { mi_free(pointer.cast()) }
    }
}

unsafe impl Allocator for Memory {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        not_null(unsafe { mi_malloc(size) }.cast())
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        not_null(unsafe { mi_calloc(count, size) }.cast())
    }

    unsafe fn realloc(&mut self, pointer: *mut u8, size: usize) -> *mut u8 {
        not_null(unsafe { mi_realloc(pointer.cast(), size) }.cast())
    }

    unsafe fn dealloc(&mut self, pointer: *mut u8) {
        unsafe { mi_free(pointer.cast()) }
    }

    /// QuickJS counts by it when to collect garbage, which no start lives to see.
    #[cfg(not(feature = "server"))]
    unsafe fn usable_size(_: *mut u8) -> usize {
        0
    }

    #[cfg(feature = "server")]
    unsafe fn usable_size(pointer: *mut u8) -> usize {
        unsafe { libmimalloc_sys::mi_usable_size(pointer.cast()) }
    }
}

fn not_null(pointer: *mut u8) -> *mut u8 {
    if pointer.is_null() {
        crash::end(c"engine: out of memory: raise the limit on memory (ulimit -v, ulimit -d)\n");
    }
    pointer
}
