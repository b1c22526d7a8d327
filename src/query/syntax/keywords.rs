//! Keywords: the closed, published list of words that mean something by themselves.

/// Where a keyword is one; elsewhere it is a word as any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reserved {
    /// Wherever it stands outside quotation marks: it ends a run of words.
    Everywhere,
    /// Wherever it stands in a run of words: it is a piece of its own, and ends none.
    InRuns,
    /// At the start of a query or of an operand.
    AtStart,
    /// Only in the one place that its summary names.
    InPlace,
}

/// A word of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The word, in lower case; any case is accepted.
    pub word: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// Where it is a keyword.
    pub reserved: Reserved,
}

const fn entry(word: &'static str, reserved: Reserved, summary: &'static str) -> Keyword {
    Keyword { word, summary, reserved }
}

use Reserved::{AtStart, Everywhere, InPlace, InRuns};

/// Every keyword, in the order of the manual. The grammar has exactly these.
pub const KEYWORDS: &[Keyword] = &[
    entry("of", Everywhere, "asks a relation noun of something: `causes of OMS`"),
    entry("and", Everywhere, "both: of two sets, or of two conditions"),
    entry("or", Everywhere, "either: of two sets, or of two conditions"),
    entry("but", Everywhere, "with `not`: the left set without the right one"),
    entry("not", Everywhere, "turns a condition round; behind `but`, takes a set away"),
    entry("where", Everywhere, "begins a condition: `causes where population = adult`"),
    entry("possibly", Everywhere, "in a condition: keeps what is unknown, too"),
    entry("in", Everywhere, "one of several values: `population in (adult, teen)`"),
    entry("between", Everywhere, "a range, both ends included: `age between 1 year and 2 years`"),
    entry("contains", Everywhere, "a piece of text: `name contains \"tumor\"`"),
    entry("matches", Everywhere, "a regular expression: `name matches /^neuro/`"),
    entry("sort", Everywhere, "with `by`: orders the rows"),
    entry("by", Everywhere, "in front of fields: `sort by`, `count causes by population`"),
    entry("limit", Everywhere, "the greatest number of rows: `limit 10`"),
    entry("show", Everywhere, "the columns to show: `show symptom, frequency`"),
    entry("to", Everywhere, "in front of the end of a path"),
    entry("within", Everywhere, "the greatest number of relations: `within 4`"),
    entry("via", Everywhere, "the relations that a path may take: `via causes, -treats->`"),
    entry("across", Everywhere, "the field that a comparison goes over: `compare causes across population`"),
    entry("what", InRuns, "the open place of a sentence: `what causes OMS`"),
    entry("which", InRuns, "the same as `what`"),
    entry("it", InRuns, "the entities of the last answer"),
    entry("exactly", InRuns, "the name behind it stands for itself alone"),
    entry("path", AtStart, "one shortest path: `path from A to B`"),
    entry("paths", AtStart, "all shortest paths, or all within a length"),
    entry("around", AtStart, "the neighbourhood: `around rituximab within 2`"),
    entry("find", AtStart, "searches names, synonyms and definitions: `find \"tremor\"`"),
    entry("compare", AtStart, "side by side: `compare causes across population`"),
    entry("count", AtStart, "how many: `count causes by population`"),
    entry("similar", AtStart, "what is alike: `similar to OMS by symptoms`"),
    entry("why", AtStart, "the statements behind a sentence or a row: `why 2`"),
    entry("let", AtStart, "names an answer: `let adult_causes = causes where population = adult`"),
    entry("explain", AtStart, "shows a query instead of answering it"),
    entry("profile", AtStart, "runs a query and shows its cost"),
    entry("kind", AtStart, "the name behind it is a kind: `kind trigger`"),
    entry("describe", InPlace, "as the first word: what a kind, a relation, a field or an entity is, `describe frequency`"),
    entry("suggest", InPlace, "as the only word: three questions that could be asked next"),
    entry("from", InPlace, "behind `path` or `paths`: where a path starts"),
    entry("has", InPlace, "in a condition: the field has a value, `has population`"),
    entry("denied", InPlace, "in a condition: what a source says is not so"),
    entry("desc", InPlace, "behind a field to sort by: greatest first"),
    entry("descending", InPlace, "the same as `desc`"),
    entry("asc", InPlace, "behind a field to sort by: least first"),
    entry("ascending", InPlace, "the same as `asc`"),
    entry("does", InPlace, "behind `what`: the verb comes last, `what does IVIg treat`"),
    entry("do", InPlace, "the same as `does`"),
    entry("is", InPlace, "in front of a verb and `by`: `OMS is caused by what`"),
    entry("are", InPlace, "the same as `is`"),
    entry("was", InPlace, "the same as `is`"),
    entry("were", InPlace, "the same as `is`"),
];

/// The words that begin a pattern, and no phrase.
pub const PATTERN_WORDS: &[&str] = &["match", "optional", "with", "unwind", "return", "call"];

/// The keyword that a word is somewhere in the language, in any letter case.
pub fn keyword(word: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|keyword| keyword.word.eq_ignore_ascii_case(word))
}
