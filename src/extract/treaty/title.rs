//! A noun for a treaty and the words around it → the title as the text gives it.

mod after;
mod before;
mod behind;
mod onward;
mod subjects;

use crate::extract::items::TreatyNp;
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Lang, Lexicon, Meaning};
use crate::text::Span;
use after::{belongs_after, bracket_after};

/// Within how many pieces behind a noun in the plural the first date in brackets follows.
const EACH: usize = 12;

fn kind(piece: &Piece<'_>) -> Option<usize> {
    piece.meanings.iter().find_map(|m| {
        if let Meaning::Treaty(k) = m {
            Some(*k)
        } else {
            None
        }
    })
}

fn is_noun(piece: &Piece<'_>) -> bool {
    kind(piece).is_some()
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
    // "Ray Mou": a family name that is written like a short form.
    let named = at.checked_sub(1).and_then(|i| pieces.get(i));
    if noun.folded == "mou" && named.is_some_and(|p| p.kind == PieceKind::Name) {
        return None;
    }
    // "the Truce Supervision Organization": a body that is named after one.
    let behind = pieces.get(at + 1..at + 4).unwrap_or(&[]);
    let mut named = behind
        .iter()
        .take_while(|p| p.capital && p.sign().is_none());
    if noun.capital && named.any(|p| p.is(Class::BodyNoun)) {
        return None;
    }
    let mut start = before::start(pieces, at, lexicon);
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
    start = before::joined(pieces, start, at).unwrap_or(start);
    // "Cultural agreement (1969)", "Extradition treaty: signed 4 May 2018", "Cultural agreement, 1969": a line that begins with its title.
    let number = |i: usize| pieces.get(i).is_some_and(|p| p.kind == PieceKind::Number);
    let line = match pieces.get(at + 1).and_then(Piece::sign) {
        Some('(' | ':' | '|') => true,
        Some(',') => number(at + 2),
        Some(_) | None => false,
    };
    while start < at
        && pieces.get(start).is_some_and(|p| {
            // "Air services agreement": two words and more that open a sentence are the title's.
            p.is(Class::And)
                || (p.first && p.meanings.is_empty() && !noun.capital && at < start + 2 && !line)
        })
    {
        start += 1;
    }
    // Unnamed bundles are no treaties: "fourteen memoranda", "agreements".
    let head = noun.folded.split(' ').next().unwrap_or_default();
    // "the following Agreements": a capital makes no title of them.
    let several = head.ends_with('s') || head.ends_with("randa");
    let following = start.checked_sub(1).map_or(start, |before| before)..at;
    let following = pieces.get(following);
    let following = following.is_some_and(|p| p.iter().any(|p| p.is(Class::DateAfter)));
    let plain_noun = !noun.capital || noun.first || following;
    let plural = plain_noun && noun.words == 1 && several;
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
    let next = || pieces.get(at + 1).is_some_and(|p| p.capital);
    let proper = noun.capital
        && (!noun.first || headed || next() || onward::subject_capital(pieces, at + 1));
    let mut end = at + 1;
    while belongs_after(pieces, end, proper, lexicon) {
        end += 1;
    }
    // "Agreement for the … of … (2014)": a proper title in an enumeration runs to the date in brackets.
    if proper && let Some(bracket) = bracket_after(pieces, at) {
        end = end.max(bracket);
    }
    end = trimmed(pieces, at + 1, end);
    if after::signatories(pieces, at + 1, lexicon) {
        end = end.max(at + 2);
    }
    // "Memorandum of Understanding (MoU) on tourism": the short form passed over.
    let mut next = end;
    let mut tail = None;
    if let Some(behind) = onward::short_form(pieces, end) {
        next = behind;
        let mut to = behind;
        while belongs_after(pieces, to, proper, lexicon) {
            to += 1;
        }
        to = trimmed(pieces, behind, to);
        if to > behind + 1 {
            next = to;
            tail = Some(pieces.get(behind)?.span.to(pieces.get(to - 1)?.span));
        }
    }
    // "several bilateral agreements"
    let counted = start
        .checked_sub(1)
        .and_then(|i| pieces.get(i))
        .is_some_and(|p| counts(p) || p.is(Class::Some));
    let tail = tail.or_else(|| onward::tail(pieces, next, proper, lexicon));
    let bundled = plural && start + 1 >= at && counted;
    let numbered = start.checked_sub(1).and_then(|i| pieces.get(i));
    // "two agreements on culture" say not which; "two agreements, on culture and on fisheries" do.
    let own = pieces.get(at + 1..end).unwrap_or(&[]);
    let lists = own
        .iter()
        .any(|p| p.is(Class::And) || p.sign() == Some(','));
    let bundled = bundled && numbered.is_some_and(counts) && !lists;
    // "an agreement was signed on visas"
    let bare = end == at + 1 && !pieces.get(start..end)?.iter().any(|p| p.city().is_some());
    let tail = tail.or_else(|| {
        let behind = || behind::tail(pieces, next, several && counted, lexicon);
        bare.then(behind).flatten()
    });
    if bundled && tail.is_none_or(|tail| !several_subjects(pieces, tail)) {
        return None;
    }
    let first = pieces.get(start)?.span;
    let last = pieces.get(end - 1)?.span;
    let title = Span::new(first.start, last.end);
    let behind = pieces.get(at + 1..end).unwrap_or(&[]);
    // "the alliance treaty", "a truce agreement": in English the first of two nouns tells what the second is.
    let second = behind.first().filter(|_| lexicon.lang == Lang::En);
    let second = second.and_then(self::kind);
    let behind = behind.get(usize::from(second.is_some())..).unwrap_or(&[]);
    let kind = second.unwrap_or(kind);
    // "an armistice": a noun that says itself what was agreed on.
    let alone = lexicon.lists(Class::TreatyAlone, &noun.folded);
    // "DTA – Agreement on …": its short form before a title.
    let dash = |p: &Piece<'_>| matches!(p.sign(), Some('–' | '—' | '-' | ':' | ')'));
    let titled = || pieces.get(at + 2).is_some_and(|p| p.capital || is_noun(p));
    if alone && bare && pieces.get(at + 1).is_some_and(dash) && titled() {
        return None;
    }
    let described = end - start > 1 || noun.words > 1 || tail.is_some() || alone;
    // "a twinning agreement": of cities.
    let mut words = pieces.get(start..end)?.iter();
    if words.any(|p| lexicon.lists(Class::NoTreaty, &p.folded)) {
        return None;
    }
    let plain = pieces.get(start..at).is_some_and(|before| {
        before
            .iter()
            .all(|p| p.meanings.is_empty() || p.is(Class::DateAfter) || following && counts(p))
    });
    let bundle = tail.is_none() && end == at + 1 && (counted || plain);
    // "three memoranda of understanding"
    let phrase = plain_noun && noun.words > 1 && several && counted && bundle;
    // "Treaties with Belgium (1858) and Denmark (1860)": one with each.
    let each = || {
        let mut behind = pieces.get(at + 1..).unwrap_or(&[]).iter().take(EACH);
        let with = behind.next().is_some_and(|p| p.is(Class::With));
        with && behind.any(|p| p.sign() == Some('('))
    };
    if (plural && (!described || bundle) || phrase) && !each() {
        return None;
    }
    Some((
        next,
        TreatyNp {
            kind,
            title,
            tail,
            inner: behind.iter().any(is_noun),
            described,
            city: pieces.get(start..end)?.iter().find_map(Piece::city),
            parties: Vec::new(),
        },
        (start < at).then_some(first.start),
    ))
}

