//! Numbers with a unit: money, persons, per cent and ranks, millions multiplied out.

use super::pieces::{Piece, PieceKind};
use crate::document::Lang;
use crate::language::{Class, Lexicon, Meaning};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A currency by index in the gazetteer.
    Currency(usize),
    /// Persons.
    People,
    /// Per cent.
    Percent,
    /// A place in a list.
    Rank,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    /// Plain decimal notation.
    pub(super) value: String,
    pub(super) unit: Unit,
    /// How many zeros a word added ("million": 6).
    pub(super) zeros: usize,
}

fn currency(piece: Option<&Piece>) -> Option<usize> {
    currency_of(&piece?.meanings)
}

/// The currency among meanings, by index in the gazetteer.
pub(super) fn currency_of(meanings: &[Meaning]) -> Option<usize> {
    meanings.iter().find_map(|m| {
        if let Meaning::Currency(i) = m {
            Some(*i)
        } else {
            None
        }
    })
}

/// A number as written in a language → digits and an optional fraction.
fn decimal(written: &str, lang: Lang) -> Option<(String, String)> {
    let core: String = written
        .chars()
        .take_while(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
        })
        .collect();
    let mut point = if lang == Lang::En { '.' } else { ',' };
    let mut other = if lang == Lang::En { ',' } else { '.' };
    // "2,350.4" in Spanish text, "2.350,4" in English: the last sign is the point.
    if core
        .find(point)
        .zip(core.rfind(other))
        .is_some_and(|(point, other)| point < other)
    {
        (point, other) = (other, point);
    }
    let (whole, fraction) = match core.rsplit_once(point) {
        Some((whole, fraction)) => (whole.to_owned(), fraction.to_owned()),
        None => (core.clone(), String::new()),
    };
    // A group of other than three digits after the other sign is a fraction ("2.5" in French text).
    if fraction.is_empty()
        && let Some((head, tail)) = whole.rsplit_once(other)
        && tail.len() != 3
    {
        return Some((
            head.chars().filter(char::is_ascii_digit).collect(),
            tail.to_owned(),
        ));
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some((
        digits,
        fraction.chars().filter(char::is_ascii_digit).collect(),
    ))
}

/// A bare number as written ("4,300", "63.º", "98e") in plain decimal notation.
pub(super) fn plain(written: &str, lang: Lang) -> Option<String> {
    written
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some(())?;
    let (digits, fraction) = decimal(written, lang)?;
    Some(shift(&digits, &fraction, 0))
}

/// Plain decimal notation with the point moved to the right.
pub(super) fn shifted(value: &str, zeros: usize) -> String {
    let (digits, fraction) = value.split_once('.').unwrap_or((value, ""));
    shift(digits, fraction, zeros)
}

/// Moves the decimal point to the right.
fn shift(digits: &str, fraction: &str, zeros: usize) -> String {
    let mut whole = digits.to_owned();
    let taken: String = fraction
        .chars()
        .chain(std::iter::repeat('0'))
        .take(zeros)
        .collect();
    whole.push_str(&taken);
    let rest: String = fraction.chars().skip(zeros).collect();
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{rest}")
    }
}

/// The zeros that a word adds to the number before it.
fn zeros(piece: Option<&Piece>) -> usize {
    piece.map_or(0, |p| zeros_of(|class| p.is(class)))
}

/// The zeros that something of these classes adds.
pub(super) fn zeros_of(is: impl Fn(Class) -> bool) -> usize {
    const SCALES: [(Class, usize); 5] = [
        (Class::Million, 6),
        (Class::Crore, 7),
        (Class::Lakh, 5),
        (Class::Billion, 9),
        (Class::Thousand, 3),
    ];
    SCALES
        .iter()
        .find(|(class, _)| is(*class))
        .map_or(0, |(_, zeros)| *zeros)
}

/// How many bytes of a text around a number tell how it writes numbers.
const AROUND: usize = 4000;

