//! Statements: the evidence of edges, what their details amount to, and edges that are one statement.

use crate::model::{Citation, Measure, QualifierId, Quantity, Source, SourceId, Value, canonical};
use crate::schema::ValueType;
use crate::store::{ABSENT, BulkColumn, BulkIds, BulkStatements, FastMap, StatementDetail, Strings};

use super::cell::Cell;
use super::column::retain;
use super::decode::Entities;
use super::details::{Details, citations};
use super::header::Slot;
use super::join::Edges;

/// What details become: a column that is a qualifier.
pub(super) struct Derived {
    pub id: &'static str,
    pub value_type: ValueType,
    pub column: BulkColumn,
}

/// What the rows say beside what they relate.
pub(super) struct Told {
    pub sources: Vec<Source>,
    pub statements: BulkStatements,
    pub derived: Vec<Derived>,
    /// The statement of rows that share one with others.
    shared: Vec<(u32, u32)>,
}

/// The sources that are cited.
struct Sources<'n> {
    name: &'n str,
    all: Vec<Source>,
    by_id: FastMap<String, u32>,
}

impl Sources<'_> {
    fn place(&mut self, slug: &str, title: Option<&str>) -> SourceId {
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let at = *self.by_id.entry(slug.to_owned()).or_insert(next);
        if at == next {
            self.all.push(Source { slug: slug.to_owned(), title: slug.to_owned(), sentences: 0, fingerprints: Vec::new() });
        }
        if let (Some(title), Some(source)) = (title, self.all.get_mut(at as usize)) {
            title.clone_into(&mut source.title);
        }
        SourceId(at)
    }

    /// Where something is cited without a source: the graph itself.
    fn own(&mut self) -> SourceId {
        let name = self.name;
        self.place(name, None)
    }
}

/// What each field of sources or publications says.
struct Evidence {
    sources: Vec<Vec<SourceId>>,
    publications: Vec<Vec<String>>,
}

impl Evidence {
    fn of(edges: &Edges, sources: &mut Sources<'_>) -> Evidence {
        let strings = |key: &[u8]| Cell::of_key(key).strings();
        let usual = |publication: String| canonical(&publication).into_owned();
        Evidence {
            sources: edges.source_keys.iter().map(|key| strings(key).iter().map(|slug| sources.place(slug, None)).collect()).collect(),
            publications: edges.publication_keys.iter().map(|key| strings(key).into_iter().map(usual).collect()).collect(),
        }
    }

    fn sources(&self, edges: &Edges, row: u32) -> &[SourceId] {
        let code = edges.sources.get(row as usize).copied().unwrap_or(ABSENT);
        self.sources.get(code as usize).map_or(&[], Vec::as_slice)
    }

