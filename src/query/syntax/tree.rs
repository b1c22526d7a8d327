//! The tree of a query as read: words and their places, nothing looked up yet.

use std::ops::Range;

/// Bytes of the query's text.
pub type Span = Range<usize>;

/// Something with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The thing.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// What one line of input asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A query to answer.
    Ask(Query),
    /// `explain QUERY`: show the query instead of answering it.
    Explain(Query),
    /// `profile QUERY`: answer it, and show what each operator did.
    Profile(Query),
    /// `let NAME = QUERY`: answer the query and keep the answer under a name.
    Let(Spanned<String>, Query),
    /// `describe trigger`: say what the words name.
    Describe(Run),
    /// `suggest`: offer what could be asked next.
    Suggest,
}

impl Request {
    /// The query that is to be run or shown, if there is one.
    pub fn query(&self) -> Option<&Query> {
        match self {
            Request::Ask(query) | Request::Explain(query) | Request::Profile(query) | Request::Let(_, query) => Some(query),
            Request::Describe(_) | Request::Suggest => None,
        }
    }
}

/// A query: what is asked, and how the rows are to be laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What is asked.
    pub body: Body,
    /// Sorting, limit and columns of the whole.
    pub tails: Tails,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A phrase, or several joined by `and`, `or`, `but not`.
    Set(SetExpression),
    /// `path from A to B`, `paths from A to B within 4 via causes, has_symptom`.
    Path(PathRequest),
    /// `compare causes across population`.
    Compare(SetExpression, FieldName, Option<Condition>),
    /// `count causes by population, severity`; the fields may be none.
    Count(SetExpression, Vec<FieldName>, Option<Condition>),
    /// `why rituximab treats OMS`.
    Why(Run, Option<Condition>),
    /// `why 2`: the row of the last answer, counted from 1.
    WhyRow(Spanned<u64>),
    /// `MATCH …`, a query in patterns; it has no tails of its own.
    Pattern(Box<super::pattern_tree::PatternQuery>),
}

/// Phrases joined by set operators.
#[derive(Clone, Debug, PartialEq)]
pub enum SetExpression {
    /// A single phrase.
    Phrase(Box<Phrase>),
    /// Operands joined from left to right by operators of one level: `and` and `but not`, or `or`.
    Joined(Box<SetExpression>, Vec<(SetOperator, SetExpression)>),
}

/// How two sets of entities are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperator {
    /// In both.
    And,
    /// In either.
    Or,
    /// In the left, not in the right.
    ButNot,
}

/// `treatments of effects of "viral infection" where …`: nouns from the outermost in, then what they are asked of.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// The runs in front of each `of`, outermost first; empty if there is no `of`.
    pub nouns: Vec<Run>,
    /// What stands last.
    pub operand: Operand,
    /// The condition behind it; it belongs to the outermost noun.
    pub condition: Option<Condition>,
    /// The whole phrase.
    pub span: Span,
}

/// What stands behind the last `of`, or alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A run of words: a relation noun, a kind, an entity, a sentence, a name given by `let`.
    Run(Run),
    /// `kind trigger`.
    Kind(Run),
    /// A set in parentheses.
    Set(Box<SetExpression>),
    /// `around rituximab within 2 via treats`.
    Around(AroundRequest),
    /// `find "tremor"`: the words looked for.
    Find(Spanned<String>),
}

/// `around X within N via …`.
#[derive(Clone, Debug, PartialEq)]
pub struct AroundRequest {
    /// The entity in the middle.
    pub centre: Run,
    /// How many relations away at most; 1 if not said.
    pub within: Option<Spanned<u64>>,
    /// The relations that may be taken; empty means any.
    pub via: Vec<Via>,
}

/// `path from A to B …` (one shortest), `paths from A to B …` (all shortest, or all simple ones `within` a length).
#[derive(Clone, Debug, PartialEq)]
pub struct PathRequest {
    /// Whether it said `paths`.
    pub all: bool,
    /// Where the paths start.
    pub from: Run,
    /// Where they end.
    pub to: Run,
    /// The greatest length, in relations.
    pub within: Option<Spanned<u64>>,
    /// The relations that may be taken; empty means any but `is_a`.
    pub via: Vec<Via>,
    /// A condition on the paths.
    pub condition: Option<Condition>,
    /// The keyword that opens it.
    pub span: Span,
}

/// A relation that a path may take: `causes`, `-causes->`, `<-causes-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// The words of the relation.
    pub words: String,
    /// The direction that an arrow gives: forward (`-causes->`) or backward; none without an arrow.
    pub forward: Option<bool>,
    /// Where it stands.
    pub span: Span,
}

/// A run of pieces that the resolver cuts by longest match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its pieces, at least one.
    pub pieces: Vec<Piece>,
    /// The whole run.
    pub span: Span,
}

/// A piece of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it stands, quotation marks included.
    pub span: Span,
}

/// What a piece of a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A bare word.
    Word(String),
    /// Words in quotation marks, without the marks and with escapes undone.
    Quoted(String),
    /// `what` or `which`.
    What,
    /// `does` or `do`, directly behind `what`.
    Does,
    /// `it`: the entities of the last answer.
    It,
    /// `exactly`: the name behind it stands for itself alone.
    Exactly,
    /// `-binds->` (forward) or `<-binds-`.
    Arrow {
        /// The words of the relation.
        words: String,
        /// Whether it points to the right.
        forward: bool,
    },
}

/// A condition behind `where`.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All hold; at least two.
    And(Vec<Condition>),
    /// At least one holds; at least two.
    Or(Vec<Condition>),
    /// Does not hold.
    Not(Box<Condition>),
    /// Holds, or is unknown.
    Possibly(Box<Condition>),
    /// A test of one field.
    Test(Test),
}

/// A test of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What is tested.
    pub kind: TestKind,
    /// The whole test, as typed.
    pub span: Span,
}

/// What a test asks of its field.
#[derive(Clone, Debug, PartialEq)]
pub enum TestKind {
    /// `field = value` and the like.
    Compare(FieldName, TestOperator, Literal),
    /// `field in (a, b)`.
    In(FieldName, Vec<Literal>),
    /// `field between a and b`, both included.
    Between(FieldName, Literal, Literal),
    /// `field contains "text"`.
    Contains(FieldName, Literal),
    /// `field matches /regular expression/`; the span is that of what stands between the slashes.
    Matches(FieldName, Spanned<String>),
    /// `has field`.
    Has(FieldName),
    /// `denied`.
    Denied,
}

/// An operator between a field and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestOperator {
    /// `=`: this, or one of it.
    Equal,
    /// `==`: exactly this.
    Identical,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// The name of a field: `population`, `sex ratio`, `of.kind`, `binds.score`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// Its words, joined by single spaces.
    pub words: String,
    /// Where it stands.
    pub span: Span,
}

/// A value as typed: what it means depends on the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Its text, without quotation marks and with escapes undone.
    pub text: String,
    /// Whether it stood in quotation marks.
    pub quoted: bool,
    /// Where it stands, quotation marks included.
    pub span: Span,
}

/// What follows the phrases: `sort by`, `limit`, `show`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tails {
    /// The fields to sort by, the first counts most.
    pub sort: Vec<SortField>,
    /// The greatest number of rows.
    pub limit: Option<Spanned<u64>>,
    /// The columns to show, in this order; empty means all.
    pub show: Vec<FieldName>,
}

/// A field to sort by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortField {
    /// The field.
    pub field: FieldName,
    /// Whether the greatest comes first.
    pub descending: bool,
}
