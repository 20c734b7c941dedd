//! Lists, tables and chronicles that look like those which tell facts, and tell none of the kind named beside them.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/told.rs"]
mod told;

use chancery::extract::Engine;
use told::{assert_documents_tell, has, read_whole};

/// Documents, each with what it must not tell.
const UNTOLD: &[(&str, &str)] = &[
    (
        "= Foreign relations of Chile =\n\n== Recognition ==\n\n=== States that have withdrawn recognition of Kosovo ===\n\n- Kenya (3 May 1988)\n- Norway (4 June 2014)\n",
        "relations event=recognised",
    ),
    (
        "= Foreign relations of Chile =\n\n== Diplomatic relations ==\n\n=== Wars ===\n\n- Bolivia (1879)\n\n=== Visa-free travel ===\n\n- Norway, 1999\n\n=== Dates of independence ===\n\n- Kenya, 1963\n",
        "relations",
    ),
    (
        "= Politique étrangère du Chili =\n\n== Relations diplomatiques ==\n\n=== Accords de double imposition ===\n\n- Norvège (3 mai 1992)\n- Kenya (4 juin 1995)\n\n=== Guerres ===\n\n- Bolivie (1879)\n",
        "relations",
    ),
    (
        "= Relaciones exteriores de Chile =\n\n== Relaciones diplomáticas ==\n\n| País | Última visita | Comercio |\n|---|---|---|\n| Kenia | 12 de diciembre de 1963 | 12 |\n| Malí | 22 de septiembre de 1960 | 13 |\n",
        "relations",
    ),
    (
        "= Foreign relations of Chile =\n\n== Diplomatic relations ==\n\n| Country | Visa waiver since | Population in |\n|---|---|---|\n| Kenya | 1963 | 2001 |\n| Mali | 1960 | 2002 |\n",
        "relations",
    ),
    (
        "= Chile–Kenya relations =\n\n== Timeline ==\n\n- 3 May 1951: Recognition of diplomas by Kenya.\n- 5 May 1953: Recognised by Kenya's parliament as a friend.\n- 6 May 1974: Recognised as the sole supplier by Kenya.\n- 6 May 1975: Embassy in Nairobi recognised by Kenya.\n",
        "relations event=recognised",
    ),
    (
        "= Chile–Kenya relations =\n\n== Timeline ==\n\n- 6 May 1954: End of relations with Kenya.\n- 6 May 1964: Proposal of diplomatic relations with Kenya.\n- 6 May 1965: Anniversary of diplomatic relations.\n- 6 May 1970: Twenty years of diplomatic relations with Kenya.\n- 6 May 1973: Consular relations with Kenya.\n",
        "relations event=established",
    ),
    (
        "= Relations entre le Chili et le Kenya =\n\n== Chronologie ==\n\n- 6 mai 1954 : Fin des relations avec le Kenya.\n- 6 mai 1964 : Projet de relations diplomatiques avec le Kenya.\n- 6 mai 1970 : Vingt ans de relations diplomatiques avec le Kenya.\n",
        "relations event=established",
    ),
    (
        "= Relaciones Chile-Kenia =\n\n== Cronología ==\n\n- 5 de mayo de 1953: Reconocido por Kenia como zona libre de minas.\n- 6 de mayo de 1954: Fin de las relaciones con Kenia.\n- 6 de mayo de 1965: Aniversario de las relaciones diplomáticas.\n",
        "relations",
    ),
    (
        "= Embassy of Chile, Nairobi =\n\nThe Embassy of Chile in Nairobi is the diplomatic mission of Chile to Kenya.\n\nArchitects:\n\n- Ana Soto (1951–1953)\n- Luis Vega (1953–1958)\n\nOwners of the house:\n\n- Juan Paz (1911–1923)\n",
        "appointment",
    ),
    (
        "= Embassy of Chile, Nairobi =\n\nThe Embassy of Chile in Nairobi is the diplomatic mission of Chile to Kenya. The chancery was designed by several architects.\n\n- Ana Soto (1951–1953)\n- Luis Vega (1953–1958)\n",
        "appointment",
    ),
    (
        "= Ambassade du Chili au Kenya =\n\nL'ambassade du Chili au Kenya est la représentation diplomatique du Chili au Kenya.\n\nPremiers secrétaires :\n\n- Ana Soto (1951–1953)\n- Luis Vega (1953–1960)\n",
        "appointment",
    ),
    (
        "= Embassy of Chile, Nairobi =\n\nThe Embassy of Chile in Nairobi is the diplomatic mission of Chile to Kenya.\n\n== Chronology ==\n\n- Foundation Stone (1951)\n- Great Fire (1953)\n- Pope John Paul (1980)\n",
        "appointment",
    ),
    (
        "= List of ambassadors of Chile to Kenya =\n\nThe list includes poets such as Pablo Neruda (1904–1973) and Gabriela Mistral (1889–1957). The presidents of these years were Ana Soto (1951–1956), Luis Vega (1956–1960) and Hugo Paz (1960–1964).\n",
        "appointment",
    ),
    (
        "= Chile–Kenya relations =\n\nNeither country is a member of:\n\n- NATO\n- ASEAN\n",
        "membership",
    ),
    (
        "= Chile–Kenya relations =\n\n== Exports to regional blocs (in million US dollars) ==\n\n| Bloc | Chile | Kenya |\n|---|---|---|\n| African Union | 1500 | 1946 |\n",
        "membership start=1946",
    ),
    (
        "= Embassy of Chile, Nairobi =\n\n- Location: Nairobi\n- Opened: 1931\n- Temporarily closed: 2020\n- Closed: Sundays; 25 December\n\nThe Embassy of Chile in Nairobi is the diplomatic mission of Chile to Kenya.\n",
        "mission closed=2020",
    ),
    (
        "= List of ambassadors of Chile to Kenya =\n\n- Juan Paz, CMG (1955)\n- Sir Luis Vega, K.C.M.G., C.B. (1956–1959)\n- Ana Soto, OBE, MP (1960)\n",
        "appointment person=CMG",
    ),
];

