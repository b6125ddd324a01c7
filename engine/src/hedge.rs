//! Further tries of a call that stalls, beside the first.

use crate::failure::Failure;
use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::timeout;

/// As far as a call can come, in order.
const PHASES: [&str; 9] = ["ca", "request", "queue", "lookup", "connect", "proxy", "handshake", "response", "body"];

pub type Try<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// The first success, and the other tries are dropped; where all have failed, the failure of the one that came
/// further, or failed first. `again` makes a try beside those that stall, unless none is of use any more: after this
/// pause, and then after one that is twice as long each time.
pub async fn race<'a, T>(
    first: Try<'a, T>,
    again: impl Fn() -> Option<Try<'a, T>>,
    mut pause: Duration,
) -> Result<T, Failure> {
    let mut tries = vec![first];
    let mut earlier = None;
    loop {
        match timeout(pause, poll_fn(|context| poll_any(&mut tries, context))).await {
            Ok((_, Ok(success))) => return Ok(success),
            Ok((index, Err(failure))) => {
                drop(tries.swap_remove(index));
                let failure = further(earlier, failure);
                if tries.is_empty() {
                    return Err(failure);
                }
                earlier = Some(failure);
            }
            Err(_) => {
                tries.extend(again());
                pause = pause.saturating_mul(2);
            }
        }
    }
}

fn poll_any<T>(tries: &mut [Try<'_, T>], context: &mut Context<'_>) -> Poll<(usize, Result<T, Failure>)> {
    for (index, one) in tries.iter_mut().enumerate() {
        if let Poll::Ready(outcome) = one.as_mut().poll(context) {
            return Poll::Ready((index, outcome));
        }
    }
    Poll::Pending
}

fn further(earlier: Option<Failure>, later: Failure) -> Failure {
    let progress = |failure: &Failure| PHASES.iter().position(|phase| *phase == failure.phase);
    match earlier {
        Some(earlier) if progress(&earlier) >= progress(&later) => earlier,
        _ => later,
    }
}
