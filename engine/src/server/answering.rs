//! The answer to one request, once the program has given it.

use super::{
    exchange::Exchange,
    link::{Link, Stage},
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Response};
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
        if exchange.head.method == Method::CONNECT {
            return Poll::Ready(Err(Refused));
        }
        let mut answer = ready!(exchange.poll_answer(context));
        link.stage.set(Stage::Sending);
        if link.is_closing() {
            answer = answer.last();
        }
        Poll::Ready(Ok(answer.into_response(&exchange.head.method, link.keep_alive(&exchange.head))))
    }
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
