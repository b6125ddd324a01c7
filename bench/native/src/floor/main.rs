//! What any way to get secrets into a program's environment takes at least: nothing but the calls, in native code.
//!
//! Usage: SECRETS='{"NAME": "id"}' floor PROGRAM [ARGUMENT...], with the variables that Lambda sets.

mod fetch;
mod signer;
mod tls;

use signer::Signer;
use std::{
    collections::BTreeMap,
    convert::Infallible,
    env,
    error::Error,
    fmt::Display,
    os::unix::process::CommandExt,
    process::{Command, ExitCode},
};
use tokio::runtime::Builder;

type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let Err(error) = run();
    eprintln!("floor: {error}");
    ExitCode::FAILURE
}

/// Only returns when it has failed.
fn run() -> Result<Infallible, Failure> {
    let mut args = env::args_os().skip(1);
    let program = args.next().ok_or("usage: floor PROGRAM [ARGUMENT...]")?;
    let secrets: BTreeMap<String, String> = serde_json::from_str(&variable("SECRETS")?)?;
    let service = fetch::Service {
        url: variable("AWS_ENDPOINT_URL_SECRETS_MANAGER")?.parse()?,
        tls: tls::connector(&variable("AWS_CA_BUNDLE")?)?,
        signer: Signer::new(&variable("AWS_REGION")?)?,
    };
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let values = runtime.block_on(fetch::fetch_all(&service, secrets))?;
    Err(Command::new(program).args(args).envs(values).exec().into())
}

fn variable(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(|error| named(name, error))
}

fn named(name: &str, error: impl Display) -> Failure {
    format!("{name}: {error}").into()
}
