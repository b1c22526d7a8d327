//! Reader: from the text of a set-up to its clauses.

use crate::token::{Token, tokens};

use super::tree::{Change, Clause, Expression, NodePattern, Pattern, RelationshipPattern};

/// The clauses of a set-up; several statements are read as one.
///
/// # Errors
/// The first thing that is not understood.
pub fn read(text: &str) -> Result<Vec<Clause>, String> {
    let mut reader = Reader { tokens: tokens(text), at: 0 };
    let mut clauses = Vec::new();
    while reader.at < reader.tokens.len() {
        if !reader.takes(";") {
            clauses.push(reader.clause()?);
        }
    }
    Ok(clauses)
}

pub(super) struct Reader {
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
}

impl Reader {
    pub(super) fn fault<T>(&self, expected: &str) -> Result<T, String> {
        Err(format!("set-up: expected {expected}, found {:?} (piece {})", self.tokens.get(self.at), self.at))
    }

    pub(super) fn is_sign(&self, offset: usize, wanted: &str) -> bool {
        matches!(self.tokens.get(self.at + offset), Some(Token::Sign(sign)) if sign == wanted)
    }

    pub(super) fn is_word(&self, offset: usize, wanted: &str) -> bool {
        matches!(self.tokens.get(self.at + offset), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted))
    }

    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let found = self.is_sign(0, sign);
        self.at += usize::from(found);
        found
    }

    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let found = self.is_word(0, word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn takes_words(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(offset, word)| self.is_word(offset, word));
        if found {
            self.at += words.len();
        }
        found
    }

    pub(super) fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.takes(sign) { Ok(()) } else { self.fault(&format!("`{sign}`")) }
    }

    fn expect_word(&mut self, word: &str) -> Result<(), String> {
        if self.takes_word(word) { Ok(()) } else { self.fault(word) }
    }

    pub(super) fn name(&mut self) -> Result<String, String> {
        match self.tokens.get(self.at) {
            Some(Token::Word(name) | Token::Quoted(name)) => {
                self.at += 1;
                Ok(name.clone())
            }
            _ => self.fault("a name"),
        }
    }

    /// What a function reads, once or several times with commas between.
    pub(super) fn several<T>(&mut self, mut one: impl FnMut(&mut Reader) -> Result<T, String>) -> Result<Vec<T>, String> {
        let mut all = vec![one(self)?];
        while self.takes(",") {
            all.push(one(self)?);
        }
        Ok(all)
    }

    fn clause(&mut self) -> Result<Clause, String> {
        if self.takes_word("CREATE") {
            return self.several(Reader::pattern).map(Clause::Create);
        }
        if self.takes_word("MERGE") {
            return self.merge();
        }
        let optional = self.takes_word("OPTIONAL");
        if self.takes_word("MATCH") {
            let patterns = self.several(Reader::pattern)?;
            return Ok(Clause::Match { patterns, condition: self.condition()?, optional });
        }
        if self.takes_word("UNWIND") {
            let list = self.expression()?;
            self.expect_word("AS")?;
            return Ok(Clause::Unwind(list, self.name()?));
        }
        if self.takes_word("WITH") {
            return self.with();
        }
        if self.takes_word("RETURN") {
            self.with()?;
            return Ok(Clause::Return);
        }
        if self.takes_word("SET") {
            return self.several(Reader::change).map(Clause::Set);
        }
        if self.takes_word("REMOVE") {
            return self.several(Reader::removal).map(Clause::Remove);
        }
        let detaches = self.takes_word("DETACH");
        if self.takes_word("DELETE") || detaches {
            return self.several(Reader::expression).map(Clause::Delete);
        }
        if self.takes_word("FOREACH") {
            return self.foreach();
        }
        self.fault("a clause")
    }

    fn merge(&mut self) -> Result<Clause, String> {
        let pattern = self.pattern()?;
        let (mut on_create, mut on_match) = (Vec::new(), Vec::new());
        loop {
            if self.takes_words(&["ON", "CREATE", "SET"]) {
                on_create.extend(self.several(Reader::change)?);
            } else if self.takes_words(&["ON", "MATCH", "SET"]) {
                on_match.extend(self.several(Reader::change)?);
            } else {
                return Ok(Clause::Merge { pattern, on_create, on_match });
            }
        }
    }

    fn with(&mut self) -> Result<Clause, String> {
        let distinct = self.takes_word("DISTINCT");
        let everything = self.takes("*");
        let items = if !everything || self.takes(",") { self.several(Reader::item)? } else { Vec::new() };
        let order = if self.takes_words(&["ORDER", "BY"]) { self.several(Reader::order)? } else { Vec::new() };
        let skip = if self.takes_word("SKIP") { Some(self.expression()?) } else { None };
        let limit = if self.takes_word("LIMIT") { Some(self.expression()?) } else { None };
        Ok(Clause::With { everything, distinct, items, order, skip, limit, condition: self.condition()? })
    }

    /// An expression with the name that it gets; without an alias its own text, which only a variable's name can be asked by.
    fn item(&mut self) -> Result<(Expression, String), String> {
        let expression = self.expression()?;
        if self.takes_word("AS") {
            return Ok((expression, self.name()?));
        }
        let name = if let Expression::Variable(name) = &expression { name.clone() } else { format!("{expression:?}") };
        Ok((expression, name))
    }

    fn order(&mut self) -> Result<(Expression, bool), String> {
        let expression = self.expression()?;
        let descending = self.takes_word("DESC") || self.takes_word("DESCENDING");
        let _ = self.takes_word("ASC") || self.takes_word("ASCENDING");
        Ok((expression, descending))
    }

    fn condition(&mut self) -> Result<Option<Expression>, String> {
        if self.takes_word("WHERE") { self.expression().map(Some) } else { Ok(None) }
    }

    fn foreach(&mut self) -> Result<Clause, String> {
        self.expect("(")?;
        let variable = self.name()?;
        self.expect_word("IN")?;
        let list = self.expression()?;
        self.expect("|")?;
        let mut clauses = Vec::new();
        while !self.takes(")") {
            clauses.push(self.clause()?);
        }
        Ok(Clause::Foreach(variable, list, clauses))
    }

    fn change(&mut self) -> Result<Change, String> {
        if self.is_sign(1, ":") {
            let variable = self.name()?;
            return Ok(Change::Labels(variable, self.labels()?));
        }
        let target = self.postfix()?;
        if self.takes("+=") {
            return Ok(Change::MoreProperties(target, self.expression()?));
        }
        self.expect("=")?;
        let value = self.expression()?;
        Ok(match target {
            Expression::Property(holder, name) => Change::Property(*holder, name, value),
            whole => Change::AllProperties(whole, value),
        })
    }

    fn removal(&mut self) -> Result<Change, String> {
        if self.is_sign(1, ":") {
            let variable = self.name()?;
            return Ok(Change::Labels(variable, self.labels()?));
        }
        match self.postfix()? {
            Expression::Property(holder, name) => Ok(Change::Property(*holder, name, Expression::Literal(crate::value::Value::Null))),
            _ => self.fault("a property"),
        }
    }

    pub(super) fn labels(&mut self) -> Result<Vec<String>, String> {
        let mut labels = Vec::new();
        while self.takes(":") {
            labels.push(self.name()?);
        }
        Ok(labels)
    }

    fn pattern(&mut self) -> Result<Pattern, String> {
        if self.is_sign(1, "=") {
            self.at += 2;
        }
        let start = self.node()?;
        let mut steps = Vec::new();
        while self.is_sign(0, "-") || self.is_sign(0, "<") {
            steps.push((self.relationship()?, self.node()?));
        }
        Ok(Pattern { start, steps })
    }

    fn node(&mut self) -> Result<NodePattern, String> {
        self.expect("(")?;
        let variable = self.variable()?;
        let labels = self.labels()?;
        let properties = self.properties()?;
        self.expect(")")?;
        Ok(NodePattern { variable, labels, properties })
    }

    fn relationship(&mut self) -> Result<RelationshipPattern, String> {
        let left = self.takes("<");
        self.expect("-")?;
        let mut relationship = RelationshipPattern { left, ..RelationshipPattern::default() };
        if self.takes("[") {
            relationship.variable = self.variable()?;
            while self.takes(":") || self.takes("|") {
                relationship.types.push(self.name()?);
            }
            relationship.properties = self.properties()?;
            self.expect("]")?;
        }
        self.expect("-")?;
        relationship.right = self.takes(">");
        Ok(relationship)
    }

    fn variable(&mut self) -> Result<Option<String>, String> {
        let is_name = matches!(self.tokens.get(self.at), Some(Token::Word(_) | Token::Quoted(_)));
        if is_name { self.name().map(Some) } else { Ok(None) }
    }

    fn properties(&mut self) -> Result<Option<Expression>, String> {
        if self.is_sign(0, "{") { self.map().map(Some) } else { Ok(None) }
    }
}
