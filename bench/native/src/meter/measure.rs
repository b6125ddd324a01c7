//! One process, from before its start to after its end.

use libc::{rusage, timeval};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs,
    io::{Error, ErrorKind, Result},
    mem,
    os::unix::process::{CommandExt, ExitStatusExt},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    time::Instant,
};

#[derive(Deserialize)]
pub struct Order {
    command: Vec<String>,
    /// All variables of the process.
    env: BTreeMap<String, String>,
    /// `tasks` or `cgroup.procs` of a control group, which the process joins before it becomes the command.
    cgroup: Option<PathBuf>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    status: Option<i32>,
    signal: Option<i32>,
    wall_ms: f64,
    /// User and system, with the children that it has waited for.
    processor_ms: f64,
    /// The most that it, or one of these children, had resident.
    memory_bytes: i64,
}

pub fn measure(Order { command, env, cgroup }: &Order) -> Result<Measured> {
    let (program, args) = command.split_first().ok_or(ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    command.args(args).env_clear().envs(env);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(file) = cgroup.clone() {
        // SAFETY: this process has one thread, so that no lock is held in the child. To a group, 0 is who writes.
        unsafe { command.pre_exec(move || fs::write(&file, "0")) };
    }
    let started = Instant::now();
    let child = command.spawn()?;
    let (status, usage) = wait(&child)?;
    let wall_ms = started.elapsed().as_secs_f64() * 1e3;
    Ok(Measured {
        status: status.code(),
        signal: status.signal(),
        wall_ms,
        processor_ms: to_ms(usage.ru_utime) + to_ms(usage.ru_stime),
        memory_bytes: usage.ru_maxrss * 1024,
    })
}

/// Waits for its end, which `Child` does without its usage.
fn wait(child: &Child) -> Result<(ExitStatus, rusage)> {
    let mut status = 0;
    // SAFETY: both are plain numbers, and live until the call returns.
    let (pid, usage) = unsafe {
        let mut usage: rusage = mem::zeroed();
        (libc::wait4(child.id() as i32, &mut status, 0, &mut usage), usage)
    };
    if pid < 0 { Err(Error::last_os_error()) } else { Ok((ExitStatus::from_raw(status), usage)) }
}

fn to_ms(time: timeval) -> f64 {
    time.tv_sec as f64 * 1e3 + time.tv_usec as f64 / 1e3
}