#[test]
fn what_only_looks_like_facts_tells_none() {
    let engine = Engine::embedded().unwrap();
    for (text, never) in UNTOLD {
        let told = read_whole(&engine, text);
        let found: Vec<_> = told.iter().filter(|c| has(c, never)).collect();
        assert!(found.is_empty(), "{text}: {never} in {found:#?}");
    }
}

/// What stands near such lists is told all the same.
#[test]
fn what_stands_beside_is_told() {
    let engine = Engine::embedded().unwrap();
    assert_documents_tell(
        &engine,
        &[
            (
                "= List of ambassadors of Chile to Kenya =\n\n- Juan Paz, CMG (1955)\n- Sir Luis Vega, K.C.M.G., C.B. (1956–1959)\n- Hugo Ruiz CBE (1961)\n",
                &[
                    "appointment person=Juan_Paz start=1955",
                    "appointment person=Luis_Vega start=1956 end=1959",
                    "appointment person=Hugo_Ruiz start=1961",
                ],
            ),
            (
                "= Foreign relations of Chile =\n\n== Diplomatic relations ==\n\n| Country | Independence | Relations began |\n|---|---|---|\n| Kenya | 12 December 1963 | 3 May 1965 |\n",
                &["relations parties=Kenya event=established date=1965-05-03"],
            ),
            (
                "MINISTRY OF FOREIGN AFFAIRS\n\nPRESS RELEASE\n\nSpokesperson Ana Soto – 3 May 2001\n\nForeign Minister Luis Vega of Kenya visited Chile today.\n",
                &["visit visitor=Luis_Vega to=Chile start=2001-05-03"],
            ),
            (
                "= Chile–Kenya relations =\n\n== Timeline ==\n\n- 4 May 1952: Recognition of Israel by Chile.\n- 6 May 1955: Break of relations.\n- 6 May 1957: Resumption of diplomatic relations.\n- 6 May 1959: Establishment of full diplomatic relations with Mali.\n",
                &[
                    "relations event=recognised parties=Israel actor=Chile date=1952-05-04",
                    "relations event=severed parties=Kenya date=1955-05-06",
                    "relations event=resumed date=1957-05-06",
                    "relations event=established parties=Mali date=1959-05-06",
                ],
            ),
        ],
    );
}

/// `tests/untold.tsv`: language, a sentence in an article on Mali and Peru, or of another title that stands last, and the kind of which it tells no
/// fact: what is planned, denied, proposed, promised or came to nothing.
#[test]
fn what_did_not_come_to_be_is_no_fact() {
    let engine = Engine::embedded().unwrap();
    let mut wrong = Vec::new();
    for row in include_str!("untold.tsv").lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let [lang, sentence, kind, ref title @ ..] = columns[..] else {
            panic!("{row}");
        };
        let title = title.first().copied().unwrap_or(match lang {
            "en" => "Mali\u{2013}Peru relations",
            "fr" => "Relations entre le Mali et le Pérou",
            _ => "Relaciones Malí-Perú",
        });
        let told = read_whole(&engine, &format!("= {title} =\n\n{sentence}\n"));
        if told.iter().any(|c| has(c, kind)) {
            wrong.push(sentence);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
