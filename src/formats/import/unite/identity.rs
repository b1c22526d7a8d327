//! Identity: which entities of several graphs are one, the surest first, and never two of one graph.

use crate::model::{canonical, fold};
use crate::store::{ABSENT, FastMap};

use super::GraphDraft;
use super::agreement::{Agreement, Kinds, Whose, agreement};
use super::identifiers::{self, Mention, collection, is_of_a_thing, is_telling, shared, slug, text};

/// Where the entities of each draft have gone.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The place of each entity, by draft.
    pub of_draft: Vec<Vec<u32>>,
    /// The first that has gone to each place: its draft and its number there.
    pub firsts: Vec<(u32, u32)>,
    /// The others that have gone to the same place, by draft.
    pub further: FastMap<u32, Vec<(u32, u32)>>,
}

/// Why entities are one, or are not although they share an identifier.
#[derive(Debug, Default)]
pub(super) struct Joins {
    /// How many entities became one with an earlier one, by [`Level`].
    pub joined: [usize; 3],
    /// The pairs that stay two.
    pub apart: Vec<Apart>,
}

/// What makes two entities one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// They have the same id.
    Id,
    /// The id of one stands among the identifiers of the other.
    Named,
    /// They have an identifier in common.
    Shared,
}

/// Two entities that share an identifier and stay two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Apart {
    pub cause: Cause,
    pub left: Mention,
    pub right: Mention,
}

/// Why two entities stay two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// Their id means something within its own graph alone, and their names differ.
    OtherName,
    /// More than one entity of a graph has the identifier.
    Several,
    /// One of them has several identifiers of that collection.
    Second,
    /// They are things of different kinds.
    Kinds,
    /// Two entities of one graph would become one.
    Together,
}

/// Two entities that may be one.
struct Link {
    level: Level,
    /// Whether it is an earlier id of the other, or the names differ.
    is_weak: (bool, bool),
    left: Mention,
    right: Mention,
}

/// Finds out which entities are one.
pub(super) fn found(drafts: &[GraphDraft]) -> (Places, Joins) {
    let kinds: Vec<Kinds> = drafts.iter().map(Kinds::of).collect();
    let mut union = Union::new(drafts);
    let mut joins = Joins::default();
    let mut links = Vec::new();
    for group in shared(drafts) {
        join_ids(drafts, &group, &mut union, &mut joins);
        let identifier = text(drafts, group[0]);
        if is_of_a_thing(&identifier) {
            link(drafts, &kinds, &group, &identifier, &mut links, &mut joins.apart);
        }
    }
    links.sort_by(|one, other| {
        let key = |link: &Link| (link.level, link.is_weak, link.left.place.max(link.right.place));
        let names = |link: &Link| {
            let (left, right) = (slug(drafts, link.left), slug(drafts, link.right));
            (text(drafts, link.left), left.min(right).to_owned(), left.max(right).to_owned())
        };
        key(one).cmp(&key(other)).then_with(|| names(one).cmp(&names(other)))
    });
    for Link { level, left, right, .. } in links {
        match union.join(left, right) {
            Outcome::Joined => joins.joined[level as usize] += 1,
            Outcome::Known => {}
            Outcome::Refused => joins.apart.push(Apart { cause: Cause::Together, left, right }),
        }
    }
    joins.apart.retain(|apart| union.root(apart.left) != union.root(apart.right));
    let mut seen = FastMap::default();
    joins.apart.retain(|apart| {
        let (left, right) = (union.root(apart.left), union.root(apart.right));
        apart.cause == Cause::Several || seen.insert(u64::from(left.min(right)) << 32 | u64::from(left.max(right)), ()).is_none()
    });
    (union.places(drafts), joins)
}

