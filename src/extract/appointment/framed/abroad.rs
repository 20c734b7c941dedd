//! Whom a state has in another, in words that name no post of a head of mission: "X represented Peru in Oslo from 1962 to 1966", "sent X to Oslo as minister".

use super::Framed;
use crate::extract::appointment::Post;
use crate::extract::appointment::mentioned::owner;
use crate::extract::dates::Bound;
use crate::extract::items::{Item, ItemKind, OfficeNp};
use crate::extract::lasting::lasts;
use crate::extract::offices::{HEAD_OF_LEGATION, is_head_of_mission, is_royal};
use crate::extract::reader::Who;
use crate::fact::{Edtf, Kind, Slot};
use crate::language::Class;

/// Who else than a monarch receives credentials.
const STATE: [&str; 3] = ["President", "Governor-General", "Head of State"];

/// How many items behind a verb he stands to whom credentials are handed.
const HEAD: usize = 5;

/// How many items an office stands at most before the name of who holds it, in apposition.
const APPOSED: usize = 4;

/// Up to which year a minister sent abroad is the head of a legation and not a member of a government.
const LEGATIONS: i32 = 1965;

impl Framed<'_, '_> {
    /// "X represented Peru in Oslo from 1962 to 1966": the post of who did so for a time, an ambassador's where nothing else is said of him.
    pub(super) fn represented(&self, who: &Who) -> Option<Post> {
        let reader = self.reader;
        let items = self.items();
        let role = match &who.role {
            Some(role) => Some(role.clone()).filter(|r| is_head_of_mission(r))?,
            None => "Ambassador".to_owned(),
        };
        let state = |i: usize| {
            let item = items.get(i)?;
            item.named_body().filter(|b| !reader.is_organisation(*b))
        };
        let mut senders = self.frame.role(items, self.rule, "sender").into_iter();
        let sending = senders.find_map(state)?;
        let (start, end) = self.frame.clause;
        // "represented Peru at the United Nations", "at the funeral in Oslo": not in that state.
        let clause = items.get(start..end)?;
        let body = |i: &Item<'_>| i.named_body().is_some_and(|b| reader.is_organisation(b));
        if clause.iter().any(body) {
            return None;
        }
        let behind = self.frame.at + 1;
        let place = (start..end).find(|&i| {
            let item = items.get(i);
            item.is_some_and(|x| {
                let led = x.has_prep(Class::In) || x.has_prep(Class::To);
                // "represented in Peru by": the preposition belongs to the verb.
                let led = led || i == behind && self.frame.passive && x.prep.is_empty();
                let body = x.named_body().filter(|b| *b != sending);
                led && (x.city().is_some() || body.is_some())
            })
        })?;
        let city = items.get(place)?.city();
        let receiving = items.get(place)?.named_body();
        let receiving = receiving.or_else(|| reader.state_of_city(city?))?;
        let term = |i: &usize| {
            let item = items.get(*i);
            let before = item
                .is_some_and(|x| matches!(&x.kind, ItemKind::Date(d) if d.bound == Bound::Since));
            before || lasts(items, *i)
        };
        // "is represented in Oslo by X": as things are.
        let now = || {
            let forms = self.set("now")?;
            let before = items.get(self.frame.at.saturating_sub(1)..=self.frame.at)?;
            let mut words = before.iter().flat_map(|i| i.folded.split(' '));
            let now = words.any(|word| forms.split('|').any(|form| form == word));
            let reach = if self.frame.passive { 1 } else { 2 };
            (now && place > self.frame.at && place <= behind + reach).then_some(())
        };
        let told = (start..end).any(|i| term(&i)) || now().is_some();
        (receiving != sending && told).then_some(Post {
            role,
            sending: Some(sending),
            receiving: Some(receiving),
            city,
        })
    }

