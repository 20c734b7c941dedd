//! The ontology → class diagrams in the language of Mermaid, which code hosts and many editors draw.

use super::terms::{Class, Ontology};
use std::collections::{BTreeMap, BTreeSet};

/// Classes of one layer and of what they lead to: who is whose subclass, and which properties lead from class to class.
pub(super) fn diagram(ontology: &Ontology, in_documents: bool) -> String {
    let here: Vec<&Class> = ontology
        .classes
        .iter()
        .filter(|class| class.in_documents == in_documents)
        .collect();
    let mut lines = vec!["classDiagram".to_owned(), "  direction LR".to_owned()];
    for class in &here {
        let name = local(&class.told.name);
        for above in &class.supers {
            lines.push(format!("  {} <|-- {name}", local(above)));
        }
        let literals: Vec<&str> = class
            .properties
            .iter()
            .filter(|used| used.property.starts_with("dip:") && !leads_to_a_class(&used.values))
            .map(|used| local(&used.property))
            .filter(|property| !["supportedBy", "account"].contains(property))
            .collect();
        lines.push(format!("  class {name}"));
        lines.extend(
            literals
                .iter()
                .map(|property| format!("  {name} : {property}")),
        );
    }
    // Properties between the same two classes share an arrow.
    let mut arrows: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for class in &here {
        for used in &class.properties {
            if leads_to_a_class(&used.values) {
                arrows
                    .entry((local(&class.told.name), local(&used.values)))
                    .or_default()
                    .insert(local(&used.property));
            }
        }
    }
    for ((from, to), properties) in arrows {
        let properties: Vec<&str> = properties.into_iter().collect();
        lines.push(format!("  {from} --> {to} : {}", properties.join(", ")));
    }
    lines.join("\n")
}

fn leads_to_a_class(values: &str) -> bool {
    values
        .strip_prefix("dip:")
        .is_some_and(|name| name.starts_with(char::is_uppercase))
}

/// `dip:Visit` → `Visit`.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
