//! `http.Server`, as JavaScript has it.

use super::{
    error,
    listen::{self, Address},
    options::Options,
    state::{Phase, State},
    throw,
};
use llrt_context::CtxExtension;
use rquickjs::{
    Class, Ctx, Function, JsLifetime, Object, Result, Value,
    class::{Trace, Tracer},
    prelude::{Opt, This},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// Only this object holds the program's functions, so that QuickJS can collect what refers to it and is referred to.
#[rquickjs::class(rename = "Server")]
pub struct HttpServer<'js> {
    pub options: Options,
    pub listener: Function<'js>,
    pub state: Rc<State>,
    max_connections: Cell<Option<f64>>,
    address: RefCell<Option<Address>>,
    on_error: RefCell<Vec<Function<'js>>>,
    on_closed: RefCell<Vec<Function<'js>>>,
}

unsafe impl<'js> JsLifetime<'js> for HttpServer<'js> {
    type Changed<'to> = HttpServer<'to>;
}

impl<'js> Trace<'js> for HttpServer<'js> {
    fn trace<'a>(&self, tracer: Tracer<'a, 'js>) {
        self.listener.trace(tracer);
        self.on_error.borrow().iter().for_each(|function| function.trace(tracer));
        self.on_closed.borrow().iter().for_each(|function| function.trace(tracer));
    }
}

impl<'js> HttpServer<'js> {
    pub fn new(options: Options, listener: Function<'js>) -> Self {
        Self {
            options,
            listener,
            state: Rc::new(State::new()),
            max_connections: Cell::default(),
            address: RefCell::default(),
            on_error: RefCell::default(),
            on_closed: RefCell::default(),
        }
    }

    pub fn is_full(&self) -> bool {
        self.max_connections.get().is_some_and(|limit| self.state.count() as f64 >= limit)
    }

    pub fn error_listeners(&self) -> Vec<Function<'js>> {
        self.on_error.borrow().clone()
    }

    /// What is to be called once the server has closed.
    pub fn take_closed_listeners(&self) -> Vec<Function<'js>> {
        self.on_closed.take()
    }
}

#[rquickjs::methods(rename_all = "camelCase")]
impl<'js> HttpServer<'js> {
    #[qjs(get, rename = "maxConnections")]
    pub fn max_connections(&self) -> Option<f64> {
        self.max_connections.get()
    }

    #[qjs(set, rename = "maxConnections")]
    pub fn set_max_connections(&self, limit: Option<f64>) {
        self.max_connections.set(limit);
    }

    pub fn on(
        this: This<Class<'js, Self>>,
        ctx: Ctx<'js>,
        event: String,
        listener: Function<'js>,
    ) -> Result<Class<'js, Self>> {
        if event != "error" {
            return Err(throw(&ctx, "ERR_INVALID_ARG_VALUE", "the only event of a server is error"));
        }
        this.borrow().on_error.borrow_mut().push(listener);
        Ok(this.0)
    }

    /// Binds at once; `callback` and the event `error` come later, as in Node.
    pub fn listen(
        this: This<Class<'js, Self>>,
        ctx: Ctx<'js>,
        options: Object<'js>,
        callback: Opt<Function<'js>>,
    ) -> Result<Class<'js, Self>> {
        let server = this.borrow();
        if server.state.phase() != Phase::Closed {
            return Err(throw(&ctx, "ERR_SERVER_ALREADY_LISTEN", "the server listens already, or is not yet closed"));
        }
        let wanted = Address::read(&ctx, &options)?;
        let bound = listen::bind(&wanted);
        server.address.replace(bound.as_ref().ok().map(|(_, address)| address.clone()));
        if bound.is_ok() {
            server.state.enter(Phase::Listening);
        }
        ctx.spawn_exit_simple(listen::run(ctx.clone(), this.0.clone(), wanted, bound.map(|(tcp, _)| tcp), callback.0));
        Ok(this.0.clone())
    }

    pub fn address(&self, ctx: Ctx<'js>) -> Result<Value<'js>> {
        match self.address.borrow().as_ref() {
            Some(address) if self.state.phase() == Phase::Listening => Ok(address.to_object(&ctx)?.into_value()),
            _ => Ok(Value::new_null(ctx)),
        }
    }

    /// Ends idle connections, and others after their answer; then calls `callback`.
    pub fn close(
        this: This<Class<'js, Self>>,
        ctx: Ctx<'js>,
        callback: Opt<Function<'js>>,
    ) -> Result<Class<'js, Self>> {
        let server = this.borrow();
        if server.state.phase() == Phase::Closed {
            if let Some(callback) = callback.0 {
                let error = error(&ctx, "ERR_SERVER_NOT_RUNNING", "the server does not listen")?;
                ctx.spawn_exit_simple(async move { callback.call((error,)) });
            }
            return Ok(this.0.clone());
        }
        server.on_closed.borrow_mut().extend(callback.0);
        server.state.enter(Phase::Closing);
        Ok(this.0.clone())
    }

    pub fn close_all_connections(&self) {
        self.state.destroy_all();
    }
}
