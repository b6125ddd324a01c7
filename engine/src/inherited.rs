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

/// As `bytes_of`, for many: strings that differ only in what is not UTF-8 are told apart by their order.
pub fn bytes_of_all(texts: &[String], inherited: &[Inherited]) -> Vec<OsString> {
    let mut unused = inherited.to_vec();
    let bytes = |text: &String| match unused.iter().position(|(known, _)| known == text) {
        Some(index) => unused.remove(index).1,
        None => bytes_of(text, inherited).to_owned(),
    };
    texts.iter().map(bytes).collect()
}

fn with_text(bytes: OsString) -> Inherited {
    (bytes.to_string_lossy().into_owned(), bytes)
}
