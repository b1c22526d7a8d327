//! Columns: what qualifies annotations, one column for each qualifier, filled row by row.

use std::collections::BTreeMap;

use crate::formats::import::DraftBuilder;
use crate::model::Value;
use crate::schema::ValueType;
use crate::store::{ABSENT, BulkColumn};

use super::words::Detail;

/// Texts of which few differ, by relation.
#[derive(Debug, Default)]
struct Texts {
    codes: Vec<u32>,
    texts: Vec<String>,
}

impl Texts {
    fn set(&mut self, at: u32, text: &str) {
        let known = self.texts.iter().position(|known| known == text).unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        });
        self.codes.resize(at as usize, ABSENT);
        self.codes.push(u32::try_from(known).unwrap_or(ABSENT));
    }
}

/// The most texts that a column keeps once each.
const MOST_TEXTS: usize = 32;

/// The qualifiers of all relations so far.
#[derive(Debug, Default)]
pub(super) struct Columns {
    texts: BTreeMap<Detail, Texts>,
    values: BTreeMap<Detail, Vec<(u32, Value)>>,
    /// What could not be read, as it was written.
    as_written: BTreeMap<Detail, Vec<(u32, Value)>>,
}

impl Columns {
    /// Says a text of a relation, which must be the last so far.
    pub(super) fn set_text(&mut self, detail: Detail, at: u32, text: &str) {
        let column = self.texts.entry(detail).or_default();
        if column.texts.len() < MOST_TEXTS || column.texts.iter().any(|known| known == text) {
            column.set(at, text);
        } else {
            self.set_as_written(detail, at, text);
        }
    }

    /// Says a value of a relation, which must be the last so far.
    pub(super) fn set(&mut self, detail: Detail, at: u32, value: Value) {
        self.values.entry(detail).or_default().push((at, value));
    }

    /// Keeps what could not be read.
    pub(super) fn set_as_written(&mut self, detail: Detail, at: u32, text: &str) {
        self.as_written.entry(detail).or_default().push((at, Value::text(text)));
    }

    /// The columns in the order of the qualifiers, which are declared here.
    pub(super) fn finish(mut self, draft: &mut DraftBuilder) -> Vec<BulkColumn> {
        const ORDER: [Detail; 6] =
            [Detail::Frequency, Detail::FrequencyClass, Detail::Onset, Detail::Sex, Detail::Modifier, Detail::EvidenceCode];
        let mut columns = Vec::new();
        for detail in ORDER {
            let texts = self.texts.remove(&detail).map(|texts| BulkColumn::Texts(texts.codes, texts.texts));
            if let Some(column) = texts.or_else(|| self.values.remove(&detail).map(BulkColumn::Sparse)) {
                detail.declared(draft);
                columns.push(column);
            }
        }
        for (detail, values) in self.as_written {
            draft.qualifier(&as_written(detail), ValueType::Text, false);
            columns.push(BulkColumn::Sparse(values));
        }
        columns
    }
}

/// The id of the qualifier that keeps what could not be read.
pub(super) fn as_written(detail: Detail) -> String {
    format!("{}_as_written", detail.id())
}
