//! What the lines above the entries of a list of visits tell: whence and whither, in what office.

use super::places::place;
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Evidence, EvidenceRole};
use crate::language::{Class, TriggerForm};

/// How many sentences back the sentence is looked for that leads a list.
const LIST: usize = 40;

/// How long a line is at most, in bytes, that heads others.
const SHORT: usize = 80;

/// What the lines above an entry tell: that it is a visit, whence and whither, in what office.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) from: Option<usize>,
    pub(super) to: Option<usize>,
    pub(super) city: Option<usize>,
    /// Whether a line says whither, and not only whose visits they are.
    pub(super) directed: bool,
    pub(super) role: Option<String>,
    pub(super) evidence: Vec<Evidence>,
}

/// The context of an entry; `None` where nothing above speaks of visits.
pub(super) fn context(reader: &Reader<'_>, index: usize, sentence: &Sentence) -> Option<Context> {
    let mut above = reader.above(sentence);
    // Of a paragraph that leads a list its last sentence does.
    if let Some(label) = reader.block(sentence).and_then(|b| b.label) {
        let last = above.iter().rfind(|s| s.block == label).map(|s| s.span);
        above.retain(|s| s.block != label || Some(s.span) == last);
    }
    let line = lead_line(reader, index, sentence);
    if let Some(line) = line {
        above.insert(0, line);
    }
    // "Visits to Peru", "Heads of state received in Peru".
    let speaks = |s: &Sentence| {
        let offices = s.items.iter().any(|i| i.actor().is_some());
        s.items
            .iter()
            .any(|i| i.is(Class::VisitHeading) || offices && received(reader, i))
    };
    let mut visits = above.iter().any(|s| {
        speaks(s) || ways(reader, &s.items) || contacts(reader, s) || dignitaries(reader, s)
    });
    // "High-level visits are as follows:", "; From Peru": what leads the labels speaks for the lines below them.
    let leading = (!visits).then(|| lead_above(reader, sentence)).flatten();
    let leading = leading.map(|(_, s)| s).filter(|s| speaks(s));
    visits |= leading.is_some();
    // "Visits to Peru" may be what the whole text lists.
    let named = |i: &Item| i.actor().is_some_and(|a| a.name.is_some());
    let listed = reader
        .block(sentence)
        .is_some_and(|b| b.kind != BlockKind::Paragraph)
        || sentence.items.iter().take(2).any(named);
    if !visits && listed && !reader.issued {
        above.extend(reader.titles().filter(|s| speaks(s)));
        visits = above.iter().any(|s| speaks(s));
    }
    // The nearest line that names places gives the direction, when it speaks of visits, says whence or whither, or heads the entry itself.
    let directed = above.iter().enumerate().find_map(|(n, s)| {
        let place = |i: &Item| matches!(i.kind, ItemKind::Body(..) | ItemKind::City(_));
        let speaks = s.items.iter().any(|i| {
            i.is(Class::VisitHeading)
                || place(i)
                    && [Class::To, Class::In, Class::From]
                        .iter()
                        .any(|c| i.has_prep(*c))
        });
        (s.items.iter().any(place) && (n == 0 || speaks)).then_some(*s)
    });
    let mut context = Context::default();
    let heading = directed.map(|s| s.items.as_slice()).unwrap_or(&[]);
    for item in heading {
        context.city = context.city.or(item.city());
        let office = item.actor().and_then(|a| a.office.as_ref());
        let body = item
            .body()
            .or_else(|| item.city().and_then(|c| reader.state_of_city(c)))
            .or_else(|| office.and_then(|o| o.of));
        let Some(body) = body else { continue };
        let receives = item.has_prep(Class::By) && heading.iter().any(|i| received(reader, i));
        if item.has_prep(Class::To) || item.has_prep(Class::In) || receives {
            context.to = context.to.or(Some(body));
        } else {
            context.from = context.from.or(Some(body));
        }
    }
    if let Some((from, to)) = arrow(reader, heading) {
        (context.from, context.to) = (Some(from), Some(to));
    }
    // A line that names both sides without saying which goes where ("Visits, Peru and France") gives no direction.
    let named: std::collections::BTreeSet<usize> = heading.iter().filter_map(Item::body).collect();
    // "Norwegian guests who have visited Chile": whose by the adjective, whither by the name that stands free.
    let side = |adjective: bool| {
        heading.iter().find_map(|i| {
            if adjective {
                i.adjective()
            } else {
                i.named_body().filter(|_| i.prep.is_empty())
            }
        })
    };
    if context.to.is_none() && named.len() > 1 {
        (context.from, context.to) = match (side(true), side(false)) {
            (Some(from), Some(to)) if from != to => (Some(from), Some(to)),
            (_, _) => (None, None),
        };
    }
    if context.from == context.to {
        context.from = None;
    }
    // "From Lima: X, May 2001", "to Peru: X (2004)": the entry itself says whence or whither.
    let colon = sentence.items.iter().position(|i| i.sign(':'));
    let key = sentence.items.get(..colon.unwrap_or(0)).unwrap_or(&[]);
    let led = |class: Class| {
        let item = key.iter().find(|i| i.has_prep(class));
        let goal = item.and_then(|i| place(reader, i)).map(|g| g.to);
        goal.filter(|g| reader.is_side(*g))
    };
    if let Some(from) = led(Class::From) {
        (context.from, context.to) = (Some(from), None);
    } else if let Some(to) = led(Class::To).or_else(|| led(Class::In)) {
        (context.from, context.to) = (None, Some(to));
    }
    context.directed = context.to.is_some();
    // "From Peru" leads to the other side; a heading that names one state alone is where they come from.
    context.to = context
        .to
        .or_else(|| context.from.and_then(|f| reader.other_side(f)));
    context.from = context
        .from
        .or_else(|| context.to.and_then(|t| reader.other_side(t)));
    // "Presidents of Peru in Paris": offices and a place are enough.
    let offices = above.first().is_some_and(|s| {
        let office = s.items.iter().any(|i| {
            i.actor()
                .is_some_and(|a| a.name.is_none() && a.office.is_some())
        });
        let place = s.items.iter().any(|i| {
            matches!(i.kind, ItemKind::Body(_, false) | ItemKind::City(_))
                && (i.has_prep(Class::To) || i.has_prep(Class::In))
        });
        let posts = s
            .items
            .iter()
            .any(|i| i.is(Class::HeadsHeading) || matches!(i.kind, ItemKind::Mission(_)));
        office && place && !posts
    });
    if !visits && !offices {
        return None;
    }
    context.role = role(reader, above.iter().copied());
    context.evidence = reader.heading_evidence(sentence);
    for line in line.into_iter().chain(leading) {
        context.evidence.push(Evidence {
            span: line.span,
            role: EvidenceRole::Heading,
        });
    }
    Some(context)
}

