//! The date of a frame: its own, that of the entry of a chronicle, the day of the document.

use super::datelines::{dateline, day_written, publishes};
use super::{LETTERHEAD, Reader, Sentence};
use crate::document::{Block, BlockKind, Document};
use crate::extract::dates::{Bound, DateContext};
use crate::extract::items::{Item, ItemKind, Named, items};
use crate::extract::pieces::pieces;
use crate::fact::{Day, Edtf, Evidence, EvidenceRole, Fact, Flag, Slot, Value};
use crate::language::{Class, Lexicon, TriggerForm};
use crate::text::Span;

/// How many days before its own day a statement's news are at most.
const NEWS: i64 = 31;

impl<'a> Reader<'a> {
    /// The city at the head of an item with its day ("Lima, Monday 12: …").
    pub(in crate::extract) fn lead_city(&self, sentence: &Sentence) -> Option<usize> {
        let first = self.sentences_of(sentence.block).first()?;
        let [place, comma, day, colon, ..] = first.items.as_slice() else {
            return None;
        };
        let headed = comma.sign(',') && colon.sign(':') && matches!(day.kind, ItemKind::Date(_));
        if let ItemKind::City(city) = place.kind {
            headed.then_some(city)
        } else {
            None
        }
    }

    /// The date that the entry of a chronicle stands under, for its later sentences that give none ("5 June 2003 — …", "Lima, Monday 12:
    /// …"); in an item of a list the last date told before ("- 2018 – 8 September: … They also …").
    pub(in crate::extract) fn entry_date(&self, sentence: &Sentence) -> Dated {
        let own = self.own_entry_date(sentence);
        if own.date.is_some() {
            return own;
        }
        let (date, evidence) = match self.line_date(sentence) {
            Some((date, span)) => {
                let role = EvidenceRole::Date;
                (Some(date), vec![Evidence { span, role }])
            }
            None => return own,
        };
        Dated {
            date,
            evidence,
            ..Dated::default()
        }
    }

    fn own_entry_date(&self, sentence: &Sentence) -> Dated {
        let block = self.sentences_of(sentence.block);
        let before = block.partition_point(|s| s.span.start < sentence.span.start);
        let earlier = block.get(..before).unwrap_or(&[]);
        let items = earlier.first().map_or(&[][..], |s| s.items.as_slice());
        let lead = match items {
            [city, comma, rest @ ..]
                if matches!(city.kind, ItemKind::City(_)) && comma.sign(',') =>
            {
                rest
            }
            all => all,
        };
        // "14–18 September 1983. President X in Peru.": a first sentence that is nothing but the date.
        if let [day, rest @ ..] = lead
            && let ItemKind::Date(head) = &day.kind
            && rest.iter().all(|i| i.sign('.'))
        {
            let (date, span) = (head.date, day.span);
            return Dated {
                date,
                evidence: vec![Evidence {
                    span,
                    role: EvidenceRole::Date,
                }],
                ..Dated::default()
            };
        }
        let [day, next, ..] = lead else {
            return Dated::default();
        };
        let ItemKind::Date(head) = &day.kind else {
            return Dated::default();
        };
        let listed = self
            .block(sentence)
            .is_some_and(|b| b.kind == BlockKind::Item);
        let (date, span) = if listed && items.len() == lead.len() {
            let told = earlier.iter().rev().find_map(|s| {
                s.items.iter().rev().find_map(|i| {
                    if let ItemKind::Date(found) = &i.kind {
                        found.date.map(|date| (Some(date), s.span))
                    } else {
                        None
                    }
                })
            });
            told.unwrap_or((head.date, day.span))
        } else if ['—', '–', '-', ':'].into_iter().any(|c| next.sign(c)) {
            (head.date, day.span)
        } else {
            return Dated::default();
        };
        Dated {
            date,
            evidence: vec![Evidence {
                span,
                role: EvidenceRole::Date,
            }],
            ..Dated::default()
        }
    }

