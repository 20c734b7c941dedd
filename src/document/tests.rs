//! What reading must keep whatever the text: spans on character boundaries, blocks in order, sentences within blocks, every word covered.

use super::*;
use proptest::prelude::*;

fn outline(text: &str) -> Vec<String> {
    let document = one(text);
    let shown = |index: Option<usize>| {
        index
            .and_then(|at| document.blocks.get(at))
            .map_or("", |block| document.words(block.span))
    };
    document
        .blocks
        .iter()
        .map(|block| {
            let key = block
                .key
                .map_or(String::new(), |key| format!(" [{}]", document.words(key)));
            let label = match shown(block.label) {
                "" => String::new(),
                label => format!(" < {label}"),
            };
            format!(
                "{:?}{key} {}{label}",
                block.kind,
                document.words(block.span)
            )
        })
        .collect()
}

fn one(text: &str) -> Document {
    read("test.txt", text.as_bytes()).unwrap().remove(0)
}

fn check(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for (at, block) in document.blocks.iter().enumerate() {
        let first = block.key.map_or(block.span.start, |key| key.start);
        assert!(first >= end, "block {at} overlaps the one before");
        end = block.span.end;
        for span in block
            .cells
            .iter()
            .chain(&block.sentences)
            .chain(block.key.iter())
        {
            assert!(text.get(span.start..span.end).is_some());
        }
        assert!(!block.span.is_empty() && !block.sentences.is_empty());
        let mut reached = block.span.start;
        for sentence in &block.sentences {
            assert!(
                block.span.contains(*sentence) && sentence.start >= reached && !sentence.is_empty()
            );
            reached = sentence.end;
        }
        assert!(
            block
                .under
                .iter()
                .chain(&block.label)
                .chain(&block.header)
                .all(|&other| other < at)
        );
    }
}

fn check_cover(document: &Document) {
    let mut start = 0;
    for line in document.text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len());
        let covered = document
            .blocks
            .iter()
            .any(|block| block.span.overlaps(span));
        let words = line.chars().any(char::is_alphanumeric) && line.trim() != "Infobox";
        assert!(covered || !words, "{line} is in no block");
        start += line.len();
    }
}

