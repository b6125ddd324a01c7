//! Further tries of a call that stalls, beside the first.

use crate::failure::Failure;
use std::{pin::pin, time::Duration};
use tokio::{select, time::timeout};

/// As far as a call can come, in order.
const PHASES: [&str; 8] = ["ca", "request", "queue", "lookup", "connect", "handshake", "response", "body"];

/// The first success, and the other try is dropped; else the failure of the one that came further, or failed first.
/// `again` makes a try beside `first`, one at a time; where it fails, the next follows after this pause.
pub async fn race<T, F: Future<Output = Result<T, Failure>>>(
    first: impl Future<Output = Result<T, Failure>>,
    again: impl Fn() -> F,
    pause: Duration,
) -> Result<T, Failure> {
    let mut first = pin!(first);
    let mut earlier = None;
    loop {
        let mut other = pin!(again());
        select! {
            biased;
            outcome = &mut first => return match outcome {
                Ok(success) => Ok(success),
                Err(failure) => other.await.map_err(|later| further(Some(further(earlier, failure)), later)),
            },
            outcome = &mut other => match outcome {
                Ok(success) => return Ok(success),
                Err(failure) => earlier = Some(further(earlier, failure)),
            },
        }
        if let Ok(outcome) = timeout(pause, &mut first).await {
            return outcome.map_err(|failure| further(earlier, failure));
        }
    }
}

fn further(earlier: Option<Failure>, later: Failure) -> Failure {
    let progress = |failure: &Failure| PHASES.iter().position(|phase| *phase == failure.phase);
    match earlier {
        Some(earlier) if progress(&earlier) >= progress(&later) => earlier,
        _ => later,
    }
}
