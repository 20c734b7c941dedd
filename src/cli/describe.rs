use super::settings::StoreArgument;
use super::{CliError, output};
use crate::describe::dataset;
use crate::query::GraphFormat;
use clap::Args;

/// Describe a store as a data set: VoID and DCAT, with source and licence of each document
#[derive(Debug, Args)]
pub(super) struct Describe {
    #[command(flatten)]
    store: StoreArgument,
    /// ttl, nt, rdf, jsonld, trig or nq
    #[arg(long, value_name = "FORMAT", default_value = "ttl")]
    format: String,
    /// Where others can ask it in SPARQL
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
}

impl Describe {
    pub(super) fn run(self) -> Result<(), CliError> {
        let format = GraphFormat::parse(&self.format).ok_or_else(|| {
            CliError::Usage(format!(
                "no format is called {:?}; there are ttl, nt, rdf, jsonld, trig and nq",
                self.format
            ))
        })?;
        if let Some(endpoint) = &self.endpoint {
            oxigraph::model::NamedNode::new(endpoint)
                .map_err(|error| CliError::Usage(format!("--endpoint is no IRI: {error}")))?;
        }
        let dataset = dataset(&self.store.open()?, self.endpoint.as_deref())?;
        output::data(|out| -> Result<(), CliError> {
            dataset.write(format, out)?;
            Ok(())
        })
    }
}
