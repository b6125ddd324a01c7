//! Starts a program with its secrets in its environment, as a program on AWS's SDK for Rust does it.
//!
//! Usage: SECRET_NAMES="one two" rust-wrapper PROGRAM [ARGUMENT...]

use aws_config::BehaviorVersion;
use aws_sdk_secretsmanager::Client;
use futures::future::try_join_all;
use std::{
    convert::Infallible,
    env,
    error::Error,
    os::unix::process::CommandExt,
    process::{Command, ExitCode},
};

#[tokio::main]
async fn main() -> ExitCode {
    // It only returns when it has failed.
    let Err(error) = run().await;
    eprintln!("{error}");
    ExitCode::FAILURE
}

async fn run() -> Result<Infallible, Box<dyn Error>> {
    let mut args = env::args_os().skip(1);
    let program = args.next().ok_or("usage: rust-wrapper PROGRAM [ARGUMENT...]")?;
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let client = Client::new(&config);
    let names = env::var("SECRET_NAMES")?;
    let secrets = try_join_all(names.split_whitespace().map(|name| get(&client, name))).await?;
    Err(Command::new(program).args(args).envs(secrets).exec().into())
}

async fn get(client: &Client, name: &str) -> Result<(String, String), Box<dyn Error>> {
    let output = client.get_secret_value().secret_id(name).send().await.map_err(aws_sdk_secretsmanager::Error::from)?;
    Ok((name.into(), output.secret_string.unwrap_or_default()))
}
