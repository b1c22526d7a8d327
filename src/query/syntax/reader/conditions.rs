//! Conditions: what stands behind `where`.

use pest::iterators::Pair;

use super::super::grammar::Rule;
use super::super::limits::{DEEPEST_NESTING, too_deep};
use super::super::tree::{Condition, Spanned, Test, TestKind, TestOperator};
use super::{Reader, part, parts, place};

impl Reader {
    /// The condition of a clause that a pair may have; the outer `None` stands behind a fault.
    pub(super) fn optional_condition(&mut self, pair: &Pair<'_, Rule>) -> Option<Option<Condition>> {
        let Some(clause) = part(pair, Rule::where_clause) else { return Some(None) };
        let condition = part(&clause, Rule::condition)?;
        self.condition(&condition, 0).map(Some)
    }

    /// A condition; `prefixes` counts the `not` and `possibly` around it.
    ///
    /// Parentheses come back here. Loops instead of iterators keep the stack of that small.
    fn condition(&mut self, pair: &Pair<'_, Rule>, prefixes: usize) -> Option<Condition> {
        let mut members = Vec::new();
        for member in parts(pair, Rule::condition_all) {
            members.push(self.conjunct(&member, prefixes)?);
        }
        if members.len() == 1 { members.pop() } else { Some(Condition::Or(members)) }
    }

    fn conjunct(&mut self, pair: &Pair<'_, Rule>, prefixes: usize) -> Option<Condition> {
        let mut members = Vec::new();
        for member in parts(pair, Rule::condition_one) {
            members.push(self.prefixed(&member, prefixes)?);
        }
        if members.len() == 1 { members.pop() } else { Some(Condition::And(members)) }
    }

    fn prefixed(&mut self, pair: &Pair<'_, Rule>, outer: usize) -> Option<Condition> {
        let signs = prefixes(pair);
        let core = match part(pair, Rule::condition_bracket) {
            _ if outer + signs.len() > DEEPEST_NESTING => return self.too_many_prefixes(pair, outer),
            Some(bracket) => self.condition(&part(&bracket, Rule::condition)?, outer + signs.len())?,
            None => Condition::Test(self.test(&part(pair, Rule::test)?)?),
        };
        Some(signs.into_iter().rev().fold(core, wrapped))
    }

    fn too_many_prefixes(&mut self, pair: &Pair<'_, Rule>, outer: usize) -> Option<Condition> {
        let excess = pair.clone().into_inner().nth(DEEPEST_NESTING.saturating_sub(outer));
        self.fault(too_deep(excess.map_or(place(pair), |sign| place(&sign))));
        None
    }

    fn test(&mut self, pair: &Pair<'_, Rule>) -> Option<Test> {
        Some(Test { kind: self.test_kind(pair)?, span: place(pair) })
    }

    fn test_kind(&mut self, pair: &Pair<'_, Rule>) -> Option<TestKind> {
        let first = pair.clone().into_inner().next()?;
        match first.as_rule() {
            Rule::denied_test => return Some(TestKind::Denied),
            Rule::has_test => return Some(TestKind::Has(self.field(&part(&first, Rule::field)?)?)),
            _ => {}
        }
        let field = self.field(&first)?;
        let asked = pair.clone().into_inner().nth(1)?;
        let values = || parts(&asked, Rule::literal);
        match asked.as_rule() {
            Rule::member => Some(TestKind::In(field, values().map(|value| self.literal(&value)).collect::<Option<_>>()?)),
            Rule::ranged => Some(TestKind::Between(field, self.literal(&values().next()?)?, self.literal(&values().nth(1)?)?)),
            Rule::containing => Some(TestKind::Contains(field, self.literal(&values().next()?)?)),
            Rule::matching => Some(TestKind::Matches(field, regular_expression(&part(&asked, Rule::regular_expression)?)?)),
            _ => {
                let operator = operator(asked.clone().into_inner().next()?.as_rule())?;
                Some(TestKind::Compare(field, operator, self.literal(&values().next()?)?))
            }
        }
    }
}

/// The `not` and `possibly` in front of a condition, outermost first.
fn prefixes(pair: &Pair<'_, Rule>) -> Vec<Rule> {
    let is_prefix = |rule: &Rule| matches!(rule, Rule::keyword_not | Rule::keyword_possibly);
    pair.clone().into_inner().map(|part| part.as_rule()).filter(is_prefix).collect()
}

fn wrapped(condition: Condition, prefix: Rule) -> Condition {
    match prefix {
        Rule::keyword_not => Condition::Not(Box::new(condition)),
        _ => Condition::Possibly(Box::new(condition)),
    }
}

fn operator(rule: Rule) -> Option<TestOperator> {
    match rule {
        Rule::equal => Some(TestOperator::Equal),
        Rule::identical => Some(TestOperator::Identical),
        Rule::not_equal => Some(TestOperator::NotEqual),
        Rule::less => Some(TestOperator::Less),
        Rule::less_or_equal => Some(TestOperator::LessOrEqual),
        Rule::greater => Some(TestOperator::Greater),
        Rule::greater_or_equal => Some(TestOperator::GreaterOrEqual),
        _ => None,
    }
}

/// What stands between the slashes; an escaped slash is a slash.
fn regular_expression(pair: &Pair<'_, Rule>) -> Option<Spanned<String>> {
    let inner = pair.as_str().strip_prefix('/')?.strip_suffix('/')?;
    let start = pair.as_span().start() + 1;
    let mut value = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match (character, characters.as_str().starts_with('/')) {
            ('\\', true) => {}
            ('\\', false) => {
                value.push(character);
                value.extend(characters.next());
            }
            _ => value.push(character),
        }
    }
    Some(Spanned { value, span: start..start + inner.len() })
}