/// Whether the numbers around a place have a point before their fractions, as many Spanish texts of America do: "607.5 millones".
fn pointed(text: &str, at: usize) -> bool {
    let edge = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
    };
    let from = edge(at.saturating_sub(AROUND)).unwrap_or(0);
    let to = edge(at + AROUND).unwrap_or(text.len());
    let mut points = 0;
    let (mut commas, mut stops) = (0, 0);
    for word in text.get(from..to).unwrap_or("").split_whitespace() {
        let number = word.trim_matches(|c: char| !c.is_ascii_digit());
        let ends = |sign: char| {
            number.rsplit_once(sign).is_some_and(|(whole, fraction)| {
                let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
                digits(fraction)
                    && fraction.len() < 3
                    && whole.split([',', '.']).all(digits)
                    && !whole.contains(sign)
            })
        };
        points += i32::from(ends('.')) - i32::from(ends(','));
        let grouped = |sign: char| {
            let parts = number.split_once(sign);
            parts.is_some_and(|(whole, rest)| {
                let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
                (1..4).contains(&whole.len()) && rest.len() == 3 && digits(whole) && digits(rest)
            })
        };
        commas += i32::from(grouped(','));
        stops += i32::from(grouped('.'));
    }
    // "23,400", "1,020": three digits behind each of several commas, and none behind a point.
    points > 0 || points == 0 && commas > 1 && stops == 0
}

/// Whether three digits behind a comma are thousands in a language that writes fractions so: of people, or where fractions have a point.
fn thousands(text: &str, piece: &Piece, next: Option<&Piece>, lang: Lang) -> bool {
    let written = piece.span.of(text);
    let grouped = written.split_once(',').is_some_and(|(whole, rest)| {
        whole.len() < 4 && rest.len() == 3 && rest.chars().all(|c| c.is_ascii_digit())
    });
    let share = next.is_some_and(|p| p.sign() == Some('%') || p.folded == "por");
    let counts = zeros(next) == 0 && !share;
    // "6,700 millones": nobody writes the last zero of a fraction of three digits.
    let whole = written.ends_with('0') && !share;
    lang == Lang::Es && grouped && (counts || whole || pointed(text, piece.span.start))
}

/// The digits and fraction of the number at a piece, and the index behind it; "half a" counts as a number.
fn number(text: &str, pieces: &[Piece], at: usize, lang: Lang) -> Option<(String, String, usize)> {
    let piece = pieces.get(at)?;
    if piece.kind == PieceKind::Number {
        let (mut digits, mut fraction) = decimal(piece.span.of(text), lang)?;
        if thousands(text, piece, pieces.get(at + 1), lang) {
            digits.push_str(&std::mem::take(&mut fraction));
        }
        return Some((digits, fraction, at + 1));
    }
    if piece.is(Class::Half) {
        return Some(("0".to_owned(), "5".to_owned(), at + 1));
    }
    let (value, next) = spelled(text, pieces, at, lang)?;
    Some((value.to_string(), String::new(), next))
}

/// The number that words give from a piece on, and the index behind it: "two hundred and fifty", "cent quatre-vingts", "mil doscientos", and with
/// digits behind the thousands "mil 140".
fn spelled(text: &str, pieces: &[Piece], at: usize, lang: Lang) -> Option<(u32, usize)> {
    let word = |i: usize| {
        pieces.get(i)?.meanings.iter().find_map(|m| {
            if let Meaning::Number(n) = m {
                Some(*n)
            } else {
                None
            }
        })
    };
    let (mut value, mut next) = (word(at)?, at + 1);
    loop {
        let least = match value {
            v if v % 1000 == 0 && v > 0 => 1000,
            v if v % 100 == 0 && v > 0 => 100,
            _ => break,
        };
        if least == 1000
            && let Some(digits) = below_thousand(text, pieces, next, lang)
        {
            value += digits;
            next += 1;
            break;
        }
        let and = lang == Lang::En && pieces.get(next).is_some_and(|p| p.folded == "and");
        let more = next + usize::from(and);
        let Some(rest) = word(more).filter(|n| *n < least) else {
            break;
        };
        value += rest;
        next = more + 1;
    }
    Some((value, next))
}

/// "2 mil 339 millones": the digits behind thousands, as they are read aloud in Spanish.
fn below_thousand(text: &str, pieces: &[Piece], at: usize, lang: Lang) -> Option<u32> {
    let piece = pieces.get(at).filter(|p| p.kind == PieceKind::Number)?;
    let written = piece.span.of(text);
    let short = written.len() <= 3 && lang == Lang::Es && zeros(pieces.get(at + 1)) > 3;
    written.parse().ok().filter(|_| short)
}

