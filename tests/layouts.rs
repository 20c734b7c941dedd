//! Lists, tables and fact sheets of many layouts in three languages → the facts that their lines tell.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/told.rs"]
mod told;

use chancery::extract::Engine;
use told::{assert_documents_tell, assert_has, read_whole};

/// A title of a list of heads of mission, a heading, and the word for "since".
const HEADS: [(&str, &str, &str); 3] = [
    ("List of ambassadors of Chile to Kenya", "List", "since"),
    (
        "Liste des ambassadeurs du Chili au Kenya",
        "Liste",
        "depuis",
    ),
    ("Lista de embajadores de Chile en Kenia", "Lista", "desde"),
];

/// The lines of a list of heads of mission: `{n}` is a name, `{a}` a beginning, `{b}` an end; the last one has no end.
const LINES: [(&str, &str); 21] = [
    ("- {n} ({a}–{b})", "- {n} ({s} {a})"),
    ("- {n}, {a}–{b}", "- {n}, {s} {a}"),
    ("- {n}: {a}–{b}", "- {n}: {s} {a}"),
    ("- {n} [{a}-{b}]", "- {n} [{s} {a}]"),
    ("- {n} – {a} – {b}", "- {n} – {s} {a}"),
    ("- {a}–{b}: {n}", "- {s} {a}: {n}"),
    ("- {a}–{b}, {n}", "- {s} {a}, {n}"),
    ("- {a} → {b}  {n}", "- {a} →  {n}"),
    ("{a}–{b} {n}", "{a}– {n}"),
    ("{n} ({a}–{b})", "{n} ({s} {a})"),
    ("{n}\n{a}–{b}\n", "{n}\n{s} {a}\n"),
    ("{a}–{b}\n{n}", "{s} {a}\n{n}"),
    ("I. {n} ({a}–{b})", "II. {n} ({s} {a})"),
    ("{n}; {a}; {b}", "{n}; {a}; –"),
    ("{n} / {a} / {b}", "{n} / {a} / –"),
    ("{n} | {a} | {b}", "{n} | {a} | –"),
    ("{n}\t{a}\t{b}", "{n}\t{a}\t–"),
    ("{a}\t{b}\t{n}", "{a}\t–\t{n}"),
    ("{n} ........ {a}-{b}", "{n} ........ {s} {a}"),
    ("| {n} | {a} | {b} |", "| {n} | {a} | – |"),
    ("| {a} | {b} | {n} |", "| {a} | – | {n} |"),
];

const NAMES: [(&str, &str); 4] = [
    ("Ana", "Ortega"),
    ("Luis", "Barrientos"),
    ("Marta", "Villanueva"),
    ("Hugo", "Peralta"),
];

const YEARS: [(&str, &str); 4] = [
    ("1951", "1954"),
    ("1954", "1958"),
    ("1958", "1961"),
    ("1961", ""),
];

/// A list of heads by its lines, and what it tells.
fn heads(line: (&str, &str), since: &str, name: fn(&str, &str) -> String) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut wanted = Vec::new();
    for ((given, family), (start, end)) in NAMES.iter().zip(YEARS) {
        let form = if end.is_empty() { line.1 } else { line.0 };
        let form = form.replace("{n}", &name(given, family));
        let form = form.replace("{a}", start).replace("{b}", end);
        text.push_str(&form.replace("{s}", since));
        text.push('\n');
        wanted.push(format!(
            "appointment person={given}_{family} role=Ambassador sending=Chile receiving=Kenya start={start} end={end}"
        ));
    }
    (text, wanted)
}

#[test]
fn heads_of_mission_in_lists_of_every_layout() {
    let engine = Engine::embedded().unwrap();
    let plain = |given: &str, family: &str| format!("{given} {family}");
    for (title, heading, since) in HEADS {
        for line in LINES {
            // The numbers of a list count its items.
            let numbered = line.0.starts_with("I.");
            let (mut lines, wanted) = heads(line, since, plain);
            if numbered {
                let items = lines.lines().zip(["I. ", "II. ", "III. ", "IV. "]);
                let items: Vec<String> = items
                    .map(|(item, number)| {
                        let (_, words) = item.split_once(". ").unwrap();
                        format!("{number}{words}")
                    })
                    .collect();
                lines = items.join("\n");
            }
            let text = format!("= {title} =\n\n== {heading} ==\n\n{lines}\n");
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            assert_has(&read_whole(&engine, &text), &text, &wanted);
        }
    }
}

