//! Forms: every way to ask, with an example and what it answers: the table behind help and the language reference.

/// A form of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it is called.
    pub name: &'static str,
    /// Other words that people look it up by.
    pub aliases: &'static [&'static str],
    /// How it is built; capital letters stand for what is put in.
    pub pattern: &'static str,
    /// Queries of this form on the graph that the program carries.
    pub examples: &'static [&'static str],
    /// What it answers.
    pub answer: &'static str,
    /// Whether this version answers it.
    pub answered: bool,
}

const fn form(
    name: &'static str,
    aliases: &'static [&'static str],
    pattern: &'static str,
    examples: &'static [&'static str],
    answer: &'static str,
) -> Form {
    Form { name, aliases, pattern, examples, answer, answered: true }
}

/// Every form, in the order of the reference: ways to ask, then what can be added to them.
pub const FORMS: &[Form] = &[
    form(
        "relation noun",
        &["noun", "nouns"],
        "NOUN",
        &["causes", "symptoms"],
        "every relation that the noun stands for, a row each, with its qualifiers and who says so",
    ),
    form(
        "relation noun of",
        &["noun of"],
        "NOUN of NAME",
        &["causes of OMS", "effects of neuroblastoma"],
        "those whose other end is the entity, or is one of it; `exactly NAME` leaves out what is only one of it",
    ),
    form(
        "nested of",
        &["nesting"],
        "NOUN of NOUN of NAME",
        &["treatments of effects of \"viral infection\""],
        "the entities that the inner noun finds are what the outer one is asked of; the evidence of both steps",
    ),
    form(
        "kind",
        &["kinds of entity"],
        "KIND, kind KIND",
        &["populations", "kind trigger"],
        "every entity of the kind; where the word is a relation noun too, that wins, and `kind` says that the kind is meant",
    ),
    form("entity", &["name", "entities"], "NAME", &["neuroblastoma", "young child"], "all that is known of it, in both directions"),
    form(
        "sentence",
        &["sentences", "chain", "verb", "verbs"],
        "TERM VERB TERM ...",
        &["what causes OMS", "neuroblastoma causes what", "what does IVIg treat", "neuroblastoma -causes-> what has_symptom vomiting"],
        "a chain of terms and relations, a column for each term; a term is a name, a kind or `what`",
    ),
    form(
        "set",
        &["sets", "but not"],
        "QUERY and QUERY, QUERY or QUERY, QUERY but not QUERY",
        &["causes but not causes where population = adult", "(causes where population = older child) and (causes where population = teen)"],
        "the entities of both, of either, or of the left one alone; `and` binds tighter than `or`, parentheses say otherwise",
    ),
    form(
        "path",
        &["paths"],
        "path from NAME to NAME, paths from NAME to NAME within N via RELATION, ...",
        &["path from lung cancer to opsoclonus", "paths from viral infection to vomiting within 2 via causes, has_symptom"],
        "one shortest way; `paths` gives all shortest ones, or every way of at most N relations",
    ),
    form(
        "around",
        &["neighbourhood", "neighborhood"],
        "around NAME within N",
        &["around rituximab within 2"],
        "the entities at most N relations away, with their distance",
    ),
    form(
        "find",
        &["search"],
        "find \"TEXT\"",
        &["find \"tremor\""],
        "entities whose name, synonym or definition is like the text, the best first; slips of the keys are forgiven",
    ),
    form(
        "compare",
        &["comparison"],
        "compare QUERY across FIELD",
        &["compare causes across population", "compare treatments across severity", "compare symptoms of OMS across source"],
        "side by side, a column for each value: reported, reported absent, contested or not reported, with figures",
    ),
    form(
        "count",
        &["counting"],
        "count QUERY by FIELD",
        &["count causes by population", "count symptoms"],
        "how many entities there are, for each value of the field; one that has several values counts for each",
    ),
    Form {
        name: "similar",
        aliases: &["similarity"],
        pattern: "similar to NAME by NOUN",
        examples: &["similar to OMS by symptoms"],
        answer: "a later version ranks here what shares the most with the entity; until then, `NOUN of A and NOUN of B` shows what is shared",
        answered: false,
    },
    form(
        "why",
        &["evidence", "claims"],
        "why SENTENCE, why N",
        &["why rituximab treats OMS"],
        "the statements and claims behind a sentence, or behind row N of the last answer",
    ),
    form(
        "condition",
        &["conditions", "where condition"],
        "QUERY where FIELD = VALUE",
        &[
            "causes where population = adult",
            "causes where frequency >= 50%",
            "causes where population in (teen, adult)",
            "symptoms where symptom contains \"loss\"",
            "causes where has frequency and not population = adult",
        ],
        "the rows for which the condition is true; fields are the columns, the qualifiers, the evidence and what entities have",
    ),
    form(
        "possibly",
        &["unknown", "certainty"],
        "QUERY where possibly CONDITION",
        &["causes where possibly frequency > 60%"],
        "also the rows for which it is unknown whether the condition holds, marked as possible",
    ),
    form(
        "tail",
        &["tails", "sorting"],
        "QUERY sort by FIELD desc limit N show FIELD, ...",
        &["causes of OMS sort by frequency desc limit 2 show cause, frequency"],
        "the order of the rows, how many there are at most, and which columns are shown",
    ),
    form(
        "let",
        &["naming"],
        "let NAME = QUERY",
        &["let adult_causes = causes where population = adult"],
        "the answer, which has a name from then on; `it` is the last answer without one",
    ),
    form(
        "describe",
        &["description", "distribution"],
        "describe WORD, describe kind|relation|field|entity WORD",
        &["describe trigger", "describe field population", "describe causes", "describe OMS"],
        "what a kind, a relation, a field or an entity is, how much of it there is, which values occur how often, and what to ask next",
    ),
    form(
        "suggest",
        &["suggestions"],
        "suggest",
        &["suggest"],
        "three questions that could be asked next and have rows; at the prompt, typing its number asks one",
    ),
    form(
        "explain",
        &["algebra"],
        "explain QUERY",
        &["explain causes where population = adult"],
        "how the query is understood, instead of its answer",
    ),
    form(
        "pattern",
        &["patterns", "cypher", "opencypher"],
        "MATCH (NODE)-[RELATIONSHIP]->(NODE) WHERE CONDITION RETURN ITEM, ...;",
        &[
            "MATCH (t:Treatment)-[:TREATS]->(d {id: 'oms'}) RETURN t, d",
            "MATCH (t)-[c:CAUSES]->(d) WHERE c.frequency >= quantity('50%') RETURN t, d, c.frequency",
        ],
        "whatever phrases cannot ask, in openCypher that reads; at the prompt a pattern ends with `;`, so it may take several lines",
    ),
];
