//! An entity in Wikidata's JSON (of a dump's line, of `wbgetentities`, of `Special:EntityData`) → an [`Item`].
//!
//! Shape: <https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html>. Empty maps may be written `[]`; statements of deprecated
//! rank are left out; where some of a property are of preferred rank, only these count; `somevalue` and `novalue` give nothing. A text counts
//! for the language that it is in, whichever one it stands for.

mod raw;
#[cfg(test)]
mod tests;

use super::properties::*;
use super::{Item, ItemType, Position, Qid};
use raw::{Claims, RawEntity, Statement, Text};

/// Properties whose values are items and are kept.
const LINKS: &[Property] = &[
    INSTANCE_OF,
    COUNTRY,
    CITIZENSHIP,
    ADMINISTRATIVE_ENTITY,
    OPERATOR,
    HEADQUARTERS,
    LOCATION,
    PARTICIPANT,
    JURISDICTION,
    SIGNATORY,
    SUBCLASS_OF,
    MEMBER_OF,
    DIRECTED_FROM,
    DIPLOMATIC_RELATION,
];
/// Properties whose values are times and are kept.
const DATES: &[Property] = &[
    BORN,
    DIED,
    INCEPTION,
    DISSOLVED,
    START,
    END,
    POINT_IN_TIME,
    OPENED,
    CLOSED,
];
/// Properties of which only the presence tells.
const SIGNS: &[Property] = &[
    ISO_ALPHA_2,
    ISO_ALPHA_3,
    CHAIRPERSON,
    OFFICEHOLDER,
    POPULATION,
    DIPLOMATIC_RELATION,
];
/// Characters of a description that are kept.
const DESCRIPTION: usize = 200;

/// What a text in Wikidata's JSON held.
#[derive(Clone, Debug, PartialEq)]
pub enum Entity {
    /// An item.
    Item(Box<Item>),
    /// A property, a lexeme or another kind of entity.
    Other,
    /// The id that was asked for does not exist.
    Missing(String),
}

/// Why a text is no entity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (column {column})")]
pub struct EntityError {
    /// What is wrong with it.
    pub message: String,
    /// Where, in bytes from 1.
    pub column: usize,
}

/// Reads one entity; keeps names in these languages and in `mul`.
///
/// # Errors
/// [`EntityError`] when the text is no JSON or not of an entity's shape.
pub fn entity(json: &str, languages: &[String]) -> Result<Entity, EntityError> {
    let raw: RawEntity<'_> = serde_json::from_str(json).map_err(|error| EntityError {
        message: error.to_string(),
        column: error.column(),
    })?;
    let Some(id) = raw.id else {
        return Err(EntityError {
            message: "it has no id".to_owned(),
            column: 1,
        });
    };
    if raw.missing.is_some() {
        return Ok(Entity::Missing(id.into_owned()));
    }
    let Ok(id) = id.parse::<Qid>() else {
        return Ok(Entity::Other);
    };
    if raw.kind.as_deref().is_some_and(|kind| kind != "item") {
        return Ok(Entity::Other);
    }
    let mut item = Item::new(id);
    if let Some(from) = raw
        .redirects
        .and_then(|redirect| redirect.from.parse().ok())
    {
        item.former.push(from);
    }
    let wanted = |lang: &str| lang == "mul" || languages.iter().any(|one| one == lang);
    let named = |lang: &str, text: Text<'_>| {
        let in_language = text.language.as_deref().unwrap_or(lang).to_owned();
        (wanted(lang) && !text.value.is_empty()).then(|| (in_language, text.value.into_owned()))
    };
    for (lang, text) in raw.labels.0 {
        item.labels.extend(named(&lang, text));
    }
    for (lang, texts) in raw.aliases.0 {
        item.aliases
            .extend(texts.into_iter().filter_map(|text| named(&lang, text)));
    }
    let described = languages
        .iter()
        .find_map(|lang| raw.descriptions.0.iter().find(|(other, _)| other == lang));
    if let Some((_, text)) = described {
        item.description = text.value.chars().take(DESCRIPTION).collect();
    }
    for (site, page) in &raw.sitelinks.0 {
        item.known += 1;
        let Some(lang) = site.strip_suffix("wiki") else {
            continue;
        };
        if languages.iter().any(|one| one == lang) {
            item.pages
                .push((lang.to_owned(), page.title.clone().into_owned()));
        }
    }
    item.labels.sort();
    item.labels.dedup();
    item.aliases.sort();
    item.aliases.dedup();
    item.pages.sort();
    statements(&mut item, raw.claims.unwrap_or_default());
    Ok(Entity::Item(Box::new(item)))
}

