//! The IRI of a resource → its text: the ontology, the description of the data, what is said of an entity.

use super::super::{Shared, entity, ontology};
use crate::serve::compress::Coding;
use crate::serve::problem::Kind;
use crate::serve::protocol::Query;
use crate::serve::worker::{Description, Job};
use rmcp::model::{ErrorData, ReadResourceResult, Resource, ResourceContents, ResourceTemplate};

const TURTLE: &str = "text/turtle";
/// What stands open in the template of entities.
pub(super) const PATH: &str = "path";

/// What clients may read without knowing more.
pub(super) fn listed(shared: &Shared) -> Vec<Resource> {
    vec![
        Resource::new(ontology::IRI, "ontology")
            .with_title("The ontology")
            .with_description(
                "Classes and properties, with names and definitions in English, French and Spanish",
            )
            .with_mime_type(TURTLE),
        Resource::new(format!("{}dataset", shared.base), "dataset")
            .with_title("What the store holds")
            .with_description("Counts, and source and licence of every document, as VoID and DCAT")
            .with_mime_type(TURTLE),
    ]
}

/// What clients may read when they know an IRI.
pub(super) fn templates(shared: &Shared) -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(format!("{}{{+{PATH}}}", shared.base), "entity")
            .with_title("An entity")
            .with_description(
                "All that is said of an entity, a fact, a claim or a document, by its IRI",
            )
            .with_mime_type(TURTLE),
    ]
}

/// Whether an IRI is of what is served here.
pub(super) fn is_ours(shared: &Shared, iri: &str) -> bool {
    iri == ontology::IRI || iri.starts_with(&shared.base)
}

/// Reads one.
pub(super) async fn read(shared: &Shared, iri: &str) -> Result<ReadResourceResult, ErrorData> {
    let unknown = || ErrorData::resource_not_found(format!("nothing is known of <{iri}>"), None);
    if iri == ontology::IRI {
        let file = ontology::turtle().ok_or_else(unknown)?;
        return Ok(turtle(iri, file));
    }
    let path = iri.strip_prefix(&shared.base).ok_or_else(unknown)?;
    let job = if path == entity::DATASET {
        Job::Describe(Description {
            endpoint: format!("http://{}/sparql", shared.address),
            accept: Some(TURTLE.to_owned()),
            format: None,
            bytes: shared.config.limits.answer_bytes,
            coding: Coding::Identity,
        })
    } else {
        let query = Query {
            text: entity::description(&shared.base, path).ok_or_else(unknown)?,
            ..Query::default()
        };
        shared
            .asked(query, Some(TURTLE.to_owned()), None, Coding::Identity)
            .into()
    };
    match shared.given(job).await {
        Ok((given, _)) if given.rows == 0 => Err(unknown()),
        Ok((given, _)) => Ok(turtle(
            iri,
            String::from_utf8_lossy(&given.body).into_owned(),
        )),
        Err(problem) if problem.kind() == Kind::NotFound => Err(unknown()),
        Err(problem) => Err(ErrorData::internal_error(problem.told(), None)),
    }
}

fn turtle(iri: &str, text: String) -> ReadResourceResult {
    let contents = ResourceContents::TextResourceContents {
        uri: iri.to_owned(),
        mime_type: Some(TURTLE.to_owned()),
        text,
        meta: None,
    };
    ReadResourceResult::new(vec![contents])
}
