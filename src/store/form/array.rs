//! Array: numbers in a row, owned or lying in a mapped file, read alike.

use std::fmt;
use std::ops::Deref;

use bytemuck::Pod;
use yoke::Yoke;

use crate::store::memory_map::Map;

/// Numbers of which every pattern of bits is valid, so that they can be read where they lie.
pub trait Plain: Pod + fmt::Debug + PartialEq {}

impl Plain for u8 {}
impl Plain for u16 {}
impl Plain for u32 {}
impl Plain for u64 {}
impl Plain for i64 {}
impl Plain for f64 {}

/// Numbers in a row that do not change.
#[derive(Clone)]
pub struct Array<T: Plain> {
    form: Form<T>,
}

#[derive(Clone)]
enum Form<T: Plain> {
    Owned(Vec<T>),
    Fixed(&'static [T]),
    Mapped(Yoke<&'static [T], Map>),
}

impl<T: Plain> Array<T> {
    /// The part of a map from `start` that holds `bytes` bytes; none if it lies outside or does not lie as such numbers must.
    pub(super) fn mapped(map: &Map, start: usize, bytes: usize) -> Option<Array<T>> {
        let end = start.checked_add(bytes)?;
        let lies = |memory: &[u8]| memory.get(start..end).is_some_and(|part| bytemuck::try_cast_slice::<u8, T>(part).is_ok());
        if !lies(map) {
            return None;
        }
        let view = Yoke::attach_to_cart(Map::clone(map), |memory: &memmap2::Mmap| {
            let part = memory.get(start..end).unwrap_or_default();
            bytemuck::try_cast_slice(part).unwrap_or_default()
        });
        Some(Array { form: Form::Mapped(view) })
    }

    /// The same of bytes that are part of the program.
    pub(super) fn fixed(memory: &'static [u8], start: usize, bytes: usize) -> Option<Array<T>> {
        let part = memory.get(start..start.checked_add(bytes)?)?;
        bytemuck::try_cast_slice(part).ok().map(|items| Array { form: Form::Fixed(items) })
    }

    /// A copy of bytes that lie anywhere; none if they are not a whole number of such numbers.
    pub(super) fn copied(bytes: &[u8]) -> Option<Array<T>> {
        bytes.len().is_multiple_of(size_of::<T>()).then(|| Array::from(bytemuck::allocation::pod_collect_to_vec(bytes)))
    }

    /// The numbers as the bytes that files hold.
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self)
    }
}

impl<T: Plain> Default for Array<T> {
    fn default() -> Array<T> {
        Array { form: Form::Fixed(&[]) }
    }
}

impl<T: Plain> From<Vec<T>> for Array<T> {
    fn from(items: Vec<T>) -> Array<T> {
        Array { form: Form::Owned(items) }
    }
}

impl<T: Plain> Deref for Array<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.form {
            Form::Owned(items) => items,
            Form::Fixed(items) => items,
            Form::Mapped(view) => view.get(),
        }
    }
}

impl<T: Plain> fmt::Debug for Array<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} numbers]", self.len())
    }
}