fn statements(item: &mut Item, claims: Claims<'_>) {
    let mut signs = Vec::new();
    for (property, statements) in claims.0 {
        let said = |statement: &Statement<'_>| statement.counts() && statement.mainsnak.says();
        if SIGNS.contains(&property) && statements.iter().any(said) {
            signs.push(property);
        }
        let preferred = statements
            .iter()
            .any(|statement| statement.rank == "preferred" && statement.counts());
        // Offices are held one after the other: the present one is often preferred, and the earlier ones are as true.
        let only_preferred = preferred && property != POSITION_HELD;
        for statement in &statements {
            if !statement.counts() || (only_preferred && statement.rank != "preferred") {
                continue;
            }
            if property == POSITION_HELD {
                item.positions
                    .extend(statement.mainsnak.item().map(|office| Position {
                        office,
                        start: statement.qualifier(START),
                        end: statement.qualifier(END),
                    }));
            } else if property == COORDINATES {
                item.coordinates = item.coordinates.or_else(|| statement.mainsnak.point());
            } else if LINKS.contains(&property) {
                item.links
                    .extend(statement.mainsnak.item().map(|id| (property.0, id)));
            } else if DATES.contains(&property) {
                item.dates
                    .extend(statement.mainsnak.time().map(|when| (property.0, when)));
            }
        }
    }
    item.links.sort();
    item.links.dedup();
    item.dates.sort();
    item.positions.sort();
    item.types = types(item, &signs);
}

/// What an item is, from its class where that is one of [`CLASSES`], else from what is stated of it: classes are many, and a dump does not give
/// them before their members.
pub(super) fn types(item: &Item, signs: &[Property]) -> Vec<ItemType> {
    let class = |class: Qid| item.linked(INSTANCE_OF).any(|id| id == class);
    let any = |classes: &[Qid]| classes.iter().any(|id| class(*id));
    let has = |property: Property| item.linked(property).next().is_some();
    let sign = |property: Property| signs.contains(&property);
    let mission = any(&[
        DIPLOMATIC_MISSION,
        EMBASSY,
        CONSULATE_GENERAL,
        CONSULATE,
        DE_FACTO_EMBASSY,
        DE_FACTO_CONSULATE,
        DEFUNCT_MISSION,
    ]);
    let mut types = Vec::new();
    let human = class(HUMAN);
    let state =
        any(&[COUNTRY_CLASS, HISTORICAL_COUNTRY]) || sign(ISO_ALPHA_3) || sign(DIPLOMATIC_RELATION);
    let treaty = any(&[TREATY, BILATERAL_TREATY, PEACE_TREATY]) || has(SIGNATORY);
    let relation = class(BILATERAL_RELATION);
    let office = any(&[AMBASSADOR, HEAD_OF_STATE_CLASS])
        || item
            .linked(SUBCLASS_OF)
            .any(|id| [AMBASSADOR, HEAD_OF_STATE_CLASS].contains(&id))
        || sign(OFFICEHOLDER)
        || has(DIRECTED_FROM);
    let something = human || state || treaty || relation || office || mission;
    let located = has(COUNTRY) || has(ADMINISTRATIVE_ENTITY);
    let checks = [
        (human, ItemType::Person),
        (state, ItemType::State),
        (
            mission || (has(OPERATOR) && located && !something && item.known == 0),
            ItemType::Mission,
        ),
        (treaty, ItemType::Treaty),
        (relation, ItemType::Relation),
        (office, ItemType::Office),
        // City-states are both.
        (
            item.coordinates.is_some() && located && (!something || state && sign(POPULATION)),
            ItemType::City,
        ),
        (
            class(INTERNATIONAL_ORGANISATION)
                || (!something && (has(HEADQUARTERS) || sign(CHAIRPERSON))),
            ItemType::Organisation,
        ),
    ];
    types.extend(checks.iter().filter(|(is, _)| *is).map(|(_, kind)| *kind));
    types.sort();
    types
}

fn looked_at(key: &str) -> Option<Property> {
    let property = Property(key.strip_prefix('P')?.parse().ok()?);
    let looked = property == POSITION_HELD
        || property == COORDINATES
        || LINKS.contains(&property)
        || DATES.contains(&property)
        || SIGNS.contains(&property);
    looked.then_some(property)
}