    /// "sent X to Oslo as minister in 1934": a minister whom a state has abroad heads its legation.
    pub(super) fn minister_sent(&self, office: &OfficeNp) -> Option<Post> {
        let items = self.items();
        (self.reader.role_name(office.role) == "Minister").then_some(())?;
        let date = self.reader.date(self.sentence, self.frame.date).date?;
        let year = date.start.or(date.end).map(Edtf::on)?.year()?;
        let (start, end) = self.frame.clause;
        let abroad = (start..end).any(|i| {
            let item = items.get(i).filter(|x| x.has_prep(Class::To));
            let city = item.and_then(Item::city);
            city.is_some_and(|c| self.reader.state_of_city(c).is_some())
        });
        (year < LEGATIONS && abroad).then(|| Post::of(office, HEAD_OF_LEGATION.to_owned()))
    }

    /// "Peru was represented by its ambassador in Lima, X, who was accredited to Chile": the state to which the possessive before his office points.
    pub(super) fn owned(&self, holder: usize, role: &str) -> Option<usize> {
        let items = self.items();
        let called = |i: &usize| {
            let office = items.get(*i).and_then(|x| x.actor()?.office.as_ref());
            office.is_some_and(|o| self.reader.role_name(o.role) == role)
        };
        let office = (holder.saturating_sub(APPOSED)..=holder)
            .rev()
            .find(called)?;
        let owner = owner(self.reader, items, office)?;
        let post = items.get(office)?.actor()?.office.as_ref()?;
        let there = || self.reader.state_of_city(post.city?);
        (post.to.or_else(there) != Some(owner)).then_some(owner)
    }

    /// "The ambassador to Brazil, X, presented credentials in Lima", "X, ambassador in Lima, presented credentials to President Y" in a text on
    /// Bolivia: accredited there, too, with his seat where he is ambassador.
    pub(super) fn accredited_there(&self, post: &mut Post, person: usize) {
        let reader = self.reader;
        let there =
            |i: &Item<'_>| reader.state_of_city(i.city().filter(|_| i.has_prep(Class::In))?);
        let own = || reader.state_of_city(post.city?);
        let accredits = self.accredits();
        let known = post.receiving.or_else(own);
        let known = known.filter(|_| accredits || self.letters());
        let Some(resident) = known.filter(|_| self.still(person)) else {
            return;
        };
        // To the head of state of the side that the text is about, where the post is in a third state.
        let side = || {
            let other = reader.other_side(post.sending?)?;
            let before = self.items().get(self.frame.at + 1..)?.iter().take(HEAD);
            let mut heads = before.filter_map(|i| i.actor()?.office.as_ref());
            let head = |role: &str| is_royal(role) || STATE.contains(&role);
            let heads = heads.any(|o| head(&reader.role_name(o.role)));
            let there = accredits && self.there();
            ((heads || there) && !reader.is_side(resident)).then_some(other)
        };
        let Some(host) = self.host(there).or_else(side) else {
            return;
        };
        if resident != host && post.sending != Some(host) {
            post.city = post.city.or_else(|| reader.capital_of(resident));
            post.receiving = Some(host);
        }
    }

    /// Whether the verb says that somebody is accredited.
    fn accredits(&self) -> bool {
        // The stem of the word for it in the three languages.
        let verb = self.items().get(self.frame.at);
        verb.is_some_and(|i| ["accredit", "acredit"].iter().any(|w| i.folded.contains(w)))
    }

    /// "y est accrédité": whether a word for the place spoken of stands right before the verb.
    fn there(&self) -> bool {
        let items = self.items();
        let before = items.get(self.frame.at.saturating_sub(2)..=self.frame.at);
        before.is_some_and(|b| b.iter().any(|i| i.is(Class::There)))
    }

    /// Whether the post that the text last told of somebody had not ended before what the verb tells.
    fn still(&self, person: usize) -> bool {
        let name = self.reader.person_value(person).map(|value| value.text());
        let end = name.and_then(|name| {
            let mut told = self.earlier.last_about(Kind::Appointment, &name);
            told.find(|c| c.holds())?.fact.date(Slot::End)?.year()
        });
        let date = self.reader.date(self.sentence, self.frame.date).date;
        let date = date.and_then(|d| d.start.or(d.end)).map(Edtf::on);
        end.is_none_or(|end| date.and_then(|d| d.year()).is_some_and(|year| year <= end))
    }
}
