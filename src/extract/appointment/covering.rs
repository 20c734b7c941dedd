//! Heads of mission who look after other states than the one in which they reside, by what a clause speaks of: "its ambassador in Oslo, X,
//! handles Icelandic affairs".

use super::held::held_here;
use super::term::Term;
use super::{Post, claim};
use crate::extract::mission::coverings;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Kind, Slot};
use crate::language::Rule;

/// Claims of the posts of heads of mission in a third state, one for each state that they cover.
pub(in crate::extract) fn covering(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for found in coverings(reader, index, sentence, told) {
        let Some(held) = held_here(reader, &sentence.items, found.seat) else {
            continue;
        };
        let term = Term::read(reader, sentence, found.date, None);
        for receiving in &found.covered {
            let post = Post {
                role: held.post.role.clone(),
                sending: Some(found.sending),
                receiving: Some(*receiving),
                city: Some(found.city),
            };
            let evidence = reader.side_evidence();
            let Some(claim) = claim(
                reader,
                sentence,
                rule,
                None,
                held.person,
                &post,
                &term,
                evidence,
            ) else {
                continue;
            };
            let name = claim.fact.text(Slot::Person);
            let said = told
                .last_about(Kind::Appointment, &name)
                .take(16)
                .any(|t| t.fact.get(Slot::Receiving) == claim.fact.get(Slot::Receiving));
            if !said {
                claims.push(claim);
            }
        }
    }
    claims
}
