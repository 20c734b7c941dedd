//! Who may have held which post.

use super::Draft;
use super::features::{Part, name};
use super::scene::Scene;
use crate::document::BlockKind;
use crate::extract::appointment::{
    Post, headed, held_earlier, is_open, likely, of_heads, post_in, role_of,
};
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::{is_consular, is_head_of_mission};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Fact, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// How many sentences back the mission is told whose head somebody may be.
const MISSIONS: usize = 12;

/// How many items a line of a list has at most.
const LINE: usize = 14;

/// How many items a label has at most that says no more than of whom a list is.
const LABEL: usize = 5;

/// How many items before somebody the word that leads to him is looked for.
const LED: usize = 5;

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = const { Part::new("appointment") };
    if scene.actors.iter().all(|(_, who)| who.person.is_none()) {
        return;
    }
    let shared = scene.shared(p);
    if scene.hopeless(&shared) || lists_others(reader, scene.sentence) {
        return;
    }
    let posts = posts(reader, scene.sentence);
    let named = |role: &str| Post {
        role: role.to_owned(),
        ..Post::default()
    };
    let run = run_of_lines(scene);
    let own = reader.own_mission.as_ref();
    let mut carried: Vec<(Post, Option<usize>, &'static str)> = Vec::new();
    for (back, claim) in scene.last(Kind::Appointment, 10) {
        let post = post_in(reader, &claim.fact, role(&claim.fact).to_owned());
        if carried.len() < 2 && carried.iter().all(|c| c.0 != post) {
            let how = if back == 0 {
                "told-here"
            } else if back < 3 {
                "told"
            } else {
                "told-far"
            };
            carried.push((post, None, how));
        }
    }
    if let Some((_, claim)) = scene.last(Kind::Mission, MISSIONS).first()
        && let Some(Value::Term(kind)) = claim.fact.get(Slot::Kind)
        && let Some(role) = role_of(kind)
    {
        let post = post_in(reader, &claim.fact, role);
        carried.push((post, None, "mission-told"));
    }
    if let Some(mission) = own
        && let Some(role) = reader
            .lexicon
            .missions
            .get(mission.kind)
            .and_then(|k| role_of(k))
    {
        carried.push((named(&role), None, "document"));
    }
    let before = scene.index.checked_sub(1);
    let above = [
        (reader.heading(scene.sentence), "heading"),
        (before.and_then(|at| reader.sentences.get(at)), "before"),
    ];
    for (sentence, how) in above {
        let said = sentence.map(|s| self::posts(reader, s));
        if let Some((post, _, _)) = said.into_iter().flatten().next()
            && carried.iter().all(|c| c.0.role != post.role)
        {
            carried.push((post, None, how));
        }
    }
    let of_posts = tells_of_posts(scene);
    for (at, who) in &scene.actors {
        let Some(person) = who.person else { continue };
        if at.is_some_and(|at| in_other_column(scene, at)) {
            continue;
        }
        // "Relations were restored in 1972": no word of who was ambassador then, whom only the sentences before name.
        let by_name = |at: usize| {
            let actor = scene.sentence.items.get(at).and_then(Item::actor);
            actor.is_some_and(|a| a.name.is_some())
        };
        if !of_posts && !at.is_some_and(by_name) {
            continue;
        }
        let mut mine = posts.clone();
        mine.retain(|(_, i, how)| *how != "own" || i == at || at.is_none());
        // "According to the foreign minister, X, an embassy was opened": he does not head it.
        if at.is_some_and(|at| holds_other(scene, at)) {
            mine.retain(|(_, _, how)| *how != "mission");
        }
        if let Some(role) = who.role.as_deref().filter(|r| is_head_of_mission(r))
            && mine.iter().all(|(r, _, _)| r.role != role)
        {
            mine.push((named(role), None, "known"));
        }
        for more in &carried {
            if mine.iter().all(|(r, _, _)| r.role != more.0.role) {
                mine.push(more.clone());
            }
        }
        for (held, post, how) in mine {
            let role = held.role.clone();
            let says = ["own", "office"].contains(&how)
                && (held.receiving.is_some() || held.city.is_some());
            let seat = post.filter(|_| says);
            let mut f = shared.clone();
            scene.who(&mut f, p, "a", who);
            scene.around(&mut f, p, "a", *at);
            if how != "own" {
                scene.around(&mut f, p, "b", post);
                scene.between(&mut f, p, "ab", *at, post);
            }
            scene.doings(&mut f, p, *at);
            if let Some(post) = post {
                scene.clause(&mut f, (p, "post-"), *at, post);
            }
            f.add(&name![p, "|how:", how]);
            f.add(&name![p, "|role:", &role]);
            f.add(&name![p, "|role:", &role, "/", how]);
            f.add(&name![
                p,
                "|how:",
                how,
                if at.is_some() { "/here" } else { "/spoken" },
            ]);
            f.add(&name![
                p,
                if is_consular(&role) {
                    "|consul"
                } else {
                    "|diplomat"
                },
            ]);
            f.add(&name![
                p,
                if own.is_some() {
                    "|own-mission"
                } else {
                    "|no-mission"
                },
            ]);
            if let Some(lines) = run {
                f.add(&name![p, "|line:", lines]);
                f.add(&name![p, "|line:", lines, "/", how]);
            }
            scene.rules(&mut f, p);
            if scene.unlikely(&f) {
                continue;
            }
            let Some(fact) = likely(reader, person, held) else {
                continue;
            };
            let ask = [(Slot::Start, [*at, post]), (Slot::End, [*at, post])];
            let draft = scene.candidate(p, fact, f, &ask, who.evidence.clone());
            let past = seat.is_some_and(|at| held_earlier(&scene.sentence.items, at));
            let past = past || at.is_some_and(|at| replaced(scene, at));
            let follows = at.is_some_and(|at| follows(scene, at));
            found.extend(draft.map(|mut draft| {
                // "until 2018, when she was replaced by Y": that ends the post of the other.
                draft
                    .dates
                    .retain(|(slot, _)| !follows || *slot != Slot::End);
                // "X, previously ambassador to A, came in 2004"
                draft
                    .dates
                    .retain(|(slot, _)| !past || *slot != Slot::Start);
                Draft { seat, ..draft }
            }));
        }
    }
}