/// Joins the entities of a group that have its identifier as their id.
fn join_ids(drafts: &[GraphDraft], group: &[Mention], union: &mut Union, joins: &mut Joins) {
    let mut ids: Vec<Mention> = group.iter().copied().filter(|mention| mention.place == 0).collect();
    let is_single = ids.windows(2).all(|pair| pair[0].draft != pair[1].draft);
    if !is_single {
        // One graph writes the identifier in two ways: then only the same way is the same thing.
        ids.sort_by_key(|mention| (slug(drafts, *mention), mention.draft));
    }
    let runs = ids.chunk_by(|left, right| is_single || slug(drafts, *left) == slug(drafts, *right));
    for run in runs {
        let id = slug(drafts, run[0]);
        let names: Vec<String> = run.iter().map(|mention| fold(name(drafts, *mention))).collect();
        let said: Vec<&String> = names.iter().filter(|name| !name.is_empty()).collect();
        let is_one_name = said.windows(2).all(|pair| pair[0] == pair[1]);
        // A word that stands in no collection may mean different things in different graphs, and a node without an id does.
        let is_sure = collection(id).is_some();
        let is_nameless = id.starts_with("_:") || !is_one_name;
        for (at, mention) in run.iter().enumerate() {
            let meets = |earlier: usize| {
                is_sure || if names[at].is_empty() || names[earlier].is_empty() { !is_nameless } else { names[at] == names[earlier] }
            };
            match (0..at).find(|earlier| meets(*earlier)) {
                Some(earlier) => joins.joined[Level::Id as usize] += usize::from(union.join(run[earlier], *mention) == Outcome::Joined),
                None if at > 0 => joins.apart.push(Apart { cause: Cause::OtherName, left: run[0], right: *mention }),
                None => {}
            }
        }
    }
}

fn name(drafts: &[GraphDraft], mention: Mention) -> &str {
    drafts[mention.draft as usize].entities.names.get(mention.entity as usize)
}

/// Who has an identifier in a draft.
enum Owner {
    One(Mention),
    Several(Mention),
}

/// The links between the entities that have an identifier, one of each draft.
fn link(drafts: &[GraphDraft], kinds: &[Kinds], group: &[Mention], identifier: &str, links: &mut Vec<Link>, apart: &mut Vec<Apart>) {
    let owners: Vec<Owner> = group.chunk_by(|left, right| left.draft == right.draft).map(owner).collect();
    let single: Vec<Mention> =
        owners.iter().filter_map(|owner| if let Owner::One(mention) = owner { Some(*mention) } else { None }).collect();
    for (at, right) in single.iter().enumerate() {
        for left in &single[..at] {
            if left.place == 0 && right.place == 0 {
                continue;
            }
            match weighed(drafts, kinds, *left, *right, identifier) {
                Ok(Some(link)) => links.push(link),
                Ok(None) => {}
                Err(cause) => apart.push(Apart { cause, left: *left, right: *right }),
            }
        }
    }
    // One example tells of all that have it.
    let several = owners.iter().find_map(|owner| if let Owner::Several(mention) = owner { Some(*mention) } else { None });
    if let Some(right) = several
        && let Some(left) = group.iter().find(|mention| mention.draft != right.draft)
        && (left.place == 0 || is_telling(identifier))
    {
        apart.push(Apart { cause: Cause::Several, left: *left, right });
    }
}

/// Who has the identifier in a draft: the entity whose id it is, else the only one that names it.
fn owner(mentions: &[Mention]) -> Owner {
    let ids = mentions.iter().filter(|mention| mention.place == 0).count();
    let is_one = match ids {
        0 => mentions.iter().all(|mention| mention.entity == mentions[0].entity),
        ids => ids == 1,
    };
    let first = mentions.iter().min_by_key(|mention| (mention.place != 0, mention.entity, mention.place)).copied().unwrap_or(mentions[0]);
    if is_one { Owner::One(first) } else { Owner::Several(first) }
}

