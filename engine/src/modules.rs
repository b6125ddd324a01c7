//! A program of several modules: what it imports as `./name.mjs` is `name.qbc` beside it.

use rquickjs::{
    Ctx, Error, Module, Result,
    loader::{Loader, Resolver},
};
use std::{
    cell::Cell,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    rc::Rc,
};

/// The modules in the program's folder.
#[derive(Clone, Default)]
pub struct ProgramModules {
    directory: PathBuf,
    /// A descriptor set aside: what a module is needed for may be that there are none left.
    spare: Rc<Cell<Option<File>>>,
}

impl ProgramModules {
    pub fn beside(program: &Path) -> Self {
        let directory = program.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let modules = Self { directory: directory.to_owned(), spare: Rc::default() };
        modules.set_aside();
        modules
    }

    fn set_aside(&self) {
        self.spare.set(File::open(&self.directory).ok());
    }

    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        drop(self.spare.take());
        let content = fs::read(file);
        self.set_aside();
        content
    }
}

impl Resolver for ProgramModules {
    fn resolve<'js>(&mut self, _: &Ctx<'js>, base: &str, name: &str) -> Result<String> {
        match stem(name) {
            Some(_) => Ok(name.to_owned()),
            None => Err(Error::new_resolving(base, name)),
        }
    }
}

impl Loader for ProgramModules {
    fn load<'js>(&mut self, ctx: &Ctx<'js>, name: &str) -> Result<Module<'js>> {
        let stem = stem(name).ok_or_else(|| Error::new_loading(name))?;
        let file = self.directory.join(stem).with_extension("qbc");
        let bytecode = self.read(&file).map_err(|error| Error::new_loading_message(name, error.to_string()))?;
        // Sound for bytecode of this engine's own `compile`, as the program's own is.
        unsafe { Module::load(ctx.clone(), &bytecode) }
    }
}

/// The name that a module is compiled under is the one it is imported by, so that it is loaded once.
pub fn module_name(stem: &str) -> String {
    format!("./{stem}.mjs")
}

fn stem(name: &str) -> Option<&str> {
    name.strip_prefix("./")?.strip_suffix(".mjs").filter(|stem| !stem.contains('/'))
}