/// Whether a sentence has a word of posts: an office of a head of mission, a verb or noun of being appointed, a word for who holds the post.
fn tells_of_posts(scene: &Scene<'_, '_>) -> bool {
    let reader = scene.reader;
    let told = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.fact == "appointment");
    let classes = [Class::HeadsHeading, Class::PostHead, Class::Predecessor];
    let tells = |i: &Item<'_>| told(i) || classes.iter().any(|c| i.is(*c));
    let office = |i: &Item<'_>| {
        let office = i.actor().and_then(|a| a.office.as_ref());
        office.is_some_and(|o| is_head_of_mission(&reader.role_name(o.role)))
    };
    scene.sentence.items.iter().any(|i| tells(i) || office(i))
}

/// "X succeeded Y in 2018", "en remplacement de Y": whether somebody is told to have been followed by another.
fn replaced(scene: &Scene<'_, '_>, at: usize) -> bool {
    let verb = leading(scene, at, &[Class::To, Class::Of]);
    let follows = |r: &Rule| r.args.get("object").is_some_and(|o| o == "predecessor");
    verb.is_some_and(|i| i.is(Class::Predecessor) || i.rules(scene.reader.lexicon).any(follows))
}

/// The word that leads to somebody, before articles, titles and these words.
fn leading<'s, 'a>(scene: &Scene<'s, 'a>, at: usize, passed: &[Class]) -> Option<&'s Item<'a>> {
    let small = |i: &&Item<'_>| {
        let title = i.is(Class::Honorific) || i.is(Class::Article) || i.sign('.');
        title || passed.iter().any(|c| i.is(*c))
    };
    let before = scene.sentence.items.get(..at)?.iter().rev().take(LED);
    before.into_iter().find(|i| !small(i))
}

