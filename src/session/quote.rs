//! Quote: the sentences of the sources themselves, where they are at hand and still the ones that were read.

use std::collections::HashMap;
use std::path::Path;

use crate::answer::Answer;
use crate::formats::check::sentences;
use crate::store::Graph;

/// Fills in the quotes of an answer's evidence. A source that is not in the folder, or a sentence that has changed, is not quoted.
pub(super) fn fill(answer: &mut Answer, graph: &Graph, folder: &Path) {
    let mut texts: HashMap<String, Vec<Option<String>>> = HashMap::new();
    let mut missing: Vec<String> = Vec::new();
    for item in &mut answer.evidence {
        let Some(slug) = &item.source else { continue };
        let Some(source) = graph.sources().iter().find(|source| source.slug == *slug) else { continue };
        let lines = texts.entry(slug.clone()).or_insert_with(|| {
            sentences(folder, source).unwrap_or_else(|trouble| {
                missing.push(format!("'{slug}' cannot be quoted: {trouble}"));
                Vec::new()
            })
        });
        let quoted: Option<Vec<&str>> =
            item.sentences.iter().map(|number| lines.get((*number as usize).checked_sub(1)?)?.as_deref()).collect();
        if quoted.is_none() && !lines.is_empty() {
            missing.push(format!("'{}' does not hold what was read of {}: not quoted", folder.display(), item.locator()));
        }
        item.quote = quoted.filter(|quoted| !quoted.is_empty()).map(|quoted| quoted.join(" "));
    }
    answer.warnings.extend(missing);
}
