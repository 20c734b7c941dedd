//! Facts that two states take part in → pairs of states and the number of their facts, the most first; a state's partners.

use crate::serve::Shared;
use crate::serve::names::Thing;
use crate::serve::problem::Problem;
use crate::serve::site::facts::{PREFIXES, Teller, local, text};
use std::collections::BTreeMap;

/// Two states.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Pair {
    /// ISO code or last part of the IRI of one.
    pub(in crate::serve) a: String,
    /// Of the other.
    pub(in crate::serve) b: String,
    /// The name of one.
    pub(in crate::serve) one: String,
    /// The name of the other.
    pub(in crate::serve) other: String,
    /// How many facts are about both.
    pub(in crate::serve) n: usize,
    /// That number in hundredths of the largest.
    pub(in crate::serve) share: usize,
    /// Where they are told.
    pub(in crate::serve) address: String,
}

/// How two states take part in a fact: the one and the other, of whom each has a part of its own, or two of the same part.
const WAYS: [(&str, &str); 4] = [
    ("dip:from", "dip:to"),
    ("dip:sending", "dip:receiving"),
    ("dip:party", "dip:party"),
    ("dip:of", "dip:of"),
];

/// Of whose pairs a list is: all, or those of one state.
pub(in crate::serve) struct Whose(Option<String>);

/// The pairs of all states.
pub(in crate::serve) fn all() -> Whose {
    Whose(None)
}

/// The pairs of the state with this IRI; it comes first in each.
pub(in crate::serve) fn of(iri: &str) -> Whose {
    Whose(Some(iri.to_owned()))
}

/// Pairs of states, those with the most facts first. What a government does counts for the state that it governs.
pub(in crate::serve) async fn pairs(
    shared: &Shared,
    teller: &Teller<'_>,
    whose: Whose,
) -> Result<Vec<Pair>, Problem> {
    let governed = governed(shared).await?;
    let bound = match &whose.0 {
        None => String::new(),
        Some(iri) => {
            let mut either = format!("<{iri}>");
            for (government, state) in &governed {
                if state == iri {
                    either.push_str(&format!(" <{government}>"));
                }
            }
            format!("VALUES ?x {{ {either} }} ")
        }
    };
    // Of all pairs each is wanted once, whichever way: the ways back are added up below. Those of one state are wanted from its side.
    let way = |p: &str, q: &str, apart: &str| {
        format!("{{ {bound}?f {p} ?x ; {q} ?y FILTER({apart}) FILTER EXISTS {{ ?f a dip:Fact }} }}")
    };
    let mut unions = Vec::new();
    for (p, q) in WAYS {
        if whose.0.is_none() && p == q {
            unions.push(way(p, q, "STR(?x) < STR(?y)"));
        } else {
            unions.push(way(p, q, "?x != ?y"));
        }
        if whose.0.is_some() && p != q {
            unions.push(way(q, p, "?x != ?y"));
        }
    }
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?x ?y (COUNT(DISTINCT ?f) AS ?n) WHERE {{ {} }} GROUP BY ?x ?y",
            unions.join(" UNION ")
        ))
        .await?;
    let mut counted: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in &rows {
        let state = |name: &str| {
            let iri = text(row, name);
            governed.get(iri).map_or(iri, String::as_str).to_owned()
        };
        let (mut x, mut y) = (state("x"), state("y"));
        if whose.0.is_none() && x > y {
            std::mem::swap(&mut x, &mut y);
        }
        if x != y {
            *counted.entry((x, y)).or_default() += text(row, "n").parse::<usize>().unwrap_or(0);
        }
    }
    let mut pairs: Vec<Pair> = counted
        .into_iter()
        .filter_map(|((x, y), n)| {
            let (one, other) = (teller.names.of_iri(&x)?, teller.names.of_iri(&y)?);
            if one.class != "State" || other.class != "State" {
                return None;
            }
            let (a, b) = (code(one), code(other));
            Some(Pair {
                one: teller.thing(&x).text,
                other: teller.thing(&y).text,
                address: teller.frame.to(format!("/relations/{a}/{b}")),
                a,
                b,
                n,
                share: 0,
            })
        })
        .collect();
    pairs.sort_by(|one, other| (other.n, &one.a, &one.b).cmp(&(one.n, &other.a, &other.b)));
    let most = pairs.first().map_or(1, |pair| pair.n).max(1);
    for pair in &mut pairs {
        pair.share = (pair.n * 100).div_ceil(most);
    }
    Ok(pairs)
}

/// Government → the state that it governs.
pub(in crate::serve) async fn governed(
    shared: &Shared,
) -> Result<BTreeMap<String, String>, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?x ?y WHERE {{ ?x dip:governs ?y }} ORDER BY ?x ?y"
        ))
        .await?;
    Ok(rows
        .iter()
        .map(|row| (text(row, "x").to_owned(), text(row, "y").to_owned()))
        .collect())
}

/// What a state is called in an address: its ISO code, else the last part of its IRI.
pub(in crate::serve) fn code(state: &Thing) -> String {
    if state.key.len() == 3 && state.key.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        state.key.to_ascii_uppercase()
    } else {
        local(&state.iri).to_owned()
    }
}
