//! The ontology → its reference page, in Markdown.

use super::diagram::diagram;
use super::names::Names;
use super::terms::{Class, Ontology, Property, Told};
use crate::export::{ExportError, write_quads};
use crate::query::GraphFormat;
use std::fmt::Write;

/// Most characters of a line of an example.
const WIDTH: usize = 150;

/// The page; `prefixes` as queries know them.
///
/// # Errors
/// [`ExportError`] when an example cannot be written.
pub fn reference(ontology: &Ontology, prefixes: &[(&str, &str)]) -> Result<String, ExportError> {
    let names = Names::new(prefixes);
    let mut page = String::new();
    let mut put = |text: &str| {
        page.push_str(text);
        page.push('\n');
    };
    put(
        "<!-- Made from ontology/ by `chancery ontology --format markdown > docs/ontology.md`; a test holds it to that. -->",
    );
    put("# The diplomatic ontology");
    put(&format!(
        "\n{} classes and {} properties, each with a label and a definition in English, French and Spanish, and an example of every class. Why it is so: \
         [ontology/README.md](../ontology/README.md) and [DESIGN.md](DESIGN.md). The files: [chancery.ttl](../ontology/chancery.ttl) (OWL 2 RL), \
         [alignments.ttl](../ontology/alignments.ttl), [shapes.ttl](../ontology/shapes.ttl) (SHACL), [examples.trig](../ontology/examples.trig). \
         `chancery ontology` prints them, and `chancery validate` holds data to the shapes.\n",
        ontology.classes.len(),
        ontology.properties.len() + ontology.said.len()
    ));
    put(
        "## The world\n\nWhat stands in the default graph. An arrow with a hollow head leads to the superclass.\n",
    );
    put(&format!("```mermaid\n{}\n```\n", diagram(ontology, false)));
    put("## Documents and what they say\n\nWhat stands in a graph of its own for each document.\n");
    put(&format!("```mermaid\n{}\n```\n", diagram(ontology, true)));
    put("## Classes\n");
    for class in &ontology.classes {
        put(class_section(ontology, class, prefixes)?.trim_end());
        put("");
    }
    put("## Properties\n");
    put("| property | label | of | to | what it says | near to |\n|---|---|---|---|---|---|");
    for property in &ontology.properties {
        put(&property_row(ontology, property));
    }
    put(
        "\n## What claims and accounts say\n\nOne property per slot of a fact, always plain text: names in English, dates as EDTF text, titles as in the document.\n",
    );
    put("| property | label |\n|---|---|");
    for property in &ontology.said {
        put(&format!(
            "| `{}` | {} |",
            property.told.name,
            labels(&property.told)
        ));
    }
    put(
        "\n## Terms of Wikidata\n\nItems and properties that the alignments name, with their English labels.\n",
    );
    put("| term | label |\n|---|---|");
    for (name, label) in &ontology.wikidata {
        put(&format!("| `{name}` | {label} |"));
    }
    put("\n## Prefixes\n\n| prefix | namespace |\n|---|---|");
    for (prefix, namespace) in names.all() {
        put(&format!("| `{prefix}:` | {namespace} |"));
    }
    Ok(page)
}

fn class_section(
    ontology: &Ontology,
    class: &Class,
    prefixes: &[(&str, &str)],
) -> Result<String, ExportError> {
    let mut text = format!("### {}\n\n", class.told.name);
    let _ = writeln!(text, "{}\n", labels(&class.told));
    let _ = writeln!(text, "{}\n", definitions(&class.told));
    let mut facts = Vec::new();
    if !class.supers.is_empty() {
        let above: Vec<String> = class.supers.iter().map(|name| link(name)).collect();
        facts.push(format!("Below: {}.", above.join(", ")));
    }
    let below: Vec<String> = ontology
        .classes
        .iter()
        .filter(|other| other.supers.contains(&class.told.name))
        .map(|other| link(&other.told.name))
        .collect();
    if !below.is_empty() {
        facts.push(format!("Above: {}.", below.join(", ")));
    }
    if !class.told.aligned.is_empty() {
        facts.push(format!("Near to: {}.", aligned(ontology, &class.told)));
    }
    if !facts.is_empty() {
        let _ = writeln!(text, "{}\n", facts.join(" "));
    }
    if !class.properties.is_empty() {
        text.push_str("| property | values | how many |\n|---|---|---|\n");
        for used in &class.properties {
            let values = match (used.one_of.is_empty(), used.values.as_str()) {
                (false, _) => used.one_of.join(", "),
                (true, "") => String::new(),
                (true, values) => format!("`{values}`"),
            };
            let many = match (used.least.as_deref(), used.most.as_deref()) {
                (Some(least), Some(most)) if least == most => format!("exactly {least}"),
                (Some(least), Some(most)) => format!("{least} to {most}"),
                (Some(least), None) => format!("at least {least}"),
                (None, Some(most)) => format!("at most {most}"),
                (None, None) => "any".to_owned(),
            };
            let _ = writeln!(text, "| `{}` | {values} | {many} |", used.property);
        }
        text.push('\n');
    }
    if !class.example.is_empty() {
        let _ = writeln!(text, "```turtle\n{}```\n", example(class, prefixes)?);
    }
    Ok(text)
}

