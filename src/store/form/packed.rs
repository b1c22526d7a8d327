//! Packed: small and irregular things as bytes; the only place that names postcard.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Damage;

/// A thing as bytes. The same thing gives the same bytes.
pub fn pack<T: Serialize + ?Sized>(thing: &T) -> Vec<u8> {
    // Into a growing vector, serialising plain data cannot fail.
    postcard::to_stdvec(thing).unwrap_or_else(|error| unreachable!("plain data can be written: {error}"))
}

/// The thing that bytes hold, all of them.
///
/// # Errors
/// They hold no such thing, or more than it.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Damage> {
    match unpack_first(bytes)? {
        (thing, []) => Ok(thing),
        _ => Err(Damage),
    }
}

/// The thing that bytes begin with, and the bytes behind it.
///
/// # Errors
/// They begin with no such thing.
pub fn unpack_first<T: DeserializeOwned>(bytes: &[u8]) -> Result<(T, &[u8]), Damage> {
    postcard::take_from_bytes(bytes).map_err(|_| Damage)
}