    /// The day or month that the sentence before told last, or the day of the one before that where it tells none.
    pub(in crate::extract) fn day_told(&self, index: usize) -> Option<(Edtf, Span)> {
        let block = self.sentences.get(index)?.block;
        let before = (index.saturating_sub(2)..index)
            .rev()
            .filter_map(|s| self.sentences.get(s))
            .take_while(|s| s.block == block);
        let told = before
            .flat_map(|s| {
                let items = s.items.iter().enumerate().rev();
                let own = items.filter(|(at, i)| !(i.is_date() && of_treaty(&s.items, *at)));
                own.map(|(_, item)| (item, s.span))
            })
            // What is told of yesterday or tomorrow is over or to come.
            .filter(|(item, _)| {
                ![
                    Class::Tomorrow,
                    Class::Yesterday,
                    Class::BeforeYesterday,
                    Class::DayBefore,
                ]
                .iter()
                .any(|c| item.is(*c))
            })
            .find_map(|(item, span)| {
                if let ItemKind::Date(found) = &item.kind {
                    Some((found, span))
                } else {
                    None
                }
            });
        let (found, span) = told?;
        let right_before = self
            .sentences
            .get(index.checked_sub(1)?)
            .is_some_and(|s| s.span == span);
        let day = found.date.filter(|d| {
            !d.interval && (d.precision() == 3 || d.precision() == 2 && right_before)
        })?;
        let told = found.bound == crate::extract::dates::Bound::None;
        (told && self.is_news(&day)).then_some((day, span))
    }

    /// Whether a date is of what a statement tells, and none that it looks back to: not long before its own day. Texts without a day have no news.
    pub(in crate::extract) fn is_news(&self, date: &Edtf) -> bool {
        let Some((own, _)) = self.day.filter(|(own, _)| own.month.is_some()) else {
            return true;
        };
        // Of a bulletin of a month, before its first day.
        let own = Day {
            day: own.day.or(Some(1)),
            ..own
        };
        let (year, month, last) = match date.end.or(date.start) {
            Some(day) => day.last(),
            None => return true,
        };
        let last = Day::checked(year, Some(month), Some(last));
        let first = own.plus_days(-NEWS);
        last.zip(first).is_none_or(|(last, first)| last >= first)
    }

    /// Where "there" is, said in a clause: the city named last before it in the block.
    pub(in crate::extract) fn city_there(
        &self,
        index: usize,
        sentence: &Sentence,
        clause: (usize, usize),
    ) -> Option<usize> {
        let at = (clause.0..clause.1)
            .find(|&i| sentence.items.get(i).is_some_and(|x| x.is(Class::There)))?;
        let city = |item: &Item| {
            if let ItemKind::City(city) = item.kind {
                Some(city)
            } else {
                None
            }
        };
        let here = sentence.items.get(..at)?.iter().rev().find_map(city);
        here.or_else(|| {
            (index.saturating_sub(2)..index)
                .rev()
                .filter_map(|s| self.sentences.get(s))
                .take_while(|s| s.block == sentence.block)
                .find_map(|s| s.items.iter().rev().find_map(city))
        })
    }

    /// Date of a frame.
    pub(in crate::extract) fn date(&self, sentence: &Sentence, index: Option<usize>) -> Dated {
        let Some(ItemKind::Date(found)) =
            index.and_then(|i| sentence.items.get(i)).map(|i| &i.kind)
        else {
            return self.entry_date(sentence);
        };
        let mut dated = Dated {
            date: found.date,
            ..Dated::default()
        };
        if let Some(from) = found.from {
            dated.evidence.push(Evidence {
                span: from,
                role: EvidenceRole::Date,
            });
        }
        if found.date.is_none() {
            dated.flags.push(Flag::UnresolvedDate(
                found.span.of(&self.doc.text).to_owned(),
            ));
        }
        dated.bound = found.bound;
        dated
    }
}

/// A date with what it was taken from and what is odd about it.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Dated {
    pub(in crate::extract) date: Option<Edtf>,
    pub(in crate::extract) evidence: Vec<Evidence>,
    pub(in crate::extract) flags: Vec<Flag>,
    pub(in crate::extract) bound: crate::extract::dates::Bound,
}

impl Dated {
    /// Leaves of a day or an interval of days the month in which it begins.
    pub(in crate::extract) fn drop_day(&mut self) {
        if let Some(date) = self.date
            && let Some(first) = date.start.filter(|d| d.day.is_some())
        {
            self.date = Some(Edtf::on(crate::fact::Day { day: None, ..first }));
        }
    }

    /// The full day that it is, of a date that is one.
    pub(in crate::extract) fn day(&self) -> Option<Day> {
        let single = self.date.filter(|d| !d.interval)?;
        single.start.filter(|d| d.day.is_some())
    }

    /// Sets a slot to the date.
    pub(in crate::extract) fn put(&self, fact: &mut Fact, slot: Slot) {
        if let Some(date) = self.date {
            fact.set(slot, Value::Date(date));
        }
    }