#[test]
fn family_names_first_are_turned_round() {
    let engine = Engine::embedded().unwrap();
    let forms: [fn(&str, &str) -> String; 4] = [
        |given, family| format!("{family}, {given}"),
        |given, family| format!("{}, {given}", family.to_uppercase()),
        |given, family| format!("{family} ({given})"),
        |given, family| format!("{} ({given})", family.to_uppercase()),
    ];
    for (title, heading, since) in HEADS {
        for form in forms {
            let (lines, wanted) = heads(("- {n}, {a}–{b}", "- {n}, {s} {a}"), since, form);
            let text = format!("= {title} =\n\n== {heading} ==\n\n{lines}\n");
            let told = read_whole(&engine, &text);
            for wanted in wanted {
                let found = told
                    .iter()
                    .any(|c| told::has(c, &wanted) || told::has(c, &upper(&wanted)));
                assert!(found, "{text}: no {wanted} in {told:#?}");
            }
        }
    }
}

/// The same with the family name in capitals, as the list writes it.
fn upper(wanted: &str) -> String {
    let mut wanted = wanted.to_owned();
    for (_, family) in NAMES {
        wanted = wanted.replace(family, &family.to_uppercase());
    }
    wanted
}

#[test]
fn an_article_on_a_mission_lists_its_heads_and_gives_its_life() {
    let engine = Engine::embedded().unwrap();
    assert_documents_tell(
        &engine,
        &[
            (
                "= Embassy of Chile, Nairobi =\n\n- Location: Nairobi, Kenya\n- Opened: 3 May 1951\n- Closed: 1993\n\nThe embassy stood in Nairobi.\n\n== Chronology ==\n\n- Ana Ortega (1951–1954)\n- Luis Barrientos (1954–1958)\n",
                &[
                    "mission city=Nairobi sending=Chile opened=1951-05-03",
                    "mission city=Nairobi sending=Chile closed=1993",
                    "appointment person=Ana_Ortega sending=Chile receiving=Kenya start=1951 end=1954",
                    "appointment person=Luis_Barrientos start=1954 end=1958",
                ],
            ),
            (
                "= Ambassade du Chili au Kenya =\n\nLieu : Nairobi\nCréation : 3 mai 1951\nAmbassadrice : Ana Ortega (depuis le 4 juin 2015)\n\nL'ambassade se trouve à Nairobi.\n",
                &[
                    "mission city=Nairobi sending=Chile opened=1951-05-03",
                    "appointment person=Ana_Ortega sending=Chile receiving=Kenya start=2015-06-04",
                ],
            ),
            (
                "= Embajada de Chile en Kenia =\n\n| Ciudad | Nairobi, Kenia |\n| Inauguración | julio de 1986 |\n| Clausura | mayo de 1994 |\n| Jefe de misión | Hugo Peralta (desde 2015) |\n\nLa Embajada de Chile es la representación diplomática de Chile en Kenia.\n",
                &[
                    "mission city=Nairobi sending=Chile opened=1986-07",
                    "mission city=Nairobi closed=1994-05",
                    "appointment person=Hugo_Peralta sending=Chile receiving=Kenya start=2015",
                ],
            ),
            (
                "= Embajada de Chile en Kenia =\n\n| Embajador | Inicio de misión | Fin de misión |\n| Luis Barrientos | 03/05/1951 | 04/06/1954 |\n| Hugo Peralta | 05/07/1954 | en el cargo |\n",
                &[
                    "appointment person=Luis_Barrientos sending=Chile receiving=Kenya start=1951-05-03 end=1954-06-04",
                    "appointment person=Hugo_Peralta start=1954-07-05 end=",
                ],
            ),
        ],
    );
}