/// "Two memoranda exist, one on tourism": the instruments that a noun in the plural before a piece names without saying what they are about.
pub(in crate::extract) fn bundle(pieces: &[Piece<'_>], at: usize) -> Option<TreatyNp> {
    let noun = pieces.get(..at)?.iter().rfind(|p| is_noun(p))?;
    let several = noun.folded.ends_with('s') || noun.folded.ends_with("randa");
    several.then_some(TreatyNp {
        kind: kind(noun)?,
        title: noun.span,
        tail: None,
        inner: false,
        described: true,
        city: None,
        parties: Vec::new(),
    })
}

/// "and a cultural one", "y otro cultural": the word that tells what another instrument is about, and the index behind the phrase.
fn modified(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> Option<(Span, usize)> {
    let one = pieces.get(at)?;
    let english = lexicon.lang == Lang::En;
    let (word, next) = if english {
        let article = at.checked_sub(2).and_then(|i| pieces.get(i))?;
        let led = one.folded == "one" && article.is(Class::Indefinite);
        led.then_some((at - 1, at + 1))?
    } else {
        let other = one.folded.split(' ').next_back()?;
        let other = other.starts_with("otr") || one.folded.ends_with(" autre");
        other.then_some((at + 1, at + 2))?
    };
    let word = pieces.get(word)?;
    let about = |m: &Meaning| {
        matches!(
            m,
            Meaning::Topic(_) | Meaning::Measure(_) | Meaning::Class(Class::Thing)
        )
    };
    let plain = word.kind == PieceKind::Word
        && !word.capital
        && word.folded.len() > 4
        && word.meanings.iter().all(about);
    let leads = [
        Class::About,
        Class::In,
        Class::And,
        Class::Of,
        Class::Article,
    ];
    let ends = pieces.get(next).is_none_or(|p| {
        p.sign().is_some() || p.kind == PieceKind::Number || leads.iter().any(|c| p.is(*c))
    });
    (plain && ends).then_some((word.span, next))
}

/// "one on higher education": the instrument of the kind of `known` that a word standing for its noun and a subject behind it name; the
/// index behind it, and its phrase.
pub(in crate::extract) fn further(
    pieces: &[Piece<'_>],
    at: usize,
    lexicon: &Lexicon,
    known: &TreatyNp,
) -> Option<(usize, TreatyNp)> {
    let noun = pieces
        .iter()
        .find(|p| known.title.contains(p.span) && kind(p) == Some(known.kind))?;
    let one = |title: Span, tail: Span| TreatyNp {
        title,
        tail: Some(tail),
        inner: false,
        described: true,
        city: None,
        parties: Vec::new(),
        ..known.clone()
    };
    if let Some((word, next)) = modified(pieces, at, lexicon) {
        let (title, tail) = if lexicon.lang == Lang::En {
            (word, noun.span)
        } else {
            (noun.span, word)
        };
        return Some((next, one(title, tail)));
    }
    let word = pieces.get(at + 2)?;
    // "el de pesca", "celui de commerce": of something, not of somebody.
    let thing = lexicon.lang != Lang::En
        && !word.is(Class::Article)
        && word.meanings.iter().all(|m| {
            let of_layout = |c: &Class| c.of_layout();
            matches!(
                m,
                Meaning::Topic(_) | Meaning::Measure(_) | Meaning::Class(Class::Thing)
            ) || matches!(m, Meaning::Class(c) if of_layout(c))
        });
    let subject = pieces.get(at + 1).filter(|p| {
        let of = thing && p.is(Class::Of) && !p.is(Class::Article);
        p.is(Class::About) || of || goes_on_as(pieces, known, p)
    })?;
    let plain = word.kind == PieceKind::Word && word.body().is_none() && word.city().is_none();
    let mut end = at + 1;
    while belongs_after(pieces, end, false, lexicon) {
        end += 1;
    }
    end = trimmed(pieces, at + 1, end);
    (plain && end > at + 2).then_some(())?;
    let tail = subject.span.to(pieces.get(end - 1)?.span);
    Some((end, one(noun.span, tail)))
}

/// "on trade, culture and tourism": whether what a title goes on with lists several things.
fn several_subjects(pieces: &[Piece<'_>], tail: Span) -> bool {
    let mut within = pieces.iter().filter(|p| tail.contains(p.span));
    within.any(|p| p.is(Class::And) || p.sign() == Some(','))
}

/// "an agreement for the avoidance of …, and another for the protection of …": whether a word leads to the subject as in the title before.
fn goes_on_as(pieces: &[Piece<'_>], known: &TreatyNp, lead: &Piece<'_>) -> bool {
    let same = |p: &Piece<'_>| known.title.contains(p.span) && p.folded == lead.folded;
    lead.is(Class::For) && pieces.iter().any(same)
}

/// The end of a title without the prepositions, articles and adverbs that it would end in; nothing before `from` is taken away.
fn trimmed(pieces: &[Piece<'_>], from: usize, mut end: usize) -> usize {
    // "an agreement under which"
    if end > from
        && pieces.get(end).is_some_and(|p| p.is(Class::Relative))
        && pieces
            .get(end - 1)
            .is_some_and(|p| !p.capital && p.span.len() <= 6)
    {
        end -= 1;
    }
    while end > from
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
                    Class::During,
                ]
                .iter()
                .any(|c| p.is(*c))
        })
    {
        end -= 1;
    }
    end
}