/// "Presidente de México", the head of a column: whether somebody in it holds another office than those of whom the table is.
fn in_other_column(scene: &Scene<'_, '_>, at: usize) -> bool {
    let reader = scene.reader;
    let head = || {
        let head = reader.column_head(scene.sentence, scene.item(at)?.span)?;
        Some(head.of(&reader.doc.text))
    };
    let office = |word: &str| {
        let role = reader.lexicon.office(word)?;
        Some(reader.role_name(role))
    };
    let role = head().and_then(|h| office(h).or_else(|| office(h.split(' ').next()?)));
    role.is_some_and(|role| !role.is_empty() && !is_head_of_mission(&role) && role != "Minister")
}

/// "who was replaced by Y": whether somebody is told to have followed another.
fn follows(scene: &Scene<'_, '_>, at: usize) -> bool {
    let verb = leading(scene, at, &[]);
    let gives_way = |r: &Rule| r.args.get("subject").is_some_and(|s| s == "predecessor");
    verb.is_some_and(|i| i.rules(scene.reader.lexicon).any(gives_way))
}

/// Whether a line of a list stands below a label that says of whom it is, and of no heads of mission: "First secretaries:", "Architects:".
fn lists_others(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let block = reader.block(sentence);
    let listed = block.filter(|b| matches!(b.kind, BlockKind::Item | BlockKind::Row));
    let label = listed.and_then(|b| b.label);
    let Some(label) = label.and_then(|at| reader.sentences_of(at).first()) else {
        return false;
    };
    let phrase = |i: &Item<'_>| {
        let word = matches!(
            i.kind,
            ItemKind::Word | ItemKind::Actor(_) | ItemKind::Sign(':')
        );
        word && !i.is_finite()
    };
    label.items.len() <= LABEL
        && label.items.iter().all(phrase)
        && !is_open(label)
        && !label.items.iter().any(|i| of_heads(reader, i))
}

/// Whether an item names somebody with another office than that of a head of mission: "the foreign minister, X".
fn holds_other(scene: &Scene<'_, '_>, at: usize) -> bool {
    let office = scene.item(at).and_then(|i| i.actor()?.office.as_ref());
    office.is_some_and(|o| !is_head_of_mission(&scene.reader.role_name(o.role)))
}

/// The posts that a sentence names, with the items that name them, and how.
fn posts(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Vec<(Post, Option<usize>, &'static str)> {
    let mut posts = Vec::new();
    for (at, item) in sentence.items.iter().enumerate() {
        if let Some(actor) = item.actor()
            && let Some(office) = &actor.office
        {
            let role = reader.role_name(office.role);
            let how = if actor.name.is_some() {
                "own"
            } else {
                "office"
            };
            // "there are two honorary consuls": nobody whom the text has named.
            let unnamed = actor.name.is_none() && reader.several_unnamed(&sentence.items, at);
            if is_head_of_mission(&role) && !unnamed {
                posts.push((Post::of(office, role), Some(at), how));
            }
        }
        if let Some(post) = item.mission().and_then(|np| headed(reader, np)) {
            posts.push((post, Some(at), "mission"));
        }
    }
    posts
}

/// Where a sentence is a line of little but somebody and a date: whether those around it are such lines too.
fn run_of_lines(scene: &Scene<'_, '_>) -> Option<&'static str> {
    let line = |at: Option<usize>| {
        let items = &scene.reader.sentences.get(at?)?.items;
        let somebody = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
        let first = items.iter().take(3).any(somebody);
        let dated = items.iter().any(Item::is_date);
        Some(first && dated && items.len() <= LINE)
    };
    if line(Some(scene.index)) != Some(true) {
        return None;
    }
    let around = [scene.index.checked_sub(1), scene.index.checked_add(1)];
    let more = around.iter().filter(|at| line(**at) == Some(true)).count();
    Some(["alone", "two", "run"].get(more).copied().unwrap_or("run"))
}

/// The role that a fact tells; empty where it tells none.
pub(super) fn role(fact: &Fact) -> &str {
    if let Some(Value::Office(office)) = fact.get(Slot::Role) {
        &office.role
    } else {
        ""
    }
}