/// Reads a quantity that begins at piece `at`: the index after it and the quantity. Millions without a unit take the currency named
/// `before` them in the sentence ("from 2 million dollars in 2009 to 3 million in 2013").
pub(super) fn quantity(
    text: &str,
    pieces: &[Piece],
    at: usize,
    lexicon: &Lexicon,
    before: Option<usize>,
) -> Option<(usize, Quantity)> {
    let lang = lexicon.lang;
    let get = |i: usize| pieces.get(i);
    let is = |i: usize, class: Class| get(i).is_some_and(|p| p.is(class));
    if let Some(next) = foremost(pieces, at, lexicon) {
        let quantity = Quantity {
            value: "1".to_owned(),
            unit: Unit::Rank,
            zeros: 0,
        };
        return Some((next, quantity));
    }
    // "won four matches" is no sum.
    let leading = currency(get(at)).filter(|_| get(at).is_some_and(|p| p.folded != "won"));
    let leading = leading.map(|unit| behind_article(text, get(at), lexicon).unwrap_or(unit));
    let i = at + usize::from(leading.is_some());
    let (mut digits, fraction, mut next) = number(text, pieces, i, lang)?;
    // "mark 6 May as the day"
    let month = |p: &Piece| p.meanings.iter().any(|m| matches!(m, Meaning::Month(_)));
    if leading.is_some() && digits.len() <= 2 && get(next).is_some_and(month) {
        return None;
    }
    let spelled = get(i)?.kind != PieceKind::Number;
    let mut scale = 0;
    // "2 mil 339 millones"
    if fraction.is_empty()
        && zeros(get(next)) == 3
        && let Some(rest) = below_thousand(text, pieces, next + 1, lang)
    {
        digits = format!("{digits}{rest:03}");
        next += 2;
    }
    // "2.3-billion"
    let hyphen = get(next).is_some_and(|p| !p.spaced && p.sign() == Some('-'));
    if hyphen && zeros(get(next + 1)) > 0 {
        next += 1;
    }
    let mut united = None;
    while zeros(get(next)) > 0 {
        scale += zeros(get(next));
        // "203,6 mdd": millions of a currency in one word.
        united = currency(get(next));
        next += 1;
    }
    let value = shift(&digits, &fraction, scale);
    let found = |next: usize, unit: Unit| {
        let value = value.clone();
        Some((
            next,
            Quantity {
                value,
                unit,
                zeros: scale,
            },
        ))
    };
    // "$60 million CAD", "60 millions $ CAD": the sign is that of many currencies, and the word behind it says which.
    let sign = |i: usize| get(i).is_some_and(|p| p.folded == "$");
    if let Some(unit) = leading {
        // "€31m  €28m", in two columns: the sign is that of the next sum.
        let of_next = || get(next + 1).is_some_and(|p| p.kind == PieceKind::Number);
        // "the $45 million mark"
        let limit = || get(next).is_some_and(|p| p.folded == "mark" && !p.capital);
        let behind = currency(get(next)).filter(|_| !of_next() && !limit());
        let unit = behind.filter(|_| sign(at)).unwrap_or(unit);
        return found(next + usize::from(behind.is_some()), Unit::Currency(unit));
    }
    if let Some(unit) = united {
        return found(next, Unit::Currency(unit));
    }
    let skip_of = next + usize::from(is(next, Class::Of));
    // "one of US$ 10 million": what is counted is something else.
    let sum =
        spelled && skip_of > next && get(skip_of + 1).is_some_and(|p| p.kind == PieceKind::Number);
    // "14 300 bolivianos lived there": people whose name is that of their money, too.
    let live = || {
        let people = get(skip_of).is_some_and(|p| p.adjective().is_some());
        people && pieces.iter().any(|p| p.is(Class::Resided))
    };
    if let Some(unit) = currency(get(skip_of)).filter(|_| !sum && !live()) {
        let closer = currency(get(skip_of + 1)).filter(|_| sign(skip_of));
        let end = skip_of + 1 + usize::from(closer.is_some());
        return found(end, Unit::Currency(closer.unwrap_or(unit)));
    }
    if let Some(unit) = before.filter(|_| scale > 0 && stands_alone(pieces, next)) {
        return found(next, Unit::Currency(unit));
    }
    if is(next, Class::Percent) {
        return found(next + 1, Unit::Percent);
    }
    if value.len() <= 3
        && !value.contains('.')
        && let Some(next) = rank(pieces, at, next)
    {
        return found(next, Unit::Rank);
    }
    // "35 Peruvian companies", "35 empresas peruanas": things.
    let thing = |j: usize| get(j).is_some_and(|p| lexicon.lists(Class::ThingsCounted, &p.folded));
    let things = |j: usize| thing(j) || thing(j + 1);
    let people = |j: usize| {
        get(j).is_some_and(|p| p.is(Class::People) || p.adjective().is_some()) && !things(j)
    };
    // "2,500 troops in Peru", "320 students from Mali": people by what they do, with a state that they come from or go to.
    let placed = |j: usize| {
        let other = |m: &Meaning| {
            let measure = |i: &usize| lexicon.measures.get(*i);
            matches!(m, Meaning::Measure(i) if measure(i).is_some_and(|m| m == "other"))
        };
        let doing = get(j).is_some_and(|p| p.meanings.iter().any(other) && !things(j));
        let leads = [Class::In, Class::To, Class::From];
        let led = get(j + 1).is_some_and(|p| leads.iter().any(|c| p.is(*c)));
        let state = |k: usize| get(k).is_some_and(|p| p.body_named().is_some());
        let article = get(j + 2).is_some_and(|p| p.is(Class::Article));
        doing && led && state(j + 2 + usize::from(article))
    };
    let counted = |j: usize| {
        let measure = |m: &Meaning| matches!(m, Meaning::Measure(_));
        get(j).is_some_and(|p| p.meanings.iter().any(measure) && p.adjective().is_none())
            && get(j + 1).is_some_and(|p| p.adjective().is_some())
    };
    let near = people(next)
        || is(next, Class::Of) && people(next + 1)
        || counted(next)
        || placed(next)
        || get(next).is_some_and(|p| p.meanings.is_empty() && p.sign().is_none())
            && is(next + 1, Class::People);
    // "two Peruvian ministers" are no community, "nine Peruvian scholarship holders" are counted.
    let studied = || {
        let measure = |m: &Meaning| matches!(m, Meaning::Measure(_));
        let mut behind = (next..next + 2).filter_map(get);
        behind.any(|p| p.meanings.iter().any(measure) && p.adjective().is_none())
    };
    // "Fourteen Peruvians were studying there"
    let lives = |p: &Piece| p.is(Class::Resided) || p.is(Class::Trained);
    let few = if pieces.iter().any(lives) { 10 } else { 20 };
    let large = value.len() > 2 || value.parse().is_ok_and(|n: u32| n >= few);
    let many = !spelled || large || studied();
    (near && many)
        .then_some(())
        .and_then(|()| found(next, Unit::People))
}

