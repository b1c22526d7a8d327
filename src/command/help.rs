//! Help: one screen for a start, and the answer to `:help TOPIC` for whatever can be typed.

use crate::algebra::{FUNCTIONS, PROCEDURES, ProcedureSignature};
use crate::diagnostic::{Code, nearest};
use crate::model::{Names, counted, fold, fold_words};
use crate::query::syntax::KEYWORDS;
use crate::render::FORMATS;
use crate::session::Session;

use super::layout::Block;
use super::topics::{Topic, listed, topics};
use super::{AGGREGATES, CLAUSES, COMMANDS, FORMS};

/// The topics that gather others, for completion and the list of topics.
pub(crate) const GATHERED: &[(&str, &str)] = &[
    ("examples", "the questions that the graph was made for, with their queries"),
    ("forms", "every way to ask"),
    ("conditions", "what can stand behind `where`"),
    ("patterns", "how openCypher is written here: every clause"),
    ("functions", "the functions of patterns"),
    ("aggregates", "the aggregates of patterns"),
    ("procedures", "the procedures that `CALL` runs in patterns"),
    ("commands", "the commands of the prompt"),
    ("keywords", "the words of the language"),
    ("formats", "the formats of answers and files"),
    ("messages", "the codes of messages"),
    ("graph", "what the open graph holds: its kinds, relations and fields"),
    ("keys", "the keys of the prompt"),
    ("settings", "what the configuration file and `:config` set"),
    ("colours", "what is coloured where a query is typed"),
    ("topics", "every topic"),
];

/// The commands that somebody new needs.
const OFTEN: &[&str] = &["help", "schema", "draw", "export", "open", "record", "quit"];

/// What is said first: at most a screen.
pub(super) fn overview(session: &Session) -> Vec<Block> {
    let featured = session.questions().iter().filter(|question| question.featured).take(3);
    let mut blocks = vec![Block::Heading("Ask in phrases, or in patterns (openCypher, ended by `;`)".to_owned())];
    blocks.extend(featured.map(|question| Block::Sample(question.query.clone())));
    let embedded = session.name() == crate::session::EMBEDDED;
    blocks.extend(embedded.then(|| Block::Sample("compare causes across population".to_owned())));
    let pattern =
        if embedded { "MATCH (t:Treatment)-[:TREATS]->(d) RETURN t, d LIMIT 5;" } else { "MATCH (a)-[r]->(b) RETURN a, r, b LIMIT 5;" };
    blocks.push(Block::Sample(pattern.to_owned()));
    blocks.push(Block::Heading("Commands".to_owned()));
    // The rest of each summary is for the list of commands.
    let first = |said: String| said.split([';', ':']).next().unwrap_or_default().to_owned();
    let often = COMMANDS.iter().filter(|command| OFTEN.contains(&command.name));
    blocks.push(Block::Pairs(often.map(|command| (command.usage(), first(command.summary.to_owned()))).collect()));
    let others = COMMANDS.iter().filter(|command| !OFTEN.contains(&command.name));
    blocks.push(Block::Words(others.map(|command| format!(":{}", command.name)).collect()));
    blocks.push(Block::Heading("More".to_owned()));
    blocks.push(Block::Prose(
        "`:help commands`, `:help examples`, `:help forms`, `:help conditions`, `:help patterns`, `:help graph`, `:help keys`, or any word: `:help where`."
            .to_owned(),
    ));
    blocks
}

