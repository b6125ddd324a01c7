//! The end of the time that a request has.

use crate::failure::Failure;
use tokio::time::{Instant, timeout_at};

/// `work`, or `ETIMEDOUT` in this phase.
pub async fn within<T>(
    deadline: Instant,
    phase: &'static str,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    timeout_at(deadline, work).await.unwrap_or_else(|_| Err(timed_out(phase)))
}

pub fn timed_out(phase: &'static str) -> Failure {
    Failure::new("ETIMEDOUT", phase, "no answer in time")
}
