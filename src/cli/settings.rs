//! Settings that several commands share.

use clap::Args;

/// Which store.
#[derive(Debug, Args)]
pub(super) struct StoreArgument {
    /// The store: a folder, or the URL of a SPARQL 1.1 endpoint
    #[arg(
        long,
        value_name = "DIR|URL",
        env = "CHANCERY_STORE",
        default_value = "chancery-store"
    )]
    pub(super) store: String,
}

impl StoreArgument {
    pub(super) fn open(&self) -> Result<crate::store::Store, crate::store::StoreError> {
        crate::store::Store::open_read_only(&self.store)
    }
}

/// Under which IRI.
#[derive(Debug, Args)]
pub(super) struct BaseArgument {
    /// IRI under which entities live
    #[arg(
        long,
        value_name = "IRI",
        env = "CHANCERY_BASE",
        default_value = crate::pipeline::DEFAULT_BASE,
        value_parser = base_iri
    )]
    pub(super) base: String,
}

/// An absolute IRI that ends in `/` or `#`.
fn base_iri(text: &str) -> Result<String, String> {
    oxigraph::model::NamedNode::new(text).map_err(|error| error.to_string())?;
    if text.ends_with(['/', '#']) {
        Ok(text.to_owned())
    } else {
        Err("must end in / or #".to_owned())
    }
}

/// `name=value`.
pub(super) fn name_and_value(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| {
            (
                name.trim_start_matches(['$', '?']).to_owned(),
                value.to_owned(),
            )
        })
        .ok_or_else(|| "write it as name=value".to_owned())
}
