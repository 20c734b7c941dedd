mod identity;

use super::settings::StoreArgument;
use super::{CliError, one_line, output, rows_of, short};
use crate::pipeline::{DEFAULT_BASE, Reason, Reasons};
use crate::text::{Span, TextIndex, marked};
use clap::Args;
use identity::Identity;
use oxigraph::model::NamedNode;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Show why a fact stands: its claims, their rules, and the words behind each part
///
/// Of a person or an event, what speaks for its being one over its documents is shown with its weight, and what it was kept apart from with the veto.
/// Each claim is shown with the sentence that its rule stands for and its passages; carets point at the word that triggered the rule and at the
/// words that fill each slot. For this the document's text is taken from the store and read again by the rules of this program; a claim that these
/// do not give (another program built the store) is shown without carets.
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
const CLAIMS: &str = "SELECT DISTINCT ?claim ?kind ?modality ?polarity ?speaker ?rule ?confidence ?quote ?doc ?document {
  { $thing dip:supportedBy ?claim }
  UNION { $thing dip:side/dip:supportedBy ?claim }
  UNION { ?event ?any $thing ; a dip:Fact ; dip:supportedBy ?claim }
  UNION { GRAPH ?own { $thing a dip:Claim . BIND($thing AS ?claim) } }
  GRAPH ?g {
    ?claim a dip:Claim ; dip:claimKind ?kind ; dip:modality ?modality ; dip:polarity ?polarity ; dip:rule ?rule ;
      dip:quote ?quote ; prov:wasDerivedFrom ?document .
    ?document dct:identifier ?doc .
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

/// What a document's claims were read from.
const TEXT: &str = "SELECT ?text ?lang { GRAPH ?g { $thing dip:text ?text ; dct:language ?lang } }";

/// Characters on a line of a passage.
const WIDTH: usize = 96;

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
        let identity = Identity::read(&node.to_string(), &ask)?;
        let mut claims = Vec::new();
        let reasons = Reasons::new()?;
        let mut read: BTreeMap<String, (String, Vec<Reason>)> = BTreeMap::new();
        for row in ask(CLAIMS, &node.to_string())? {
            let claim = format!("<{}>", field(&row, "claim"));
            let passages = ask(PASSAGES, &claim)?;
            let flags = ask(FLAGS, &claim)?
                .iter()
                .map(|row| field(row, "flag").to_owned())
                .collect();
            let document = field(&row, "document").to_owned();
            if !read.contains_key(&document) {
                let told = ask(TEXT, &format!("<{document}>"))?;
                read.insert(document.clone(), again(&reasons, &row, told.first()));
            }
            let says = reasons.says(field(&row, "rule")).map(str::to_owned);
            let shown = read
                .get(&document)
                .and_then(|(text, again)| shown(text, again, field(&row, "claim"), &passages));
            claims.push(Explained {
                row,
                passages,
                flags,
                says,
                shown: shown.unwrap_or_default(),
            });
        }
        output::data(|out| -> Result<(), CliError> {
            if self.json {
                writeln!(
                    out,
                    "{}",
                    record(&iri, &things, &values, &claims, &identity)
                )?;
            } else {
                write!(out, "{}", words(&iri, &things, &values, &claims, &identity))?;
            }
            Ok(())
        })
    }
}

/// A claim and why it stands.
struct Explained {
    row: Row,
    passages: Vec<Row>,
    flags: Vec<String>,
    /// What its rule finds; `None` where this program has no such rule.
    says: Option<String>,
    /// Its passages with what the words in them do; empty where this program does not give the claim.
    shown: Vec<Passage>,
}

