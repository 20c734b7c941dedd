//! Runs of capitalised words → names: particles, initials and numerals inside, places that are surnames.

use super::given::{acted_before, given_as_day, given_first};
use super::homographs::{Homograph, is_homograph};
use super::{Piece, PieceKind};
use crate::extract::offices::{is_consular, is_head_of_mission, is_royal};
use crate::language::{Class, Lexicon, Meaning, Meanings, TriggerForm};
use crate::text::Span;

pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Takes from words that stand where a name stands what else they mean: a month, a monarch's office or a city as part of a person's
/// name ("Ana Julio Soto", "Luis Duque", "President Castro").
pub(super) fn surnames(text: &str, pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    given_first(pieces, lexicon);
    given_as_day(pieces, lexicon);
    let lower = |p: &Piece<'_>| p.kind == PieceKind::Word && !p.capital;
    let running = pieces.iter().any(lower);
    for at in 1..pieces.len() {
        let (Some(piece), Some(before)) = (pieces.get(at), pieces.get(at - 1)) else {
            continue;
        };
        if !piece.capital || piece.words > 1 || piece.kind != PieceKind::Word || !piece.spaced {
            continue;
        }
        // The next line of a list begins anew ("Ana Soto" / "Depuis 1951").
        let between = text.get(before.span.end..piece.span.start);
        let named = strong(before) && !between.is_some_and(|b| b.contains('\n'));
        // "el presidente Soto", "el presidente peruano Soto"
        let adjective = before.adjective().is_some()
            && at
                .checked_sub(2)
                .and_then(|i| pieces.get(i))
                .is_some_and(|p| p.office().is_some());
        let titled = before.office().is_some() || before.is(Class::Honorific) || adjective;
        let stop = pieces
            .get(at + 2)
            .is_some_and(|p| p.sign() == Some('.') && !p.spaced);
        // "Julio E. Soto": an initial goes on with a name, whatever the letter means alone.
        let initial = |p: &Piece<'_>| stop && p.capital && p.folded.len() == 1;
        let next_named = pieces
            .get(at + 1)
            .is_some_and(|p| p.spaced && (strong(p) || initial(p)));
        let month = |m: &Meaning| matches!(m, Meaning::Month(_));
        let royal = |m: &Meaning| matches!(m, Meaning::Office(i) if lexicon.offices.get(*i).is_some_and(|role| is_royal(role)));
        let city = |m: &Meaning| matches!(m, Meaning::City(_) | Meaning::Class(Class::Particle));
        let money = |m: &Meaning| matches!(m, Meaning::Currency(_));
        let counted = before.kind == PieceKind::Number
            || before.is(Class::Million)
            || before.is(Class::Billion);
        let names_money = !counted && (named || titled || next_named);
        let names_month =
            lexicon.lang != crate::document::Lang::En && (named || titled || next_named);
        let names_royal =
            named || (titled && lexicon.lang != crate::document::Lang::En && !next_named);
        // "José Miguel Alemán": Spanish writes no people with a capital.
        let people = |m: &Meaning| matches!(m, Meaning::Body(_, form) if !form.is_name());
        let names_people = named && lexicon.lang == crate::document::Lang::Es;
        // "Sonia Vera": within a sentence only Spanish and French names are written like verbs with a capital.
        let verb = |m: &Meaning| {
            matches!(
                m,
                Meaning::Verb(_) | Meaning::Trigger(..) | Meaning::City(_)
            )
        };
        let verbal = piece
            .meanings
            .iter()
            .any(|m| matches!(m, Meaning::Verb(_) | Meaning::Trigger(..)));
        let written = piece.span.of(text);
        // "…, Marco Soto": so does what stands before a name, where not every first word has a capital.
        let names_verb = verbal
            && (named || titled || next_named && !piece.first)
            && lexicon.lang != crate::document::Lang::En
            && written.chars().any(char::is_lowercase);
        // "Ana Reyes", "Luis Guerra": behind a name French and Spanish write nothing else with a capital.
        let particle = piece.is(Class::Particle);
        let field = piece.is(Class::Portfolio);
        let names_anything = named
            && !particle
            && !field
            && lexicon.lang != crate::document::Lang::En
            && written.chars().any(char::is_lowercase);
        let anything = |m: &Meaning| {
            matches!(
                m,
                Meaning::Class(_)
                    | Meaning::Number(_)
                    | Meaning::Month(_)
                    | Meaning::Topic(_)
                    | Meaning::Measure(_)
                    | Meaning::Currency(_)
                    | Meaning::City(_)
            ) || royal(m)
        };
        // "President Mark Soto", "the minister of trade, May Soto": between an office and a name stands a given name.
        let title = piece.is(Class::Honorific);
        let names_given =
            next_named && !particle && !title && !field && (titled || introduced(pieces, at));
        let given = |m: &Meaning| !matches!(m, Meaning::Office(_) | Meaning::Trigger(..));
        // "met Mark Soto", "talks with May Soto"
        let names_met = next_named && acted_before(piece, before, lexicon);
        // "Prime Minister Ana March", "the minister, Luis French, …": between an office with a given name and what is no name.
        let office = |i: usize| pieces.get(i).is_some_and(|p| p.office().is_some());
        let dated = pieces
            .get(at + 1)
            .is_some_and(|p| p.kind == PieceKind::Number);
        let names_family = named
            && !particle
            && !next_named
            && !dated
            && !piece.is(Class::Thing)
            && !field
            && at.checked_sub(2).is_some_and(|i| {
                office(i) || titled_before(pieces, at - 1) || introduced(pieces, at - 1)
            });
        let family = |m: &Meaning| {
            let things = matches!(
                m,
                Meaning::Class(_)
                    | Meaning::Currency(_)
                    | Meaning::Measure(_)
                    | Meaning::Topic(_)
                    | Meaning::Verb(_)
            );
            people(m) || month(m) || things
        };
        // "Yun No Tae", "Tep An": behind a name English writes no small word with a capital, unless it does so with all words of a heading.
        let small = |m: &Meaning| matches!(m, Meaning::Class(_));
        let names_small = named
            && lexicon.lang == crate::document::Lang::En
            && piece.folded.len() <= SMALL
            && !before.folded.ends_with('.')
            && !particle
            && !title
            && written.chars().any(char::is_lowercase)
            && running;
        // "Samuel May Vega"
        let names_between = named && next_named && !dated;
        // "Park Chung-hee": before a given name.
        let names_first = piece.is(Class::Surname) && next_named && !named;
        // An initial that is also a title ("D. Luis", "Juan D. Soto").
        let initial = named && piece.folded.ends_with('.');
        // "Najib Tun Razak": a title between two names is a part of both.
        let honorific = |m: &Meaning| *m == Meaning::Class(Class::Honorific);
        let inside = named && next_named && piece.meanings.iter().all(honorific);
        // "Peter Day (2001–2004)", "Ian Hall was …": an English surname that is a common noun, behind a given name that begins the line or sentence.
        let ends = |p: &Piece<'_>| !p.capital && !p.is(Class::Of) && !p.is(Class::And);
        let begins = before.first || titled_before(pieces, at - 1);
        let common = named
            && begins
            && is_homograph(piece, Homograph::Surname, lexicon)
            && pieces.get(at + 1).is_none_or(ends);
        let surname = !piece.meanings.is_empty()
            && (initial
                || common
                || inside
                || names_first
                || piece.meanings.iter().all(|m| {
                    people(m) && names_people
                        || verb(m) && names_verb
                        || month(m) && names_month
                        || money(m) && names_money
                        || royal(m) && names_royal
                        || city(m) && before.office().is_some() && !before.capital
                        || anything(m) && names_anything
                        || given(m) && (names_given || names_met)
                        || family(m) && names_family
                        || small(m) && names_small
                        || month(m) && names_between
                }));
        if surname && let Some(piece) = pieces.get_mut(at) {
            piece.meanings.clear();
        }
    }
}