/// "a $100 million loan": the currency behind an article that reads like the letter of an Australian sign.
fn behind_article(text: &str, piece: Option<&Piece>, lexicon: &Lexicon) -> Option<usize> {
    let sign = piece?.span.of(text).strip_prefix("a ")?;
    let sign = sign.trim_start();
    currency_of(&lexicon.meanings(sign)).filter(|_| !sign.starts_with(char::is_alphanumeric))
}

/// "most important customer", "principal cliente", "socio más importante", no "third largest": the first place in a list, and the index behind the words.
fn foremost(pieces: &[Piece], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let get = |i: usize| pieces.get(i);
    let one = |i: usize| get(i).is_some_and(|p| p.is(Class::Rank) && !p.folded.ends_with('s'));
    let first = |i: usize| get(i).is_some_and(|p| p.is(Class::Foremost));
    // "largest trading partner", which is one word of the lexicon
    let within = |i: usize| {
        get(i).is_some_and(|p| {
            let ends = p.folded.match_indices(' ').map(|(n, _)| n);
            let mut heads = ends.filter_map(|n| p.folded.get(..n));
            heads.any(|head| lexicon.has_class(head, Class::Foremost))
        })
    };
    let counted = |p: &Piece| {
        p.kind == PieceKind::Number
            || p.meanings.iter().any(|m| matches!(m, Meaning::Number(_)))
            || p.is(Class::Ordinal)
    };
    let hyphen = at.checked_sub(1).and_then(get).and_then(Piece::sign) == Some('-');
    let before = at.checked_sub(1 + usize::from(hyphen)).and_then(get);
    if before.is_some_and(counted) {
        return None;
    }
    if first(at) {
        let next = (at + 1..at + 3).find(|&i| one(i))?;
        return Some(next);
    }
    if one(at) && within(at) {
        return Some(at + 1);
    }
    (one(at) && first(at + 1)).then_some(at + 2)
}

