//! The codes of complaints: one table that messages, machine-readable errors, the manual and the exit status share.

/// Where a failure comes from; each class has its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The query is wrong, or fails as it runs.
    Query,
    /// An option of the command line is wrong.
    Options,
    /// Data or a file is wrong, unreadable or unwritable.
    Data,
    /// A limit of time, rows or memory was hit.
    Limit,
    /// The user interrupted the work.
    Interrupted,
}

impl Class {
    /// The exit status of the program.
    pub fn exit_status(self) -> u8 {
        match self {
            Class::Query => 1,
            Class::Options => 2,
            Class::Data => 3,
            Class::Limit => 4,
            Class::Interrupted => 130,
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal, $class:ident;)+) => {
        /// What sort of fault a complaint is about. The words are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of the stages that raise them.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The code as programs read it.
            pub fn word(self) -> &'static str {
                match self { $(Code::$name => $word),+ }
            }

            /// The class of failure that it belongs to.
            pub fn class(self) -> Class {
                match self { $(Code::$name => Class::$class),+ }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),+).trim_ascii_start()),+ }
            }
        }
    };
}

codes! {
    /// The query is empty.
    EmptyQuery = "empty-query", Query;
    /// The query is longer than the limit.
    QueryTooLong = "query-too-long", Query;
    /// The query is nested deeper than the limit.
    TooDeep = "too-deep", Query;
    /// The query holds a control character.
    ControlCharacter = "control-character", Query;
    /// The query is not UTF-8.
    NotUnicode = "not-unicode", Query;
    /// A bracket has no partner.
    UnbalancedBracket = "unbalanced-bracket", Query;
    /// A quotation mark or a regular expression is not closed.
    UnclosedQuote = "unclosed-quote", Query;
    /// The words do not form a query.
    Syntax = "syntax", Query;
    /// A part of the language that does not exist yet.
    NotSupported = "not-supported", Query;
    /// A word names nothing in the graph.
    UnknownName = "unknown-name", Query;
    /// A word names more than one thing.
    AmbiguousName = "ambiguous-name", Query;
    /// A word names no kind.
    UnknownKind = "unknown-kind", Query;
    /// A word names no relation.
    UnknownRelation = "unknown-relation", Query;
    /// A word names no field.
    UnknownField = "unknown-field", Query;
    /// A value that the field does not have.
    UnknownValue = "unknown-value", Query;
    /// An entity whose kinds can never take the relation.
    ImpossibleRelation = "impossible-relation", Query;
    /// A value or an operator that does not fit the field.
    TypeMismatch = "type-mismatch", Query;
    /// A bare number against a percentage, a ratio or a duration.
    MissingUnit = "missing-unit", Query;
    /// A regular expression that does not compile.
    BadPattern = "bad-pattern", Query;
    /// A count, limit or row number that is out of range.
    OutOfRange = "out-of-range", Query;
    /// There is no last answer, or it has no such row.
    NoLastAnswer = "no-last-answer", Query;
    /// A name that `let` cannot give.
    ReservedName = "reserved-name", Query;
    /// The sentence does not alternate terms and relations.
    BadSentence = "bad-sentence", Query;
    /// A clause that would change the graph: the language only reads.
    ReadOnly = "read-only", Query;
    /// A variable that no clause binds, or that is no longer in scope.
    UndefinedVariable = "undefined-variable", Query;
    /// A variable that is bound already.
    VariableBound = "variable-bound", Query;
    /// A variable that is a node here and a relationship, a path or a value there.
    VariableConflict = "variable-conflict", Query;
    /// An aggregate where none can stand, or beside what it does not determine.
    BadAggregate = "bad-aggregate", Query;
    /// A clause where it cannot stand.
    BadClause = "bad-clause", Query;
    /// Columns without a name, with the same name, or that differ between the parts of a union.
    BadColumns = "bad-columns", Query;
    /// A pattern that cannot be: a relationship without the type or the direction that the place demands.
    BadGraphPattern = "bad-graph-pattern", Query;
    /// A number that the language cannot write or hold.
    BadNumber = "bad-number", Query;
    /// An expression where only a constant can stand.
    NotConstant = "not-constant", Query;
    /// A function that does not exist.
    UnknownFunction = "unknown-function", Query;
    /// A function or a procedure with too few, too many or impossible arguments.
    BadArguments = "bad-arguments", Query;
    /// A procedure that does not exist.
    UnknownProcedure = "unknown-procedure", Query;
    /// A parameter that was not given.
    MissingParameter = "missing-parameter", Query;
    /// As it ran: a value of a type that the operation does not take.
    WrongType = "wrong-type", Query;
    /// As it ran: an argument out of range.
    WrongArgument = "wrong-argument", Query;
    /// As it ran: an integer that no longer fits, or a division by zero.
    Arithmetic = "arithmetic", Query;
    /// The query failed as it ran.
    Runtime = "runtime", Query;
    /// An option of the command line is wrong.
    BadOption = "bad-option", Options;
    /// A command of the prompt that does not exist, or was given the wrong words.
    BadCommand = "bad-command", Query;
    /// A file or folder cannot be read.
    Unreadable = "unreadable", Data;
    /// A file cannot be written.
    Unwritable = "unwritable", Data;
    /// A file is not well-formed.
    Malformed = "malformed", Data;
    /// A key that the format does not have.
    UnknownKey = "unknown-key", Data;
    /// A key that the format demands is absent.
    MissingKey = "missing-key", Data;
    /// An id, name or synonym that is given twice.
    Duplicate = "duplicate", Data;
    /// An id that nothing in the graph has.
    UnknownReference = "unknown-reference", Data;
    /// A relation between kinds that the schema does not allow.
    ForbiddenRelation = "forbidden-relation", Data;
    /// A value of the wrong type.
    BadValue = "bad-value", Data;
    /// An entity that is, by a chain of `is_a`, one of itself.
    IsACycle = "is-a-cycle", Data;
    /// A sentence that the source does not have.
    NoSuchSentence = "no-such-sentence", Data;
    /// A sentence of a source that no statement cites.
    UncitedSentence = "uncited-sentence", Data;
    /// A sentence that is not the one that was read.
    FingerprintMismatch = "fingerprint-mismatch", Data;
    /// The time that the query was given is over.
    Timeout = "timeout", Limit;
    /// The query makes more rows than it was given.
    TooManyRows = "too-many-rows", Limit;
    /// The query needs more memory than it was given.
    TooMuchMemory = "too-much-memory", Limit;
    /// The user interrupted the query.
    Interrupted = "interrupted", Interrupted;
}

impl std::fmt::Display for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.word())
    }
}
