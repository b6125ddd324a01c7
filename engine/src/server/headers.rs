//! Headers between HTTP and JavaScript: a value's bytes are a string's characters (Latin-1), as in Node.

use super::throw;
use hyper::{
    HeaderMap,
    header::{self, HeaderName, HeaderValue},
};
use rquickjs::{Array, Coerced, Ctx, IteratorJs, Object, Result, String as JsString, Value};
use std::str;

/// Of these a second one is no second value. Node's list.
const SINGLE: [HeaderName; 18] = [
    header::AGE,
    header::AUTHORIZATION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::ETAG,
    header::EXPIRES,
    header::FROM,
    header::HOST,
    header::IF_MODIFIED_SINCE,
    header::IF_UNMODIFIED_SINCE,
    header::LAST_MODIFIED,
    header::LOCATION,
    header::MAX_FORWARDS,
    header::PROXY_AUTHORIZATION,
    header::REFERER,
    header::RETRY_AFTER,
    header::SERVER,
    header::USER_AGENT,
];

/// Node's `request.headers`.
pub fn to_object<'js>(ctx: &Ctx<'js>, headers: &HeaderMap) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    for name in headers.keys() {
        let mut values = headers.get_all(name).iter();
        let first = values.next().map_or(&[][..], HeaderValue::as_bytes);
        match *name {
            _ if values.size_hint().0 == 0 || SINGLE.contains(name) => {
                object.set(name.as_str(), latin1(ctx, first)?)?
            }
            _ => object.set(name.as_str(), joined(ctx, headers, name)?)?,
        }
    }
    Ok(object)
}

fn joined<'js>(ctx: &Ctx<'js>, headers: &HeaderMap, name: &HeaderName) -> Result<Value<'js>> {
    let values = headers.get_all(name).iter().map(HeaderValue::as_bytes);
    if name == header::SET_COOKIE {
        let strings = values.map(|value| latin1(ctx, value)).collect::<Result<Vec<_>>>()?;
        return Ok(strings.into_iter().collect_js::<Array<'js>>(ctx)?.into_value());
    }
    let separator: &[u8] = if name == header::COOKIE { b"; " } else { b", " };
    Ok(latin1(ctx, &values.collect::<Vec<_>>().join(separator))?.into_value())
}

/// Node's `request.rawHeaders`, but for the names, which hyper has in lower case, and that one name's are together.
pub fn to_array<'js>(ctx: &Ctx<'js>, headers: &HeaderMap) -> Result<Array<'js>> {
    let array = Array::new(ctx.clone())?;
    for (index, (name, value)) in headers.iter().enumerate() {
        array.set(2 * index, name.as_str())?;
        array.set(2 * index + 1, latin1(ctx, value.as_bytes())?)?;
    }
    Ok(array)
}

pub fn latin1<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Result<JsString<'js>> {
    match str::from_utf8(bytes) {
        Ok(ascii) if ascii.is_ascii() => JsString::from_str(ctx.clone(), ascii),
        _ => JsString::from_str(ctx.clone(), &bytes.iter().map(|byte| char::from(*byte)).collect::<String>()),
    }
}

/// Of `writeHead`: strings, numbers, or arrays of them. An error names the header, never its value.
pub fn from_object<'js>(ctx: &Ctx<'js>, object: Object<'js>) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    for property in object.props::<String, Value<'js>>() {
        let (name, value) = property?;
        let valid = HeaderName::try_from(&name)
            .map_err(|_| throw(ctx, "ERR_INVALID_HTTP_TOKEN", "a header's name is not valid HTTP"))?;
        match value.as_array() {
            Some(values) => {
                for value in values.iter() {
                    headers.append(valid.clone(), from_js(ctx, &name, value?)?);
                }
            }
            None => {
                headers.append(valid, from_js(ctx, &name, value)?);
            }
        }
    }
    Ok(headers)
}

fn from_js<'js>(ctx: &Ctx<'js>, name: &str, value: Value<'js>) -> Result<HeaderValue> {
    let invalid = |what| throw(ctx, what, &format!("the value of the header {name:?} is not valid HTTP"));
    if value.is_undefined() || value.is_null() {
        return Err(invalid("ERR_HTTP_INVALID_HEADER_VALUE"));
    }
    let text: Coerced<String> = value.get()?;
    let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(character).ok()).collect();
    bytes.and_then(|bytes| HeaderValue::try_from(bytes).ok()).ok_or_else(|| invalid("ERR_INVALID_CHAR"))
}
