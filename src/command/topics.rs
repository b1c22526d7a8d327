//! Topics: all that help can be asked about, gathered from the tables that the language, the formats and the graph have.

use crate::algebra::{FUNCTIONS, PROCEDURES};
use crate::diagnostic::{Class, Code};
use crate::model::{EntityId, KindId, RelationTypeId};
use crate::query::syntax::KEYWORDS;
use crate::render::FORMATS;
use crate::schema::{Kind, Noun, Qualifier, RelationType, Schema, ValueType};
use crate::session::Session;

use super::layout::Block;
use super::{AGGREGATES, CLAUSES, COMMANDS, FORMS};

/// Something that `:help` explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The words that it is looked up by; the first is its name.
    pub names: Vec<String>,
    /// What sort of topic it is: `command`, `form`, `keyword`, `clause`, `function`, `aggregate`, `procedure`, `format`, `message`, `kind`, `relation`, `field`.
    pub sort: &'static str,
    /// What there is to say.
    pub blocks: Vec<Block>,
}

impl Topic {
    fn new(sort: &'static str, names: Vec<String>, said: impl Into<String>) -> Topic {
        let name = names.first().cloned().unwrap_or_default();
        Topic { names, sort, blocks: vec![Block::Heading(format!("{name} ({sort})")), Block::Prose(said.into())] }
    }

    fn sample(mut self, samples: impl IntoIterator<Item = impl Into<String>>) -> Topic {
        self.blocks.extend(samples.into_iter().map(|sample| Block::Sample(sample.into())));
        self
    }

    fn pairs(mut self, pairs: Vec<(String, String)>) -> Topic {
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, said)| !said.is_empty()).collect();
        if !pairs.is_empty() {
            self.blocks.push(Block::Pairs(pairs));
        }
        self
    }
}

/// Every topic: commands, forms, keywords, what patterns are made of, formats, codes of messages, then the words of the open graph's schema.
pub fn topics(session: &Session) -> Vec<Topic> {
    let mut topics = language_topics();
    let schema = session.schema();
    topics.extend((0..).zip(&schema.relation_types).map(|(position, found)| relation(session, RelationTypeId(position), found)));
    topics.extend((0..).zip(&schema.kinds).map(|(position, kind)| kind_topic(session, KindId(position), kind)));
    topics.extend(schema.qualifiers.iter().map(|qualifier| field(schema, qualifier)));
    topics
}

fn language_topics() -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for command in COMMANDS {
        let mut names = vec![format!(":{}", command.name)];
        names.extend(command.aliases.iter().map(|alias| format!(":{alias}")));
        let also = names[1..].join(", ");
        let topic = Topic::new("command", names, format!("{} {}", sentence(command.summary), command.details).trim());
        topics.push(topic.sample([command.usage()]).pairs(vec![("also".to_owned(), also)]));
    }
    for form in FORMS {
        let names = std::iter::once(&form.name).chain(form.aliases).map(|name| (*name).to_owned()).collect();
        let pairs = vec![("form".to_owned(), form.pattern.to_owned())];
        topics.push(Topic::new("form", names, sentence(form.answer)).pairs(pairs).sample(form.examples.iter().copied()));
    }
    for keyword in KEYWORDS {
        topics.push(Topic::new("keyword", vec![keyword.word.to_owned()], sentence(keyword.summary)));
    }
    topics.extend(pattern_topics());
    for format in FORMATS {
        let names = std::iter::once(&format.name).chain(format.aliases).map(|name| (*name).to_owned()).collect();
        let extensions: Vec<String> = format.extensions.iter().map(|extension| format!(".{extension}")).collect();
        let pairs = vec![("files".to_owned(), extensions.join(", "))];
        topics.push(Topic::new("format", names, sentence(format.summary)).sample([format!(":format {}", format.name)]).pairs(pairs));
    }
    for code in Code::ALL {
        let pairs = vec![("exit status".to_owned(), format!("{}, {}", code.class().exit_status(), class(code.class())))];
        topics.push(Topic::new("message", vec![code.word().to_owned()], code.meaning()).pairs(pairs));
    }
    topics
}

/// Clauses, functions, aggregates and procedures.
fn pattern_topics() -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for clause in CLAUSES {
        let names = clause.names.iter().map(|name| (*name).to_owned()).collect();
        let pairs = vec![("form".to_owned(), clause.written.to_owned())];
        topics.push(Topic::new("clause", names, sentence(clause.summary)).pairs(pairs).sample([clause.example]));
    }
    for function in FUNCTIONS {
        let call = format!("{}({})", function.name, function.arguments);
        topics.push(Topic::new("function", vec![function.name.to_owned()], function.summary).sample([call]));
    }
    for (written, summary) in AGGREGATES {
        let name = written.split('(').next().unwrap_or(written).to_owned();
        topics.push(Topic::new("aggregate", vec![name], sentence(summary)).sample([*written]));
    }
    for procedure in PROCEDURES {
        let call = format!("CALL {}({}) YIELD {}", procedure.name, procedure.arguments, procedure.yields.join(", "));
        let bare = procedure.name.rsplit('.').next().unwrap_or(procedure.name);
        let names = vec![procedure.name.to_owned(), bare.to_owned()];
        let options = procedure.options.iter().map(|option| (option.name.to_owned(), option.summary.to_owned())).collect();
        topics.push(Topic::new("procedure", names, procedure.summary).sample([call]).pairs(options));
    }
    topics
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Query => "the query is wrong",
        Class::Options => "an option is wrong",
        Class::Data => "data or a file is wrong",
        Class::Limit => "a limit was hit",
        Class::Interrupted => "it was interrupted",
    }
}