    /// Sets a start and an end: an interval gives both, "since" only the start, "until" only the end.
    pub(in crate::extract) fn put_range(&self, fact: &mut Fact, start: Slot, end: Slot) {
        let Some(date) = self.date else { return };
        match (date.start, date.end, self.bound) {
            (
                Some(day),
                None,
                crate::extract::dates::Bound::Until | crate::extract::dates::Bound::Before,
            ) => fact.set(end, Value::Date(Edtf::on(day))),
            (Some(first), last, _) => {
                fact.set(
                    start,
                    Value::Date(if date.decade || date.approximate {
                        Edtf {
                            interval: false,
                            end: None,
                            ..date
                        }
                    } else {
                        Edtf::on(first)
                    }),
                );
                if let Some(last) = last {
                    fact.set(end, Value::Date(Edtf::on(last)));
                }
            }
            (None, Some(last), _) => fact.set(end, Value::Date(Edtf::on(last))),
            (None, None, _) => {}
        }
    }
}

/// Whether a line is nothing but a day, with a city before it or brackets around it: "(Georgetown, 27 February 2024)".
pub(super) fn day_alone(items: &[Item]) -> bool {
    let mut days = items
        .iter()
        .filter(|i| matches!(i.kind, ItemKind::Date(_)))
        .map(|i| i.span);
    let alone = |i: &Item| {
        matches!(
            i.kind,
            ItemKind::Date(_) | ItemKind::City(_) | ItemKind::Sign(_)
        )
    };
    days.next().is_some() && days.next().is_none() && items.iter().all(alone)
}

/// How many blocks a text has at least whose last line may be nothing but its date.
const FOOT: usize = 8;

/// How many words may stand before the city there.
const DONE: usize = 3;

/// How many bytes such a line has at most: by itself, and with the languages in which the text was made.
const FOOT_LINE: usize = 80;
const CLOSING: usize = 200;

/// The day at the end of a statement: "Bandar Seri Begawan, 26 November 2019".
pub(super) fn closing_date(
    doc: &Document,
    lexicon: &Lexicon,
    mut dates: DateContext,
) -> Option<(crate::fact::Day, Span)> {
    let block = doc.blocks.last()?;
    let span = *block.sentences.last()?;
    if block.kind != BlockKind::Paragraph || span.len() >= CLOSING {
        return None;
    }
    let pieces = pieces(&doc.text, span, lexicon, false);
    let items = items(
        &doc.text,
        &pieces,
        lexicon,
        &mut dates,
        &mut Named::default(),
    );
    // "Done at Lima, Friday, 3 May 2001"
    let done = |at: usize| {
        let lead = items.get(..at).unwrap_or(&[]);
        let word = |i: &Item| matches!(i.kind, ItemKind::Word | ItemKind::Trigger(_));
        lead.iter().all(word) && items.get(at).is_some_and(|i| i.city().is_some())
    };
    let items = match (1..=DONE).find(|&at| done(at)) {
        Some(at) => in_languages(items.get(at..).unwrap_or(&[])),
        None if span.len() < FOOT_LINE => &items,
        None => return None,
    };
    let first = items.iter().find(|i| !matches!(i.kind, ItemKind::Sign(_)));
    let city = first.is_some_and(|i| matches!(i.kind, ItemKind::City(_)));
    // "16 November 2025": the last line of a letterhead at the foot.
    let alone = first.is_some_and(Item::is_date) && doc.blocks.len() > FOOT;
    ((city || alone) && day_alone(items)).then_some(())?;
    date_line(&doc.text, items, (doc.blocks.len(), block), span, || false)
}

/// The words of a closing line up to its day: what follows, "in two originals in the English and French languages", tells no more.
fn in_languages<'i, 'a>(items: &'i [Item<'a>]) -> &'i [Item<'a>] {
    let end = items.iter().position(Item::is_date).map(|at| at + 1);
    let (line, rest) = items.split_at(end.unwrap_or(items.len()));
    let plain = |i: &Item| !i.is_date() && !i.is_finite() && i.named_body().is_none();
    if rest.iter().all(plain) { line } else { items }
}