/// What an identifier says of two entities of which it is the id of one at most.
fn weighed(drafts: &[GraphDraft], kinds: &[Kinds], left: Mention, right: Mention, identifier: &str) -> Result<Option<Link>, Cause> {
    let level = if left.place == 0 || right.place == 0 { Level::Named } else { Level::Shared };
    if level == Level::Shared && !is_telling(identifier) {
        return Ok(None);
    }
    let mut is_earlier = false;
    for mention in [left, right].into_iter().filter(|mention| mention.place > 0) {
        // Other identifiers of the collection that the id stands in are earlier ids of the same thing.
        if collection(&canonical(slug(drafts, mention))) == collection(identifier) {
            is_earlier = true;
        } else if has_second(drafts, mention, identifier) {
            return Err(Cause::Second);
        }
    }
    let whose =
        |mention: Mention| Whose { draft: &drafts[mention.draft as usize], kinds: &kinds[mention.draft as usize], entity: mention.entity };
    match agreement(whose(left), whose(right)) {
        Agreement::Disagree => return Err(Cause::Kinds),
        Agreement::Unknown if level == Level::Shared => return Err(Cause::Kinds),
        _ => {}
    }
    let is_called_else = fold(name(drafts, left)) != fold(name(drafts, right));
    Ok(Some(Link { level, is_weak: (is_earlier, is_called_else), left, right }))
}

/// Whether an entity names another identifier of the same collection.
fn has_second(drafts: &[GraphDraft], mention: Mention, identifier: &str) -> bool {
    let wanted = collection(identifier);
    identifiers::xrefs(&drafts[mention.draft as usize], mention.entity).iter().any(|xref| {
        let xref = canonical(xref);
        xref != identifier && collection(&xref) == wanted
    })
}

/// What became of an attempt to make two entities one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Joined,
    Known,
    Refused,
}

/// Entities of all drafts in disjoint sets, each with one of a draft at most.
struct Union {
    /// The number of each draft's first entity among all.
    offsets: Vec<u32>,
    parents: Vec<u32>,
    /// The drafts in a set, by its root, where it has several.
    drafts: FastMap<u32, Vec<u32>>,
}

impl Union {
    fn new(drafts: &[GraphDraft]) -> Union {
        let mut offsets = Vec::new();
        let mut count = 0u32;
        for draft in drafts {
            offsets.push(count);
            count = count.saturating_add(u32::try_from(draft.entities.slugs.len()).unwrap_or(u32::MAX));
        }
        Union { offsets, parents: (0..count).collect(), drafts: FastMap::default() }
    }

    fn root_of(&mut self, at: u32) -> u32 {
        let mut root = at;
        while self.parents[root as usize] != root {
            let next = self.parents[root as usize];
            self.parents[root as usize] = self.parents[next as usize];
            root = next;
        }
        root
    }

    fn root(&mut self, mention: Mention) -> u32 {
        self.root_of(self.offsets[mention.draft as usize] + mention.entity)
    }

    fn join(&mut self, left: Mention, right: Mention) -> Outcome {
        let (ours, theirs) = (self.root(left), self.root(right));
        if ours == theirs {
            return Outcome::Known;
        }
        let drafts = |root: u32, own: u32, all: &FastMap<u32, Vec<u32>>| all.get(&root).cloned().unwrap_or_else(|| vec![own]);
        let mut together = drafts(ours, left.draft, &self.drafts);
        let others = drafts(theirs, right.draft, &self.drafts);
        if together.iter().any(|draft| others.contains(draft)) {
            return Outcome::Refused;
        }
        together.extend(others);
        let (root, child) = (ours.min(theirs), ours.max(theirs));
        self.parents[child as usize] = root;
        self.drafts.remove(&child);
        self.drafts.insert(root, together);
        Outcome::Joined
    }

    /// The sets in the order of their first members.
    fn places(mut self, drafts: &[GraphDraft]) -> Places {
        let mut places = Places::default();
        let mut of_root = vec![ABSENT; self.parents.len()];
        let mut at = 0;
        for (number, draft) in (0u32..).zip(drafts) {
            let mut own = Vec::with_capacity(draft.entities.slugs.len());
            for entity in 0..draft.entities.slugs.len() {
                let root = self.root_of(at) as usize;
                at += 1;
                let member = (number, u32::try_from(entity).unwrap_or(u32::MAX));
                if of_root[root] == ABSENT {
                    of_root[root] = u32::try_from(places.firsts.len()).unwrap_or(u32::MAX);
                    places.firsts.push(member);
                } else {
                    places.further.entry(of_root[root]).or_default().push(member);
                }
                own.push(of_root[root]);
            }
            places.of_draft.push(own);
        }
        places
    }
}