/// Whether an office or a title stands right before the piece at `at`.
fn titled_before(pieces: &[Piece<'_>], at: usize) -> bool {
    let before = before_name(pieces, at);
    before.is_some_and(|p| p.office().is_some() || p.is(Class::Honorific))
}

/// What stands before a name: the piece right before it, or the office before a word like "electa" ("la vicepresidenta electa Francia Soto").
fn before_name<'p, 'l>(pieces: &'p [Piece<'l>], at: usize) -> Option<&'p Piece<'l>> {
    let mut before = pieces.get(..at).unwrap_or(&[]).iter().rev();
    let last = before.next()?;
    let said_of_office = last.is(Class::Temporal) && last.office().is_none();
    let office = before.next().filter(|p| p.office().is_some());
    office.filter(|_| said_of_office).or(Some(last))
}

/// Whether a comma stands before the piece at `at`, and an office with what belongs to it before that.
fn introduced(pieces: &[Piece<'_>], at: usize) -> bool {
    let before = pieces.get(..at).unwrap_or(&[]);
    let Some((comma, before)) = before.split_last() else {
        return false;
    };
    let told = before.iter().rev().take(6);
    let mut told = told.take_while(|p| p.sign().is_none() && !p.is(Class::Be));
    comma.sign() == Some(',') && told.any(|p| p.office().is_some())
}

/// Whether a piece can be part of a person's name: an unknown capitalised word, or a known single-word city or such within a run.
pub(super) fn name_part(piece: &Piece<'_>) -> bool {
    piece.kind == PieceKind::Word
        && piece.capital
        && piece.words == 1
        && !piece.folded.starts_with('\'')
        && piece.meanings.iter().all(|m| match m {
            Meaning::City(_) | Meaning::Class(Class::Particle) => true,
            Meaning::Body(_, form) => form.is_name(),
            // "Mark", "Grant": within a sentence a capital makes a name of a verb; at its beginning every word has one.
            Meaning::Verb(form) => {
                !piece.first || matches!(form, TriggerForm::Base) && piece.meanings.len() == 1
            }
            Meaning::Class(_)
            | Meaning::Office(_)
            | Meaning::Month(_)
            | Meaning::Number(_)
            | Meaning::Mission(_)
            | Meaning::Treaty(_)
            | Meaning::Topic(_)
            | Meaning::Measure(_)
            | Meaning::Currency(_)
            | Meaning::Trigger(..) => false,
        })
}

pub(super) fn strong(piece: &Piece<'_>) -> bool {
    name_part(piece)
        // "Viendra-t-il", "A-t-elle": a verb with its pronoun.
        && !piece.folded.contains("-t-")
        && piece
            .meanings
            .iter()
            .all(|m| matches!(m, Meaning::Class(Class::Particle) | Meaning::Verb(_)))
}

/// "al-Tahir", "el-Amrani": a small article hung on a name.
pub(super) fn article_hung(word: &str) -> bool {
    word.split_once('-').is_some_and(|(article, name)| {
        article.len() <= 3
            && article.chars().all(char::is_lowercase)
            && name.starts_with(char::is_uppercase)
    })
}

/// Whether the name at `at..end` of the pieces, which begins as a place's does, is that of an office's holder: a word that is no place goes
/// on behind its first, and an office or an agent's preposition stands before it, or an office in apposition behind it.
fn holds_office(pieces: &[Piece<'_>], at: usize, end: usize) -> bool {
    let office = |p: &Piece<'_>| p.office().is_some();
    let before = before_name(pieces, at);
    let led = before.is_some_and(|p| office(p) || p.is(Class::By));
    // "Ambassador of Peru Juan Soto, Ambassador of Chile": the state is the first office's.
    let state = pieces.get(at).is_some_and(|p| p.body_named().is_some());
    let of_office = || {
        let mut before = pieces.get(..at).unwrap_or(&[]).iter().rev();
        before.next().is_some_and(|p| p.is(Class::Of)) && before.next().is_some_and(office)
    };
    if state && of_office() {
        return false;
    }
    let apposed = || {
        let mut behind = pieces.get(end..).unwrap_or(&[]).iter();
        behind.next().is_some_and(|p| p.sign() == Some(','))
            && behind.find(|p| !p.is(Class::Article)).is_some_and(office)
    };
    // "President Salvador Toledo": right behind an office two places are a name.
    let goes_on =
        |part: fn(&Piece<'_>) -> bool| end > at + 1 && pieces.get(at + 1).is_some_and(part);
    goes_on(name_part) && before.is_some_and(office) || goes_on(strong) && (led || apposed())
}

/// "President Lincoln visited", "with Prime Minister London.": whether the name of a city right behind an office that has no seat but its
/// state is its holder's.
fn named_as_place(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let seated = |p: &Piece<'_>| {
        let role = p.office().and_then(|role| lexicon.offices.get(role));
        role.is_none_or(|role| is_head_of_mission(role) || is_consular(role))
    };
    let before = at.checked_sub(1).and_then(|before| pieces.get(before));
    // "President Flores of Peru"
    let state = || pieces.get(at + 2).is_some_and(|p| p.body_named().is_some());
    let prose = |p: &Piece<'_>| {
        let seat = p.is(Class::Of) && !state() || p.is(Class::In);
        p.is(Class::Genitive)
            || p.sign() == Some('.')
            || p.kind == PieceKind::Word && !p.capital && !seat
    };
    pieces.get(at).is_some_and(|p| p.city().is_some())
        && before.is_some_and(|p| p.capital && p.sign().is_none() && !seated(p))
        && pieces.get(at + 1).is_none_or(prose)
}

/// "Ana da Costa e Silva": whether a Portuguese "and" joins two surnames. Spanish has it between names, too, but before "i" alone.
fn portuguese_and(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let and = pieces
        .get(at)
        .is_some_and(|p| p.folded == "e" && !p.capital);
    let spanish = lexicon.lang == crate::document::Lang::Es;
    and && pieces.get(at + 1).is_some_and(|p| {
        let vowel = p.folded.starts_with(['i', 'y']) || p.folded.starts_with("hi");
        p.capital && strong(p) && !(spanish && vowel)
    })
}

/// How many letters a small word has at most that may be a part of a name.
const SMALL: usize = 4;

/// How many spaces at least part two columns of one line.
const COLUMNS: usize = 4;

/// Prepositions with an article in them: behind a small word they hardly begin a name ("comandante del Comando Sur").
const CONTRACTED: [&str; 3] = ["del", "du", "des"];

/// Particles that are no prepositions of the languages read: what stands behind them is of the name, also where it is a place ("dos Santos").
const OF_NAMES: [&str; 12] = [
    "dos", "da", "do", "von", "van", "der", "den", "bin", "ibn", "ter", "ten", "zu",
];

/// "del Río", "de la Torre": whether a piece behind a particle ends a surname, whatever it means alone.
fn in_surname(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    piece.capital && piece.words == 1 && is_homograph(piece, Homograph::Behind, lexicon)
}

/// "Luis del Castillo y Soto", "embajador Ana Vega y Soto", "Ana Vega y Soto de Luna (2021)": where an "and" behind a Spanish name of several words
/// joins its two surnames, the end of the second. So it does where a single word follows that ends the name, in a name with a particle, behind the
/// office of one or at the beginning of a line; in a line that closes behind it more words may.
fn double_surname(
    pieces: &[Piece<'_>],
    (at, end): (usize, usize),
    lexicon: &Lexicon,
) -> Option<usize> {
    let name = pieces.get(at..end).unwrap_or(&[]);
    let joint = pieces.get(end).is_some_and(|p| p.is(Class::And));
    if lexicon.lang != crate::document::Lang::Es || name.len() < 2 || !joint {
        return None;
    }
    let closes =
        |p: Option<&Piece<'_>>| p.is_none_or(|p| matches!(p.sign(), Some(',' | '(' | ':' | '|')));
    let first = name.first().is_some_and(|p| p.first);
    let particle = name.iter().any(|p| p.is(Class::Particle) && !p.capital);
    let second = pieces.get(end + 1).filter(|p| p.spaced && name_part(p))?;
    let goes_on = |p: &&Piece<'_>| name_part(p) || p.is(Class::Particle);
    let last = end + 1 + pieces.iter().skip(end + 1).take_while(goes_on).count();
    let bracket = pieces
        .get(last)
        .is_some_and(|p| matches!(p.sign(), Some('(' | '|')));
    if first && bracket && last - end < 6 {
        return Some(last);
    }
    if last > end + 2 || pieces.get(last).is_some_and(|p| p.office().is_some()) || !strong(second) {
        return None;
    }
    let before = at.checked_sub(1).and_then(|i| pieces.get(i));
    let several = |p: &Piece<'_>| p.folded.ends_with('s');
    let office = before.filter(|p| p.office().is_some());
    let line = first && closes(pieces.get(last));
    let joined = office.map_or(particle || line, |office| !several(office));
    joined.then_some(last)
}

/// Joins runs of capitalised words, with particles, initials and numerals inside, into names.
pub(super) fn join_names<'a>(
    text: &str,
    pieces: Vec<Piece<'a>>,
    lexicon: &Lexicon,
) -> Vec<Piece<'a>> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        // "M. Le Brun": behind a title or office a capital particle begins the name.
        let ranked = at
            .checked_sub(1)
            .and_then(|i| pieces.get(i))
            .is_some_and(|p| {
                p.is(Class::Honorific) && (p.capital || !CONTRACTED.contains(&&*piece.folded))
            });
        let led = piece.is(Class::Particle)
            && (piece.capital || ranked && at > 0)
            && pieces.get(at + 1).is_some_and(|p| p.spaced && strong(p))
            && (runs.last().map_or(0, |run| run.1)..at)
                .rev()
                .filter_map(|before| pieces.get(before))
                .find(|p| p.sign() != Some('.'))
                .is_some_and(|p| p.is(Class::Honorific) || p.office().is_some());
        if !name_part(piece) && !led {
            at += 1;
            continue;
        }
        // "la III Ronda de Consultas": what is numbered is nobody, unless a title says so ("M. LI Keqiang").
        let titled = titled_before(&pieces, at);
        if !led
            && !titled
            && is_roman(piece.span.of(text))
            && pieces.get(at + 1).is_some_and(strong)
        {
            at += 2;
            continue;
        }
        let mut end = if led { at + 2 } else { at + 1 };
        // "M. Hollande", "Mr Jordan", "Princess Victoria": after a title the name of a place is a person's.
        let royal = |p: &Piece<'_>| {
            let role = p.office().and_then(|role| lexicon.offices.get(role));
            role.is_some_and(|role| is_royal(role))
        };
        let titled = at
            .checked_sub(1)
            .and_then(|before| pieces.get(before))
            .is_some_and(|p| p.capital && (p.is(Class::Honorific) || royal(p)))
            || lexicon.lang == crate::document::Lang::En && named_as_place(&pieces, at, lexicon);
        // "Pierre Bordeaux": a given name that is a city's, too.
        let given_city = piece.city().is_some()
            && is_homograph(piece, Homograph::Given, lexicon)
            && pieces.get(at + 1).is_some_and(|p| p.spaced && name_part(p));
        let mut has_strong = strong(piece) || titled || led || given_city;
        while let Some(next) = pieces.get(end) {
            // "Luis A.Castillo": an initial may stand right before what follows it.
            let initial = pieces.get(end - 1).is_some_and(|p| p.folded.ends_with('.'));
            if !next.spaced && !initial || columns(text, pieces.get(end - 1), next) {
                break;
            }
            let particle = next.is(Class::Particle)
                && pieces
                    .get(end + 1)
                    .is_some_and(|p| name_part(p) && p.words == 1 || in_surname(p, lexicon));
            let two_particles = next.is(Class::Particle)
                && pieces.get(end + 1).is_some_and(|p| p.is(Class::Particle))
                && pieces
                    .get(end + 2)
                    .is_some_and(|p| name_part(p) || in_surname(p, lexicon));
            if name_part(next) {
                has_strong |= strong(next);
                end += 1;
            } else if article_hung(next.span.of(text)) && next.meanings.is_empty() {
                end += 1;
                has_strong = true;
            } else if has_strong && portuguese_and(&pieces, end, lexicon) {
                end += 2;
            } else if two_particles {
                end += 3;
                has_strong = true;
            } else if particle && next.capital && has_strong {
                end += 2;
                has_strong = true;
            } else if particle && !next.capital {
                // "Ramon de Lima": a particle before a place alone is a preposition, unless the word after is no place.
                let after = pieces.get(end + 1);
                let place = |p: &Piece<'_>| !strong(p) && !in_surname(p, lexicon);
                let english = lexicon.lang == crate::document::Lang::En;
                if after.is_some_and(place) && !english && !OF_NAMES.contains(&&*next.folded) {
                    break;
                }
                end += 2;
                has_strong = true;
            } else if is_roman(next.span.of(text)) {
                end += 1;
                has_strong = true;
                break;
            } else {
                break;
            }
        }
        if has_strong && let Some(last) = double_surname(&pieces, (at, end), lexicon) {
            end = last;
        }
        // "I. Political Relations": the number of a heading.
        let goes_on = pieces
            .get(end)
            .is_some_and(|p| p.capital && p.sign().is_none());
        if piece.first && goes_on && ["i.", "v.", "x."].contains(&&*piece.folded) {
            at += 1;
            continue;
        }
        // Places at the end of a run of places only stay places; a first city or state before a strong word joins it.
        let place = piece.body_named().is_some() || piece.city().is_some();
        let held = place && holds_office(&pieces, at, end);
        if !(has_strong || held) || (end == at + 1 && piece.city().is_some() && !titled) {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(|i| pieces.get(i));
        // "Maurice Delvaux", "Jordan Lee (2010–2011)": a state's name, and a given name before a family name.
        let closed = |p: &Piece<'_>| p.sign().is_some() || p.kind == PieceKind::Number;
        let line = || piece.first && pieces.get(at + 2).is_some_and(closed);
        let given = || {
            is_homograph(piece, Homograph::Given, lexicon)
                && (lexicon.lang != crate::document::Lang::En
                    || line()
                    || at
                        .checked_sub(1)
                        .and_then(|i| pieces.get(i))
                        .is_some_and(|before| acted_before(piece, before, lexicon)))
                // "le Premier ministre de la Dominique X"
                && !before.is_some_and(|p| p.is(Class::Article))
                && pieces.get(at + 1).is_some_and(strong)
        };
        // "à Bruxelles de Mihail Soto", "visitó Tokio Carlos Soto": a place behind what leads to one is none's name, where a whole name follows.
        let led = before.is_some_and(|p| {
            p.is(Class::In)
                || p.is(Class::To)
                || p.meanings.iter().any(|m| matches!(m, Meaning::Trigger(..)))
        });
        let of = pieces
            .get(at + 1)
            .is_some_and(|p| p.is(Class::Of) && !p.capital);
        if piece.city().is_some() && led && !titled && !strong(piece) && (of || end > at + 2) {
            at += 1;
            continue;
        }
        // A state's name at the start is not a given name ("Peru Ambassador"), unless an office stands before it or beside the whole
        // ("President Jordan Vega", "Salvador Soto, President of Chile").
        if piece.body_named().is_some() && !titled && !held && !given() {
            at += 1;
            continue;
        }
        runs.push((at, end));
        at = end;
    }
    if runs.is_empty() {
        return pieces;
    }
    let mut joined: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().enumerate();
    let mut runs = runs.into_iter().peekable();
    while let Some((at, piece)) = pieces.next() {
        if let Some((_, end)) = runs.next_if(|(start, _)| *start == at) {
            let rest = pieces.by_ref().take(end - at - 1).map(|(_, p)| p);
            joined.push(rest.fold(name_of(piece), longer));
        } else {
            joined.push(piece);
        }
    }
    joined
}

/// "Ana Soto          Luis Vega": whether so many spaces stand between two pieces of a line that they are in columns, as signatures are.
fn columns(text: &str, before: Option<&Piece<'_>>, next: &Piece<'_>) -> bool {
    let gap = before.map(|p| Span::new(p.span.end, next.span.start));
    gap.is_some_and(|gap| gap.len() >= COLUMNS && gap.of(text).chars().all(|c| c == ' '))
}

/// A piece as a name that begins with it.
pub(super) fn name_of(piece: Piece<'_>) -> Piece<'_> {
    Piece {
        kind: PieceKind::Name,
        meanings: Meanings::default(),
        capital: true,
        words: 1,
        ..piece
    }
}

/// A name with the piece that follows it.
pub(super) fn longer<'a>(mut name: Piece<'a>, piece: Piece<'a>) -> Piece<'a> {
    name.span = name.span.to(piece.span);
    let folded = name.folded.to_mut();
    folded.push(' ');
    folded.push_str(&piece.folded);
    name.words += 1;
    name
}
