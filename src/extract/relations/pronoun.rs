//! "They were restored in 1975": whether a frame without a word for relations tells of those spoken of before.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::Kind;
use crate::language::{Class, Head, Lang, Lexicon, Rule, TriggerForm};

/// Whether a pronoun, or a subject left out, stands for the relations of this sentence or the one before it.
pub(in crate::extract) fn carried(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    frame: &Frame,
    rule: &Rule,
    earlier: &Told,
) -> bool {
    let items = &sentence.items;
    let event = rule.set.get("event").map_or("", String::as_str);
    if dating(reader, index, items, frame, rule) {
        return true;
    }
    if rule.head != Head::Verb || !matches!(event, "severed" | "resumed" | "established") {
        return false;
    }
    if of_noun(reader, items, frame) {
        return true;
    }
    // Relations are several: "las reanudaron", but not "la reabrió", which is of a mission.
    let several = |i: &Item<'_>| i.folded.ends_with('s');
    let pronoun = |i: &Item<'_>| {
        i.is(Class::They)
            || i.actor().is_some_and(|a| {
                let them = a.stand == Some(Stand::Him) && several(i);
                a.name.is_none() && (a.stand == Some(Stand::Both) || them)
            })
    };
    let mut said_of = frame.object.iter().filter_map(|&i| items.get(i));
    let clause = items.get(frame.clause.0..frame.clause.1).unwrap_or(&[]);
    let other = clause.iter().any(|i| {
        let treaty = matches!(i.kind, ItemKind::Treaty(_)) && !i.has_prep(Class::By);
        i.mission().is_some() || treaty
    });
    if !other
        && (headed(reader, index, sentence, frame)
            || event != "established" && own_ones(reader.lexicon, items, frame))
    {
        return true;
    }
    let stands = if frame.object.is_empty() {
        // "Se restablecieron en 1975", "but broken off again in 1981", "elles reprennent en 1990".
        let said = frame.passive
            || they(items, frame)
            || they_were(reader, items, frame)
            || goes_on(reader, index, sentence, frame, earlier);
        said && frame.date.is_some() && event != "established"
    } else {
        said_of.all(pronoun)
    };
    // "Taiwan, with which Peru broke in 1971".
    let with_which = event == "severed"
        && frame.object.is_empty()
        && items.get(frame.clause.0..frame.at).is_some_and(|c| {
            c.iter()
                .any(|i| i.is(Class::Relative) && i.has_prep(Class::With))
        });
    if with_which {
        return true;
    }
    // "Talks on relations opened in 1961 and were broken off"
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let talks =
        before.iter().any(|i| i.is(Class::Talks)) && !before.iter().any(|i| i.is(Class::They));
    if other || talks || !stands {
        return false;
    }
    let names = |items: &[Item<'_>]| items.iter().any(|i| i.is(Class::Relations));
    let told = earlier.last_of(Kind::Relations).next();
    names(items.get(..frame.at).unwrap_or(&[]))
        || told.is_some_and(|c| {
            let block = reader.sentence_at(c.statement().start).map(|s| s.block);
            c.holds() && block == Some(sentence.block) && reader.near(index, c, 1)
        })
        || index
            .checked_sub(1)
            .and_then(|i| reader.sentences.get(i))
            .is_some_and(|before| before.block == sentence.block && names(&before.items))
}

/// "Les États-Unis suspendent les leurs", "broke off its own with Peru": whether a possessive without a noun stands right behind a verb.
pub(super) fn own_ones(lexicon: &Lexicon, items: &[Item<'_>], frame: &Frame) -> bool {
    let behind = items.get(frame.at + 1..).unwrap_or(&[]);
    // Of one word or two, and nothing behind it that it could belong to: "its own embassy".
    (1..=2).any(|count| {
        let (ones, rest) = behind.split_at_checked(count).unwrap_or((&[], behind));
        let words: Vec<&str> = ones.iter().map(|i| i.folded.as_ref()).collect();
        let ends = rest.first().is_none_or(|i| {
            let joints = [Class::And, Class::With, Class::In];
            matches!(i.kind, ItemKind::Sign(_) | ItemKind::Date(_))
                || i.kind == ItemKind::Word && joints.iter().any(|c| i.is(*c))
                || i.is(Class::Article) && rest.get(1).is_some_and(Item::is_date)
        });
        ends && lexicon.lists(Class::OwnOnes, &words.join(" "))
    })
}

/// "Peru. Established in 1983, broken off in 1990.": whether a participle opens a sentence that stands under the name of a state, where what stands
/// above it is of relations.
fn headed(reader: &Reader<'_>, index: usize, sentence: &Sentence<'_>, frame: &Frame) -> bool {
    let items = &sentence.items;
    let state = reader.headed_by(index);
    if state.is_none() && !reader.paired {
        return false;
    }
    let of_relations = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.fact == "relations");
    let named = |i: &Item<'_>| state.is_some() && i.named_body() == state;
    let small = |i: &Item<'_>| {
        matches!(i.kind, ItemKind::Sign(_) | ItemKind::Date(_))
            || i.is(Class::And)
            || i.is(Class::In)
            || reader.reflexive(i)
            || of_relations(i)
            || named(i)
    };
    let before = items.get(..frame.at).unwrap_or(&[]);
    let participle = items
        .get(frame.at)
        .is_some_and(|i| i.verb == Some(TriggerForm::Participle) || of_relations(i));
    let opens = before.iter().all(small) && participle && frame.date.is_some();
    let relations = |s: &&Sentence<'_>| s.items.iter().any(|i| i.is(Class::Relations));
    let above = reader.above(sentence);
    let missions = above.iter().any(|s| {
        s.items
            .iter()
            .any(|i| i.is(Class::MissionHeading) || i.mission().is_some())
    });
    // "Diplomatic relations", and under it "Established: 1947. Severed: 1986.": those of the two of the title.
    let before = reader.sentences.get(..index).unwrap_or(&[]).iter().rev();
    let mut before = before.take_while(|s| s.block == sentence.block);
    let of_mission = before.any(|s| s.items.iter().any(|i| i.mission().is_some()));
    let own = above.first().is_some_and(relations) && !of_mission;
    let under = above.iter().any(relations) || reader.titles().any(|s| relations(&s));
    opens && !missions && (own || state.is_some() && under)
}

