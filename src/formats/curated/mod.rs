//! Curated graphs: a folder of TOML files, read with every fault of every file reported at once, each at its place.

mod citations;
mod entities;
mod faults;
mod files;
mod hierarchy;
mod item;
mod overrides;
mod questions;
mod register;
mod schema;
mod sources;
mod statements;
mod values;

use std::ops::RangeInclusive;
use std::path::Path;

use toml::Spanned;
use toml::de::DeTable;

use crate::diagnostic::{Code, Complaints, Diagnostic};
use crate::model::{Hedge, RelationTypeId};
use crate::schema::Lexicon;
use crate::store::{GraphBuilder, RelationDraft, StatementDraft};

use super::check::{coverage, listed};
use super::{KnowledgeGraph, Question};

use entities::EntityDrafts;
use faults::Faults;
use files::{Part, Text};
use item::{File, Item};
use register::Register;
use schema::SchemaDraft;
use sources::SourceDrafts;
use statements::{Declared, StatementDrafts};

pub(super) use files::{Refusal, read_bytes};
pub use overrides::{Retyped, overridden};

/// A graph that was read, with what deserves a look.
#[derive(Debug)]
pub struct Loaded {
    /// The graph.
    pub knowledge: KnowledgeGraph,
    /// What deserves a look, in the order of the files and of the places in them.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the graph in a folder: `schema.toml`, `entities.toml`, `statements.toml`, `sources.toml` where statements cite
/// sources, and `questions.toml` if it is there.
///
/// # Errors
/// Every fault of every file, each with its place, in the order of the files (schema, sources, entities, statements,
/// questions) and of the places in them. A fault that only follows from another is not reported.
pub fn read(folder: &Path) -> Result<Loaded, Complaints> {
    let faults = Faults::new();
    let texts = files::read_folder(folder, &faults);
    let knowledge = read_texts(&texts, &faults);
    let warnings = faults.finish()?;
    match knowledge {
        Some(knowledge) => Ok(Loaded { knowledge, warnings }),
        // A graph is only withheld where there are errors, which have been returned above.
        None => Err(Diagnostic::error(Code::Unreadable, format!("'{}' holds no graph", folder.display())).into()),
    }
}

/// The parsed form of a file.
enum Parsed<'d> {
    Root(File<'d>, Spanned<DeTable<'d>>),
    Absent,
    Faulty,
}

fn parsed<'d>(texts: &'d [Text], part: Part, faults: &'d Faults) -> Parsed<'d> {
    match texts.get(part.rank()) {
        Some(Text::Read(origin)) => match File::parse(part, origin, faults) {
            Some(root) => Parsed::Root(File { part, origin, faults }, root),
            None => Parsed::Faulty,
        },
        Some(Text::Absent) => Parsed::Absent,
        Some(Text::Faulty) | None => Parsed::Faulty,
    }
}

fn read_texts(texts: &[Text], faults: &Faults) -> Option<KnowledgeGraph> {
    let files = [Part::Schema, Part::Sources, Part::Entities, Part::Statements, Part::Questions].map(|part| parsed(texts, part, faults));
    let [schema, sources, entities, statements, questions] = &files;
    let declared = declared(schema, sources, entities, statements);
    let statements = match statements {
        Parsed::Root(file, root) => StatementDrafts::read(file.root(root, &["statement"]), &declared),
        _ => StatementDrafts::none(),
    };
    let questions = match questions {
        Parsed::Root(file, root) => questions::questions(file.root(root, &["question"]), &declared.entities),
        _ => Vec::new(),
    };
    let steps = [declared.entities.parents.as_slice(), statements.parents.as_slice()].concat();
    hierarchy::check_cycles(&declared.entities, &steps);
    let curated = curated_hierarchy(&declared.entities, &statements.register);
    if faults.has_errors() {
        return None;
    }
    warn_of_uncited(&declared.sources, &statements);
    Some(built(declared, curated.into_iter().chain(statements.statements), questions))
}

