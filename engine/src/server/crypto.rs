//! The module `crypto`: llrt's, with `timingSafeEqual`.

use super::throw;
use llrt_modules::crypto::CryptoModule;
use rquickjs::{
    Ctx, Result, TypedArray,
    module::{Declarations, Exports, ModuleDef},
    prelude::Func,
};
use std::hint::black_box;

pub struct Crypto;

impl ModuleDef for Crypto {
    fn declare(declarations: &Declarations) -> Result<()> {
        CryptoModule::declare(declarations)?;
        declarations.declare("timingSafeEqual")?;
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        CryptoModule::evaluate(ctx, exports)?;
        exports.export("timingSafeEqual", Func::from(timing_safe_equal))?;
        Ok(())
    }
}

/// As long for equal bytes as for others. Throws for two lengths, as Node does.
fn timing_safe_equal<'js>(ctx: Ctx<'js>, a: TypedArray<'js, u8>, b: TypedArray<'js, u8>) -> Result<bool> {
    let (a, b) = (a.as_bytes().unwrap_or_default(), b.as_bytes().unwrap_or_default());
    if a.len() != b.len() {
        return Err(throw(&ctx, "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", "Input buffers must have the same byte length"));
    }
    let difference = a.iter().zip(b).fold(0, |difference, (a, b)| black_box(difference | (a ^ b)));
    Ok(difference == 0)
}
