//! The module `http`: of Node's, `createServer` with what a small server on the loopback address needs of it.
//!
//! hyper speaks HTTP on the thread that JavaScript runs on: a request costs no switch of threads and no promise.

mod answer;
mod answering;
mod body;
mod connection;
mod crypto;
mod exchange;
mod headers;
mod http_server;
mod linger;
mod link;
mod listen;
mod listener;
mod options;
mod request;
mod response;
mod state;
mod stream;
mod timer;

use crate::failure::report;
use http_server::HttpServer;
use llrt_modules::module::{loader::ModuleLoader, resolver::ModuleResolver};
use rquickjs::{
    CatchResultExt, Class, Ctx, Error, Exception, Function, Object, Result,
    function::IntoArgs,
    module::{Declarations, Exports, ModuleDef},
    prelude::Func,
};

/// A server runs for long, and in little memory: collected first when its program is loaded, then whenever the heap has
/// grown by half.
pub const GC_THRESHOLD_BYTES: usize = 4 << 20;

/// Adds `http`, and to `crypto` what a server needs of it.
pub fn add_modules(resolver: ModuleResolver, loader: &mut ModuleLoader) -> ModuleResolver {
    loader.add_module("http", Http);
    loader.add_module("crypto", crypto::Crypto);
    resolver.add_name("http")
}

struct Http;

impl ModuleDef for Http {
    fn declare(declarations: &Declarations) -> Result<()> {
        declarations.declare("createServer")?.declare("default")?;
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        let module = Object::new(ctx.clone())?;
        module.set("createServer", Func::from(create_server))?;
        exports.export("createServer", module.get::<_, Function<'js>>("createServer")?)?;
        exports.export("default", module)?;
        Ok(())
    }
}

fn create_server<'js>(
    ctx: Ctx<'js>,
    options: Object<'js>,
    listener: Function<'js>,
) -> Result<Class<'js, HttpServer<'js>>> {
    Class::instance(ctx, HttpServer::new(options::Options::read(&options)?, listener))
}

/// Calls a listener that serves one request: its error is one request's, and does not end the server.
fn call<'js>(ctx: &Ctx<'js>, listener: &Function<'js>, args: impl IntoArgs<'js>) -> bool {
    let outcome = listener.call::<_, ()>(args).catch(ctx);
    if outcome.is_err() {
        // Without the error's message, which may quote anything.
        report("uncaught error in a request's listener");
    }
    outcome.is_ok()
}

/// An error with Node's `code`.
fn error<'js>(ctx: &Ctx<'js>, code: &str, message: &str) -> Result<Exception<'js>> {
    let error = Exception::from_message(ctx.clone(), message)?;
    error.set("code", code)?;
    Ok(error)
}

fn throw(ctx: &Ctx<'_>, code: &str, message: &str) -> Error {
    error(ctx, code, message).map_or_else(|error| error, Exception::throw)
}