/// What the first three files declare; of a file that cannot be read, nothing is known and so nothing is unknown.
fn declared<'d>(schema: &'d Parsed<'d>, sources: &'d Parsed<'d>, entities: &'d Parsed<'d>, statements: &Parsed<'_>) -> Declared<'d> {
    let schema = match schema {
        Parsed::Root(file, root) => SchemaDraft::read(file.root(root, &["graph", "kind", "relation", "qualifier"])),
        _ => SchemaDraft::unreadable(),
    };
    let sources = match sources {
        Parsed::Root(file, root) => SourceDrafts::read(file.root(root, &["source"])),
        Parsed::Absent => {
            complain_if_cited(statements);
            SourceDrafts::unreadable()
        }
        Parsed::Faulty => SourceDrafts::unreadable(),
    };
    let entities = match entities {
        Parsed::Root(file, root) => EntityDrafts::read(file.root(root, &["entity"]), &schema),
        _ => EntityDrafts::unreadable(),
    };
    Declared { schema, sources, entities }
}

/// The graph, once it is known to be without fault.
fn built(
    declared: Declared<'_>,
    statements: impl Iterator<Item = (StatementDraft, Vec<RelationDraft>)>,
    questions: Vec<Question>,
) -> KnowledgeGraph {
    let mut builder = GraphBuilder::new();
    for source in declared.sources.sources {
        builder.add_source(source);
    }
    for entity in declared.entities.entities {
        // A slug that is there already has been reported.
        _ = builder.add_entity(entity);
    }
    for (statement, relations) in statements {
        builder.add_statement(statement, relations);
    }
    let schema = declared.schema.schema;
    KnowledgeGraph { lexicon: Lexicon::new(&schema), schema, graph: builder.finish(), questions }
}

/// Statements cite sources, so once there is one, the file of the sources must be there.
fn complain_if_cited(statements: &Parsed<'_>) {
    let Parsed::Root(file, root) = statements else {
        return;
    };
    if let Some((key, _)) = root.get_ref().iter().find(|(key, _)| key.get_ref() == "statement") {
        let fault = Diagnostic::error(Code::Unreadable, "the file 'sources.toml' is missing, although statements cite sources");
        file.complain(fault.at(key.span(), "").help("add it beside this file, with a [[source]] for each source"));
    }
}

/// The statements that `is_a` of the entities stands for.
fn curated_hierarchy(entities: &EntityDrafts<'_>, statements: &Register<()>) -> Vec<(StatementDraft, Vec<RelationDraft>)> {
    let mut slugs: Register<()> = Register::new("statement");
    let mut drafts = Vec::new();
    for (child, parent, item) in &entities.parents {
        let (child_entity, parent_entity) = (&entities.entities[child.index()], &entities.entities[parent.index()]);
        let slug = format!("{}-is_a-{}", child_entity.slug, parent_entity.slug);
        if statements.get(&slug).is_some() {
            let message = format!("a statement has the id '{slug}', which this step of the hierarchy is given");
            item.fault_with(Code::Duplicate, message, "give the statement another id");
        }
        slugs.add(&slug, (), *item);
        let statement = StatementDraft {
            slug,
            claim: format!("{} is a kind of {}.", capitalised(&child_entity.name), parent_entity.name),
            evidence: Vec::new(),
            jointly: false,
            negated: false,
            hedge: Hedge::default(),
            qualifiers: Vec::new(),
        };
        let relation = RelationDraft { from: *child, relation_type: RelationTypeId::IS_A, to: *parent, qualifiers: Vec::new() };
        drafts.push((statement, vec![relation]));
    }
    drafts
}

/// The words with a capital at the start of the sentence; `pH` and `mRNA` keep theirs.
fn capitalised(words: &str) -> String {
    let first_word = words.split(' ').next().unwrap_or("");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if !first_word.contains(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

/// Warns of sentences that no statement cites, once for each source.
fn warn_of_uncited(sources: &SourceDrafts<'_>, statements: &StatementDrafts<'_>) {
    let evidence = || statements.statements.iter().flat_map(|(statement, _)| &statement.evidence);
    for (coverage, count) in coverage(&sources.sources, evidence).iter().zip(&sources.counts) {
        let Some(item): Option<Item<'_>> = *count else {
            continue;
        };
        if coverage.uncited.is_empty() {
            continue;
        }
        let many = coverage.total - coverage.cited > 1;
        let (noun, verb) = if many { ("sentences", "are") } else { ("sentence", "is") };
        let uncited: &[RangeInclusive<u32>] = &coverage.uncited;
        let message = format!("{noun} {} of '{}' {verb} cited by no statement", listed(uncited), coverage.source);
        let warning = Diagnostic::warning(Code::UncitedSentence, message).at(item.span.range(), "");
        item.complain(warning.help("add what each says, or check that it says nothing about the graph's subject"));
    }
}
