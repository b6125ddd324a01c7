//! Strings of the operating system in JavaScript, as Python has them (PEP 383): each byte that is
//! not UTF-8 is a lone surrogate, U+DC80 to U+DCFF, so that no two strings look the same.

use rquickjs::{CString, Ctx, Exception, Result, String as JsString, Value, qjs};
use std::{ops::RangeInclusive, slice, str};

pub fn to_js<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Result<JsString<'js>> {
    match str::from_utf8(bytes) {
        Ok(string) => JsString::from_str(ctx.clone(), string),
        Err(_) => from_utf16(ctx, &escape(bytes)),
    }
}

/// None where a lone surrogate stands for no byte.
pub fn to_bytes(string: &JsString<'_>) -> Result<Option<Vec<u8>>> {
    let string = string.clone().to_cstring()?;
    let mut bytes = Vec::with_capacity(string.len());
    for part in parts(wtf8(&string)) {
        match part {
            Part::Utf8(part) => bytes.extend(part),
            Part::Surrogate(unit) if ESCAPES.contains(&unit) => bytes.push((unit - BASE) as u8),
            Part::Surrogate(_) => return Ok(None),
        }
    }
    Ok(Some(bytes))
}

/// With U+FFFD for each lone surrogate.
pub fn to_utf8(string: &JsString<'_>) -> Result<String> {
    let string = string.clone().to_cstring()?;
    let parts = parts(wtf8(&string)).map(|part| match part {
        Part::Utf8(part) => String::from_utf8_lossy(part),
        Part::Surrogate(_) => "\u{fffd}".into(),
    });
    Ok(parts.collect())
}

fn escape(bytes: &[u8]) -> Vec<u16> {
    let units = bytes.utf8_chunks().flat_map(|chunk| {
        let escapes = chunk.invalid().iter().map(|byte| BASE + u16::from(*byte));
        chunk.valid().encode_utf16().chain(escapes)
    });
    units.collect()
}

fn from_utf16<'js>(ctx: &Ctx<'js>, units: &[u16]) -> Result<JsString<'js>> {
    let value = unsafe {
        let string = qjs::JS_NewTwoByteString(ctx.as_raw().as_ptr(), units.as_ptr(), units.len() as _);
        Value::from_raw(ctx.clone(), string)
    };
    value.into_string().ok_or_else(|| Exception::throw_range(ctx, "no memory for a string"))
}

/// Not `as_ref`, which takes it for UTF-8: QuickJS encodes a lone surrogate as if it were a character.
fn wtf8<'a>(string: &'a CString<'_>) -> &'a [u8] {
    unsafe { slice::from_raw_parts(string.as_ptr().cast(), string.len()) }
}

enum Part<'a> {
    Utf8(&'a [u8]),
    Surrogate(u16),
}

fn parts(mut rest: &[u8]) -> impl Iterator<Item = Part<'_>> {
    std::iter::from_fn(move || {
        if let [0xED, high @ 0xA0..=0xBF, low, after @ ..] = rest {
            rest = after;
            return Some(Part::Surrogate(0xD000 | u16::from(high & 0x3F) << 6 | u16::from(low & 0x3F)));
        }
        let end = rest.windows(2).position(|pair| matches!(pair, [0xED, 0xA0..=0xBF])).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(Part::Utf8(part))
    })
}

/// What a byte is added to, and what that gives for those that are not ASCII.
const BASE: u16 = 0xDC00;
const ESCAPES: RangeInclusive<u16> = 0xDC80..=0xDCFF;
