//! One request and its answer: what the connection and JavaScript's two objects share.

use super::{answer::Answer, call};
use hyper::{Uri, header::HeaderValue, http::request::Parts};
use rquickjs::{Ctx, Function};
use std::{
    cell::{Cell, Ref, RefCell},
    rc::Rc,
    task::{Context, Poll, Waker},
};

pub struct Exchange<'js> {
    head: RefCell<Parts>,
    answer: RefCell<Progress>,
    /// Not traced for QuickJS, as JavaScript's objects are not the only owners: each is let go when the exchange ends.
    on_close: RefCell<Vec<Function<'js>>>,
    is_closed: Cell<bool>,
}

enum Progress {
    /// With what waits for the answer.
    Open(Option<Waker>),
    Answered(Answer),
    Taken,
}

impl<'js> Exchange<'js> {
    pub fn new(head: Parts) -> Self {
        Self {
            head: RefCell::new(head),
            answer: RefCell::new(Progress::Open(None)),
            on_close: RefCell::default(),
            is_closed: Cell::new(false),
        }
    }

    pub fn head(&self) -> Ref<'_, Parts> {
        self.head.borrow()
    }

    pub fn is_answered(&self) -> bool {
        !matches!(*self.answer.borrow(), Progress::Open(_))
    }

    /// The first answer is the one that is sent.
    pub fn answer(&self, answer: Answer) {
        if self.is_answered() {
            return;
        }
        if let Progress::Open(Some(waker)) = self.answer.replace(Progress::Answered(answer)) {
            waker.wake();
        }
    }

    pub fn poll_answer(&self, context: &Context<'_>) -> Poll<Answer> {
        let mut progress = self.answer.borrow_mut();
        match std::mem::replace(&mut *progress, Progress::Taken) {
            Progress::Answered(answer) => Poll::Ready(answer),
            Progress::Open(_) => {
                *progress = Progress::Open(Some(context.waker().clone()));
                Poll::Pending
            }
            Progress::Taken => Poll::Pending,
        }
    }

    /// Of an exchange that has ended, never called.
    pub fn on_close(&self, listener: Function<'js>) {
        if !self.is_closed.get() {
            self.on_close.borrow_mut().push(listener);
        }
    }

    /// The answer has been sent, or cannot be any more.
    pub fn close(self: Rc<Self>, ctx: &Ctx<'js>) {
        self.is_closed.set(true);
        for listener in self.on_close.take() {
            call(ctx, &listener, ());
        }
        if Rc::strong_count(&self) > 1 {
            detach(&mut self.head.borrow_mut());
        }
    }
}

/// hyper's heads are slices of a buffer of some kilobytes: a program that keeps a request must not keep that too.
fn detach(head: &mut Parts) {
    for value in head.headers.values_mut() {
        if let Ok(copy) = HeaderValue::from_bytes(value.as_bytes()) {
            *value = copy;
        }
    }
    if let Ok(uri) = Uri::try_from(head.uri.to_string()) {
        head.uri = uri;
    }
}
