//! `http.ServerResponse`, as JavaScript has it.

use super::{answer::Answer, exchange::Exchange, headers, throw};
use crate::os_string;
use bytes::Bytes;
use hyper::{HeaderMap, StatusCode};
use rquickjs::{
    Class, Ctx, Function, JsLifetime, Object, Result, TypedArray, Value,
    class::{Trace, Tracer},
    prelude::{Opt, This},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

#[rquickjs::class(rename = "ServerResponse")]
pub struct ServerResponse<'js> {
    exchange: Rc<Exchange<'js>>,
    head: RefCell<Option<(StatusCode, HeaderMap)>>,
    has_head: Cell<bool>,
    is_ended: Cell<bool>,
}

unsafe impl<'js> JsLifetime<'js> for ServerResponse<'js> {
    type Changed<'to> = ServerResponse<'to>;
}

impl<'js> Trace<'js> for ServerResponse<'js> {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

/// What nothing refers to any more cannot be answered later.
impl Drop for ServerResponse<'_> {
    fn drop(&mut self) {
        self.exchange.answer(Answer::of(StatusCode::INTERNAL_SERVER_ERROR));
    }
}

impl<'js> ServerResponse<'js> {
    pub fn new(exchange: Rc<Exchange<'js>>) -> Self {
        Self { exchange, head: RefCell::default(), has_head: Cell::new(false), is_ended: Cell::new(false) }
    }
}

type Itself<'js> = Class<'js, ServerResponse<'js>>;

#[rquickjs::methods(rename_all = "camelCase")]
impl<'js> ServerResponse<'js> {
    /// Sent with the body, in one piece.
    pub fn write_head(
        this: This<Itself<'js>>,
        ctx: Ctx<'js>,
        status: f64,
        headers: Opt<Object<'js>>,
    ) -> Result<Itself<'js>> {
        let response = this.borrow();
        if response.headers_sent() {
            return Err(throw(&ctx, "ERR_HTTP_HEADERS_SENT", "the headers have been sent"));
        }
        let status = Some(status).filter(|status| *status >= 200.0 && status.fract() == 0.0);
        let status = status.and_then(|status| StatusCode::from_u16(status as u16).ok());
        let status = status.ok_or_else(|| throw(&ctx, "ERR_HTTP_INVALID_STATUS_CODE", "no status from 200 to 999"))?;
        let headers = headers.0.map(|object| headers::from_object(&ctx, object)).transpose()?.unwrap_or_default();
        response.head.replace(Some((status, headers)));
        response.has_head.set(true);
        Ok(this.0.clone())
    }

    /// Of a second call nothing is sent.
    pub fn end(this: This<Itself<'js>>, ctx: Ctx<'js>, body: Opt<Value<'js>>) -> Result<Itself<'js>> {
        let response = this.borrow();
        let body = to_bytes(&ctx, body.0)?;
        response.is_ended.set(true);
        let (status, headers) = response.head.take().unwrap_or_default();
        response.exchange.answer(Answer { status, headers, body });
        Ok(this.0.clone())
    }

    /// `close`: the response has been sent, or its client has gone.
    pub fn on(this: This<Itself<'js>>, ctx: Ctx<'js>, event: String, listener: Function<'js>) -> Result<Itself<'js>> {
        if event != "close" {
            return Err(throw(&ctx, "ERR_INVALID_ARG_VALUE", "the only event of a response is close"));
        }
        this.borrow().exchange.on_close(listener);
        Ok(this.0)
    }

    #[qjs(get, rename = "headersSent")]
    pub fn headers_sent(&self) -> bool {
        self.has_head.get() || self.is_ended.get()
    }

    #[qjs(get, rename = "writableEnded")]
    pub fn writable_ended(&self) -> bool {
        self.is_ended.get()
    }
}

fn to_bytes<'js>(ctx: &Ctx<'js>, body: Option<Value<'js>>) -> Result<Bytes> {
    let Some(body) = body.filter(|body| !body.is_undefined() && !body.is_null()) else { return Ok(Bytes::new()) };
    if let Some(text) = body.as_string() {
        return Ok(os_string::to_utf8(text)?.into());
    }
    let bytes = TypedArray::<u8>::from_value(body)
        .map_err(|_| throw(ctx, "ERR_INVALID_ARG_TYPE", "a body is a string or a Uint8Array"))?;
    Ok(Bytes::copy_from_slice(bytes.as_bytes().unwrap_or_default()))
}