/// What there is to say on a topic.
///
/// # Errors
/// The names of the topics nearest to the words, if there is none.
pub(super) fn on(session: &Session, words: &str) -> Result<Vec<Block>, Vec<String>> {
    let asked = words.trim().trim_matches('`').trim_matches('"');
    let topics = topics(session);
    if let Some(blocks) = gathered(session, &topics, &fold(asked)) {
        return Ok(blocks);
    }
    let matching = |same: &dyn Fn(&str) -> bool| -> Vec<Block> {
        let found = topics.iter().filter(|topic| topic.names.iter().any(|name| same(name)));
        found.flat_map(|topic| topic.blocks.clone()).collect()
    };
    let folded = fold(asked);
    let mut blocks = matching(&|name| fold(name) == folded || name.strip_prefix(':').is_some_and(|bare| fold(bare) == folded));
    if blocks.is_empty() {
        let singular = fold_words(asked);
        blocks = matching(&|name| fold_words(name) == singular);
    }
    blocks.extend(entities(session, asked));
    if !blocks.is_empty() {
        return Ok(blocks);
    }
    let names = topics.iter().flat_map(|topic| &topic.names).map(String::as_str).chain(GATHERED.iter().map(|(name, _)| *name));
    let mut near: Vec<String> = nearest(asked, names, 3).into_iter().map(str::to_owned).collect();
    if near.is_empty() {
        near = session.graph().like(asked, 2).into_iter().map(|found| found.text).collect();
    }
    Err(near)
}

/// The entities of that name.
fn entities(session: &Session, words: &str) -> Vec<Block> {
    let graph = session.graph();
    let mut blocks = Vec::new();
    for id in graph.called(words) {
        let kinds: Vec<&str> = graph.kinds(id).iter().map(|kind| session.schema().kinds[kind.index()].one()).collect();
        blocks.push(Block::Heading(format!("{} ({})", graph.name(id), kinds.join(", "))));
        blocks.extend(graph.definition(id).map(|text| Block::Prose(text.to_owned())));
        let synonyms: Vec<&str> = graph.synonyms(id).collect();
        let xrefs: Vec<&str> = graph.xrefs(id).collect();
        let mut pairs = vec![("id".to_owned(), graph.slug(id).to_owned())];
        let more = [("also", listed(&synonyms)), ("elsewhere", listed(&xrefs))];
        pairs.extend(more.into_iter().filter(|(_, said)| !said.is_empty()).map(|(term, said)| (term.to_owned(), said)));
        blocks.push(Block::Pairs(pairs));
        blocks.push(Block::Prose(format!("Its name by itself asks for all that is known of it: `{}`.", graph.name(id))));
    }
    blocks
}

fn gathered(session: &Session, topics: &[Topic], folded: &str) -> Option<Vec<Block>> {
    let pairs = |title: &str, pairs| Some(vec![Block::Heading(title.to_owned()), Block::Pairs(pairs)]);
    let own = |text: &&'static str| (*text).to_owned();
    match folded {
        "example" | "examples" | "question" | "questions" => Some(examples(session)),
        "command" | "commands" => pairs("Commands", commands()),
        "form" | "forms" | "language" => pairs("Forms", FORMS.iter().map(|form| (form.name.to_owned(), forms_line(form))).collect()),
        "keyword" | "keywords" => pairs("Keywords", KEYWORDS.iter().map(|keyword| (own(&keyword.word), own(&keyword.summary))).collect()),
        "format" | "formats" => {
            let lines = FORMATS.iter().map(|format| (own(&format.name), own(&format.summary))).collect();
            let mut blocks = pairs("Formats", lines)?;
            let command = topics.iter().filter(|topic| folded == "format" && topic.names.iter().any(|name| name == ":format"));
            blocks.extend(command.flat_map(|topic| topic.blocks.clone()));
            Some(blocks)
        }
        "pattern" | "patterns" | "cypher" | "opencypher" | "clause" | "clauses" => Some(patterns(topics)),
        "function" | "functions" => {
            // Other names of a function are topics of their own.
            let own_names = (1..=FUNCTIONS.len()).filter(|end| *end == 1 || FUNCTIONS[end - 1].function != FUNCTIONS[end - 2].function);
            let known = own_names.map(|end| &FUNCTIONS[end - 1]);
            let lines = known.map(|known| (format!("{}({})", known.name, known.arguments), own(&known.summary)));
            let mut blocks = pairs("Functions", lines.collect())?;
            blocks.push(Block::Prose("What sums rows up is under `:help aggregates`.".to_owned()));
            Some(blocks)
        }
        "aggregate" | "aggregates" => pairs("Aggregates", AGGREGATES.iter().map(|(written, said)| (own(written), own(said))).collect()),
        "procedure" | "procedures" => {
            let line = |known: &ProcedureSignature| (format!("CALL {}({})", known.name, known.arguments), own(&known.summary));
            pairs("Procedures", PROCEDURES.iter().map(line).collect())
        }
        "code" | "codes" | "message" | "messages" | "error" | "errors" => {
            pairs("Messages", Code::ALL.iter().map(|code| (code.word().to_owned(), code.meaning().to_owned())).collect())
        }
        "condition" | "conditions" => Some(conditions(topics)),
        "graph" => Some(graph(session)),
        "key" | "keys" => pairs("Keys", KEYS.iter().map(|(key, does)| (own(key), own(does))).collect()),
        "setting" | "settings" | "configuration" => {
            let settings = super::SETTINGS.iter().map(|setting| (own(&setting.name), own(&setting.summary)));
            let colours = ("colours.NAME".to_owned(), "the look of something that is typed: `:help colours`".to_owned());
            pairs("Settings", settings.chain([colours]).collect())
        }
        "colour" | "colours" | "color" | "colors" => {
            let line = |(name, meaning, look): (String, &str, &str)| (name, format!("{meaning}; usually {look}"));
            let mut blocks = pairs("Colours", super::colours().map(line).collect())?;
            blocks.push(Block::Prose(format!("A look is {}.", super::looks())));
            Some(blocks)
        }
        "topic" | "topics" => Some(all(session, topics)),
        _ => None,
    }
}

