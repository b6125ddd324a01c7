//! Starts commands one after another and measures each: a line of JSON for each, in and out.
//!
//! It is small, as Linux counts the memory of whoever starts a process as that process's own.

mod measure;

use measure::{Measured, Order, measure};
use serde::Serialize;
use std::{
    error::Error,
    io::{self, Write},
};

#[derive(Serialize)]
#[serde(untagged)]
enum Reply {
    Measured(Measured),
    /// The command did not start.
    Failed {
        error: String,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    for line in io::stdin().lines() {
        let order: Order = serde_json::from_str(&line?)?;
        let reply = match measure(&order) {
            Ok(measured) => Reply::Measured(measured),
            Err(error) => Reply::Failed { error: error.to_string() },
        };
        let mut stdout = io::stdout().lock();
        serde_json::to_writer(&mut stdout, &reply)?;
        writeln!(stdout)?;
    }
    Ok(())
}
