//! What this process was given, as text for JavaScript and as the bytes it came in.

use std::ffi::{OsStr, OsString};

/// A string as JavaScript sees it (U+FFFD for what is not UTF-8), and its bytes.
pub type Inherited = (String, OsString);

pub fn args() -> Vec<Inherited> {
    std::env::args_os().map(with_text).collect()
}

/// Name and value of each environment variable.
pub fn env() -> Vec<(Inherited, Inherited)> {
    std::env::vars_os().map(|(name, value)| (with_text(name), with_text(value))).collect()
}

/// The bytes behind `text`: the inherited ones where it is an inherited string, its UTF-8 otherwise.
pub fn bytes_of<'a>(text: &'a str, inherited: &'a [Inherited]) -> &'a OsStr {
    let same = inherited.iter().find(|(known, _)| known == text);
    same.map_or(OsStr::new(text), |(_, bytes)| bytes)
}

fn with_text(bytes: OsString) -> Inherited {
    (bytes.to_string_lossy().into_owned(), bytes)
}
