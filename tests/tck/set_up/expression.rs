//! Expression: reads the expressions of set-ups.

use crate::token::Token;
use crate::value::Value;

use super::reader::Reader;
use super::tree::{Expression, Operator};

/// The operators, the loosest binding first.
const LEVELS: [&[(&str, Operator)]; 7] = [
    &[("OR", Operator::Or)],
    &[("XOR", Operator::Xor)],
    &[("AND", Operator::And)],
    &[
        ("=", Operator::Equal),
        ("<>", Operator::NotEqual),
        ("<", Operator::Less),
        ("<=", Operator::LessOrEqual),
        (">", Operator::Greater),
        (">=", Operator::GreaterOrEqual),
        ("IN", Operator::In),
    ],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[("*", Operator::Multiply), ("/", Operator::Divide), ("%", Operator::Remainder)],
    &[("^", Operator::Power)],
];

/// The level whose operands `NOT` stands before.
const LEVEL_OF_NOT: usize = 3;

impl Reader {
    pub(super) fn expression(&mut self) -> Result<Expression, String> {
        self.level(0)
    }

    fn level(&mut self, level: usize) -> Result<Expression, String> {
        if level == LEVEL_OF_NOT && self.takes_word("NOT") {
            return self.level(level).map(|operand| Expression::Not(Box::new(operand)));
        }
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;
        while let Some((_, operator)) = operators.iter().find(|(written, _)| self.is_sign(0, written) || self.is_word(0, written)) {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = Expression::Binary(*operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expression, String> {
        if self.takes("-") {
            return self.unary().map(|operand| Expression::Negative(Box::new(operand)));
        }
        let _ = self.takes("+");
        let operand = self.postfix()?;
        if self.takes_words(&["IS", "NULL"]) {
            return Ok(Expression::IsNull(Box::new(operand), true));
        }
        if self.takes_words(&["IS", "NOT", "NULL"]) {
            return Ok(Expression::IsNull(Box::new(operand), false));
        }
        Ok(operand)
    }

    /// An atom with the properties, places and labels that are asked of it.
    pub(super) fn postfix(&mut self) -> Result<Expression, String> {
        let mut expression = self.atom()?;
        loop {
            if self.takes(".") {
                expression = Expression::Property(Box::new(expression), self.name()?);
            } else if self.takes("[") {
                let place = self.expression()?;
                self.expect("]")?;
                expression = Expression::Index(Box::new(expression), Box::new(place));
            } else if self.is_sign(0, ":") && matches!(expression, Expression::Variable(_)) {
                expression = Expression::HasLabels(Box::new(expression), self.labels()?);
            } else {
                return Ok(expression);
            }
        }
    }

    fn atom(&mut self) -> Result<Expression, String> {
        if self.is_sign(0, "{") {
            return self.map();
        }
        if self.takes("[") {
            return self.list();
        }
        if self.takes("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.takes_word("CASE") {
            return self.case();
        }
        let Some(token) = self.tokens.get(self.at).cloned() else { return self.fault("an expression") };
        self.at += 1;
        let value = match token {
            Token::Integer(number) => Value::Integer(number),
            Token::Float(number) => Value::Float(number),
            Token::Text(text) => Value::Text(text),
            Token::Quoted(name) => return Ok(Expression::Variable(name)),
            Token::Word(word) => match word.to_ascii_lowercase().as_str() {
                "true" => Value::Boolean(true),
                "false" => Value::Boolean(false),
                "null" => Value::Null,
                _ if self.is_sign(0, "(") => return self.call(&word),
                _ => return Ok(Expression::Variable(word)),
            },
            _ => {
                self.at -= 1;
                return self.fault("an expression");
            }
        };
        Ok(Expression::Literal(value))
    }

    fn call(&mut self, name: &str) -> Result<Expression, String> {
        self.expect("(")?;
        if self.takes(")") {
            return Ok(Expression::Call(name.to_ascii_lowercase(), Vec::new()));
        }
        if self.takes("*") {
            self.expect(")")?;
            return Ok(Expression::Call(name.to_ascii_lowercase(), vec![Expression::Literal(Value::Boolean(true))]));
        }
        let arguments = self.several(Reader::expression)?;
        self.expect(")")?;
        Ok(Expression::Call(name.to_ascii_lowercase(), arguments))
    }

    pub(super) fn map(&mut self) -> Result<Expression, String> {
        self.expect("{")?;
        if self.takes("}") {
            return Ok(Expression::Map(Vec::new()));
        }
        let entries = self.several(|reader| {
            let name = reader.name()?;
            reader.expect(":")?;
            Ok((name, reader.expression()?))
        })?;
        self.expect("}")?;
        Ok(Expression::Map(entries))
    }

    /// A list or a comprehension behind its bracket.
    fn list(&mut self) -> Result<Expression, String> {
        if self.takes("]") {
            return Ok(Expression::List(Vec::new()));
        }
        if matches!(self.tokens.get(self.at), Some(Token::Word(_))) && self.is_word(1, "IN") {
            let variable = self.name()?;
            self.at += 1;
            let list = Box::new(self.expression()?);
            let condition = if self.takes_word("WHERE") { Some(Box::new(self.expression()?)) } else { None };
            let result = if self.takes("|") { Some(Box::new(self.expression()?)) } else { None };
            self.expect("]")?;
            return Ok(Expression::Comprehension { variable, list, condition, result });
        }
        let members = self.several(Reader::expression)?;
        self.expect("]")?;
        Ok(Expression::List(members))
    }

    fn case(&mut self) -> Result<Expression, String> {
        let subject = if self.is_word(0, "WHEN") { None } else { Some(Box::new(self.expression()?)) };
        let mut branches = Vec::new();
        while self.takes_word("WHEN") {
            let condition = self.expression()?;
            if !self.takes_word("THEN") {
                return self.fault("THEN");
            }
            branches.push((condition, self.expression()?));
        }
        let otherwise = if self.takes_word("ELSE") { Some(Box::new(self.expression()?)) } else { None };
        if self.takes_word("END") { Ok(Expression::Case { subject, branches, otherwise }) } else { self.fault("END") }
    }
}
