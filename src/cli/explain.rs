use super::settings::StoreArgument;
use super::{CliError, output, rows_of, short};
use crate::pipeline::DEFAULT_BASE;
use clap::Args;
use oxigraph::model::NamedNode;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Show why a fact stands: claims, quotes, rules, confidence
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// IRI of an event, an entity, a disagreement or a claim; or its last part (visit/…)
    iri: String,
    #[command(flatten)]
    store: StoreArgument,
    /// Give it as JSON
    #[arg(long)]
    json: bool,
}

type Row = BTreeMap<String, String>;

/// What it is.
const THING: &str = "SELECT DISTINCT ?class ?label {
  { $thing a ?class } UNION { GRAPH ?g { $thing a ?class } }
  OPTIONAL { $thing rdfs:label ?label }
} ORDER BY ?class";

/// Its values, each with the claims that give it.
const VALUES: &str = "SELECT DISTINCT ?property ?value ?claim {
  $thing dip:value ?support .
  ?support dip:onProperty ?property ; rdf:value ?given ; dip:supportedBy ?claim .
  OPTIONAL { ?given rdfs:label ?label }
  BIND(COALESCE(STR(?label), STR(?given)) AS ?value)
} ORDER BY ?property ?value ?claim";

/// Claims behind it: its own, those of its sides, and for a thing that lasts those of the events that it is part of.
const CLAIMS: &str = "SELECT DISTINCT ?claim ?kind ?modality ?polarity ?speaker ?rule ?confidence ?quote ?doc {
  { $thing dip:supportedBy ?claim }
  UNION { $thing dip:side/dip:supportedBy ?claim }
  UNION { ?event ?any $thing ; a dip:Fact ; dip:supportedBy ?claim }
  UNION { GRAPH ?own { $thing a dip:Claim . BIND($thing AS ?claim) } }
  GRAPH ?g {
    ?claim a dip:Claim ; dip:claimKind ?kind ; dip:modality ?modality ; dip:polarity ?polarity ; dip:rule ?rule ;
      dip:quote ?quote ; prov:wasDerivedFrom/dct:identifier ?doc .
    OPTIONAL { ?claim dip:speaker ?speaker }
    OPTIONAL { ?claim dip:confidence ?confidence }
  }
} ORDER BY ?doc ?claim";

/// Passages and flags of those claims.
const PASSAGES: &str = "SELECT DISTINCT ?role ?exact ?start ?end {
  GRAPH ?g {
    $thing dip:passage ?passage .
    ?passage dip:passageRole ?role ; oa:hasSelector/oa:exact ?exact ; oa:hasSelector ?position .
    ?position oa:start ?start ; oa:end ?end .
    OPTIONAL { ?passage dip:order ?order }
  }
} ORDER BY ?order ?start";

const FLAGS: &str = "SELECT DISTINCT ?flag { GRAPH ?g { $thing dip:flag ?flag } } ORDER BY ?flag";

impl Explain {
    pub(super) fn run(self) -> Result<(), CliError> {
        let store = self.store.open()?;
        let base = store
            .manifest()
            .map_or(DEFAULT_BASE, |manifest| &manifest.base);
        let given = self.iri.trim_start_matches('<').trim_end_matches('>');
        let iri = match given.strip_prefix("id:") {
            Some(rest) => format!("{base}{rest}"),
            None if given.contains("://") => given.to_owned(),
            None => format!("{base}{given}"),
        };
        let node = NamedNode::new(&iri)
            .map_err(|error| CliError::Usage(format!("<{iri}> is no IRI: {error}")))?;
        let ask = |query: &str, thing: &str| -> Result<Vec<Row>, CliError> {
            rows_of(&store, &query.replace("$thing", thing))
        };
        let things = ask(THING, &node.to_string())?;
        if things.is_empty() {
            return Err(CliError::Usage(format!(
                "the store knows nothing called <{iri}>\n  help: `chancery query timeline` and `chancery query person` show IRIs to ask about"
            )));
        }
        let values = ask(VALUES, &node.to_string())?;
        let mut claims = Vec::new();
        for row in ask(CLAIMS, &node.to_string())? {
            let claim = format!("<{}>", field(&row, "claim"));
            let passages = ask(PASSAGES, &claim)?;
            let flags: Vec<String> = ask(FLAGS, &claim)?
                .iter()
                .map(|row| field(row, "flag").to_owned())
                .collect();
            claims.push((row, passages, flags));
        }
        output::data(|out| -> Result<(), CliError> {
            if self.json {
                writeln!(out, "{}", record(&iri, &things, &values, &claims))?;
            } else {
                write!(out, "{}", words(&iri, &things, &values, &claims))?;
            }
            Ok(())
        })
    }
}

type Explained = (Row, Vec<Row>, Vec<String>);

fn field<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

fn classes(things: &[Row]) -> Vec<String> {
    let mut classes: Vec<String> = things
        .iter()
        .map(|row| short(field(row, "class")))
        .collect();
    classes.dedup();
    classes
}

fn words(iri: &str, things: &[Row], values: &[Row], claims: &[Explained]) -> String {
    let label = things
        .iter()
        .map(|row| field(row, "label"))
        .find(|label| !label.is_empty());
    let mut text = format!(
        "{}\n<{iri}> ({})\n",
        label.unwrap_or("(no name)"),
        classes(things).join(", ")
    );
    let numbers: BTreeMap<&str, usize> = claims
        .iter()
        .enumerate()
        .map(|(at, (row, _, _))| (field(row, "claim"), at + 1))
        .collect();
    let mut supports: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for row in values {
        let number = numbers
            .get(field(row, "claim"))
            .map_or_else(|| short(field(row, "claim")), |n| format!("[{n}]"));
        supports
            .entry((short(field(row, "property")), field(row, "value")))
            .or_default()
            .push(number);
    }
    for ((property, value), by) in &supports {
        text.push_str(&format!("  {property}: {value}  {}\n", by.join(" ")));
    }
    for (at, (row, passages, flags)) in claims.iter().enumerate() {
        text.push_str(&format!(
            "\n[{}] {}: {}, {}, {}",
            at + 1,
            field(row, "doc"),
            field(row, "kind"),
            field(row, "modality"),
            field(row, "polarity"),
        ));
        if !field(row, "speaker").is_empty() {
            text.push_str(&format!(", said by {}", field(row, "speaker")));
        }
        text.push_str(&format!(
            "; rule {}, confidence {}\n",
            field(row, "rule"),
            field(row, "confidence")
        ));
        for passage in passages {
            text.push_str(&format!(
                "    {}: “{}” (characters {} to {})\n",
                field(passage, "role"),
                field(passage, "exact")
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
                field(passage, "start"),
                field(passage, "end"),
            ));
        }
        if passages.is_empty() {
            text.push_str(&format!("    “{}”\n", field(row, "quote")));
        }
        for flag in flags {
            text.push_str(&format!("    flag: {flag}\n"));
        }
    }
    text
}

fn record(iri: &str, things: &[Row], values: &[Row], claims: &[Explained]) -> Json {
    let claims: Vec<Json> = claims
        .iter()
        .map(|(row, passages, flags)| {
            let mut record = json!(row);
            if let Some(record) = record.as_object_mut() {
                record.insert("passages".to_owned(), json!(passages));
                record.insert("flags".to_owned(), json!(flags));
            }
            record
        })
        .collect();
    json!({
        "iri": iri,
        "classes": classes(things),
        "label": things.iter().map(|row| field(row, "label")).find(|label| !label.is_empty()),
        "values": values,
        "claims": claims,
    })
}