/// What the keys of the prompt do.
const KEYS: &[(&str, &str)] = &[
    ("Tab", "completes what can stand at the cursor, or lists it with the rows that each choice leaves; again, chooses"),
    ("Shift-Tab", "in the list, goes back"),
    ("Right, End", "takes the grey hint"),
    ("Enter", "asks; where more has to follow, begins a new line"),
    ("Alt-Enter", "begins a new line anywhere"),
    ("Up, Down", "the line above and below; from there, what was typed before, and only what begins so where something is typed"),
    ("Ctrl-P, Ctrl-N", "what was typed before, from any line"),
    ("Ctrl-R", "searches what was typed before"),
    ("Ctrl-X Ctrl-E", "opens the input in the editor that `VISUAL` or `EDITOR` names; `:edit` opens the last one"),
    ("Ctrl-A, Ctrl-E", "the beginning and the end of the line"),
    ("Ctrl-W, Ctrl-U, Ctrl-K", "drops the word before, the line before, and the line behind the cursor; Ctrl-Y puts it back"),
    ("Ctrl-_", "takes the last change back"),
    ("Ctrl-C", "stops a query that runs; at the prompt, drops the input"),
    ("Ctrl-D", "leaves, on an empty line"),
    ("Ctrl-L", "clears the screen"),
    ("Ctrl-Z", "suspends the program; `fg` goes on"),
    ("an empty line", "ends a query that is unfinished, also a pattern without its `;`"),
    ("Escape", "closes the list; where the keys are those of vi (`:keys vi`): commands, with `v` for the editor"),
];

fn commands() -> Vec<(String, String)> {
    COMMANDS.iter().map(|command| (command.usage(), command.summary.to_owned())).collect()
}

fn forms_line(form: &super::Form) -> String {
    let example = form.examples.first().copied().unwrap_or(form.pattern);
    format!("`{example}`: {}", form.answer)
}

fn examples(session: &Session) -> Vec<Block> {
    if session.questions().is_empty() {
        return vec![Block::Prose("The open graph comes without questions; `:help forms` shows every way to ask.".to_owned())];
    }
    let mut blocks = vec![Block::Heading("Questions".to_owned())];
    for question in session.questions() {
        blocks.push(Block::Prose(question.text.clone()));
        blocks.push(Block::Sample(question.query.clone()));
    }
    blocks
}

