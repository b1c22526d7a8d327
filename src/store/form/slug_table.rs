//! Slug table: from a text to its position among many, by open addressing in one flat array.

use super::{Array, Damage, Limit, SectionReader, SectionWriter, Strings, hash, number};

/// What an empty place of the table holds.
const NOBODY: u32 = u32::MAX;

/// A table over texts that are kept elsewhere.
#[derive(Clone, Debug, Default)]
pub struct SlugTable {
    places: Array<u32>,
}

impl SlugTable {
    /// The table of these texts. Of equal ones the first is found; the positions of the others are given back.
    pub fn new(texts: &Strings) -> (SlugTable, Vec<usize>) {
        let mut places = vec![NOBODY; (texts.len() * 2).next_power_of_two().max(2)];
        let mask = places.len() - 1;
        let mut again = Vec::new();
        'texts: for at in 0..texts.len() {
            let text = texts.bytes(at);
            let mut place = hash(text) as usize & mask;
            while places[place] != NOBODY {
                if texts.bytes(places[place] as usize) == text {
                    again.push(at);
                    continue 'texts;
                }
                place = (place + 1) & mask;
            }
            places[place] = number(at);
        }
        (SlugTable { places: places.into() }, again)
    }

    /// The position of a text among those that the table was made of.
    #[inline]
    pub fn find(&self, texts: &Strings, text: &[u8]) -> Option<u32> {
        let places = self.places.view();
        let mask = places.len().checked_sub(1)?;
        let start = hash(text) as usize & mask;
        // A full table would have no end otherwise.
        for step in 0..=mask {
            match places.at((start + step) & mask)? {
                NOBODY => return None,
                at if texts.bytes(at as usize) == text => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// Whether every position in it is one of so many.
    pub fn is_sound(&self, texts: usize) -> bool {
        self.places.whole().iter().all(|at| *at == NOBODY || (*at as usize) < texts)
    }

    /// Keeps it as a section.
    pub fn save<'a>(&'a self, sections: &mut SectionWriter<'a>) {
        sections.array(*b"slug", &self.places);
    }

    /// Reads it back, a table over so many texts.
    ///
    /// # Errors
    /// The section is not there, or has no length that a table has.
    pub fn load(sections: &mut SectionReader<'_>, texts: usize) -> Result<SlugTable, Damage> {
        let mut table = SlugTable { places: sections.array(*b"slug")? };
        table.places.set_limit(Limit::BelowOrAbsent(texts));
        if table.places.len().is_power_of_two() { Ok(table) } else { Err(Damage) }
    }
}
