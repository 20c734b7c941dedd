//! A noun for a treaty and the words around it → the title as the text gives it.

use crate::extract::items::TreatyNp;
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Meaning, TriggerForm};
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

/// Whether a word that can be a verb is a noun here: "on the visit of …", "sur la pêche".
fn noun_after_article(pieces: &[Piece<'_>], i: usize) -> bool {
    let article = i
        .checked_sub(1)
        .and_then(|j| pieces.get(j))
        .is_some_and(|p| p.is(Class::Article));
    article
        && pieces
            .get(i)
            .is_some_and(|p| !p.meanings.iter().any(|m| matches!(m, Meaning::Trigger(..))))
}

/// Whether a piece after the noun continues the title.
fn belongs_after(pieces: &[Piece<'_>], i: usize, proper: bool) -> bool {
    let Some(piece) = pieces.get(i) else {
        return false;
    };
    let next = pieces.get(i + 1);
    if let Some(sign) = piece.sign() {
        return match sign {
            ',' => {
                proper
                    && next.is_some_and(|n| {
                        n.capital
                            && n.sign().is_none()
                            && n.body().is_none()
                            && n.office().is_none()
                            && n.city().is_none()
                            && !n.is(Class::And)
                    })
            }
            '"' | '“' | '”' | '«' | '»' => false,
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
    if piece.meanings.iter().any(|m| {
        matches!(
            m,
            Meaning::Trigger(..)
                | Meaning::Month(_)
                | Meaning::Verb(TriggerForm::Planned | TriggerForm::Participle)
        )
    }) && !(proper && piece.capital)
        && !noun_after_article(pieces, i)
    {
        return false;
    }
    if piece.is(Class::And) {
        return next.is_some_and(|n| {
            n.sign().is_none()
                && !n.is(Class::Article)
                && n.meanings.iter().all(|m| {
                    matches!(
                        m,
                        Meaning::Topic(_) | Meaning::Measure(_) | Meaning::Class(Class::Thing)
                    )
                })
                && (!proper || n.capital)
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
    !blocked.iter().any(|c| piece.is(*c))
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
    while belongs_after(pieces, end, proper) {
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
                || [
                    Class::Of,
                    Class::With,
                    Class::In,
                    Class::To,
                    Class::Between,
                    Class::For,
                    Class::About,
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
        },
        (start < at).then_some(first.start),
    ))
}