/// The office that the lines above an entry say its visitors hold ("Presidents across the border").
pub(super) fn role<'r>(
    reader: &Reader<'_>,
    above: impl Iterator<Item = &'r Sentence<'r>>,
) -> Option<String> {
    above.take(3).flat_map(|s| &s.items).find_map(|i| {
        let mut words = i.folded.split(' ');
        if words.any(|w| reader.lexicon.has_class(w, Class::Presidential)) {
            return Some("President".to_owned());
        }
        let actor = i.actor().filter(|a| a.name.is_none())?;
        Some(reader.role_name(actor.office.as_ref()?.role))
    })
}

/// "(a) Peru to Hungary", "De Lima à Budapest", "Peruvian presidents in Hungary": whether a line leads from one side to the other, and has nothing
/// else in it.
fn ways(reader: &Reader<'_>, items: &[Item]) -> bool {
    let side = |i: &Item| place(reader, i).filter(|g| reader.is_side(g.to));
    let mut sides = items.iter().filter_map(|i| Some((i, side(i)?)));
    let (Some((from, first)), Some((to, second)), None) =
        (sides.next(), sides.next(), sides.next())
    else {
        return false;
    };
    let small = |i: &Item| {
        place(reader, i).is_some()
            || matches!(i.kind, ItemKind::Sign(_))
            || i.span.len() <= 4 && matches!(i.kind, ItemKind::Word | ItemKind::Quantity(_))
    };
    if arrow(reader, items).is_some() {
        return items.iter().all(small);
    }
    let leads = to.has_prep(Class::To) && (from.prep.is_empty() || from.has_prep(Class::From));
    let back = from.has_prep(Class::To) && to.has_prep(Class::From);
    first.to != second.to && (leads || back) && items.iter().all(small)
}

/// "Of Peruvian dignitaries to Hungary", "Autoridades peruanas en Hungría": whether a short line says that those of one side whom a word calls
/// dignitaries were in the other.
fn dignitaries(reader: &Reader<'_>, line: &Sentence) -> bool {
    let items = &line.items;
    let noun = |i: &Item| reader.lexicon.lists(Class::Dignitaries, &i.folded);
    // "Autoridades peruanas": a state's government is the state.
    let own = || items.iter().filter(|i| noun(i)).find_map(Item::named_body);
    let from = items.iter().find_map(Item::adjective).or_else(own);
    let to = items
        .iter()
        .filter(|i| i.has_prep(Class::To) || i.has_prep(Class::In));
    let to = { to }.find_map(|i| place(reader, i)).map(|g| g.to);
    let sides = from.zip(to).is_some_and(|(from, to)| {
        reader.is_side(from) && reader.is_side(to) && !reader.same_state(from, to)
    });
    let tells = |i: &Item| i.is_finite() || i.is_date() || i.is(Class::Be);
    sides && line.span.len() < SHORT && items.iter().any(noun) && !items.iter().any(tells)
}

