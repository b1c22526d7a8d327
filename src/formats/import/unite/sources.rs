//! Sources: the sources of several graphs as one list: the same one once, others of the same name apart.

use crate::model::{Source, SourceId};

use super::report::Unification;

/// The sources of graphs, each list with the name of its graph, and where those of each have gone.
pub(super) fn united(lists: Vec<(&str, Vec<Source>)>, report: &mut Unification) -> (Vec<Source>, Vec<Vec<SourceId>>) {
    let mut all: Vec<Source> = Vec::new();
    let mut maps = Vec::new();
    let mut renamed = Vec::new();
    for (graph, sources) in lists {
        let before = all.len();
        let mut map = Vec::new();
        for mut source in sources {
            let known = all[..before].iter().position(|known| known.slug == source.slug);
            if let Some(at) = known.filter(|at| is_same(&all[*at], &source)) {
                let known = &mut all[at];
                if known.sentences == 0 && is_bare(known) {
                    *known = source;
                }
                map.push(id(at));
                continue;
            }
            if known.is_some() {
                let old = std::mem::take(&mut source.slug);
                source.slug = format!("{graph}/{old}");
                // What was renamed when it was first put together may come again.
                if let Some(at) = all[..before].iter().position(|known| known.slug == source.slug && is_same(known, &source)) {
                    map.push(id(at));
                    continue;
                }
                while all.iter().any(|known| known.slug == source.slug) {
                    source.slug.push('_');
                }
                renamed.push(format!("'{old}' of {graph} is '{}'", source.slug));
            }
            map.push(id(all.len()));
            all.push(source);
        }
        maps.push(map);
    }
    report.note("different sources under one id, renamed", &renamed);
    (all, maps)
}

/// Whether two sources of one id are one: they are alike, or of one nothing but the id is known.
fn is_same(left: &Source, right: &Source) -> bool {
    let is_alike = left.title == right.title && left.sentences == right.sentences && left.fingerprints == right.fingerprints;
    is_alike || is_bare(left) || is_bare(right)
}

fn is_bare(source: &Source) -> bool {
    source.sentences == 0 && source.fingerprints.is_empty() && (source.title.is_empty() || source.title == source.slug)
}

fn id(at: usize) -> SourceId {
    SourceId(u32::try_from(at).unwrap_or(u32::MAX))
}