#[test]
fn the_documents_of_the_demo_are_covered() {
    for name in [
        "consulate-general-of-peru-paris",
        "france-perou-point-de-presse",
        "france-peru-relations",
    ] {
        let path = format!("{}/data/documents/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).unwrap();
        let document = read(name, &bytes).unwrap().remove(0);
        check(&document);
        check_cover(&document);
        assert_eq!(document.text.as_bytes(), bytes);
    }
}

#[test]
fn an_article() {
    assert_eq!(
        outline(
            "= A–B relations =\n\nInfobox\n- Map: x.svg\n\nThey met. They left.\n\n==Visits==\nFrom A to B\n- Ann Lee (1964)\n  - her minister\n"
        ),
        [
            "Title A–B relations",
            "Entry [Map] x.svg",
            "Paragraph They met. They left.",
            "Heading(2) Visits",
            "Label From A to B",
            "Item Ann Lee (1964) < From A to B",
            "Item her minister < Ann Lee (1964)",
        ]
    );
}

#[test]
fn a_fact_sheet_without_markup() {
    assert_eq!(
        outline(
            "A - Fiche pays\n(Mise à jour : 2 mai 2024)\n\nPrésence\n\nAmbassade : Lima\nConsulat : Callao\n\nVisites\n\nEn France :\n• Mme Petit\n- 2 mai 2012 : visite\n\nEntretiens\n- 3 mai 2012 : M. Grand\n"
        ),
        [
            "Title A - Fiche pays",
            "Paragraph (Mise à jour : 2 mai 2024)",
            "Heading(2) Présence",
            "Entry [Ambassade] Lima",
            "Entry [Consulat] Callao",
            "Heading(2) Visites",
            "Label En France :",
            "Item Mme Petit < En France :",
            "Item 2 mai 2012 : visite < Mme Petit",
            "Heading(2) Entretiens",
            "Item 3 mai 2012 : M. Grand",
        ]
    );
}

#[test]
fn a_press_release_under_a_letterhead() {
    assert_eq!(
        outline(
            "MINISTERIO DE ASUNTOS\nLima, 2 de mayo de 2023\n\nLa ministra concluyó su visita\n\nLa ministra cumplió una visita a Chile. Fue recibida:\n- en Arica;\n\nOTRAS NOTICIAS\n\n* Nada más.\n"
        ),
        [
            "Paragraph MINISTERIO DE ASUNTOS",
            "Paragraph Lima, 2 de mayo de 2023",
            "Title La ministra concluyó su visita",
            "Paragraph La ministra cumplió una visita a Chile. Fue recibida:",
            "Item en Arica; < La ministra cumplió una visita a Chile. Fue recibida:",
            "Heading(2) OTRAS NOTICIAS",
            "Item Nada más.",
        ]
    );
}

#[test]
fn a_statement_with_questions() {
    assert_eq!(
        outline(
            "France - Pérou.\r\n\r\nIls ont parlé.Ils sont partis. Q - Viendra-t-il ?R - Nous le souhaitons.\r\n"
        ),
        [
            "Title France - Pérou",
            "Paragraph Ils ont parlé.Ils sont partis.",
            "Question Viendra-t-il ?",
            "Answer Nous le souhaitons.",
        ]
    );
}

#[test]
fn a_first_line_that_is_a_sentence_is_no_title() {
    let alone = one("President Soto of Chile visited Lima in May 2021.\n");
    assert_eq!(alone.title, "");
    let first = one("El ministro Soto viajó a Lima en mayo de 2021.\n\nVolvió en 2022.\n");
    assert_eq!(first.title, "");
    let headed = one("France - Chili : visite du ministre (Paris, 3 mai 2021).\n\nIl est venu.\n");
    assert_eq!(
        headed.title,
        "France - Chili : visite du ministre (Paris, 3 mai 2021)"
    );
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    let text = "Title\n\nThe two ministers met in the capital on the second day of the\nmonth and agreed on all the questions that stood on the list that\nthey had brought.\n";
    assert_eq!(outline(text).len(), 2);
}

#[test]
fn lines_that_all_begin_with_capitals_are_no_wrapped_paragraph() {
    let text = "Title\n\nMinistres à Lima depuis le début du siècle dernier\nPierre Durand............................1919-1923\nJean Dupont.......................1923-1924\n";
    assert_eq!(outline(text).len(), 4);
}

#[test]
fn errors_say_where_and_what_to_do() {
    let code = |bytes: &[u8]| {
        read("a.txt", bytes).map_err(|found| {
            (
                found.code,
                found.span.map(|span| span.start),
                found.help.is_some(),
            )
        })
    };
    assert_eq!(
        code(b"abc\xe9t").unwrap_err(),
        ("document.not-utf-8", Some(3), true)
    );
    assert_eq!(
        code(b"\xef\xbb\xbf \n").unwrap_err(),
        ("document.empty", Some(0), true)
    );
    assert_eq!(
        code(b"ab\0c").unwrap_err(),
        ("document.unknown-form", Some(2), true)
    );
    assert_eq!(
        code(b"%PDF-1.7 text").unwrap_err().0,
        "document.unknown-form"
    );
    assert_eq!(code(b"1234 - 5678").unwrap_err().0, "document.unknown-form");
    assert_eq!(
        read("a", b"\xef\xbb\xbfText here").unwrap()[0].map,
        SourceMap::From(3)
    );
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(documents) = read("x", &bytes) {
            documents.iter().for_each(check);
        }
    }

    #[test]
    fn any_text(text in "(\\PC|\r?\n|[-=|:. QR?]){0,120}") {
        if let Ok(documents) = read("x", text.as_bytes()) {
            documents.iter().for_each(check);
        }
    }

    #[test]
    fn pieces_of_every_layout(pieces in proptest::collection::vec(prop_oneof![
        Just("= T ="), Just("==S=="), Just(">> H"), Just("HEAD LINE"), Just("Infobox"), Just("- Key: value"), Just("Key: value"),
        Just("- item"), Just("  • deep"), Just("1. one"), Just("2. two"), Just("| a | b |"), Just("|---|"), Just("a / b / c"),
        Just("No.    Name"), Just("Short line"), Just("Ends so:"), Just("It ended. Q - Is it? R - Yes."), Just(""), Just("\r"),
        Just("20 May 1960: talks"), Just("É.U. «Oui.» Fin"),
    ], 0..25)) {
        let text = pieces.join("\n");
        if let Ok(documents) = read("x", text.as_bytes()) {
            documents.iter().for_each(check);
        }
    }

    #[test]
    fn documents_with_damage(cuts in proptest::collection::vec((0usize..4000, 0usize..40), 1..6), glue in "[\n|=:.-]{0,2}") {
        let mut text = include_str!("../../data/documents/france-peru-relations.txt").to_owned();
        for (at, len) in cuts {
            let border = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let (start, end) = (border(at), border(at + len));
            text.replace_range(start..end, &glue);
        }
        if let Ok(documents) = read("x", text.as_bytes()) {
            documents.iter().for_each(check);
        }
    }
}
