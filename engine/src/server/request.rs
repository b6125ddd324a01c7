//! `http.IncomingMessage`, as JavaScript has it: each part is made when it is asked for.

use super::{
    exchange::Exchange,
    headers::{latin1, to_array, to_object},
};
use rquickjs::{
    Ctx, JsLifetime, Object, Result, String as JsString,
    class::{Trace, Tracer},
};
use std::{cell::RefCell, rc::Rc};

#[rquickjs::class(rename = "IncomingMessage")]
pub struct IncomingMessage<'js> {
    exchange: Rc<Exchange<'js>>,
    headers: RefCell<Option<Object<'js>>>,
    raw_headers: RefCell<Option<Object<'js>>>,
}

unsafe impl<'js> JsLifetime<'js> for IncomingMessage<'js> {
    type Changed<'to> = IncomingMessage<'to>;
}

impl<'js> Trace<'js> for IncomingMessage<'js> {
    fn trace<'a>(&self, tracer: Tracer<'a, 'js>) {
        self.headers.borrow().trace(tracer);
        self.raw_headers.borrow().trace(tracer);
    }
}

impl<'js> IncomingMessage<'js> {
    pub fn new(exchange: Rc<Exchange<'js>>) -> Self {
        Self { exchange, headers: RefCell::default(), raw_headers: RefCell::default() }
    }
}

#[rquickjs::methods]
impl<'js> IncomingMessage<'js> {
    #[qjs(get)]
    pub fn method(&self, ctx: Ctx<'js>) -> Result<JsString<'js>> {
        JsString::from_str(ctx, self.exchange.head().method.as_str())
    }

    /// The request's target.
    #[qjs(get)]
    pub fn url(&self, ctx: Ctx<'js>) -> Result<JsString<'js>> {
        let uri = &self.exchange.head().uri;
        match (uri.scheme(), uri.path_and_query()) {
            (None, Some(path)) => latin1(&ctx, path.as_str().as_bytes()),
            _ => latin1(&ctx, uri.to_string().as_bytes()),
        }
    }

    #[qjs(get)]
    pub fn headers(&self, ctx: Ctx<'js>) -> Result<Object<'js>> {
        kept(&self.headers, || to_object(&ctx, &self.exchange.head().headers))
    }

    #[qjs(get, rename = "rawHeaders")]
    pub fn raw_headers(&self, ctx: Ctx<'js>) -> Result<Object<'js>> {
        kept(&self.raw_headers, || Ok(to_array(&ctx, &self.exchange.head().headers)?.into_object()))
    }
}

fn kept<'js>(slot: &RefCell<Option<Object<'js>>>, make: impl FnOnce() -> Result<Object<'js>>) -> Result<Object<'js>> {
    if slot.borrow().is_none() {
        let made = make()?;
        slot.replace(Some(made));
    }
    Ok(slot.borrow().clone().expect("just made"))
}