fn relation(session: &Session, id: RelationTypeId, relation: &RelationType) -> Topic {
    let schema = session.schema();
    let nouns = |nouns: &[Noun]| nouns.iter().flat_map(|noun| [noun.many.clone(), noun.one.clone()]).collect::<Vec<_>>();
    let (sources, targets) = (nouns(&relation.source_nouns), nouns(&relation.target_nouns));
    let mut names = vec![relation.id.clone()];
    for name in relation.verbs.iter().chain(&relation.inverse_verbs).chain(&sources).chain(&targets) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let count = session.graph().statistics().of_type(id).relations;
    let qualifiers: Vec<&str> = relation.qualifiers.iter().map(|id| schema.qualifiers[id.index()].id.as_str()).collect();
    let definition = relation.definition.clone().unwrap_or_else(|| "A relation of the graph.".to_owned());
    let pairs = vec![
        ("joins".to_owned(), format!("{} to {}", kinds(schema, &relation.from), kinds(schema, &relation.to))),
        ("verbs".to_owned(), relation.verbs.join(", ")),
        ("verbs back".to_owned(), relation.inverse_verbs.join(", ")),
        ("its start is called".to_owned(), sources.join(", ")),
        ("its end is called".to_owned(), targets.join(", ")),
        ("qualified by".to_owned(), qualifiers.join(", ")),
        ("in the graph".to_owned(), count.to_string()),
    ];
    let noun = relation.source_nouns.first().or(relation.target_nouns.first());
    let sample = noun.map(|noun| noun.many.clone()).or_else(|| Some(format!("what {} what", relation.verbs.first()?)));
    Topic::new("relation", names, definition).pairs(pairs).sample(sample)
}

fn kind_topic(session: &Session, id: KindId, kind: &Kind) -> Topic {
    let schema = session.schema();
    let graph = session.graph();
    let names: Vec<&str> = graph.entities_of_kind(id).iter().map(|entity| graph.name(EntityId(*entity))).collect();
    let takes = |relation: &&RelationType| relation.from.contains(&id) || relation.to.contains(&id);
    let relations: Vec<&str> = schema.relation_types.iter().filter(takes).map(|relation| relation.id.as_str()).collect();
    let mut words = kind.words.clone();
    if !words.contains(&kind.id) {
        words.push(kind.id.clone());
    }
    let pairs = vec![
        ("also".to_owned(), words[1..].join(", ")),
        ("in the graph".to_owned(), listed(&names)),
        ("relations".to_owned(), relations.join(", ")),
    ];
    let definition = kind.definition.clone().unwrap_or_else(|| "A kind of entity.".to_owned());
    let sample = format!("kind {}", words[0]);
    Topic::new("kind", words, definition).pairs(pairs).sample([sample])
}

fn field(schema: &Schema, qualifier: &Qualifier) -> Topic {
    let mut names = vec![qualifier.id.clone()];
    names.extend(qualifier.words.iter().filter(|word| **word != qualifier.id).cloned());
    let holds = match &qualifier.value_type {
        ValueType::Entity(ids) => kinds(schema, ids),
        other => other.word().to_owned(),
    };
    let id = schema.qualifier(&qualifier.id);
    let of = |relation: &&RelationType| id.is_some_and(|id| relation.qualifiers.contains(&id));
    let relations: Vec<&str> = schema.relation_types.iter().filter(of).map(|relation| relation.id.as_str()).collect();
    let also = names[1..].join(", ");
    let pairs = vec![("also".to_owned(), also), ("holds".to_owned(), holds), ("qualifies".to_owned(), relations.join(", "))];
    Topic::new("field", names, qualifier.definition.clone().unwrap_or_else(|| "A qualifier.".to_owned())).pairs(pairs)
}

fn kinds(schema: &Schema, ids: &[KindId]) -> String {
    if ids.is_empty() {
        return "anything".to_owned();
    }
    let words: Vec<&str> = ids.iter().map(|id| schema.kinds[id.index()].one()).collect();
    words.join(" or ")
}

/// Names as a list; a long one is cut.
pub(super) fn listed(names: &[&str]) -> String {
    const MOST: usize = 12;
    if names.len() <= MOST {
        return names.join(", ");
    }
    format!("{} and {} more", names[..MOST].join(", "), names.len() - MOST)
}

/// A summary as a sentence: a capital letter in front unless it begins with a sample, a full stop behind.
fn sentence(summary: &str) -> String {
    let mut letters = summary.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}
