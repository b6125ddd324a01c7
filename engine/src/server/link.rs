//! What is known of one connection while hyper has it: how far it is, how long that may take, what is not yet read.

use super::{
    body::Bodies,
    exchange::Exchange,
    options::Options,
    state::{Phase, State},
};
use hyper::{
    Request, Version,
    body::Incoming,
    header::{CONNECTION, HeaderValue},
    http::request::Parts,
};
use rquickjs::Ctx;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    task::Context,
};
use tokio::time::Instant;

#[derive(Clone, Copy, PartialEq)]
pub enum Stage {
    /// Nothing has come yet.
    New,
    Head,
    /// The program has the request.
    Waiting,
    Sending,
    Idle,
}

pub struct Link<'js> {
    state: Rc<State>,
    options: Options,
    keep_alive: HeaderValue,
    pub stage: Cell<Stage>,
    /// When the request began, or where there is none, when the connection began to wait for it.
    since: Cell<Instant>,
    pub exchange: RefCell<Option<Rc<Exchange<'js>>>>,
    pub bodies: Bodies,
    pub is_ended: Cell<bool>,
}

impl<'js> Link<'js> {
    pub fn new(state: Rc<State>, options: Options) -> Self {
        let seconds = options.keep_alive_timeout.unwrap_or_default().as_secs();
        Self {
            state,
            keep_alive: HeaderValue::try_from(format!("timeout={seconds}")).expect("ASCII"),
            options,
            stage: Cell::new(Stage::New),
            since: Cell::new(Instant::now()),
            exchange: RefCell::default(),
            bodies: Bodies::default(),
            is_ended: Cell::new(false),
        }
    }

    /// Bytes have come, or the end of them.
    pub fn received(&self, count: usize) {
        self.is_ended.set(count == 0);
        match self.stage.get() {
            Stage::New if count > 0 => self.stage.set(Stage::Head),
            Stage::Idle if count > 0 && !self.bodies.is_coming() => self.begin(Stage::Head),
            _ => {}
        }
    }

    /// All that was written has been sent.
    pub fn flushed(&self) {
        if self.stage.get() != Stage::Sending {
            return;
        }
        self.stage.set(Stage::Idle);
        if !self.bodies.is_coming() {
            self.since.set(Instant::now());
        }
    }

    /// A whole head has come.
    pub fn requested(&self, request: Request<Incoming>) -> Parts {
        if self.stage.get() != Stage::Head {
            self.begin(Stage::Waiting);
        }
        self.stage.set(Stage::Waiting);
        let (head, body) = request.into_parts();
        self.bodies.add(&head, body);
        head
    }

    /// Reads what has come of the request's body.
    pub fn poll_body(&self, context: &mut Context<'_>) {
        if self.bodies.is_coming() && self.bodies.poll(context).is_ready() {
            self.since.set(Instant::now());
        }
    }

    pub fn deadline(&self) -> Option<Instant> {
        let Options { headers_timeout, request_timeout, keep_alive_timeout, .. } = self.options;
        let timeout = match self.stage.get() {
            _ if self.bodies.is_coming() => request_timeout,
            Stage::New | Stage::Head => headers_timeout.into_iter().chain(request_timeout).min(),
            Stage::Waiting | Stage::Sending => None,
            Stage::Idle => keep_alive_timeout,
        };
        timeout.map(|timeout| self.since.get() + timeout)
    }

    pub fn is_closing(&self) -> bool {
        self.state.phase() > Phase::Listening
    }

    /// For how long the connection is kept after this request, where it is: Node's header, for clients that heed it.
    pub fn keep_alive(&self, head: &Parts) -> Option<&HeaderValue> {
        let is_kept = head.version == Version::HTTP_11 && !self.bodies.is_refused() && !asks_to_close(head);
        Some(&self.keep_alive).filter(|_| is_kept && self.options.keep_alive_timeout.is_some())
    }

    /// Tells the program that its response is over.
    pub fn close_exchange(&self, ctx: &Ctx<'js>) {
        let exchange = self.exchange.take();
        if let Some(exchange) = exchange {
            exchange.close(ctx);
        }
    }

    fn begin(&self, stage: Stage) {
        self.stage.set(stage);
        self.since.set(Instant::now());
    }
}

fn asks_to_close(head: &Parts) -> bool {
    let values = head.headers.get_all(CONNECTION).into_iter();
    let mut options = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
}
