use super::{CliError, output};
use crate::describe::{Ontology, files, reference};
use crate::export::write_quads;
use crate::pipeline::PREFIXES;
use crate::query::GraphFormat;
use clap::{Args, ValueEnum};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;

/// Print the ontology: its terms, alignments, shapes or examples; or a reference page of it all
#[derive(Debug, Args)]
pub(super) struct PrintOntology {
    /// Which of its files
    #[arg(value_enum, default_value = "terms")]
    part: Part,
    /// ttl, nt, rdf, jsonld, trig, nq, or markdown for the reference page; without it, the file as it was written
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
}

/// The files of the ontology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Classes and properties, in three languages
    Terms,
    /// How they stand to public vocabularies
    Alignments,
    /// SHACL shapes
    Shapes,
    /// An example of every class
    Examples,
}

impl Part {
    fn text(self) -> &'static str {
        match self {
            Self::Terms => files::TERMS,
            Self::Alignments => files::ALIGNMENTS,
            Self::Shapes => files::SHAPES,
            Self::Examples => files::EXAMPLES,
        }
    }
}

impl PrintOntology {
    pub(super) fn run(self) -> Result<(), CliError> {
        let Some(name) = self.format.as_deref() else {
            return output::data(|out| Ok(out.write_all(self.part.text().as_bytes())?));
        };
        if name == "markdown" {
            let ontology =
                Ontology::read(PREFIXES).map_err(|error| CliError::Failed(error.to_string()))?;
            let page = reference(&ontology, PREFIXES)?;
            return output::data(|out| Ok(out.write_all(page.as_bytes())?));
        }
        let format = GraphFormat::parse(name).ok_or_else(|| {
            CliError::Usage(format!(
                "no format is called {name:?}; there are ttl, nt, rdf, jsonld, trig, nq and markdown"
            ))
        })?;
        // Turtle is TriG
        let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::TriG)
            .for_slice(self.part.text())
            .collect::<Result<_, _>>()
            .map_err(|error| CliError::Failed(error.to_string()))?;
        output::data(|out| -> Result<(), CliError> {
            write_quads(quads, format, PREFIXES, out)?;
            Ok(())
        })
    }
}
