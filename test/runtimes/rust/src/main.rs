//! A function on provided.*: gives what its process was started with.

use std::collections::BTreeMap;
use std::{env, process};

use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde_json::{json, Value};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handle)).await
}

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    if let Some(status) = event.payload["exit"].as_i64() {
        process::exit(status as i32);
    }
    let environment: BTreeMap<String, String> = env::vars().collect();
    let command: Vec<String> = env::args().collect();
    Ok(json!({ "environment": environment, "command": command, "pid": process::id() }))
}
