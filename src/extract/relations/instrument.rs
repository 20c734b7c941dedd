//! "The communiqué on the establishment of diplomatic relations was signed on …": the event that a signed instrument's title names → claims.

use crate::extract::items::ItemKind;
use crate::extract::pieces::{Piece, pieces};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::{Class, Meaning, Rule};

/// Claims of relations that the treaties of `told`, claims of this sentence, establish or resume by their titles.
pub(in crate::extract) fn by_title(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    told: &[Claim],
) -> Vec<Claim> {
    let known = |event: &str| {
        let of_event = |c: &&Claim| c.fact.text(Slot::Event) == event;
        told.iter()
            .filter(|c| c.fact.kind == Kind::Relations)
            .any(|c| of_event(&c))
    };
    let signed = told
        .iter()
        .filter(|c| c.fact.kind == Kind::Treaty && c.fact.has(Slot::Signed));
    signed
        .filter_map(|treaty| {
            let title = treaty.fact.text(Slot::Title);
            let span = sentence.items.iter().find_map(|i| {
                if let ItemKind::Treaty(np) = &i.kind {
                    (np.name(&reader.doc.text) == title).then_some(np.title)
                } else {
                    None
                }
            })?;
            let (rule, event) = event(reader, span)?;
            (!known(event)).then_some(())?;
            let parties = treaty.fact.all(Slot::Parties);
            (parties.len() == 2).then_some(())?;
            let mut fact = Fact::new(Kind::Relations);
            fact.set(Slot::Event, Value::Term(event.to_owned()));
            for party in parties {
                fact.add(Slot::Parties, Value::clone(party));
            }
            fact.set(Slot::Date, Value::clone(treaty.fact.get(Slot::Signed)?));
            Some(Claim {
                fact,
                rule: format!("{}.{}", reader.doc.lang.tag(), rule.id),
                confidence: rule.confidence.min(treaty.confidence),
                ..treaty.clone()
            })
        })
        .collect()
}

/// The event of relations that a title names, with the rule of its word.
fn event<'a>(reader: &Reader<'a>, title: crate::text::Span) -> Option<(&'a Rule, &'a str)> {
    let pieces = pieces(&reader.doc.text, title, reader.lexicon, false);
    // "resumption of diplomatic relations" may be one word to the language.
    let of_relations = |p: &Piece<'_>| {
        p.is(Class::Relations)
            || p.words > 1 && reader.lexicon.has_class(&p.folded, Class::Relations)
    };
    pieces.iter().any(of_relations).then_some(())?;
    let meanings = pieces.iter().flat_map(|p| p.meanings.iter());
    meanings
        .filter_map(|m| {
            if let Meaning::Trigger(rule, _) = m {
                reader.lexicon.rules.get(*rule)
            } else {
                None
            }
        })
        .find_map(|rule| {
            let event = rule.set.get("event").filter(|_| rule.fact == "relations")?;
            ["established", "resumed"]
                .contains(&event.as_str())
                .then_some((rule, event.as_str()))
        })
}