#[test]
fn visits_in_tables_and_lists_are_of_their_own_days() {
    let engine = Engine::embedded().unwrap();
    assert_documents_tell(
        &engine,
        &[
            (
                "Relations between Chile and Kenya\n\nVisits\n\nVisits from Chile to Kenya\nMinister of Trade Ana Ortega – 25 August 2004\nPrime Minister Luis Barrientos – 11 February 2005\nForeign Minister Hugo Peralta – 18 November 2006\n",
                &[
                    "visit visitor=Ana_Ortega from=Chile to=Kenya start=2004-08-25",
                    "visit visitor=Luis_Barrientos start=2005-02-11",
                    "visit visitor=Hugo_Peralta start=2006-11-18",
                ],
            ),
            (
                "= Relations entre le Chili et le Kenya =\n\n== Visites ==\n\n=== Visites chiliennes au Kenya ===\n\n| Date | Fonction | Nom |\n| 3 mai 2004 | Président | Luis Barrientos |\n| 4 juin 2005 | Premier ministre | Hugo Peralta |\n",
                &[
                    "visit visitor=Luis_Barrientos from=Chile to=Kenya start=2004-05-03",
                    "visit visitor=Hugo_Peralta start=2005-06-04",
                ],
            ),
        ],
    );
}

#[test]
fn memberships_and_numbers_in_columns() {
    let engine = Engine::embedded().unwrap();
    assert_documents_tell(
        &engine,
        &[
            (
                "= Chile–Kenya relations =\n\n== Memberships ==\n\n| Organisation | Chile | Kenya |\n| International Monetary Fund | 1953 | – |\n| World Bank | Member | Member |\n",
                &[
                    "membership state=Chile organisation=International_Monetary_Fund",
                    "membership state=Kenya organisation=World_Bank",
                ],
            ),
            (
                "= Relaciones Chile-Kenia =\n\nAmbos países son miembros de:\n\n- Fondo Monetario Internacional\n- Banco Mundial\n",
                &[
                    "membership state=Chile organisation=International_Monetary_Fund",
                    "membership state=Kenya organisation=World_Bank",
                ],
            ),
            (
                "= Chile–Kenya relations =\n\n== Bilateral trade ==\n\n- 2010 – 30 million euros\n- 2011 – 45 million euros\n",
                &[
                    "observation measure=trade value=30000000",
                    "observation measure=trade value=45000000",
                ],
            ),
        ],
    );
    let told = read_whole(
        &engine,
        "= Chile–Kenya relations =\n\n== Memberships ==\n\n| Organisation | Chile | Kenya |\n| International Monetary Fund | 1953 | – |\n",
    );
    assert!(told.iter().all(|c| !told::has(c, "membership state=Kenya")));
}

#[test]
fn columns_of_credentials_end_no_term() {
    let engine = Engine::embedded().unwrap();
    assert_documents_tell(
        &engine,
        &[
            (
                "= List of ambassadors of Chile to Kenya =\n\n| Name | Appointed | Presented credentials | Terminated mission |\n|---|---|---|---|\n| Luis Barrientos | June 9, 1971 | November 3, 1971 | March 2, 1974 |\n| Peter Day | July 9, 1974 | November 3, 1974 | Left Nairobi, March 2, 1978 |\n| Ann Bishop | July 9, 1978 | November 3, 1978 | Incumbent |\n",
                &[
                    "appointment person=Luis_Barrientos start=1971-06-09 end=1974-03-02",
                    "appointment person=Peter_Day start=1974-07-09 end=1978-03-02",
                    "appointment person=Ann_Bishop start=1978-07-09 end=",
                ],
            ),
            (
                "= Kenya–Peru relations =\n\nPeru noted it on 28 August 1991. Kenya opened an embassy in Lima on 30 September 1992.\n",
                &["mission city=Lima sending=Kenya opened=1992-09-30"],
            ),
            (
                "Comunicado de prensa\nSantiago, 9 de junio de 2021\n\nEl Presidente de la República recibió hoy al embajador de Kenia, Ali Moi.\n",
                &["meeting participants=Ali_Moi roles=President_of_Chile date=2021-06-09"],
            ),
        ],
    );
}
