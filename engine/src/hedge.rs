//! Two tries of one call, side by side.

use crate::failure::Failure;
use std::pin::pin;
use tokio::select;

/// As far as a call can come, in order.
const PHASES: [&str; 8] = ["ca", "request", "queue", "lookup", "connect", "handshake", "response", "body"];

/// The first success, and the other try is dropped; else the failure of the one that came further, or failed first.
pub async fn race<T>(
    first: impl Future<Output = Result<T, Failure>>,
    second: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    select! {
        biased;
        outcome = &mut first => success_or(outcome, second).await,
        outcome = &mut second => success_or(outcome, first).await,
    }
}

async fn success_or<T>(
    outcome: Result<T, Failure>,
    other: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    match outcome {
        Ok(success) => Ok(success),
        Err(failure) => other.await.map_err(|later| further(failure, later)),
    }
}

fn further(earlier: Failure, later: Failure) -> Failure {
    let progress = |failure: &Failure| PHASES.iter().position(|phase| *phase == failure.phase);
    if progress(&later) > progress(&earlier) { later } else { earlier }
}