/// What patterns are, then their clauses.
fn patterns(topics: &[Topic]) -> Vec<Block> {
    let form = topics.iter().filter(|topic| topic.sort == "form" && topic.names[0] == "pattern");
    let mut blocks: Vec<Block> = form.flat_map(|topic| topic.blocks.clone()).collect();
    blocks.push(Block::Heading("Clauses".to_owned()));
    blocks.push(Block::Pairs(CLAUSES.iter().map(|clause| (clause.names[0].to_owned(), clause.summary.to_owned())).collect()));
    blocks.push(Block::Prose(
        "`:help MATCH` and so on say more; `:help functions`, `:help aggregates` and `:help procedures` list what can be called. `explain` \
         before any phrase shows the pattern that says the same."
            .to_owned(),
    ));
    blocks
}

fn conditions(topics: &[Topic]) -> Vec<Block> {
    let mut blocks: Vec<Block> = topics
        .iter()
        .filter(|topic| topic.sort == "form" && topic.names[0] == "condition")
        .flat_map(|topic| topic.blocks.clone())
        .collect();
    let words = ["and", "or", "not", "possibly", "in", "between", "contains", "matches", "has", "denied"];
    let summary = |word: &&str| KEYWORDS.iter().find(|keyword| keyword.word == *word).map(|keyword| keyword.summary.to_owned());
    let mut pairs = vec![
        ("=".to_owned(), "the value, or what is one of it: `population = child` takes young children, too".to_owned()),
        ("==".to_owned(), "exactly this value".to_owned()),
        ("!=".to_owned(), "not `=`".to_owned()),
        ("<, <=, >, >=".to_owned(), "of figures: true if all of an interval satisfies it, unknown if only a part does".to_owned()),
    ];
    pairs.extend(words.iter().filter_map(|word| Some(((*word).to_owned(), summary(word)?))));
    blocks.push(Block::Pairs(pairs));
    blocks
}

fn graph(session: &Session) -> Vec<Block> {
    let schema = session.schema();
    let said = |definition: &Option<String>| definition.clone().unwrap_or_else(|| "-".to_owned());
    let kinds = schema.kinds.iter().map(|kind| (kind.many().to_owned(), said(&kind.definition)));
    let relations = schema.relation_types.iter().map(|relation| (relation.id.clone(), said(&relation.definition)));
    let fields = schema.qualifiers.iter().map(|qualifier| (qualifier.id.clone(), said(&qualifier.definition)));
    vec![
        Block::Heading(schema.title.clone()),
        Block::Prose(schema.definition.clone()),
        Block::Prose(super::holdings(session)),
        Block::Heading("Kinds".to_owned()),
        Block::Pairs(kinds.collect()),
        Block::Heading("Relations".to_owned()),
        Block::Pairs(relations.collect()),
        Block::Heading("Fields".to_owned()),
        Block::Pairs(fields.collect()),
    ]
}

fn all(session: &Session, topics: &[Topic]) -> Vec<Block> {
    let gathered = GATHERED.iter().map(|(name, said)| ((*name).to_owned(), (*said).to_owned())).collect();
    let mut blocks = vec![Block::Heading("Topics".to_owned()), Block::Pairs(gathered)];
    let sorts = ["command", "form", "keyword", "clause", "function", "procedure", "format", "message", "relation", "kind", "field"];
    for sort in sorts {
        let names: Vec<String> = topics.iter().filter(|topic| topic.sort == sort).map(|topic| topic.names[0].clone()).collect();
        blocks.push(Block::Heading(format!("{sort}s")));
        blocks.push(Block::Words(names));
    }
    let count = counted(session.graph().entity_count(), "entity", "entities");
    blocks.push(Block::Prose(format!("And the name of each of its {count}.")));
    blocks
}
