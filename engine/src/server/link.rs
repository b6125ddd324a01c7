//! What is known of one connection while hyper has it: how far it is, how long that may take, what is not yet read.

use super::{
    body::Bodies,
    exchange::Exchange,
    options::Options,
    state::{Phase, State},
};
use hyper::{Request, body::Incoming, header::HeaderValue, http::request::Parts};
use rquickjs::Ctx;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    task::Context,
    time::Duration,
};
use tokio::time::Instant;

/// A client that sends no more may have gone. Node gives up what is not answered at once.
const ANSWER_AFTER_END: Duration = Duration::from_millis(10);

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
    /// Node's header of that name, for clients that heed it.
    pub keep_alive: Option<HeaderValue>,
    pub stage: Cell<Stage>,
    /// When the request began, or where there is none, when the connection began to wait for it.
    since: Cell<Instant>,
    pub exchange: RefCell<Option<Rc<Exchange<'js>>>>,
    pub bodies: Bodies,
    /// Since when the client sends no more.
    ended: Cell<Option<Instant>>,
}

impl<'js> Link<'js> {
    pub fn new(state: Rc<State>, options: Options) -> Self {
        let seconds = options.keep_alive_timeout.map(|timeout| timeout.as_secs());
        Self {
            state,
            keep_alive: seconds.and_then(|seconds| HeaderValue::try_from(format!("timeout={seconds}")).ok()),
            options,
            stage: Cell::new(Stage::New),
            since: Cell::new(Instant::now()),
            exchange: RefCell::default(),
            bodies: Bodies::default(),
            ended: Cell::default(),
        }
    }

    /// Bytes have come.
    pub fn received(&self) {
        match self.stage.get() {
            Stage::New => self.stage.set(Stage::Head),
            Stage::Idle if !self.bodies.is_coming() => self.begin(Stage::Head),
            _ => {}
        }
    }

    /// No more will come. True where that is to be kept from hyper, which would give up an answer for it.
    pub fn ended(&self) -> bool {
        self.ended.set(self.ended.get().or_else(|| Some(Instant::now())));
        matches!(self.stage.get(), Stage::Waiting | Stage::Sending)
    }

    pub fn has_ended(&self) -> bool {
        self.ended.get().is_some()
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
            Stage::Waiting if self.has_ended() => return self.ended.get().map(|ended| ended + ANSWER_AFTER_END),
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
