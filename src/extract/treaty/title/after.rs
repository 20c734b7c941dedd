//! Which words behind a treaty's noun belong to its title.

use super::kind;
use super::subjects::{enumeration, last_of_three, plain, to_each};
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Head, Lang, Lexicon, Meaning, TriggerForm};

/// Among how many pieces behind "in" the word for a field stands.
const FIELD: usize = 3;

/// How many pieces there are at most from "with" to the word for who signed.
const SIGNATORY: usize = 4;

/// Whether a word that can be a verb or trigger a rule is the title's noun here: "on the fishing of …", "sobre consultas políticas".
fn noun_of_title(pieces: &[Piece<'_>], i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).and_then(|j| pieces.get(j));
    let article = before(1).is_some_and(|p| p.is(Class::Article));
    let trigger = |p: &&Piece<'_>| p.meanings.iter().any(|m| matches!(m, Meaning::Trigger(..)));
    if pieces.get(i).filter(trigger).is_none() {
        return article;
    }
    let topic = before(if article { 2 } else { 1 });
    topic.is_some_and(|p| p.is(Class::About) || article && (p.is(Class::For) || p.is(Class::Of)))
}

/// Whether a word that triggers rules is a noun within a title: "protocol on political consultations".
fn noun_within(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    let back = |n: usize| i.checked_sub(n).and_then(|j| pieces.get(j));
    // "convention d'établissement", "accord portant création d'une commission": what the treaty's noun itself leads to.
    let leads = |p: &Piece<'_>| {
        let mut forms = p.meanings.iter().filter_map(|m| lexicon.verb_form(m));
        p.is(Class::Of) && !p.is(Class::Article)
            || lexicon.lang != Lang::En && forms.any(|form| form == TriggerForm::Gerund)
    };
    let own = back(1).is_some_and(leads) && back(2).is_some_and(|p| kind(p).is_some());
    // "Convenio de traslado de personas condenadas": what is written like a verb is a noun there.
    let trigger = |p: &&Piece<'_>| {
        let form =
            |m: &Meaning| matches!(m, Meaning::Trigger(_, f) if *f != TriggerForm::Participle);
        !p.capital && p.meanings.iter().any(form)
    };
    if own && lexicon.lang != Lang::En && pieces.get(i).filter(trigger).is_some() {
        return true;
    }
    let noun = pieces.get(i).is_some_and(|p| {
        p.meanings.iter().all(|m| match m {
            Meaning::Trigger(rule, _) => lexicon.rules.get(*rule).is_some_and(|r| {
                let told = matches!(r.fact.as_str(), "meeting" | "visit");
                // "an agreement on tourism entered into force"
                let treaty = r.fact == "treaty";
                r.head == Head::Noun && (told || own || r.verbs.is_empty() && !treaty)
            }),
            Meaning::Class(c) if own && (c.of_layout() || c.of_keys()) => true,
            Meaning::Topic(_)
            | Meaning::Measure(_)
            | Meaning::Class(Class::Thing | Class::Consultations | Class::Talks) => true,
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
    noun && back(1).is_some_and(|p| {
        kind(p).is_none()
            && (own
                || plain(p)
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

/// "to abolish visas", "establishing a joint commission": a verb that tells what the treaty is for, unless it tells of relations.
fn aim(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    let before = i.checked_sub(1).and_then(|j| pieces.get(j));
    let led = before.is_some_and(|p| p.is(Class::To) || p.is(Class::For) || p.is(Class::Aim));
    let noun = before.is_some_and(|p| kind(p).is_some());
    let form = |m: &Meaning| {
        if let Meaning::Verb(form) | Meaning::Trigger(_, form) = m {
            Some(*form)
        } else {
            None
        }
    };
    let Some(piece) = pieces.get(i) else {
        return false;
    };
    // "accord portant exemption de visas", not "accord liant le Pérou et le Mali"
    let binds = || {
        let mut behind = pieces.iter().skip(i + 1).take(2);
        behind.any(|p| p.body().is_some() || p.is(Class::BothStates))
    };
    let fits = piece
        .meanings
        .iter()
        .filter_map(form)
        .any(|form| match form {
            TriggerForm::Base => led,
            TriggerForm::Gerund => noun && (lexicon.lang == Lang::En || !binds()),
            TriggerForm::Finite | TriggerForm::Planned | TriggerForm::Participle => false,
        });
    let relations = pieces
        .get(i + 1..)
        .unwrap_or(&[])
        .iter()
        .take(4)
        .any(|p| p.is(Class::Relations));
    fits && !relations
}

/// "on visa-free travel": a bare form that words of no verb and no plural lead from "on" or "for" is a noun; in English alone they stand before it.
fn led_noun(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    let bare = |p: &&Piece<'_>| {
        let form = |m: &Meaning| lexicon.verb_form(m);
        p.meanings
            .iter()
            .filter_map(form)
            .all(|f| f == TriggerForm::Base)
    };
    let word = |p: &Piece<'_>| {
        p.sign() == Some('-') || plain(p) && !p.folded.ends_with('s') && p.folded.len() > 2
    };
    let before = pieces.get(..i).unwrap_or(&[]);
    let from = before.iter().rposition(|p| !word(p));
    let lead = from.map(|from| from - usize::from(described(pieces, from, lexicon)));
    let lead = lead
        .filter(|lead| lead + 1 < i)
        .and_then(|lead| before.get(lead));
    // "an agreement on tourism entered into force"
    let treaty = |m: &Meaning| {
        let rule = |rule: &usize| lexicon.rules.get(*rule);
        matches!(m, Meaning::Trigger(r, _) if rule(r).is_some_and(|r| r.fact == "treaty"))
    };
    let told = pieces.get(i).is_some_and(|p| p.meanings.iter().any(treaty));
    lexicon.lang == Lang::En
        && !told
        && pieces.get(i).filter(bare).is_some()
        && lead.is_some_and(|p| p.is(Class::About) || p.is(Class::For))
}

/// "on scheduled air services", "on taxed goods": a participle right behind "on" describes what the title is about.
fn described(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    let about = i.checked_sub(1).and_then(|j| pieces.get(j));
    let participle = |p: &Piece<'_>| {
        let mut forms = p.meanings.iter().filter_map(|m| lexicon.verb_form(m));
        forms.any(|form| form == TriggerForm::Participle)
    };
    let word = |p: &&Piece<'_>| p.kind == PieceKind::Word && !p.is(Class::Article);
    lexicon.lang == Lang::En
        && about.is_some_and(|p| p.is(Class::About))
        && pieces.get(i).filter(|p| participle(p)).is_some()
        && pieces.get(i + 1).filter(word).is_some()
}

/// "le transfèrement des personnes condamnées": a participle in the plural behind a noun of the title in the plural, of a verb of no rule.
fn described_by(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    let plural = |p: &Piece<'_>| p.folded.ends_with('s') && p.kind == PieceKind::Word;
    let participle = |p: &Piece<'_>| {
        let mut verbs = p.meanings.iter().filter(|m| lexicon.verb_form(m).is_some());
        p.meanings.contains(&Meaning::Verb(TriggerForm::Participle))
            && verbs.all(|m| *m == Meaning::Verb(TriggerForm::Participle))
    };
    let noun = i.checked_sub(1).and_then(|j| pieces.get(j));
    lexicon.lang != Lang::En
        && noun.is_some_and(|p| plural(p) && kind(p).is_none() && !p.is(Class::Article))
        && pieces.get(i).is_some_and(|p| plural(p) && participle(p))
}

/// "de non double imposition", "sobre la no proliferación": a denial that is a part of the noun behind it.
fn is_prefix(pieces: &[Piece<'_>], i: usize) -> bool {
    let leads = [Class::Of, Class::About, Class::For, Class::Article];
    let led = i.checked_sub(1).and_then(|j| pieces.get(j));
    led.is_some_and(|p| leads.iter().any(|c| p.is(*c)))
        && pieces
            .get(i + 1)
            .is_some_and(|n| n.kind == PieceKind::Word && !n.is(Class::Article))
}

/// "a trade agreement and a cultural agreement": in English the article of a second noun behind the first's.
fn another(article: &Piece<'_>, lexicon: &Lexicon) -> bool {
    lexicon.lang == Lang::En && article.is(Class::Indefinite)
}

/// "holders of diplomatic, service or official passports": whether a comma or a joint stands among the kinds of one noun.
fn kinds_of_passport(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    let joint = |p: &Piece<'_>| p.sign() == Some(',') || p.is(Class::And) || p.is(Class::Or);
    let noun = |p: &Piece<'_>| lexicon.lists(Class::Passport, &p.folded);
    let mut words = pieces.get(i + 1..).unwrap_or(&[]).iter().take(KINDS);
    pieces.get(i).is_some_and(joint)
        && words
            .find(|p| noun(p) || !(joint(p) || p.kind == PieceKind::Word && !p.capital))
            .is_some_and(noun)
}

/// Within how many pieces the kinds of one noun stand before it.
const KINDS: usize = 8;

/// Whether a piece after the noun continues the title.
pub(super) fn belongs_after(
    pieces: &[Piece<'_>],
    i: usize,
    proper: bool,
    lexicon: &Lexicon,
) -> bool {
    let Some(piece) = pieces.get(i) else {
        return false;
    };
    let next = pieces.get(i + 1);
    if kinds_of_passport(pieces, i, lexicon) {
        return true;
    }
    if let Some(sign) = piece.sign() {
        return match sign {
            ',' => {
                let small = i
                    .checked_sub(1)
                    .and_then(|j| pieces.get(j))
                    .is_some_and(|p| !p.capital);
                small && enumeration(pieces, i)
                    || proper && last_of_three(pieces, i)
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
    // "Agreement on Fisheries Signed in Lima": a label of the day on the next line.
    let labels = next.is_some_and(|n| n.sign() == Some(':') || n.is(Class::In) || n.is(Class::By));
    if piece.capital && labels && (piece.is(Class::ColumnSigned) || piece.is(Class::ColumnInForce))
    {
        return false;
    }
    // "Consular convention initialled (signed in 1992)"
    if piece.is(Class::Unfinished) && !piece.capital {
        return false;
    }
    // "an aid agreement dating back to 1988"
    if piece.is(Class::Dated) && !piece.capital {
        return false;
    }
    // "an extradition treaty five years later"
    let units = [Class::Years, Class::Months, Class::Weeks, Class::Days];
    let counts = piece
        .meanings
        .iter()
        .any(|m| matches!(m, Meaning::Number(_)));
    if counts && next.is_some_and(|n| units.iter().any(|c| n.is(*c))) {
        return false;
    }
    if piece.is(Class::Not) {
        return is_prefix(pieces, i);
    }
    if year_within(pieces, i) {
        return true;
    }
    if piece.kind == PieceKind::Number
        || piece.is(Class::Relative)
        || piece.is(Class::Be)
        || piece.is(Class::Have)
        || piece.is(Class::By)
        || piece.is(Class::Or)
    {
        return false;
    }
    let noun = proper && piece.capital
        || noun_of_title(pieces, i)
        || noun_within(pieces, i, lexicon)
        || led_noun(pieces, i, lexicon)
        || described(pieces, i, lexicon);
    let verb = |m: &Meaning| {
        matches!(
            m,
            Meaning::Trigger(..)
                | Meaning::Month(_)
                | Meaning::Verb(TriggerForm::Planned | TriggerForm::Participle)
        )
    };
    // "en vue d'éviter", "con el fin de promover"
    if piece.is(Class::Aim) {
        return next.is_some_and(|n| n.is(Class::Article) || aim(pieces, i + 1, lexicon))
            || next.is_some_and(plain);
    }
    if !noun
        && !aim(pieces, i, lexicon)
        && !described_by(pieces, i, lexicon)
        && piece.meanings.iter().any(verb)
    {
        return false;
    }
    if piece.is(Class::And) {
        // "one on trade and the other on tourism"
        if next.is_some_and(|n| n.is(Class::MissionOne) && !n.is(Class::Article)) {
            return false;
        }
        let small = i
            .checked_sub(1)
            .and_then(|j| pieces.get(j))
            .is_some_and(|p| !p.capital && p.sign() != Some(','));
        // "d'amitié et de commerce"
        if small
            && next.is_some_and(|n| n.is(Class::Of) && !n.is(Class::Article))
            && pieces.get(i + 2).is_some_and(plain)
        {
            return true;
        }
        // "on trade, on culture and on tourism"
        let article = usize::from(pieces.get(i + 2).is_some_and(|p| p.is(Class::Article)));
        let again = |n: &Piece<'_>| {
            let to = n.is(Class::To) || n.is(Class::In);
            n.is(Class::About) || to && to_each(pieces, i)
        };
        if small && next.is_some_and(again) && pieces.get(i + 2 + article).is_some_and(plain) {
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
            .filter(|n| {
                n.is(Class::Article) && !another(n, lexicon) && noun_of_title(pieces, i + 2)
            })
            .and_then(|_| pieces.get(i + 2));
        return second.or(next).is_some_and(|n| {
            n.sign().is_none()
                && !n.is(Class::Article)
                && n.kind != PieceKind::Number
                && n.meanings.iter().all(|m| {
                    matches!(
                        m,
                        Meaning::Topic(_)
                            | Meaning::Measure(_)
                            // "diplomatic and official passports"
                            | Meaning::Class(Class::Thing | Class::VisitOfficial | Class::MissionPart)
                    )
                })
                && (!proper || n.capital || small)
        });
    }
    // "the Treaty of Lima on August 25", "a treaty on the same day"
    let same = [Class::SameYear, Class::SameMonth, Class::SameDay];
    let behind = pieces.get(i + 1..i + 4).unwrap_or(&[]);
    let dated = |p: &Piece<'_>| same.iter().any(|c| p.is(*c));
    let day = behind
        .first()
        .is_some_and(|p| p.is(Class::Weekday) || is_month(p));
    if piece.is(Class::About) && (day || behind.iter().any(dated)) {
        return false;
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
        let article = j > i + 1;
        // "with his Peruvian counterpart": who signed is not the title.
        let noun = pieces.iter().skip(j).take(SIGNATORY);
        let mut noun = noun.take_while(|p| p.sign().is_none());
        if piece.is(Class::With) && noun.any(|p| p.is(Class::Counterpart)) {
            return false;
        }
        // "with respect to Taxes on Income"
        let respect = |p: &Piece<'_>| {
            pieces
                .get(j + 1)
                .is_some_and(|to| to.is(Class::To) || to.is(Class::Of))
                && p.meanings.is_empty()
                && pieces
                    .get(j + 2)
                    .is_some_and(|n| n.capital && n.body().is_none() && n.city().is_none())
        };
        // "Agreement to abolish visas", "Agreement to Control Unauthorised Trade": what it is to do.
        let own = i.checked_sub(1).and_then(|j| pieces.get(j));
        let to_do = lexicon.lang == Lang::En
            && piece.is(Class::To)
            && j == i + 1
            && own.is_some_and(|p| kind(p).is_some());
        let aims = to_do && aim(pieces, j, lexicon);
        // "in Customs Matters", "en matière douanière"
        let listed = |p: &Piece<'_>| {
            let mut words = p.folded.split(' ');
            words.any(|w| lexicon.lists(Class::TitleField, w))
        };
        let words = pieces.iter().skip(j).take(FIELD);
        let mut words = words.take_while(|p| p.sign().is_none() && p.kind != PieceKind::Number);
        let field = piece.is(Class::In) && words.any(listed);
        if article && year_within(pieces, j) && own.is_some_and(|p| kind(p).is_some()) {
            return true;
        }
        return pieces.get(j).is_some_and(|p| {
            p.sign().is_none()
                && p.kind != PieceKind::Number
                && p.body().is_none()
                && p.city().is_none()
                && !p.is(Class::BothStates)
                && !p.is(Class::Government)
                && !p.is(Class::Half)
                && (p.kind != PieceKind::Name
                    || proper && (article || to_do || gerund(p, lexicon) || field))
                && !p.meanings.iter().any(|m| {
                    matches!(
                        m,
                        Meaning::Month(_)
                            | Meaning::Class(Class::DatePart | Class::SameYear | Class::Weekday)
                    )
                })
                && (p.capital || !proper || aims || respect(p) || field)
        });
    }
    if piece.is(Class::Of) {
        let mut j = i + 1;
        while pieces.get(j).is_some_and(|p| p.is(Class::Article)) {
            j += 1;
        }
        // "the trade agreement of the following year"
        let told = |p: &Piece<'_>| p.is(Class::DateAfter) || p.is(Class::SameDay);
        if !proper && pieces.get(j).is_some_and(told) {
            return false;
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
        Class::Undone,
        Class::They,
        Class::He,
        Class::BothStates,
        Class::BothPersons,
        Class::DateAfter,
        Class::DateBefore,
        Class::SameYear,
        Class::Light,
        Class::There,
        Class::Opener,
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
            n.kind == PieceKind::Number
                || n.sign().is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥'))
        });
    !next_clause
        && !counted
        && !tells(pieces, i, lexicon)
        && (described(pieces, i, lexicon) || !blocked.iter().any(|c| piece.is(*c)))
        && piece.office().is_none()
        && (piece.kind != PieceKind::Name || proper || named_by(pieces, i))
}

/// "a protocol amending the 1962 trade agreement": the year of the instrument that a title names.
fn year_within(pieces: &[Piece<'_>], i: usize) -> bool {
    let year = |p: &Piece<'_>| p.kind == PieceKind::Number && p.span.len() == 4;
    let article = i.checked_sub(1).and_then(|j| pieces.get(j));
    let word = |p: &&Piece<'_>| p.kind == PieceKind::Word && !p.is(Class::Article);
    let mut behind = pieces.get(i + 1..).unwrap_or(&[]).iter().take(KINDS);
    pieces.get(i).is_some_and(year)
        && article.is_some_and(|p| p.is(Class::Article) && !p.is(Class::Of))
        && behind
            .find(|p| kind(p).is_some() || !word(p))
            .is_some_and(|p| kind(p).is_some())
}

/// "the agreement on trade regulates the tariffs": a word that nobody knows, with the ending of a verb, right before an article.
fn tells(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    let ends: &[&str] = match lexicon.lang {
        Lang::En => &["s", "ed"],
        Lang::Fr => &["it", "ent"],
        Lang::Es => &["ó", "aron", "ieron"],
    };
    let verb = |p: &Piece<'_>| {
        p.kind == PieceKind::Word
            && !p.capital
            && p.meanings.is_empty()
            && ends.iter().any(|end| p.folded.ends_with(end))
    };
    let article = |p: &Piece<'_>| p.is(Class::Article) && !p.is(Class::Of);
    pieces.get(i).is_some_and(verb) && pieces.get(i + 1).is_some_and(article)
}

/// "in Combating Organised Crime": words in capitals that no name begins with.
fn gerund(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let first = piece.folded.split(' ').next().unwrap_or_default();
    let common = ["ing", "ised", "ized", "tion", "ment"];
    lexicon.lang == Lang::En && first.len() > 6 && common.iter().any(|end| first.ends_with(end))
}

/// Whether a piece names a month.
pub(super) fn is_month(piece: &Piece<'_>) -> bool {
    let month = |m: &Meaning| matches!(m, Meaning::Month(_));
    piece.meanings.iter().any(month)
}

/// "el tratado Vega-Soto": whether the names of who signed stand right behind the noun.
pub(super) fn signatories(pieces: &[Piece<'_>], i: usize, lexicon: &Lexicon) -> bool {
    lexicon.lang != Lang::En
        && pieces.get(i).is_some_and(|p| {
            p.capital
                && p.body().is_none()
                && p.folded
                    .split_once('-')
                    .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
        })
}

/// "traité d'Ancón": a name right behind the noun and "of".
fn named_by(pieces: &[Piece<'_>], i: usize) -> bool {
    let at = |n: usize| i.checked_sub(n).and_then(|j| pieces.get(j));
    at(1).is_some_and(|p| p.is(Class::Of) && !p.is(Class::Article))
        && at(2).is_some_and(|p| kind(p).is_some())
}

/// The opening bracket before a date that ends a proper title begun at piece `at`, with no other title, verb of a rule or full stop between.
pub(super) fn bracket_after(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let rest = pieces.get(at + 1..)?;
    let length = rest.iter().position(|p| {
        p.sign().is_some_and(|c| matches!(c, '(' | ';' | '.' | ':'))
            || kind(p).is_some()
            || p.meanings.iter().any(|m| matches!(m, Meaning::Trigger(..)))
    })?;
    let open = rest.get(length)?.sign() == Some('(');
    let dated = rest
        .get(length + 1)
        .is_some_and(|p| p.kind == PieceKind::Number || is_month(p));
    (open && dated).then_some(at + 1 + length)
}