/// A stretch of the document behind a claim.
struct Passage {
    /// What it does for the claim.
    role: String,
    line: usize,
    /// Code points of the text.
    start: usize,
    end: usize,
    /// The words, on lines with carets and names below.
    lines: Vec<String>,
    /// Words in it by what they do.
    marks: Vec<(&'static str, String)>,
}

/// The text of a document of the store, and its claims by the rules of this program.
fn again(reasons: &Reasons, claim: &Row, told: Option<&Row>) -> (String, Vec<Reason>) {
    let base = field(claim, "claim").rsplit_once("claim/");
    let (Some((base, _)), Some(told)) = (base, told) else {
        return Default::default();
    };
    let text = field(told, "text");
    let found = reasons.of(base, field(claim, "doc"), field(told, "lang"), text);
    (text.to_owned(), found)
}

/// The passages of a claim with their marks, and the lines of the document that hold other marks (a heading, the title); `None` where no such
/// claim was found again.
fn shown(text: &str, again: &[Reason], claim: &str, passages: &[Row]) -> Option<Vec<Passage>> {
    let reason = again.iter().find(|reason| reason.iri.as_str() == claim)?;
    let index = TextIndex::new(text);
    let mut stretches: Vec<(String, Span)> = reason
        .claim
        .evidence
        .iter()
        .zip(passages)
        .map(|(evidence, row)| (field(row, "role").to_owned(), evidence.span))
        .collect();
    for mark in &reason.marks {
        if !stretches.iter().any(|(_, span)| span.contains(mark.span)) {
            let before = text.get(..mark.span.start)?;
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let after = text.get(mark.span.end..)?;
            let end = after.find('\n').map_or(text.len(), |at| mark.span.end + at);
            stretches.push(("above".to_owned(), Span::new(start, end)));
        }
    }
    let names: Vec<(Span, &'static str)> = reason
        .marks
        .iter()
        .map(|mark| (mark.span, mark.part.name()))
        .collect();
    let passage = |(role, span): (String, Span)| Passage {
        role,
        line: index.position(span.start).line,
        start: index.code_point(span.start),
        end: index.code_point(span.end),
        lines: marked(text, span, &names, WIDTH),
        marks: names
            .iter()
            .filter(|(at, _)| span.contains(*at))
            .map(|(at, name)| (*name, at.of(text).to_owned()))
            .collect(),
    };
    Some(stretches.into_iter().map(passage).collect())
}

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

fn words(
    iri: &str,
    things: &[Row],
    values: &[Row],
    claims: &[Explained],
    identity: &Identity,
) -> String {
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
        .map(|(at, claim)| (field(&claim.row, "claim"), at + 1))
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
    text.push_str(&identity.words());
    for (at, claim) in claims.iter().enumerate() {
        text.push_str(&format!("\n[{}] {}", at + 1, words_of_claim(claim)));
    }
    text
}

fn words_of_claim(claim: &Explained) -> String {
    let row = &claim.row;
    let mut text = format!(
        "{}: {}, {}, {}",
        field(row, "doc"),
        field(row, "kind"),
        field(row, "modality"),
        field(row, "polarity"),
    );
    if !field(row, "speaker").is_empty() {
        text.push_str(&format!(", said by {}", field(row, "speaker")));
    }
    text.push_str(&format!(
        "; rule {}, confidence {}\n",
        field(row, "rule"),
        field(row, "confidence")
    ));
    if let Some(says) = &claim.says {
        text.push_str(&format!("    rule: {says}\n"));
    }
    for passage in &claim.shown {
        text.push_str(&format!(
            "    {} (line {}, characters {} to {}):\n",
            passage.role, passage.line, passage.start, passage.end
        ));
        for line in &passage.lines {
            text.push_str(&format!("      {line}\n"));
        }
    }
    if claim.shown.is_empty() {
        for passage in &claim.passages {
            text.push_str(&format!(
                "    {}: “{}” (characters {} to {})\n",
                field(passage, "role"),
                one_line(field(passage, "exact")),
                field(passage, "start"),
                field(passage, "end"),
            ));
        }
        if claim.passages.is_empty() {
            text.push_str(&format!("    “{}”\n", field(row, "quote")));
        }
    }
    for flag in &claim.flags {
        text.push_str(&format!("    flag: {flag}\n"));
    }
    text
}

fn record(
    iri: &str,
    things: &[Row],
    values: &[Row],
    claims: &[Explained],
    identity: &Identity,
) -> Json {
    let claims: Vec<Json> = claims
        .iter()
        .map(|claim| {
            let mut record = json!(claim.row);
            if let Some(record) = record.as_object_mut() {
                record.insert("says".to_owned(), json!(claim.says));
                record.insert("passages".to_owned(), json!(claim.passages));
                let marks: Vec<Json> = claim.shown.iter().flat_map(marks_of).collect();
                record.insert("marks".to_owned(), json!(marks));
                record.insert("flags".to_owned(), json!(claim.flags));
            }
            record
        })
        .collect();
    json!({
        "iri": iri,
        "classes": classes(things),
        "label": things.iter().map(|row| field(row, "label")).find(|label| !label.is_empty()),
        "values": values,
        "identity": identity.json(),
        "claims": claims,
    })
}

fn marks_of(passage: &Passage) -> impl Iterator<Item = Json> + '_ {
    passage.marks.iter().map(|(part, words)| {
        json!({
            "part": part,
            "words": words,
            "passage": passage.role,
            "line": passage.line,
        })
    })
}