/// "High-level contacts, Peru to Hungary", "Travel to Peru": whether a short line of such a noun says whither.
fn contacts(reader: &Reader<'_>, line: &Sentence) -> bool {
    let items = &line.items;
    let noun = items.iter().any(|i| i.is(Class::ContactHeading));
    let led = |i: &Item| {
        let side = place(reader, i).is_some_and(|g| reader.is_side(g.to));
        side && [Class::To, Class::In, Class::From]
            .iter()
            .any(|c| i.has_prep(*c))
    };
    let tells =
        |i: &Item| i.is_finite() && !i.is(Class::ContactHeading) || i.is_date() || i.is(Class::Be);
    noun && line.span.len() < SHORT && items.iter().any(led) && !items.iter().any(tells)
}

/// "Peru → Hungary": whence and whither an arrow leads.
fn arrow(reader: &Reader<'_>, items: &[Item]) -> Option<(usize, usize)> {
    let at = items.iter().position(|i| i.sign('→'))?;
    let state = |i: &Item| place(reader, i).map(|g| g.to);
    let from = items.get(..at)?.iter().rev().find_map(state)?;
    let to = items.get(at + 1..)?.iter().find_map(state)?;
    (from != to).then_some((from, to))
}

/// "State visits received by Peru": whether a word says that those listed were received.
fn received(reader: &Reader<'_>, item: &Item) -> bool {
    let ItemKind::Trigger(forms) = &item.kind else {
        return false;
    };
    forms.iter().any(|(rule, form)| {
        let rule = reader.lexicon.rules.get(*rule);
        *form == TriggerForm::Participle && rule.is_some_and(|r| r.id == "visit.received")
    })
}

/// The sentence that leads the list in which a line stands: the last before it and its labels that ends with a colon, under the same heading.
pub(super) fn lead_above<'r>(
    reader: &'r Reader<'_>,
    sentence: &Sentence<'_>,
) -> Option<(usize, &'r Sentence<'r>)> {
    let block = reader.block(sentence)?;
    let listed = |kind: BlockKind| {
        matches!(
            kind,
            BlockKind::Item | BlockKind::Entry | BlockKind::Label | BlockKind::Row
        )
    };
    let index = reader.sentence_index(sentence.span.start)?;
    let before = (index.saturating_sub(LIST)..index).rev();
    let mut before = before
        .filter_map(|i| Some((i, reader.sentences.get(i)?)))
        .take_while(|(_, s)| reader.block(s).is_some_and(|b| b.under == block.under));
    let (at, lead) = before
        .find(|(_, s)| !reader.block(s).is_some_and(|b| listed(b.kind)) || reader.leads(s))
        .filter(|_| listed(block.kind))?;
    reader.leads(lead).then_some((at, lead))
}

/// "Peruvians who have visited Chile", "Personalidades peruanas que han visitado Chile": whether a line says by a relative clause whose visits follow.
fn of_visitors(reader: &Reader<'_>, items: &[Item]) -> bool {
    let visits = |i: &Item| i.is_finite() && i.rules(reader.lexicon).any(|r| r.fact == "visit");
    let relative = items.iter().position(|i| i.is(Class::Relative));
    relative.is_some_and(|at| {
        let before = items.get(..at).unwrap_or(&[]);
        let behind = items.get(at + 1..).unwrap_or(&[]);
        !before.iter().any(Item::is_finite) && behind.iter().any(visits)
    })
}

/// The last short line before an entry, under the same heading, that names a place and neither a date nor a person: it heads the lines below it.
fn lead_line<'r>(
    reader: &'r Reader<'_>,
    index: usize,
    sentence: &Sentence,
) -> Option<&'r Sentence<'r>> {
    let block = reader.block(sentence)?;
    let under = &block.under;
    (index.saturating_sub(30)..index)
        .rev()
        .filter_map(|i| reader.sentences.get(i))
        .take_while(|s| {
            reader.block(s).is_some_and(|b| &b.under == under)
                && block.label.is_none_or(|label| s.block >= label)
        })
        .filter(|s| {
            reader.block(s).is_some_and(|b| {
                matches!(b.kind, BlockKind::Paragraph | BlockKind::Label) && b.sentences.len() == 1
            })
        })
        .find(|s| {
            let short = s.span.len() < SHORT;
            let dated = s.items.iter().any(|i| matches!(i.kind, ItemKind::Date(_)));
            let person = s.items.iter().any(|i| {
                i.actor()
                    .is_some_and(|a| a.name.is_some() || a.stand.is_some())
            });
            let tells = |i: &Item| i.is_finite() || i.is(Class::Be) || i.is(Class::Have);
            let verb = s.items.iter().any(tells) && !of_visitors(reader, &s.items);
            let place = s.items.iter().any(|i| {
                matches!(i.kind, ItemKind::Body(..) | ItemKind::City(_)) || i.actor().is_some()
            });
            short && !dated && !person && !verb && place
        })
}
