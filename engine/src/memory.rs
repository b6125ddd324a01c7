//! Where memory is out the process ends: a program that catches an error for it may take it for
//! another, and go on without something.

use crate::crash;
use rquickjs::allocator::Allocator;
use std::{
    alloc::{GlobalAlloc, Layout, System},
    ffi::c_void,
};

/// Rust's memory, and QuickJS's.
pub struct Memory;

unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        not_null(unsafe { System.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        not_null(unsafe { System.alloc_zeroed(layout) })
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        not_null(unsafe { System.realloc(pointer, layout, size) })
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Without sizes: these are as the C library has them.
unsafe impl Allocator for Memory {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        not_null(unsafe { libc::malloc(size) }.cast())
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        not_null(unsafe { libc::calloc(count, size) }.cast())
    }

    unsafe fn realloc(&mut self, pointer: *mut u8, size: usize) -> *mut u8 {
        not_null(unsafe { libc::realloc(pointer.cast(), size) }.cast())
    }

    unsafe fn dealloc(&mut self, pointer: *mut u8) {
        unsafe { libc::free(pointer.cast()) }
    }

    unsafe fn usable_size(pointer: *mut u8) -> usize {
        unsafe { libc::malloc_usable_size(pointer.cast::<c_void>()) }
    }
}

fn not_null(pointer: *mut u8) -> *mut u8 {
    if pointer.is_null() {
        crash::end(c"engine: out of memory: raise the limit on memory (ulimit -v, ulimit -d)\n");
    }
    pointer
}
