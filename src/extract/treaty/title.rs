//! A noun for a treaty and the words around it → the title as the text gives it.

use crate::extract::items::TreatyNp;
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Head, Lang, Lexicon, Meaning, TriggerForm};
use crate::text::Span;

fn kind(piece: &Piece<'_>) -> Option<usize> {
    piece.meanings.iter().find_map(|m| {
        if let Meaning::Treaty(k) = m {
            Some(*k)
        } else {
            None
        }
    })
}

/// Whether a piece before the noun belongs to the title: a plain word or name that is no verb, article, preposition or state.
fn belongs_before(piece: &Piece<'_>) -> bool {
    piece.sign().is_none()
        && piece.kind != PieceKind::Number
        && piece.body().is_none()
        && piece.city().is_none()
        && (piece.is(Class::And)
            || piece.meanings.iter().all(|m| match m {
                Meaning::Topic(_)
                | Meaning::Measure(_)
                | Meaning::Class(Class::Thing)
                | Meaning::Verb(TriggerForm::Base | TriggerForm::Gerund) => true,
                Meaning::Class(_)
                | Meaning::Body(..)
                | Meaning::City(_)
                | Meaning::Office(_)
                | Meaning::Month(_)
                | Meaning::Number(_)
                | Meaning::Mission(_)
                | Meaning::Treaty(_)
                | Meaning::Currency(_)
                | Meaning::Verb(_)
                | Meaning::Trigger(..) => false,
            }))
}

