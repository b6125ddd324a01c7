//! `engine PROGRAM.qbc`: evaluates the program's module and serves its promises until none is left.

#[cfg(feature = "server")]
use crate::server::GC_THRESHOLD_BYTES;
use crate::{
    failure::report,
    fs::Fs,
    memory::Memory,
    modules::ProgramModules,
    network, process, request,
    stack::{self, on_own_stack},
};
use llrt_context::set_spawn_error_handler;
use llrt_modules::{
    module::{loader::ModuleLoader, resolver::ModuleResolver},
    module_builder::{GlobalAttachment, ModuleBuilder},
};
use rquickjs::{
    AsyncContext, AsyncRuntime, CatchResultExt, CaughtError, Ctx, Module, Persistent, Promise, Value,
    promise::PromiseState, runtime::RejectionTracker,
};
use std::{
    cell::Cell,
    error::Error,
    fs,
    path::Path,
    process::{ExitCode, exit},
    rc::Rc,
};

/// As Node: an error nobody caught, and a top-level await that nothing can settle any more.
const EXIT_UNCAUGHT: u8 = 1;
const EXIT_UNSETTLED: u8 = 13;

/// A start-up program is over before collecting garbage would pay.
#[cfg(not(feature = "server"))]
const GC_THRESHOLD_BYTES: usize = 20 << 20;

pub fn run(program: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let bytecode = fs::read(program).map_err(|error| format!("{}: {error}", program.display()))?;
    let modules = ProgramModules::beside(program);
    let reactor = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let reactor = reactor
        .map_err(|error| format!("no event loop can be made: {error}; raise the limit on open files (ulimit -n)"))?;
    on_own_stack(|| reactor.block_on(evaluate(bytecode, modules)))
        .map_err(|error| format!("no memory for a stack: {error}; raise the limit on memory (ulimit -v, ulimit -d)"))?
}

/// Node's modules, by name with or without `node:`.
pub fn node_modules() -> (ModuleResolver, ModuleLoader, GlobalAttachment) {
    let (resolver, mut loader, globals) =
        ModuleBuilder::default().with_global(process::init).with_global(request::init).build();
    loader.add_module("fs", Fs);
    #[cfg(feature = "server")]
    let resolver = crate::server::add_modules(resolver, &mut loader);
    (resolver, loader, globals)
}

async fn evaluate(bytecode: Vec<u8>, modules: ProgramModules) -> Result<ExitCode, Box<dyn Error>> {
    // A thread takes a millisecond until it runs: it is there by the first request.
    network::reactor();
    let runtime = AsyncRuntime::new_with_alloc(Memory)?;
    runtime.set_max_stack_size(stack::FOR_JAVASCRIPT).await;
    runtime.set_gc_threshold(GC_THRESHOLD_BYTES).await;
    let (resolver, loader, globals) = node_modules();
    runtime.set_loader((resolver, modules.clone()), (loader, modules)).await;
    let unhandled = Rc::new(Cell::new(0));
    runtime.set_host_promise_rejection_tracker(Some(count_unhandled(unhandled.clone()))).await;
    set_spawn_error_handler(|_, _| fail_in_callback());
    let context = AsyncContext::full(&runtime).await?;

    let started = context
        .with(|ctx| {
            let promise = globals.attach(&ctx).and_then(|()| start(&ctx, &bytecode));
            promise.map(|promise| Persistent::save(&ctx, promise)).catch(&ctx).map_err(print)
        })
        .await;
    let Ok(promise) = started else { return Ok(ExitCode::from(EXIT_UNCAUGHT)) };

    runtime.idle().await;
    Ok(ExitCode::from(context.with(|ctx| exit_code(&ctx, promise, unhandled.get())).await))
}

/// Counts the rejected promises that nothing handles: one may be handled later.
fn count_unhandled(unhandled: Rc<Cell<i32>>) -> RejectionTracker {
    Box::new(move |_, _, _, is_handled| unhandled.set(unhandled.get() + if is_handled { -1 } else { 1 }))
}

/// Of a timer, say. Without the error's message, which may quote anything.
fn fail_in_callback() {
    report("uncaught error in a callback");
    exit(EXIT_UNCAUGHT.into());
}

fn start<'js>(ctx: &Ctx<'js>, bytecode: &[u8]) -> rquickjs::Result<Promise<'js>> {
    // Sound for bytecode of this engine's own `compile`, which is all that a layer holds.
    let module = unsafe { Module::load(ctx.clone(), bytecode)? };
    Ok(module.eval()?.1)
}

fn exit_code(ctx: &Ctx<'_>, promise: Persistent<Promise<'static>>, unhandled: i32) -> u8 {
    let Ok(promise) = promise.restore(ctx) else { return EXIT_UNCAUGHT };
    match promise.state() {
        PromiseState::Resolved if unhandled == 0 => 0,
        PromiseState::Resolved => {
            report("a promise was rejected, and nothing handles that");
            EXIT_UNCAUGHT
        }
        PromiseState::Pending => {
            report("the program waits for something that can no longer happen");
            EXIT_UNSETTLED
        }
        PromiseState::Rejected => {
            promise.result::<Value>().map(|result| result.catch(ctx).map_err(print));
            EXIT_UNCAUGHT
        }
    }
}

fn print(error: CaughtError<'_>) {
    report(format_args!("uncaught {error}"));
}
