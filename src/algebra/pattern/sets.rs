//! Sets: joins, unions and the answers named before, as clauses.

use super::super::{JoinMode, Member, Operator, VariableId};
use super::Writer;
use super::knowledge::differ_in;
use super::names::identifier;
use super::operators::renamed;
use super::part::{Part, Reference, Sort, Support, block};
use super::projection::listed;

/// The clauses of a subquery, but for its `RETURN`.
struct Draft {
    part: Part,
    /// Whether rows that agree become one.
    merging: bool,
    /// What can be returned.
    keys: Vec<VariableId>,
}

impl Writer<'_> {
    /// The members of an earlier answer. What they rested on there, and whether they were certain, goes with them.
    pub(super) fn given(&mut self, mut part: Part, entity: VariableId, members: &[Member]) -> Part {
        let bound = part.scope.get(&entity).map(|bound| bound.text.clone());
        if members.iter().all(|member| member.certain && member.support.is_empty()) {
            let id = self.fresh("id");
            let ids: Vec<String> = members.iter().map(|member| self.entity(member.entity)).collect();
            part.clause(format!("UNWIND [{}] AS {id}", ids.join(", ")));
            let name = bound.unwrap_or_else(|| self.bind(&mut part, entity, Sort::Node));
            part.matching(|_| false).add_node(entity, &name);
            part.decorate(entity, &format!(" {{id: {id}}}"));
            return part;
        }
        let member = |member: &Member| {
            let positions: Vec<String> = member.support.iter().map(|id| id.0.to_string()).collect();
            let possible = if member.certain { "" } else { ", certain: false" };
            format!("{{id: {}, support: [{}]{possible}}}", self.entity(member.entity), positions.join(", "))
        };
        let members: Vec<String> = members.iter().map(member).collect();
        let support = self.fresh("support");
        let (name, met) = match bound {
            Some(bound) => {
                let name = self.fresh("member");
                let met = format!("{name} = {bound}");
                (name, Some(met))
            }
            None => (self.bind(&mut part, entity, Sort::Node), None),
        };
        let (entity, yielded) = (renamed("entity", &name), renamed("support", &support));
        part.filterable(format!("CALL graph.members([{}]) YIELD {entity}, {yielded}", members.join(", ")));
        met.into_iter().for_each(|condition| part.condition(condition));
        part.support.push(Support::List(support));
        part
    }

    pub(super) fn join(&mut self, left: &Operator, right: &Operator, on: &[VariableId], mode: JoinMode) -> Part {
        let part = self.part(left);
        match (mode, right) {
            (JoinMode::Inner, Operator::Given { entity, members, .. }) => self.given(part, *entity, members),
            (JoinMode::Inner | JoinMode::Optional, right) => self.partners(part, right, on, mode),
            (JoinMode::Semi | JoinMode::Without, right) => self.existence(part, right, on, mode),
        }
    }

    /// Rows with their partners: those come from a subquery that sees nothing of the rows.
    fn partners(&mut self, mut part: Part, right: &Operator, on: &[VariableId], mode: JoinMode) -> Part {
        let mut draft = self.draft(right);
        let optional = mode == JoinMode::Optional;
        let (mut returned, mut met) = (Vec::new(), Vec::new());
        for key in draft.keys.clone() {
            let inner = self.reference(&draft.part.scope, key);
            if !on.contains(&key) {
                let name = identifier(self.query.name(key));
                part.bind(key, name.clone(), inner.sort);
                returned.push((inner.text, name));
                continue;
            }
            let outer = self.reference(&part.scope, key).text;
            let name = self.fresh(self.query.name(key));
            met.push(format!("{name} = {outer}"));
            if optional {
                draft.part.condition(format!("{} = {outer}", inner.text));
            }
            returned.push((inner.text, name));
        }
        let support = (!draft.part.support.is_empty()).then(|| self.fresh("support"));
        let cited = (!draft.part.cited.is_empty()).then(|| self.fresh("cited"));
        let body = returning(&draft, &returned, support.as_deref(), cited.as_deref());
        if optional {
            let outer: Vec<String> = on.iter().map(|key| self.reference(&part.scope, *key).text).collect();
            part.clause(block("OPTIONAL CALL", &format!("WITH {}\n{body}", outer.join(", "))));
        } else {
            part.clause(block("CALL", &body));
            met.into_iter().for_each(|condition| part.condition(condition));
        }
        part.support.extend(support.map(Support::List));
        part.cited.extend(cited);
        part
    }

    /// Rows for which there is a partner, or none.
    fn existence(&mut self, mut part: Part, right: &Operator, on: &[VariableId], mode: JoinMode) -> Part {
        // Whether there is a partner does not depend on how many rows it has.
        let mut right = right;
        while let Operator::Distinct { input, .. } = right {
            right = input;
        }
        let mut partner = self.part(right);
        for key in on {
            let (inner, outer) = (self.reference(&partner.scope, *key).text, self.reference(&part.scope, *key).text);
            if inner != outer {
                partner.condition(format!("{inner} = {outer}"));
            }
        }
        let exists = block("EXISTS", &partner.text());
        part.condition(if mode == JoinMode::Without { format!("NOT {exists}") } else { exists });
        part
    }

    /// All rows of several inputs.
    pub(super) fn union(&mut self, inputs: &[&Operator]) -> Part {
        let drafts: Vec<Draft> = inputs.iter().map(|input| self.draft(input)).collect();
        let Some(first) = drafts.first() else { return Part::default() };
        let shared = |key: &VariableId| drafts.iter().all(|draft| draft.keys.contains(key));
        let keys: Vec<VariableId> = first.keys.iter().copied().filter(shared).collect();
        let plain = |draft: &Draft| {
            let known = |support: &Support| matches!(support, Support::Relation(relation, _) if keys.contains(relation));
            !draft.merging && draft.part.cited.is_empty() && draft.part.support.iter().all(known)
        };
        let as_they_are = drafts.iter().all(|draft| plain(draft) && draft.part.support == first.part.support);
        let any = |has: fn(&Part) -> bool| !as_they_are && drafts.iter().any(|draft| has(&draft.part));
        let support = any(|part| !part.support.is_empty()).then(|| self.fresh("support"));
        let cited = any(|part| !part.cited.is_empty()).then(|| self.fresh("cited"));
        let mut whole = Part::default();
        let mut branches = Vec::new();
        for draft in &drafts {
            let returned: Vec<(String, String)> =
                keys.iter().map(|key| (self.reference(&draft.part.scope, *key).text, identifier(self.query.name(*key)))).collect();
            branches.push(returning(draft, &returned, support.as_deref(), cited.as_deref()));
        }
        for key in &keys {
            let sort = self.reference(&first.part.scope, *key).sort;
            whole.scope.insert(*key, Reference { text: identifier(self.query.name(*key)), sort });
        }
        if as_they_are {
            whole.support.clone_from(&first.part.support);
        }
        whole.support.extend(support.map(Support::List));
        whole.cited.extend(cited);
        whole.clause(block("CALL", &branches.join("\nUNION ALL\n")));
        whole
    }

    fn draft(&mut self, operator: &Operator) -> Draft {
        match operator {
            Operator::Distinct { input, keys } => {
                let merging = !differ_in(input, keys);
                Draft { part: self.distinct_input(input, keys), merging, keys: keys.clone() }
            }
            other => {
                let part = self.part(other);
                let keys = part.scope.keys().copied().collect();
                Draft { part, merging: false, keys }
            }
        }
    }

    /// The input of a `Distinct`. Unions within unions that end in the same rows are one union.
    pub(super) fn distinct_input(&mut self, input: &Operator, keys: &[VariableId]) -> Part {
        match input {
            Operator::Union { inputs } => {
                let mut flat = Vec::new();
                flatten(inputs, keys, &mut flat);
                self.union(&flat)
            }
            other => self.part(other),
        }
    }
}

fn flatten<'q>(inputs: &'q [Operator], keys: &[VariableId], flat: &mut Vec<&'q Operator>) {
    for input in inputs {
        match input {
            Operator::Distinct { input: inner, keys: known } if known == keys => match inner.as_ref() {
                Operator::Union { inputs } => flatten(inputs, keys, flat),
                _ => flat.push(input),
            },
            other => flat.push(other),
        }
    }
}

/// The text of a subquery with its `RETURN`.
fn returning(draft: &Draft, returned: &[(String, String)], support: Option<&str>, cited: Option<&str>) -> String {
    let mut items: Vec<String> = returned.iter().map(|(text, name)| renamed(text, name)).collect();
    let lists = listed(&draft.part, draft.merging);
    for (name, list) in [(support, lists.support), (cited, lists.cited)] {
        if let Some(name) = name {
            items.push(renamed(&list.unwrap_or_else(|| "[]".to_owned()), name));
        }
    }
    let distinct = draft.merging && draft.part.support.is_empty() && draft.part.cited.is_empty();
    let keyword = if distinct { "RETURN DISTINCT" } else { "RETURN" };
    format!("{}\n{keyword} {}", draft.part.text(), items.join(", "))
}
