//! Array: numbers in a row, owned or lying in a mapped file, read alike; what lies in a file is checked before it is seen.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use bytemuck::Pod;
use yoke::Yoke;

use super::seal::{Limit, Seal, Watch};
use crate::store::memory_map::Map;

/// Numbers of which every pattern of bits is valid, so that they can be read where they lie.
pub trait Plain: Pod + fmt::Debug + PartialEq {}

impl Plain for u8 {}
impl Plain for u16 {}
impl Plain for u32 {}
impl Plain for u64 {}
impl Plain for i64 {}
impl Plain for f64 {}

/// Numbers in a row that do not change. In a damaged file some of them are not there: whoever is given an answer asks the
/// seal of the file first whether all that was looked at is what was written.
#[derive(Clone)]
pub struct Array<T: Plain> {
    form: Form<T>,
}

#[derive(Clone)]
enum Form<T: Plain> {
    Owned(Vec<T>),
    Fixed(&'static [T]),
    Mapped(Yoke<&'static [T], Map>, Arc<Watch>),
}

impl<T: Plain> Array<T> {
    /// The part of a map from `start` that holds `bytes` bytes; none if it lies outside or does not lie as such numbers must.
    pub(super) fn mapped(map: &Map, seal: &Arc<Seal>, start: usize, bytes: usize) -> Option<Array<T>> {
        let end = start.checked_add(bytes)?;
        let lies = |memory: &[u8]| memory.get(start..end).is_some_and(|part| bytemuck::try_cast_slice::<u8, T>(part).is_ok());
        if !lies(map) {
            return None;
        }
        let view = Yoke::attach_to_cart(Map::clone(map), |memory: &memmap2::Mmap| {
            let part = memory.get(start..end).unwrap_or_default();
            bytemuck::try_cast_slice(part).unwrap_or_default()
        });
        Some(Array { form: Form::Mapped(view, Arc::new(Watch::new(Arc::clone(seal), start, bytes, size_of::<T>()))) })
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

    /// From now on a number outside of the limit is damage, if the array lies in a file. Nobody else may hold it yet.
    pub fn set_limit(&mut self, limit: Limit) {
        if let Form::Mapped(_, watch) = &mut self.form
            && let Some(watch) = Arc::get_mut(watch)
        {
            watch.set_limit(limit);
        }
    }

    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.parts().0.len()
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number at a position; none beyond the end.
    #[inline]
    pub fn at(&self, position: usize) -> Option<T> {
        self.view().at(position)
    }

    /// The numbers in a range; empty where it is not within.
    #[inline]
    pub fn part(&self, range: Range<usize>) -> &[T] {
        self.view().part(range)
    }

    /// All of them; empty if one is damaged.
    #[inline]
    pub fn whole(&self) -> &[T] {
        self.view().whole()
    }

    /// A view to be read from often.
    #[inline]
    pub fn view(&self) -> View<'_, T> {
        let (items, watch) = self.parts();
        View { items, watch, first: 0 }
    }

    #[inline]
    fn parts(&self) -> (&[T], Option<&Watch>) {
        match &self.form {
            Form::Owned(items) => (items, None),
            Form::Fixed(items) => (items, None),
            Form::Mapped(view, watch) => (view.get(), Some(&**watch).filter(|watch| !watch.is_done())),
        }
    }

    /// The numbers as the bytes that files hold.
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self.whole())
    }
}

/// A part of an array. Where it lies in a file, a block of it is checked when it is first looked at.
#[derive(Clone, Copy)]
pub struct View<'a, T: Plain> {
    items: &'a [T],
    /// None where nothing is left to check.
    watch: Option<&'a Watch>,
    /// The position in the array at which it begins.
    first: usize,
}

impl<'a, T: Plain> View<'a, T> {
    /// How many numbers there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    #[inline]
    fn holds(&self, start: usize, end: usize) -> bool {
        match self.watch {
            None => true,
            Some(watch) => watch.holds((self.first + start) * size_of::<T>(), (self.first + end) * size_of::<T>()),
        }
    }

    /// The number at a position; none beyond the end.
    #[inline]
    pub fn at(&self, position: usize) -> Option<T> {
        let item = self.items.get(position)?;
        self.holds(position, position + 1).then_some(*item)
    }

    /// The numbers in a range; empty where it is not within.
    #[inline]
    pub fn part(&self, range: Range<usize>) -> &'a [T] {
        match self.items.get(range.clone()) {
            Some(part) if self.holds(range.start, range.end) => part,
            _ => &[],
        }
    }

    /// All of them; empty if one is damaged.
    #[inline]
    pub fn whole(&self) -> &'a [T] {
        match self.watch {
            Some(watch) if watch.covers(size_of_val(self.items)) => {
                if watch.holds_whole() {
                    self.items
                } else {
                    &[]
                }
            }
            _ => self.part(0..self.items.len()),
        }
    }

    /// The view of a range; empty where it is not within.
    #[inline]
    pub fn range(&self, range: Range<usize>) -> View<'a, T> {
        match self.items.get(range.clone()) {
            Some(items) => View { items, watch: self.watch, first: self.first + range.start },
            None => View::default(),
        }
    }

    /// How many stand before the first of which the test does not hold, if it holds of none behind.
    pub fn partition_point(&self, test: impl Fn(T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.at(middle).is_some_and(&test) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

impl<T: Plain> Default for View<'_, T> {
    fn default() -> Self {
        View { items: &[], watch: None, first: 0 }
    }
}

impl<T: Plain> fmt::Debug for View<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} numbers]", self.len())
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

impl<T: Plain> fmt::Debug for Array<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} numbers]", self.len())
    }
}
