//! States that share an adjective or a short name ("congolais", "guineano") → the one that the document means.

use crate::document::Document;
use crate::extract::pieces::Piece;
use crate::language::{Gazetteer, Meaning};

/// The state that such a word means by itself, and those that it means where the text is on one of them: gazetteer keys.
const SHARED: &[(&str, &[&str])] = &[
    ("COD", &["COG"]),
    ("GIN", &["GNB", "GNQ"]),
    ("KOR", &["PRK"]),
    ("SDN", &["SSD"]),
];

/// How many bytes of the text, beside the title, tell which it is on.
const HEAD: usize = 1500;

/// Of which states the words of others are read: (the one that they mean by themselves, the one meant), both by index.
#[derive(Debug, Default)]
pub(super) struct Namesakes(Vec<(usize, usize)>);

impl Namesakes {
    /// What the title and the beginning of a document tell: the one state is named there in full, the other is not named.
    pub(super) fn of(doc: &Document, gazetteer: &Gazetteer) -> Self {
        let end = (0..=HEAD.min(doc.text.len()))
            .rev()
            .find(|at| doc.text.is_char_boundary(*at));
        let head = doc.text.get(..end.unwrap_or(0)).unwrap_or("");
        let head = format!("{}\n{head}", doc.title).to_lowercase();
        let long = |body: usize| {
            let names = gazetteer.names_of(body);
            names.filter(|n| n.form.is_name() && n.lang.is_none_or(|lang| lang == doc.lang))
        };
        let found = SHARED.iter().filter_map(|(known, others)| {
            let known = gazetteer.body_index(known)?;
            let told = |body: usize| {
                let mut names = long(body).filter(|name| name.text.contains([' ', '-']));
                names.any(|name| head.contains(&name.text.to_lowercase()))
            };
            let mut meant = others.iter().filter_map(|key| gazetteer.body_index(key));
            let meant = meant.find(|body| told(*body))?;
            // "Guinée-Bissau" names no Guinea.
            let rest = long(meant).fold(head.clone(), |rest, name| {
                rest.replace(&name.text.to_lowercase(), "")
            });
            let named = long(known).any(|name| has_word(&rest, &name.text.to_lowercase()));
            (!named).then_some((known, meant))
        });
        Self(found.collect())
    }

    /// Gives the pieces of a sentence the state that is meant.
    pub(super) fn settle(&self, pieces: &mut [Piece<'_>]) {
        for (known, meant) in &self.0 {
            for piece in pieces.iter_mut() {
                // "the Congo" is the name of both.
                let both = piece
                    .meanings
                    .iter()
                    .any(|m| matches!(m, Meaning::Body(body, _) if body == meant));
                let shared = |m: &Meaning| matches!(m, Meaning::Body(body, form) if body == known && (both || !form.is_name()));
                if piece.meanings.iter().any(shared) {
                    let meant = |m: &Meaning| {
                        if let Meaning::Body(_, form) = m
                            && shared(m)
                        {
                            Meaning::Body(*meant, *form)
                        } else {
                            *m
                        }
                    };
                    let meanings = piece.meanings.iter().map(meant);
                    piece.meanings = meanings.collect();
                }
            }
        }
    }
}

/// Whether a name stands in a text, and not as a part of a longer word ("Guinean").
fn has_word(text: &str, name: &str) -> bool {
    let mut parts = text.split(name);
    let first = parts.next().unwrap_or("");
    let mut before = first;
    parts.any(|behind| {
        let inside =
            before.ends_with(char::is_alphabetic) || behind.starts_with(char::is_alphabetic);
        before = behind;
        !inside
    })
}