/// Whether what stands behind a number is nothing that it could count.
fn stands_alone(pieces: &[Piece], next: usize) -> bool {
    let measured = |m: &Meaning| matches!(m, Meaning::Measure(_));
    let Some(piece) = pieces.get(next) else {
        return true;
    };
    if piece.is(Class::Of) {
        // "198 million of it Peruvian exports"
        let rest = |p: &Piece| p.meanings.iter().any(measured) || p.folded == "it";
        return pieces.get(next + 1).is_some_and(rest);
    }
    piece.sign().is_some()
        || piece.kind == PieceKind::Number
        || piece.meanings.iter().any(|m| {
            matches!(m, Meaning::Verb(_))
                || matches!(m, Meaning::Class(c) if *c != Class::People && *c != Class::Percent)
        })
}

/// Whether a number counts a place in a list, and the index behind it: "52nd largest supplier", "92.º mercado", "ranked 52nd", "puesto 71.º".
fn rank(pieces: &[Piece], at: usize, next: usize) -> Option<usize> {
    let get = |i: usize| pieces.get(i);
    let raised = |i: usize| {
        get(i)
            .is_some_and(|p| !p.spaced && matches!(p.folded.as_ref(), "º" | "ª" | "°" | "o" | "a"))
    };
    let stop = get(next).and_then(Piece::sign) == Some('.');
    let (next, marked) = if stop && raised(next + 1) {
        (next + 2, true)
    } else if raised(next) {
        (next + 1, true)
    } else {
        (next, false)
    };
    let spelled = get(at).is_some_and(|p| p.kind != PieceKind::Number);
    if spelled && !get(at).is_some_and(|p| p.is(Class::Ordinal)) {
        return None;
    }
    let ordinal = marked
        || spelled
        || get(at).is_some_and(|p| p.folded.ends_with(|c: char| !c.is_ascii_digit()));
    // "fourth-largest"
    let hyphen = get(next).is_some_and(|p| !p.spaced && p.sign() == Some('-'));
    let next = next + usize::from(hyphen);
    let behind = ordinal
        && (next..next + 4)
            .take_while(|&j| get(j).is_some_and(|p| p.sign().is_none()))
            .any(|j| get(j).is_some_and(|p| p.is(Class::Rank)));
    let before = ordinal
        && (at.saturating_sub(3)..at)
            .rev()
            .take_while(|&j| get(j).is_some_and(|p| p.sign().is_none()))
            .any(|j| get(j).is_some_and(|p| p.is(Class::Rank)));
    // "en el puesto 12 entre los proveedores"
    let placed = at
        .checked_sub(1)
        .is_some_and(|i| get(i).is_some_and(|p| p.is(Class::RankPlace)))
        && (next..next + 6).any(|j| get(j).is_some_and(|p| p.is(Class::Rank)));
    // "es el cliente n.º 149 del país", "supplier No. 12"
    let numbered = at.checked_sub(1).is_some_and(|i| {
        let rank = |j: usize| get(j).is_some_and(|p| p.is(Class::Rank));
        get(i).is_some_and(|p| p.is(Class::RankPlace)) && (i.saturating_sub(2)..i).any(rank)
    });
    (behind || before || placed || numbered).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_each_language_writes_them() {
        let read = |text: &str, lang: Lang, zeros: usize| {
            decimal(text, lang)
                .map(|(d, f)| shift(&d, &f, zeros))
                .unwrap_or_default()
        };
        assert_eq!(read("2,658", Lang::En, 0), "2658");
        assert_eq!(read("238.5", Lang::En, 6), "238500000");
        assert_eq!(read("1.291", Lang::Es, 6), "1291000000");
        assert_eq!(read("229,4", Lang::Es, 6), "229400000");
        assert_eq!(read("4,5", Lang::Fr, 0), "4.5");
        assert_eq!(read("2.5", Lang::Fr, 0), "2.5");
        assert_eq!(read("2,350.4", Lang::Es, 6), "2350400000");
        assert_eq!(read("1.315,5", Lang::En, 0), "1315.5");
    }
}