    fn publications(&self, edges: &Edges, row: u32) -> &[String] {
        let code = edges.publications.get(row as usize).copied().unwrap_or(ABSENT);
        self.publications.get(code as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether columns of one source and publications with bars cannot hold it.
    fn is_more_than_columns(&self, edges: &Edges, row: u32) -> bool {
        self.sources(edges, row).len() > 1 || self.publications(edges, row).iter().any(|publication| publication.contains('|'))
    }

    /// The citations of a row by its columns: one of the source for each publication.
    fn citations(&self, edges: &Edges, row: u32, sources: &mut Sources<'_>) -> Vec<Citation> {
        let publications = self.publications(edges, row);
        let citation = |source, publication| Citation { source, sentences: Vec::new(), publication, cohort: None };
        let all = match self.sources(edges, row) {
            [] if publications.is_empty() => return Vec::new(),
            [] => vec![sources.own()],
            several => several.to_vec(),
        };
        // Publications stand with the first source: who passes something on names none.
        let first = publications.iter().map(|publication| citation(all[0], Some(publication.clone())));
        let mut citations: Vec<Citation> = first.collect();
        let rest = all.into_iter().skip(usize::from(!citations.is_empty()));
        citations.extend(rest.map(|source| citation(source, None)));
        citations
    }
}

/// What the rows say. `name` is what the graph is called; `has` knows further columns by name.
pub(super) fn told(name: &str, edges: &mut Edges, has: &dyn Fn(&str) -> bool, entities: &mut Entities<'_>) -> Told {
    let mut sources = Sources { name, all: Vec::new(), by_id: FastMap::default() };
    let evidence = Evidence::of(edges, &mut sources);
    let mut rows = Rows::new(edges, has);
    let mut denied: Vec<u32> = Vec::new();
    let mut at = 0;
    while let Some((row, ..)) = edges.details.get(at).copied() {
        let own = edges.details_of(row);
        at += own.len().max(1);
        let mut cells = [None; 14];
        for (_, slot, code) in own {
            cells[*slot as usize] = Some(edges.detail(*code));
        }
        let said = Details(cells);
        if rows.row(row, &said, edges, entities) {
            denied.push(row);
        }
        if said.is_more_than_columns() || evidence.is_more_than_columns(edges, row) {
            let cited = match citations(said.get(Slot::Citations)) {
                Some(written) => written
                    .into_iter()
                    .map(|citation| Citation {
                        source: sources.place(&citation.source, citation.title.as_deref()),
                        cohort: citation.cohort(),
                        sentences: citation.sentences,
                        publication: citation.publication,
                    })
                    .collect(),
                None => {
                    let mut cited = evidence.citations(edges, row, &mut sources);
                    if let Some(cohort) = said.cohort().filter(|_| !rows.has_frequency) {
                        if cited.is_empty() {
                            cited.push(Citation { source: sources.own(), sentences: Vec::new(), publication: None, cohort: None });
                        }
                        cited[0].cohort = Some(cohort);
                    }
                    cited
                }
            };
            let jointly = super::edges::is_true(said.get(Slot::Jointly));
            let detail = StatementDetail { claim: said.claim(), evidence: cited, jointly, hedge: said.hedge(), qualifiers: Vec::new() };
            rows.details.push((row, detail));
        }
    }
    edges.denied.append(&mut denied);
    edges.denied.sort_unstable();
    edges.denied.dedup();
    rows.add_evidence(edges, &evidence, &mut sources);
    let (codes, publications) = columns(edges, &evidence, &mut sources);
    let statements = BulkStatements {
        ids: std::mem::take(&mut edges.ids),
        of_relation: Vec::new(),
        sources: codes,
        publications,
        denied: std::mem::take(&mut edges.denied),
        details: rows.details,
    };
    let columns = [
        ("frequency", ValueType::Percentage, rows.frequencies),
        ("frequency_class", ValueType::Text, rows.classes),
        ("onset", ValueType::Entity(Vec::new()), rows.onsets),
        ("sex", ValueType::Text, rows.sexes),
    ];
    let derived = columns.into_iter().filter(|(.., values)| !values.is_empty());
    let derived = derived.map(|(id, value_type, values)| Derived { id, value_type, column: BulkColumn::Sparse(values) }).collect();
    Told { sources: sources.all, statements, derived, shared: rows.shared }
}

/// The columns of sources and publications.
fn columns(edges: &mut Edges, evidence: &Evidence, sources: &mut Sources<'_>) -> (Vec<u32>, Option<BulkColumn>) {
    let mut codes = std::mem::take(&mut edges.sources);
    let first: Vec<u32> = evidence.sources.iter().map(|several| several.first().map_or(ABSENT, |source| source.0)).collect();
    codes.iter_mut().for_each(|code| *code = first.get(*code as usize).copied().unwrap_or(ABSENT));
    let publications = std::mem::take(&mut edges.publications);
    if publications.is_empty() {
        return (codes, None);
    }
    codes.resize(publications.len(), ABSENT);
    for (code, publication) in codes.iter_mut().zip(&publications) {
        if *code == ABSENT && *publication != ABSENT {
            *code = sources.own().0;
        }
    }
    let texts = evidence.publications.iter().map(|several| several.join("|")).collect();
    (codes, Some(BulkColumn::Texts(publications, texts)))
}

/// What is gathered row by row.
struct Rows {
    has_frequency: bool,
    has_onset: bool,
    has_sex: bool,
    details: Vec<(u32, StatementDetail)>,
    frequencies: Vec<(u32, Value)>,
    classes: Vec<(u32, Value)>,
    onsets: Vec<(u32, Value)>,
    sexes: Vec<(u32, Value)>,
    /// Rows with the field that names their statement.
    shared: Vec<(u32, u32)>,
}

impl Rows {
    fn new(edges: &Edges, has: &dyn Fn(&str) -> bool) -> Rows {
        let has_citations = edges.details.iter().any(|(_, slot, _)| *slot == Slot::Citations);
        Rows {
            has_frequency: has_citations || has("frequency"),
            has_onset: has_citations || has("onset"),
            has_sex: has_citations || has("sex"),
            details: Vec::new(),
            frequencies: Vec::new(),
            classes: Vec::new(),
            onsets: Vec::new(),
            sexes: Vec::new(),
            shared: Vec::new(),
        }
    }

    /// Takes in the details of a row; says whether they deny it.
    fn row(&mut self, row: u32, said: &Details<'_>, edges: &Edges, entities: &mut Entities<'_>) -> bool {
        let mut denies = false;
        if !self.has_frequency
            && let Some((share, class, is_zero)) = said.frequency()
        {
            denies = is_zero;
            self.frequencies.push((row, Value::Quantity(share)));
            self.classes.extend(class.map(|class| (row, Value::text(class))));
        }
        let onsets = said.get(Slot::Onset);
        if !self.has_onset && !onsets.is_nothing() {
            let mut terms: Vec<Value> = onsets.strings().iter().map(|id| Value::Entity(entities.place(id))).collect();
            self.onsets.push((row, if terms.len() == 1 { terms.swap_remove(0) } else { Value::List(terms) }));
        }
        if !self.has_sex {
            self.sexes.extend(said.sex().map(|sex| (row, sex)));
        }
        let statement = edges.details_of(row).iter().find(|(_, slot, _)| *slot == Slot::Statement);
        self.shared.extend(statement.map(|(_, _, code)| (row, *code)));
        denies
    }

    /// Writes out the evidence of rows whose columns cannot hold it.
    fn add_evidence(&mut self, edges: &Edges, evidence: &Evidence, sources: &mut Sources<'_>) {
        let is_special = |several: &Vec<SourceId>| several.len() > 1;
        let has_bar = |several: &Vec<String>| several.iter().any(|publication| publication.contains('|'));
        if !evidence.sources.iter().any(is_special) && !evidence.publications.iter().any(has_bar) {
            return;
        }
        let known: Vec<u32> = self.details.iter().map(|(row, _)| *row).collect();
        for row in (0u32..).take(edges.from.len()) {
            if evidence.is_more_than_columns(edges, row) && known.binary_search(&row).is_err() {
                let detail = StatementDetail { evidence: evidence.citations(edges, row, sources), ..StatementDetail::default() };
                self.details.push((row, detail));
            }
        }
        self.details.sort_unstable_by_key(|(row, _)| *row);
    }
}

impl Told {
    /// Makes one statement of the rows that are one. `qualifiers` are all columns by number; `edges` knows the fields.
    pub(super) fn unite(&mut self, edges: &Edges, qualifiers: &[BulkColumn]) {
        if self.shared.is_empty() {
            return;
        }
        let count = edges.from.len();
        let mut first_of: FastMap<u32, u32> = FastMap::default();
        let shared: FastMap<u32, u32> = self.shared.iter().copied().collect();
        let mut of_relation = Vec::with_capacity(count);
        let mut keep = Vec::with_capacity(count);
        let mut members: FastMap<u32, Vec<u32>> = FastMap::default();
        let mut next = 0u32;
        for row in (0u32..).take(count) {
            let statement = shared.get(&row);
            let known = statement.and_then(|code| first_of.get(code).copied());
            keep.push(known.is_none());
            let place = known.unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            if let Some(code) = statement {
                first_of.insert(*code, place);
                members.entry(place).or_default().push(row);
            }
            of_relation.push(place);
        }
        let statements = &mut self.statements;
        let ids = Strings::new((0u32..).zip(&keep).filter(|(_, kept)| **kept).map(|(row, _)| match shared.get(&row) {
            Some(code) => edges.detail(*code).string(),
            None => id_of(&statements.ids, row),
        }));
        statements.ids = BulkIds::Texts(ids);
        retain(&mut statements.sources, &keep);
        if let Some(BulkColumn::Texts(codes, _)) = &mut statements.publications {
            retain(codes, &keep);
        }
        statements.denied = statements.denied.iter().filter(|row| keep[**row as usize]).map(|row| of_relation[*row as usize]).collect();
        let details = std::mem::take(&mut statements.details).into_iter().filter(|(row, _)| keep[*row as usize]);
        statements.details = details.map(|(row, detail)| (of_relation[row as usize], detail)).collect();
        for (statement, detail) in &mut statements.details {
            if let Some(rows) = members.get(statement).filter(|rows| rows.len() > 1) {
                detail.qualifiers = common(rows, qualifiers);
            }
        }
        statements.of_relation = of_relation;
    }
}

fn id_of(ids: &BulkIds, row: u32) -> String {
    match ids {
        BulkIds::Texts(texts) => texts.get(row as usize).to_owned(),
        BulkIds::Numbered(prefix, numbers) => format!("{prefix}{}", numbers.get(row as usize).copied().unwrap_or(row)),
    }
}

/// What all of some rows are qualified by.
fn common(rows: &[u32], qualifiers: &[BulkColumn]) -> Vec<(QualifierId, Value)> {
    let mut common = Vec::new();
    for (number, column) in (0u16..).zip(qualifiers) {
        let Some(value) = said_of(column, rows[0]) else { continue };
        if rows[1..].iter().all(|row| said_of(column, *row).as_ref() == Some(&value)) {
            common.push((QualifierId(number), value));
        }
    }
    common
}

/// What a column says of a row.
fn said_of(column: &BulkColumn, row: u32) -> Option<Value> {
    let at = row as usize;
    match column {
        BulkColumn::Numbers(numbers) => {
            let number = numbers.get(at).copied().filter(|number| !number.is_nan())?;
            Some(Value::Quantity(Quantity::exact(Measure::Number, number)))
        }
        BulkColumn::Integers(integers) => integers.get(at).copied().filter(|integer| *integer != i64::MIN).map(Value::Integer),
        BulkColumn::Texts(codes, texts) => texts.get(*codes.get(at)? as usize).map(Value::text),
        BulkColumn::Sparse(values) => {
            let place = values.binary_search_by_key(&row, |(row, _)| *row).ok()?;
            values.get(place).map(|(_, value)| value.clone())
        }
    }
}