/// The last day of the visit that the first paragraph of a joint communiqué tells of: it was made then.
pub(super) fn visited(items: &[Item], lexicon: &Lexicon) -> Option<(Day, Span)> {
    let visit = |i: &Item| i.rules(lexicon).any(|r| r.fact == "visit");
    let mut dates = items.iter().filter_map(|i| {
        let ItemKind::Date(found) = &i.kind else {
            return None;
        };
        let plain = found.from.is_none() && found.bound == Bound::None;
        Some((found.date.filter(|_| plain)?, i.span))
    });
    let (date, span) = dates.next().filter(|_| items.iter().any(visit))?;
    let last = date.end.or(date.start).filter(|d| d.day.is_some())?;
    Some((last, span))
}

/// "Press briefing of 3 May 2001": whether a line says of which day the briefing is that it heads, whatever day the title tells of.
pub(super) fn briefs(items: &[Item]) -> bool {
    let tells = |i: &Item| i.verb == Some(TriggerForm::Finite) || i.actor().is_some();
    items.first().is_some_and(|i| i.is(Class::Briefing)) && !items.iter().any(tells)
}

/// The month of which a bulletin is, "Bulletin No. 12 · May 2001", "Lima, May 2001", or the year, where a line says that it is one: "Bulletin,
/// 4th quarter 1984".
pub(super) fn issue_month(
    items: &[Item],
    block: &Block,
    span: Span,
) -> Option<(crate::fact::Day, Span)> {
    let line = matches!(
        block.kind,
        BlockKind::Title | BlockKind::Heading(_) | BlockKind::Label | BlockKind::Paragraph
    );
    // "September 2017 (published on 2 October)", but "Monthly summary (September 2017)"
    let aside = items.iter().position(|i| i.sign('('));
    let aside = aside.filter(|&at| items.iter().take(at).any(Item::is_date));
    let items = aside.map_or(items, |at| items.get(..at).unwrap_or(&[]));
    let issue = items.iter().any(|i| i.is(Class::Issue));
    // "Relations established in May 2001" tells something.
    let names = |i: &Item| {
        let tells = matches!(i.kind, ItemKind::Trigger(_) | ItemKind::Mission(_))
            || matches!(i.kind, ItemKind::Treaty(_)) && !issue;
        let office = i.actor().is_some_and(|actor| actor.office.is_some());
        !(tells
            || office
            || i.verb == Some(TriggerForm::Finite)
            || i.is(Class::Relations)
            || i.is(Class::Updated))
    };
    let mut dates = items.iter().filter_map(|i| {
        if let ItemKind::Date(found) = &i.kind {
            Some((found, i.span))
        } else {
            None
        }
    });
    let (found, at) = dates.next()?;
    let alone = dates.next().is_none() && items.iter().all(names);
    let written = found.from.is_none() && found.bound == Bound::None;
    let date = found
        .date
        .filter(|d| !d.interval && !d.approximate && d.precision() <= 2)?;
    (date.precision() == 2 || issue).then_some(())?;
    (line && alone && written && span.len() < 100).then_some((date.start?, at))
}

/// "COMPTE RENDU — Lima, 3 May 2001": whether a dash parts what a line names from its city and day.
fn behind_dash(items: &[Item]) -> bool {
    let dash = items.iter().position(super::datelines::is_dash);
    let rest = dash.and_then(|at| items.get(at + 1..)).unwrap_or(&[]);
    rest.first().is_some_and(|i| i.city().is_some()) && day_alone(rest)
}

/// How many bytes a date line has at most, and one that says that it heads a briefing.
const DATED: usize = 120;
const BRIEFING: usize = 200;

