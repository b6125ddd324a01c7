//! The program's listener, as hyper calls it with each request of one connection.

use super::{
    answer::Answer,
    answering::{Answering, Refused},
    call,
    exchange::Exchange,
    http_server::HttpServer,
    link::Link,
    request::IncomingMessage,
    response::ServerResponse,
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode, Version, body::Incoming, header::HOST, http::request::Parts,
    service::Service,
};
use rquickjs::{Class, Ctx, Result};
use std::rc::Rc;

pub struct Listener<'js> {
    pub ctx: Ctx<'js>,
    pub server: Class<'js, HttpServer<'js>>,
    pub link: Rc<Link<'js>>,
}

impl<'js> Service<Request<Incoming>> for Listener<'js> {
    type Response = Response<Full<Bytes>>;
    type Error = Refused;
    type Future = Answering<'js>;

    fn call(&self, request: Request<Incoming>) -> Answering<'js> {
        self.link.close_exchange(&self.ctx);
        let exchange = Rc::new(Exchange::new(self.link.requested(request)));
        self.link.exchange.replace(Some(exchange.clone()));
        if is_valid(&exchange.head()) {
            self.ask(&exchange);
        } else {
            exchange.answer(Answer::of(StatusCode::BAD_REQUEST).last());
        }
        Answering { exchange, link: self.link.clone() }
    }
}

impl<'js> Listener<'js> {
    /// A listener that throws has not answered: the client is told, where there is no answer yet.
    fn ask(&self, exchange: &Rc<Exchange<'js>>) {
        let objects = self.objects(exchange);
        let listener = self.server.borrow().listener.clone();
        if !objects.is_ok_and(|objects| call(&self.ctx, &listener, objects)) {
            exchange.answer(Answer::of(StatusCode::INTERNAL_SERVER_ERROR));
        }
    }

    fn objects(&self, exchange: &Rc<Exchange<'js>>) -> Result<Objects<'js>> {
        let request = Class::instance(self.ctx.clone(), IncomingMessage::new(exchange.clone()))?;
        Ok((request, Class::instance(self.ctx.clone(), ServerResponse::new(exchange.clone()))?))
    }
}

type Objects<'js> = (Class<'js, IncomingMessage<'js>>, Class<'js, ServerResponse<'js>>);

/// The target is a path, a whole URL or `*`, in ASCII: hyper also takes a host alone, or UTF-8. And there is a host,
/// Node's `requireHostHeader`.
fn is_valid(head: &Parts) -> bool {
    let has_host = head.version != Version::HTTP_11 || head.headers.contains_key(HOST);
    has_host && head.method != Method::CONNECT && head.uri.path_and_query().is_some_and(|path| path.as_str().is_ascii())
}