/// The example's triples, without prefixes, its own IRIs shortened by a base.
fn example(class: &Class, prefixes: &[(&str, &str)]) -> Result<String, ExportError> {
    let quads = class.example.clone();
    let mut bytes = Vec::new();
    write_quads(quads, GraphFormat::Turtle, prefixes, &mut bytes)?;
    let text = String::from_utf8(bytes).map_err(|error| ExportError::Format(error.to_string()))?;
    let mut shown = String::new();
    for line in text.lines() {
        if line.starts_with("@prefix") || line.is_empty() {
            continue;
        }
        let line = line.replace("<https://w3id.org/chancery/id/", "<");
        let end = line.char_indices().nth(WIDTH).map(|(at, _)| at);
        match end.and_then(|at| line.get(..at)) {
            Some(cut) => {
                let _ = writeln!(shown, "{cut}…");
            }
            None => {
                let _ = writeln!(shown, "{line}");
            }
        }
    }
    Ok(shown)
}

fn property_row(ontology: &Ontology, property: &Property) -> String {
    let code = |name: &str| match name {
        "" => String::new(),
        name => format!("`{name}`"),
    };
    // What no domain tells, the shapes do.
    let of = if property.domain.is_empty() {
        let classes: Vec<String> = ontology
            .classes
            .iter()
            .filter(|class| {
                let same = |used: &super::terms::Use| used.property == property.told.name;
                class.properties.iter().any(same)
            })
            .map(|class| code(&class.told.name))
            .collect();
        classes.join(" ")
    } else {
        code(&property.domain)
    };
    let to = match property.range.as_str() {
        "" if property.leads_to_things => "things".to_owned(),
        "" => "literals".to_owned(),
        range => code(range),
    };
    format!(
        "| `{}` | {} | {of} | {to} | {} | {} |",
        property.told.name,
        labels(&property.told),
        property
            .told
            .definitions
            .get("en")
            .map_or("", String::as_str),
        aligned(ontology, &property.told)
    )
}

/// Labels in three languages, each once.
fn labels(told: &Told) -> String {
    in_languages(&told.labels, "*", " · ")
}

fn definitions(told: &Told) -> String {
    in_languages(&told.definitions, "", "<br>")
}

fn in_languages(
    words: &std::collections::BTreeMap<String, String>,
    mark: &str,
    between: &str,
) -> String {
    let shown: Vec<String> = ["en", "fr", "es"]
        .iter()
        .filter_map(|language| {
            Some(format!(
                "{mark}{}{mark} ({language})",
                words.get(*language)?
            ))
        })
        .collect();
    shown.join(between)
}

/// `schema:Event` (above), `wd:Q131569` treaty (close) …
fn aligned(ontology: &Ontology, told: &Told) -> String {
    let shown: Vec<String> = told
        .aligned
        .iter()
        .map(|(relation, other)| {
            let how = match relation.rsplit(':').next().unwrap_or(relation) {
                "subClassOf" | "subPropertyOf" => "above it",
                "closeMatch" => "close",
                "broadMatch" => "broader",
                "narrowMatch" => "narrower",
                _ => "related",
            };
            match ontology.wikidata.get(other) {
                Some(label) => format!("`{other}` {label} ({how})"),
                None => format!("`{other}` ({how})"),
            }
        })
        .collect();
    shown.join(", ")
}

/// A link to a class's section.
fn link(name: &str) -> String {
    format!("[{name}](#{})", name.replace(':', "").to_lowercase())
}
