//! The answer to one request, once the program has given it.

use super::{
    exchange::Exchange,
    link::{Link, Stage},
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Response, Version, header::CONNECTION, http::request::Parts};
use std::{
    error::Error,
    fmt::{self, Display, Formatter},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

pub struct Answering<'js> {
    pub exchange: Rc<Exchange<'js>>,
    pub link: Rc<Link<'js>>,
}

impl Future for Answering<'_> {
    type Output = Result<Response<Full<Bytes>>, Refused>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { exchange, link } = &*self;
        // As Node without a listener for it: a tunnel is no request.
        if exchange.head().method == Method::CONNECT {
            return Poll::Ready(Err(Refused));
        }
        let mut answer = ready!(exchange.poll_answer(context));
        link.stage.set(Stage::Sending);
        if link.is_closing() {
            answer = answer.last();
        }
        let head = exchange.head();
        Poll::Ready(Ok(answer.into_response(&head.method, link.keep_alive.as_ref().filter(|_| is_kept(link, &head)))))
    }
}

/// Whether the connection is there for a further request.
fn is_kept(link: &Link<'_>, head: &Parts) -> bool {
    head.version == Version::HTTP_11 && !link.bodies.is_refused() && !asks_to_close(head)
}

fn asks_to_close(head: &Parts) -> bool {
    let values = head.headers.get_all(CONNECTION).into_iter();
    let mut options = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
}

/// Ends the connection without an answer.
#[derive(Debug)]
pub struct Refused;

impl Display for Refused {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("refused")
    }
}

impl Error for Refused {}