/// The day that a date line or title gives: "Asunción, 20 de febrero de 2023", "(Paris, 21 avril 2015)". `headed` tells whether it stands below
/// words for visits, treaties or the like, whose lines have days of their own.
pub(super) fn date_line(
    text: &str,
    items: &[Item],
    (at, block): (usize, &Block),
    span: Span,
    headed: impl Fn() -> bool,
) -> Option<(crate::fact::Day, Span)> {
    if publishes(items) && block.kind != BlockKind::Item {
        return day_written(items);
    }
    // "Point de presse du 3 mai 2001" below the name of the ministry.
    let second = at == 1 && matches!(block.kind, BlockKind::Heading(_));
    let dates: Vec<&Item> = items
        .iter()
        .filter(|i| matches!(i.kind, ItemKind::Date(_)))
        .collect();
    // "- 1 November 2022": an item of a list is of its own day.
    let listed = block.kind == BlockKind::Row && block.header.is_some();
    if block.kind == BlockKind::Item || listed {
        return None;
    }
    // "Last updated on 3 May 2001": the text tells of any year.
    if items.iter().any(|i| i.is(Class::Updated)) && !items.iter().any(|i| i.city().is_some()) {
        return None;
    }
    let dateline = dateline(items);
    // "Bulletin No. 37/2014 – Lima, 19 September 2014": the number's year beside the day.
    let date = |item: &Item| {
        if let ItemKind::Date(found) = &item.kind {
            found.date
        } else {
            None
        }
    };
    let of_day = |year: &Edtf| {
        let days = dates.iter().filter_map(|i| date(i));
        let mut days = days.filter(|d| d.precision() == 3);
        year.precision() == 1 && days.any(|d| d.year() == year.year())
    };
    let numbered = |i: &&Item| date(i).is_some_and(|d| of_day(&d));
    let dates: Vec<&Item> = dates.iter().copied().filter(|i| !numbered(i)).collect();
    let only = match dates.as_slice() {
        [only] => only,
        [first, ..] if dateline => first,
        _ => return None,
    };
    let ItemKind::Date(found) = &only.kind else {
        return None;
    };
    // "No. 12, week of 3 to 9 May 2001", "Bulletin – 3 to 9 May 2001", "3–9 May 2001" at the head: its last day.
    let issue = items
        .iter()
        .any(|i| i.is(Class::Weeks) || i.is(Class::Issue));
    let weekly = issue || at < LETTERHEAD && day_alone(items);
    let whole = found.date.filter(|d| !d.interval || weekly)?;
    let day = if whole.interval {
        whole.end
    } else {
        whole.start
    };
    let day = day.filter(|d| d.day.is_some())?;
    // "Since 8 December 1956 they have been in relations": a short sentence that tells something is no date line.
    // "President Ana Soto – 3 May 2001", "Extradition Treaty (Lima, 3 May 2001)" under a heading of visits or treaties.
    let named = |i: &Item| {
        let treaty = matches!(i.kind, ItemKind::Treaty(_));
        treaty || i.mission().is_some() || i.actor().is_some_and(|a| a.name.is_some())
    };
    let listed = items.iter().any(named) && headed();
    // "Peru noted it on 28 August 1991. Kenya opened …": the first of several sentences, or one with words that are none of a date line's.
    let ended = items.last().is_some_and(|i| i.sign('.'));
    let placed = |i: &&Item| i.is_date() || i.city().is_some() || i.sign('(');
    let led = items.first().as_ref().is_some_and(placed);
    let briefing = items.iter().take(4).any(|i| i.is(Class::Briefing));
    let prose = ended
        && !led
        && block.kind == BlockKind::Paragraph
        && block.sentences.len() > 1
        && !briefing;
    // "On 14 March 2023 the President told …", with a verb that no list has.
    let opens = items.iter().take(2).any(Item::is_date);
    let tells = ended && opens && !briefing && items.iter().any(|i| i.actor().is_some());
    let longest = if briefing { BRIEFING } else { DATED };
    let triggered = items
        .first()
        .is_some_and(|i| matches!(i.kind, ItemKind::Trigger(_)));
    let line = span.len() < longest
        && !prose
        && !tells
        && found.bound == Bound::None
        && !listed
        // Nor is "Established: 3 May 2001".
        && (behind_dash(items) || !triggered)
        && !items
            .iter()
            .skip(1)
            // "THE MINISTRY INFORMS • 1 to 7 June 2009"
            .filter(|i| !issue || i.span.of(text).contains(char::is_lowercase))
            .any(|i| i.verb == Some(TriggerForm::Finite));
    let short = dateline
        || block.kind == BlockKind::Title
        || block.kind == BlockKind::Label
        || second
        || line
        || only.span.start < span.start + 40
            && items
                .first()
                .is_some_and(|i| matches!(i.kind, ItemKind::City(_)));
    let written = found.from.is_none();
    (short && written).then_some((day, span))
}

/// "They discussed the treaty, signed on 26 June 1999": whether a date behind a comma is that of a treaty which the sentence only speaks of.
fn of_treaty(items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    let Some(comma) = before.iter().rposition(|i| i.sign(',')) else {
        return false;
    };
    let (main, aside) = before.split_at(comma);
    let named = main
        .last()
        .is_some_and(|i| matches!(i.kind, ItemKind::Treaty(_)));
    let only = aside.iter().filter(|i| i.verb.is_some()).count() == 1;
    let told = |i: &Item<'_>| i.is_finite() || i.is(Class::Have) || i.is(Class::Be);
    named && only && main.iter().any(told) && !aside.iter().any(|i| i.is(Class::And))
}