/// "Relations suspended in 2003. Restored in 2019.": whether a participle opens a sentence right behind one that tells of relations, in their words.
pub(in crate::extract) fn goes_on(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    frame: &Frame,
    earlier: &Told,
) -> bool {
    let items = &sentence.items;
    let participle = items.first().filter(|_| frame.at == 0).is_some_and(|i| {
        let mut rules = i.rules(reader.lexicon);
        i.verb == Some(TriggerForm::Participle) && rules.any(|r| r.fact == "relations")
    });
    let bare = items.iter().all(|i| i.mission().is_none());
    let last = earlier.last_of_any([Kind::Relations, Kind::Mission]).next();
    let told = last.is_some_and(|c| {
        let block = reader.sentence_at(c.statement().start).map(|s| s.block);
        let relations = c.fact.kind == Kind::Relations && c.holds();
        relations && block == Some(sentence.block) && reader.near(index, c, 1)
    });
    participle && bare && told
}

/// "They go back to 1862", "With Peru they have existed since 1975": whether a pronoun before words that date something stands for the relations of
/// which the sentence before tells.
fn dating(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    frame: &Frame,
    rule: &Rule,
) -> bool {
    let dates =
        rule.set.get("event").is_some_and(|e| e == "established") && rule.set.contains_key("dated");
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let small =
        |i: &&Item<'_>| i.is(Class::Have) || i.kind == ItemKind::Word && i.meanings.is_empty();
    let plural = |i: &&Item<'_>| i.is(Class::They);
    let they = before
        .iter()
        .rev()
        .find(|i| plural(i) || !small(i))
        .is_some_and(|i| plural(&i));
    let spanish = reader.lexicon.lang == Lang::Es
        && before
            .iter()
            .all(|i| small(&i) || i.is_date() || i.sign(',') || i.has_prep(Class::With));
    let last = index.checked_sub(1).and_then(|i| reader.sentences.get(i));
    let here = reader.sentences.get(index).map(|s| s.block);
    let told = last
        .is_some_and(|s| Some(s.block) == here && s.items.iter().any(|i| i.is(Class::Relations)));
    dates && frame.date.is_some_and(|d| d > frame.at) && (they || spanish) && told
}

/// "They were broken off in 1971 and restored in 1980": whether a verb goes on with what another of relations says of a pronoun.
fn they_were(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let joined = before.last().is_some_and(|i| i.is(Class::And));
    let Some(they) = before.iter().rposition(|i| i.is(Class::They)) else {
        return false;
    };
    let between = before.get(they + 1..).unwrap_or(&[]);
    let of_relations = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.fact == "relations");
    let were = between.iter().any(|i| i.is(Class::Be)) && between.iter().any(of_relations);
    joined && were && !between.iter().any(Item::is_np)
}

/// Whether the subject of a verb is a pronoun for several things that stands right before it.
fn they(items: &[Item<'_>], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let small = |i: &&Item<'_>| i.is(Class::Have) || i.is(Class::Again) || i.is(Class::Then);
    let subject = before.iter().rev().find(|i| !small(i));
    subject.is_some_and(|i| i.is(Class::They))
}

/// "the restoration of diplomatic relations, broken off in 1972", "…, which Peru had broken off": whether a noun that tells of relations stands right
/// before what a verb says of them.
fn of_noun(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> bool {
    let small = [Class::Be, Class::Have, Class::Relative, Class::Article];
    let passed = |i: &&Item<'_>| {
        let subject = i.named_body().is_some() && i.prep.is_empty();
        i.sign(',') || subject || small.iter().any(|c| i.is(*c))
    };
    let before = items.get(..frame.at).unwrap_or(&[]).iter().rev();
    let noun = before.take(6).find(|i| !passed(i));
    noun.is_some_and(|i| {
        let mut rules = i.rules(reader.lexicon);
        let mut words = i.folded.split(' ');
        rules.any(|r| r.fact == "relations" && r.head == Head::Noun)
            && words.any(|w| reader.lexicon.has_class(w, Class::Relations))
    })
}
