//! `engine compile`: an ES module to bytecode without its source text.

use crate::{
    modules::{self, ProgramModules},
    run,
};
use rquickjs::{CatchResultExt, Context, Ctx, Module, Runtime, WriteOptions, loader::Loader};
use std::{error::Error, fs, path::Path, process::ExitCode};

pub fn compile(input: &Path, output: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let source = fs::read(input).map_err(|error| format!("{}: {error}", input.display()))?;
    let bytecode = to_bytecode(input, source)?;
    fs::write(output, bytecode).map_err(|error| format!("{}: {error}", output.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn to_bytecode(input: &Path, source: Vec<u8>) -> Result<Vec<u8>, Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let (resolver, loader, globals) = run::node_modules();
    runtime.set_loader((resolver, ProgramModules::default()), (loader, StubLoader));
    let name = modules::module_name(&input.file_stem().unwrap_or_default().to_string_lossy());
    let options = WriteOptions { strip_source: true, strip_debug: !imports_modules(&source), ..Default::default() };
    Context::full(&runtime)?.with(|ctx| {
        let written =
            globals.attach(&ctx).and_then(|()| Module::declare(ctx.clone(), name, source)?.write(options)).catch(&ctx);
        written.map_err(|error| format!("{}: {error}", input.display()).into())
    })
}

/// A dynamic import of a program's module takes the name of the importing one from the debug data. An import of
/// a package, as `import("name")`, finds nothing here in either case.
fn imports_modules(source: &[u8]) -> bool {
    const IMPORT: &[u8] = b"import(";
    let is_package = |rest: &[u8]| matches!(rest, [b'"' | b'\'' | b'`', first, ..] if *first != b'.');
    source
        .windows(IMPORT.len())
        .enumerate()
        .any(|(at, text)| text == IMPORT && !is_package(&source[at + IMPORT.len()..]))
}

/// A module's imports have to be there when it is compiled, but are not looked into.
struct StubLoader;

impl Loader for StubLoader {
    fn load<'js>(&mut self, ctx: &Ctx<'js>, name: &str) -> rquickjs::Result<Module<'js>> {
        Module::declare(ctx.clone(), name, "")
    }
}