/// Whether a word that can be a verb or trigger a rule is the title's noun here: "on the fishing of …", "sobre consultas políticas".
fn noun_of_title(pieces: &[Piece<'_>], i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).and_then(|j| pieces.get(j));
    let article = before(1).is_some_and(|p| p.is(Class::Article));
    let trigger = |p: &&Piece<'_>| p.meanings.iter().any(|m| matches!(m, Meaning::Trigger(..)));
    if pieces.get(i).filter(trigger).is_none() {
        return article;
    }
    let topic = before(if article { 2 } else { 1 });
    topic.is_some_and(|p| p.is(Class::About))
}

/// Whether a word can stand in an enumeration of a title's subjects: no verb, name, article or preposition.
fn plain(piece: &Piece<'_>) -> bool {
    piece.kind == PieceKind::Word
        && piece.meanings.iter().all(|m| {
            matches!(
                m,
                Meaning::Topic(_)
                    | Meaning::Measure(_)
                    | Meaning::Class(Class::Thing)
                    | Meaning::Verb(TriggerForm::Base)
            )
        })
}

/// Whether a comma of a title goes on to further subjects: "friendship, commerce and navigation", "d'amitié, de commerce et de navigation".
fn enumeration(pieces: &[Piece<'_>], comma: usize) -> bool {
    let mut at = comma + 1;
    let mut joined = false;
    for _ in 0..6 {
        while pieces
            .get(at)
            .is_some_and(|p| p.is(Class::Of) || p.is(Class::Article))
        {
            at += 1;
        }
        if !pieces.get(at).is_some_and(plain) {
            return false;
        }
        at += 1;
        if joined {
            return true;
        }
        // A word with its adjective.
        if pieces.get(at).is_some_and(|p| plain(p) && !p.capital) {
            at += 1;
        }
        joined = pieces.get(at).is_some_and(|p| p.is(Class::And));
        if !joined && pieces.get(at).and_then(Piece::sign) != Some(',') {
            return false;
        }
        at += 1;
    }
    false
}

/// Whether a word that triggers rules is a noun within a title: "protocol on political consultations".
fn noun_within(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    let noun = pieces.get(i).is_some_and(|p| {
        p.meanings.iter().all(|m| match m {
            Meaning::Trigger(rule, _) => lexicon.rules.get(*rule).is_some_and(|r| {
                let told = matches!(r.fact.as_str(), "meeting" | "visit");
                r.head == Head::Noun && (told || r.verbs.is_empty())
            }),
            Meaning::Topic(_) | Meaning::Measure(_) | Meaning::Class(Class::Thing) => true,
            Meaning::Verb(_)
            | Meaning::Class(_)
            | Meaning::Body(..)
            | Meaning::City(_)
            | Meaning::Office(_)
            | Meaning::Month(_)
            | Meaning::Number(_)
            | Meaning::Mission(_)
            | Meaning::Treaty(_)
            | Meaning::Currency(_) => false,
        })
    });
    let before = i.checked_sub(1).and_then(|j| pieces.get(j));
    noun && before.is_some_and(|p| {
        kind(p).is_none()
            && (plain(p)
                || [
                    Class::Of,
                    Class::About,
                    Class::For,
                    Class::Article,
                    Class::To,
                ]
                .iter()
                .any(|c| p.is(*c)))
    })
}

/// Whether a piece after the noun continues the title.
fn belongs_after(pieces: &[Piece<'_>], i: usize, proper: bool, lexicon: &Lexicon) -> bool {
    let Some(piece) = pieces.get(i) else {
        return false;
    };
    let next = pieces.get(i + 1);
    if let Some(sign) = piece.sign() {
        return match sign {
            ',' => {
                let small = i
                    .checked_sub(1)
                    .and_then(|j| pieces.get(j))
                    .is_some_and(|p| !p.capital);
                small && enumeration(pieces, i)
                    || proper
                        && next.is_some_and(|n| {
                            n.capital
                                && n.sign().is_none()
                                && n.body().is_none()
                                && n.office().is_none()
                                && n.city().is_none()
                                && !n.is(Class::And)
                        })
            }
            // "Sur-Sur"
            '-' | '‑' => !piece.spaced && next.is_some_and(|n| !n.spaced && n.sign().is_none()),
            _ => false,
        };
    }
    if piece.kind == PieceKind::Number
        || piece.is(Class::Relative)
        || piece.is(Class::Be)
        || piece.is(Class::Have)
        || piece.is(Class::By)
        || piece.is(Class::Or)
        || piece.is(Class::Not)
    {
        return false;
    }
    let noun =
        proper && piece.capital || noun_of_title(pieces, i) || noun_within(pieces, i, lexicon);
    let verb = |m: &Meaning| {
        matches!(
            m,
            Meaning::Trigger(..)
                | Meaning::Month(_)
                | Meaning::Verb(TriggerForm::Planned | TriggerForm::Participle)
        )
    };
    if !noun && piece.meanings.iter().any(verb) {
        return false;
    }
    if piece.is(Class::And) {
        let small = i
            .checked_sub(1)
            .and_then(|j| pieces.get(j))
            .is_some_and(|p| !p.capital);
        // "d'amitié et de commerce"
        if small
            && next.is_some_and(|n| n.is(Class::Of) && !n.is(Class::Article))
            && pieces.get(i + 2).is_some_and(plain)
        {
            return true;
        }
        // "the Promotion and Reciprocal Protection of Investments"
        let named = |n: &Piece<'_>| {
            proper
                && n.capital
                && n.kind == PieceKind::Word
                && !n.is(Class::Article)
                && n.body().is_none()
                && n.city().is_none()
                && n.office().is_none()
                && kind(n).is_none()
        };
        if !small && next.is_some_and(named) {
            return true;
        }
        // "sur la promotion et la protection": an article may stand before the second noun.
        let second = next
            .filter(|n| n.is(Class::Article) && noun_of_title(pieces, i + 2))
            .and_then(|_| pieces.get(i + 2));
        return second.or(next).is_some_and(|n| {
            n.sign().is_none()
                && !n.is(Class::Article)
                && n.kind != PieceKind::Number
                && n.meanings.iter().all(|m| {
                    matches!(
                        m,
                        Meaning::Topic(_) | Meaning::Measure(_) | Meaning::Class(Class::Thing)
                    )
                })
                && (!proper || n.capital || small)
        });
    }
    let leads = [Class::With, Class::Between, Class::To, Class::In]
        .iter()
        .any(|c| piece.is(*c))
        && !piece.is(Class::Of);
    if leads {
        // "agreement with Peru", "treaty between A and B", "signed in Lima": the parties and the place are not the title.
        let mut j = i + 1;
        while pieces.get(j).is_some_and(|p| p.is(Class::Article)) {
            j += 1;
        }
        return pieces.get(j).is_some_and(|p| {
            p.sign().is_none()
                && p.kind != PieceKind::Number
                && p.body().is_none()
                && p.city().is_none()
                && !p.is(Class::BothStates)
                && p.kind != PieceKind::Name
                && !p.meanings.iter().any(|m| {
                    matches!(
                        m,
                        Meaning::Month(_)
                            | Meaning::Class(Class::DatePart | Class::SameYear | Class::Weekday)
                    )
                })
                && (p.capital || !proper)
        });
    }
    if piece.is(Class::Of) {
        let mut j = i + 1;
        while pieces.get(j).is_some_and(|p| p.is(Class::Article)) {
            j += 1;
        }
        return pieces.get(j).is_some_and(|p| {
            p.sign().is_none()
                && p.kind != PieceKind::Number
                && !p.meanings.iter().any(|m| {
                    matches!(
                        m,
                        Meaning::Month(_) | Meaning::Class(Class::Weekday | Class::SameYear)
                    )
                })
                && p.body_named().is_none()
        });
    }
    let blocked = [
        Class::Since,
        Class::Until,
        Class::But,
        Class::Planned,
        Class::Expected,
        Class::Hypothetical,
        Class::Cancelled,
        Class::They,
        Class::He,
        Class::BothStates,
        Class::BothPersons,
        Class::DateAfter,
        Class::DateBefore,
        Class::SameYear,
        Class::Light,
        Class::Today,
        Class::DatePart,
    ];
    // "Under a 1961 agreement Danish volunteers worked …": in English a state's adjective stands before its noun.
    let next_clause = lexicon.lang == Lang::En
        && piece.adjective().is_some()
        && i.checked_sub(1)
            .and_then(|j| pieces.get(j))
            .is_some_and(|p| kind(p).is_some());
    // "a loan agreement worth $12 million"
    let counted = !proper
        && piece.meanings.is_empty()
        && next.is_some_and(|n| {
            n.kind == PieceKind::Number || n.sign().is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥'))
        });
    !next_clause
        && !counted
        && !blocked.iter().any(|c| piece.is(*c))
        && piece.office().is_none()
        && (piece.kind != PieceKind::Name || proper)
}

/// The opening bracket before a date that ends a proper title begun at piece `at`, with no other title, verb of a rule or full stop between.
fn bracket_after(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let rest = pieces.get(at + 1..)?;
    let length = rest.iter().position(|p| {
        p.sign().is_some_and(|c| matches!(c, '(' | ';' | '.' | ':'))
            || kind(p).is_some()
            || p.meanings.iter().any(|m| matches!(m, Meaning::Trigger(..)))
    })?;
    let open = rest.get(length)?.sign() == Some('(');
    let dated = rest.get(length + 1).is_some_and(|p| {
        p.kind == PieceKind::Number || p.meanings.iter().any(|m| matches!(m, Meaning::Month(_)))
    });
    (open && dated).then_some(at + 1 + length)
}

/// Whether a piece counts what follows.
fn counts(piece: &Piece<'_>) -> bool {
    piece.kind == PieceKind::Number
        || piece
            .meanings
            .iter()
            .any(|m| matches!(m, Meaning::Number(_)))
}

/// Reads a treaty's noun phrase at piece `at`: the index after it, the phrase, and from where words before the noun belong to it.
pub(in crate::extract) fn treaty(
    pieces: &[Piece<'_>],
    at: usize,
    lexicon: &Lexicon,
) -> Option<(usize, TreatyNp, Option<usize>)> {
    let noun = pieces.get(at)?;
    let kind = kind(noun)?;
    let mut start = at;
    while let Some(before) = start.checked_sub(1).and_then(|i| pieces.get(i)) {
        if !belongs_before(before)
            || at - start >= 6
            || before.first && !before.capital
            || (before.is(Class::And) && at == start)
        {
            break;
        }
        start -= 1;
    }
    // "the Lima Convention", "the San Francisco Peace Treaty": the place is part of a proper title.
    let place = start
        .checked_sub(1)
        .filter(|&i| noun.capital && pieces.get(i).is_some_and(|p| p.city().is_some()))
        .filter(|&i| {
            i.checked_sub(1)
                .and_then(|i| pieces.get(i))
                .is_some_and(|p| p.is(Class::Article))
        });
    start = place.unwrap_or(start);
    while start < at
        && pieces.get(start).is_some_and(|p| {
            // "Air services agreement": two words and more that open a sentence are the title's.
            p.is(Class::And)
                || (p.first && p.meanings.is_empty() && !noun.capital && at < start + 2)
        })
    {
        start += 1;
    }
    // Unnamed bundles are no treaties: "fourteen memoranda", "agreements".
    let plural = !noun.capital
        && noun.words == 1
        && (noun.folded.ends_with('s') || noun.folded.ends_with("randa"));
    if plural
        && start + 1 >= at
        && start
            .checked_sub(1)
            .and_then(|i| pieces.get(i))
            .is_some_and(counts)
    {
        return None;
    }
    // "Treaty of Friendship" at the head of an item is as proper as elsewhere.
    let mut second = at + 2;
    while pieces.get(second).is_some_and(|p| p.is(Class::Article)) {
        second += 1;
    }
    let headed = pieces
        .get(at + 1)
        .is_some_and(|p| p.is(Class::Of) || p.is(Class::About) || p.is(Class::For))
        && pieces
            .get(second)
            .is_some_and(|p| p.capital && p.body().is_none());
    let proper =
        noun.capital && (!noun.first || headed || pieces.get(at + 1).is_some_and(|p| p.capital));
    let mut end = at + 1;
    while belongs_after(pieces, end, proper, lexicon) {
        end += 1;
    }
    // "Agreement for the … of … (2014)": a proper title in an enumeration runs to the date in brackets.
    if proper && let Some(bracket) = bracket_after(pieces, at) {
        end = end.max(bracket);
    }
    // A title does not end in a preposition, article or adverb.
    while end > at + 1
        && pieces.get(end - 1).is_some_and(|p| {
            p.sign().is_some()
                // "se" before its verb
                || p.meanings.is_empty() && !p.capital && p.folded.chars().count() <= 2
                || [
                    Class::Of,
                    Class::With,
                    Class::In,
                    Class::To,
                    Class::Between,
                    Class::For,
                    Class::About,
                    Class::From,
                    Class::Article,
                    Class::And,
                ]
                .iter()
                .any(|c| p.is(*c))
        })
    {
        end -= 1;
    }
    let first = pieces.get(start)?.span;
    let last = pieces.get(end - 1)?.span;
    let title = Span::new(first.start, last.end);
    let described = end - start > 1 || noun.words > 1;
    if plural && !described {
        return None;
    }
    Some((
        end,
        TreatyNp {
            kind,
            title,
            described,
            city: pieces.get(start..end)?.iter().find_map(Piece::city),
            parties: Vec::new(),
        },
        (start < at).then_some(first.start),
    ))
}
