//! Journeys, talks and their days in whole documents → what they tell, and what they do not.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/told.rs"]
mod told;

use chancery::extract::Engine;
use told::{assert_documents_tell, has, read_whole};

/// A document, what it tells, and what it does not.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

fn assert_cases(cases: &[Case]) {
    let engine = Engine::embedded().unwrap();
    let wanted: Vec<(&str, &[&str])> = cases.iter().map(|(text, w, _)| (*text, *w)).collect();
    assert_documents_tell(&engine, &wanted);
    for (text, _, unwanted) in cases {
        let told = read_whole(&engine, text);
        for fact in *unwanted {
            let found = told.iter().find(|c| has(c, fact));
            assert!(found.is_none(), "{text}: tells {found:#?}");
        }
    }
}

/// Other stages of a journey have the year of the visit that they are told with; where one only went on there, the month.
const STAGES: &[Case] = &[
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile came to Lima on 3 May 2004 on a tour that also took her to Quito.",
        &[
            "visit to=Peru start=2004-05-03",
            "visit to=Ecuador start=2004",
        ],
        &[],
    ),
    (
        "= Relations entre le Chili et le Pérou =\n\nLa présidente Ana Soto du Chili se rendit à Lima du 3 au 5 mai 2004, au cours d'une tournée qui la mena aussi à Quito.",
        &[
            "visit to=Peru start=2004-05-03 end=2004-05-05",
            "visit to=Ecuador start=2004 end=",
        ],
        &[],
    ),
    (
        "= Relaciones Chile-Perú =\n\nLa presidenta Ana Soto de Chile visitó Lima en mayo de 2004, en el marco de una gira que la llevó también a Quito, y volvió en marzo de 2006.",
        &["visit to=Peru start=2004-05", "visit to=Peru start=2006-03"],
        &[],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile was in Lima on 3 and 4 May 2004 and went on to Quito.",
        &["visit to=Ecuador start=2004-05 end="],
        &[],
    ),
];

#[test]
fn stages_of_a_journey_have_no_day_of_another() {
    assert_cases(STAGES);
}

/// Private stays, visits that are said not to have been, places of which somebody came.
const NONE: &[Case] = &[
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile was in Lima in May 2004 for a private holiday.",
        &[],
        &["visit"],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile visited Lima in 1990. A trip by President Luis Vega to Santiago in 1992 was denied by the palace.",
        &["visit visitor=Ana_Soto"],
        &["visit visitor=Luis_Vega"],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile visited Lima in 1990. President Luis Vega was to have paid a return visit in April 1994.",
        &["visit visitor=Ana_Soto"],
        &["visit visitor=Luis_Vega"],
    ),
    (
        "= Relations entre le Chili et le Pérou =\n\nLa présidente Ana Soto du Chili se rendit à Lima en 1990. La visite à Santiago du président Luis Vega, annoncée en 1992, a été démentie par la présidence.",
        &["visit visitor=Ana_Soto"],
        &["visit visitor=Luis_Vega"],
    ),
    (
        "= Relations entre le Chili et le Pérou =\n\nLa presse avait annoncé un entretien entre les présidents Ana Soto et Luis Vega à Quito en 2002 ; il n'a pas eu lieu.",
        &[],
        &["meeting"],
    ),
    (
        "= Relaciones Chile-Perú =\n\nLa presidenta Ana Soto de Chile visitó Lima en 1990. El presidente Luis Vega proyectaba un viaje a Santiago para fines de 1993.",
        &["visit visitor=Ana_Soto"],
        &["visit visitor=Luis_Vega"],
    ),
    (
        "= Relaciones Chile-Perú =\n\nLa presidenta Ana Soto de Chile visitó Lima en 1990. El viaje del presidente Luis Vega a Santiago en 2002 fue sustituido por una videoconferencia.",
        &["visit visitor=Ana_Soto"],
        &["visit visitor=Luis_Vega"],
    ),
    (
        "= Relations entre le Chili et le Pérou =\n\n3-5 juin 1988 : visite à Lima de la présidente Ana Soto du Chili, prévue d'abord pour mars.",
        &["visit visitor=Ana_Soto to=Peru start=1988-06-03 end=1988-06-05"],
        &["visit start=1988-03"],
    ),
];

#[test]
fn private_and_refuted_visits_are_none() {
    assert_cases(NONE);
}

/// The day of a meeting that its words count from those of a visit, or from another meeting.
const DAYS: &[Case] = &[
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile was on an official visit to Peru from 12 to 17 February 1976, and on the second day President Luis Vega received her in Lima.",
        &["meeting participants=Luis_Vega date=1976-02-13"],
        &[],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile visited Peru from 4 to 6 May 1983. On the 5th President Luis Vega received her in Lima.",
        &["meeting participants=Luis_Vega date=1983-05-05"],
        &[],
    ),
    (
        "= Relations entre le Chili et le Pérou =\n\nLa présidente Ana Soto du Chili fit une visite officielle au Pérou du 14 au 18 octobre 1974 ; elle fut reçue le premier jour par le président Luis Vega et eut, le lendemain, un entretien avec le Premier ministre, Juan Mora.",
        &[
            "meeting participants=Luis_Vega date=1974-10-14",
            "meeting participants=Juan_Mora date=1974-10-15",
        ],
        &[],
    ),
    (
        "= Relaciones Chile-Perú =\n\nDel 26 al 31 de mayo de 2024, la presidenta Ana Soto de Chile realizó una visita de Estado al Perú; el día 28 se entrevistó en Lima con el presidente Luis Vega.",
        &["meeting participants=Luis_Vega date=2024-05-28"],
        &[],
    ),
    (
        "= Relaciones Chile-Perú =\n\nEl presidente Luis Vega del Perú visitó Santiago del 11 al 13 de septiembre de 2007. La presidenta Ana Soto lo recibió en Santiago el último día.",
        &["meeting participants=Ana_Soto date=2007-09-13"],
        &[],
    ),
];

#[test]
fn words_count_the_day_of_a_meeting() {
    assert_cases(DAYS);
}

/// Whom "the two ministers" and "they" mean behind a meeting.
const BOTH: &[Case] = &[(
    "Press release\n\nRiga, 12 October 2018\n\nForeign Minister Andris Ozols received Foreign Minister Nino Beridze of Georgia in Riga on 11 October 2018. She was accompanied by the Minister of Trade, Levan Kapanadze. The two ministers discussed visa-free travel.",
    &["meeting participants=Andris_Ozols participants=Nino_Beridze date=2018-10-11"],
    &["meeting participants=Levan_Kapanadze"],
)];

#[test]
fn both_are_those_who_have_just_met() {
    assert_cases(BOTH);
}

/// Visits that say not whither, in a chronicle of one state and under the name of a partner.
const HOME: &[Case] = &[
    (
        "= Nepal: a calendar of foreign relations =\n\nA calendar of the foreign relations of Nepal since 1850.\n\n1996 — State visit of Jiang Hua, President of China, on 12 and 13 October. Twenty documents were exchanged.\n\n2016 — Prime Minister Sushil Karki in Beijing, 20 to 27 March.\n",
        &["visit visitor=Jiang_Hua from=China to=Nepal start=1996-10-12 end=1996-10-13 kind=state"],
        &[],
    ),
    (
        "= Foreign relations of Botswana =\n\nBotswana has relations with more than ninety states.\n\n== Norway ==\n\nRelations were established in 1972. Prime Minister Odvar Holm visited in April 1985 and once more on 14 January 1990.\n",
        &[
            "visit visitor=Odvar_Holm from=Norway to=Botswana start=1985-04",
            "visit visitor=Odvar_Holm from=Norway to=Botswana start=1990-01-14",
        ],
        &[],
    ),
];

#[test]
fn a_visit_goes_to_the_state_of_which_the_text_is() {
    assert_cases(HOME);
}

/// Visits of which a statement tells when somebody has come back.
const BACK: &[Case] = &[
    (
        "Press release\n\nWindhoek, 16 May 2019\n\nThe Minister of Foreign Affairs of Namibia, Ana Iipinge, returned to Windhoek yesterday from an official visit to Vietnam. During the visit, which lasted from 11 to 14 May, she was received by President Tran Minh in Hanoi on 12 May.",
        &["visit visitor=Ana_Iipinge to=Vietnam start=2019-05-11 end=2019-05-14 kind=official"],
        &["visit start=2019-05-15"],
    ),
    (
        "Communiqué de presse\n\nNouakchott, le 16 mai 2019\n\nLe ministre des Affaires étrangères de Mauritanie, M. Ismaïl Ould Ahmed, est rentré hier soir à Nouakchott d'une visite officielle au Vietnam. Au cours de cette visite, qui s'est déroulée du 11 au 14 mai, il a été reçu à Hanoï, le 12 mai, par le président Tran Minh.",
        &[
            "visit visitor=Ismaïl_Ould_Ahmed to=Vietnam start=2019-05-11 end=2019-05-14 kind=official",
        ],
        &["visit start=2019-05-15"],
    ),
];

#[test]
fn a_statement_gives_the_days_of_the_visit_that_is_over() {
    assert_cases(BACK);
}

/// What a text says of a visit with an article before it.
const KINDS: &[Case] = &[
    (
        "= India–Oman relations =\n\nTwo agreements were signed during the state visit of Sultan Qasim of Oman to India from 1 to 5 April 1997.",
        &["visit to=India kind=state"],
        &[],
    ),
    (
        "= Relations entre le Chili et le Pérou =\n\nLors de sa visite officielle au Pérou, du 15 au 17 juin 1993, la présidente Ana Soto du Chili fut reçue à Lima par le président Luis Vega.",
        &["visit visitor=Ana_Soto to=Peru start=1993-06-15 end=1993-06-17 kind=official"],
        &[],
    ),
];

#[test]
fn the_kind_of_a_visit_behind_an_article() {
    assert_cases(KINDS);
}

/// What a text tells of a visit elsewhere, or calls otherwise.
const ELSEWHERE: &[Case] = &[
    // A meeting told below the table of visits has the days of the one during which it can have been; no row is counted from.
    (
        "= Chile–Peru relations =\n\n== Visits ==\n\n| Date | Visitor | Place |\n| 3–5 May 2004 | Ana Soto, President of Chile | Lima |\n| June 2012 | Luis Vega, President of Peru | Santiago |\n\nSoto was received in Lima by Juan Paz, the Peruvian prime minister.",
        &["meeting participants=Juan_Paz date=2004-05-03/2004-05-05"],
        &[],
    ),
    // During no visit that led elsewhere, however near it is told.
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile visited Peru in May 2004. President Luis Vega of Peru visited Santiago in June 2012. Soto was received in Lima by Vega.",
        &["meeting participants=Luis_Vega date=2004-05"],
        &["meeting date=2012-06"],
    ),
    // Private is the other stay.
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile visited Peru in May 2004 and, in a private capacity, in 2011.",
        &["visit visitor=Ana_Soto to=Peru start=2004-05"],
        &["visit start=2011"],
    ),
    // "There" and "the city" of an article on a mission.
    (
        "= Consulado General de Chile en Mendoza =\n\nLa presidenta Ana Soto llegó a la ciudad en mayo de 2004.",
        &["visit visitor=Ana_Soto from=Chile to=Argentina city=Mendoza start=2004-05"],
        &[],
    ),
    // A heading that calls visits contacts and says whither they led; without, it may list talks of every kind.
    (
        "= Chile–Peru relations =\n\n== High-level contacts, Chile to Peru ==\n\n- May 2004: President Ana Soto\n- June 2012: Foreign Minister Luis Vega\n",
        &[
            "visit visitor=Ana_Soto from=Chile to=Peru start=2004-05",
            "visit visitor=Luis_Vega from=Chile to=Peru start=2012-06",
        ],
        &[],
    ),
    // Who opens an embassy on a day is there; who opens one in a year has it opened.
    (
        "= Chile–Peru relations =\n\nThe Chilean embassy in Lima was opened in May 2004 by Foreign Minister Luis Vega.",
        &["visit visitor=Luis_Vega from=Chile to=Peru city=Lima start=2004-05"],
        &[],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Luis Vega of Chile opened the embassy in Lima in 1982.",
        &["mission kind=embassy city=Lima opened=1982"],
        &["visit to=Peru"],
    ),
];

#[test]
fn what_is_told_elsewhere_or_otherwise() {
    assert_cases(ELSEWHERE);
}

/// Whom the word for king and queen means.
const COUPLES: &[Case] = &[
    (
        "= Relaciones España-Perú =\n\nLos reyes de España, don Pablo y doña Ana, visitaron Perú en mayo de 2004.",
        &[
            "visit visitor=Pablo from=Spain to=Peru start=2004-05",
            "visit visitor=Ana from=Spain to=Peru start=2004-05",
        ],
        &[],
    ),
    (
        "= Norway–Peru relations =\n\nThe Norwegian king and queen, Paul and Sofia, visited Peru in May 2004.",
        &["visit visitor=Paul to=Peru", "visit visitor=Sofia to=Peru"],
        &[],
    ),
    (
        "= Relaciones España-Perú =\n\nLos reyes Pablo de España y Olaf de Noruega visitaron Perú en mayo de 2004.",
        &[],
        &["visit visitor=Olaf from=Spain"],
    ),
];

#[test]
fn king_and_queen_are_two() {
    assert_cases(COUPLES);
}

/// What hid a plain visit: an apposition before its place, a paper beside it, a bracket behind a name, a journey that is to lead somewhere.
const PLAIN: &[Case] = &[
    (
        "= Chile–Peru relations =\n\nThe visit of the Chilean president, Ana Soto, to Lima in May 2004 strengthened ties.",
        &["visit visitor=Ana_Soto from=Chile to=Peru city=Lima start=2004-05"],
        &[],
    ),
    (
        "= Relations entre le Chili et le Pérou =\n\nLa visite du président du Chili, Luis Vega, à Lima en mai 2004 a renforcé les liens.",
        &["visit visitor=Luis_Vega from=Chile to=Peru city=Lima start=2004-05"],
        &[],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile signed the agreement in Lima on 3 May 2004 during a state visit.",
        &[
            "treaty signed=2004-05-03",
            "visit visitor=Ana_Soto to=Peru city=Lima start=2004-05-03 kind=state",
        ],
        &[],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile visited Lima on 3 May 2004, accompanied by Luis Vega (Foreign Minister) and Juan Rivas (Health).",
        &[
            "visit visitor=Luis_Vega to=Peru start=2004-05-03",
            "visit visitor=Juan_Rivas to=Peru start=2004-05-03",
        ],
        &[],
    ),
    (
        "= Relaciones entre Chile y el Perú =\n\nEl presidente de Chile, Luis Vega, visitó Lima en mayo de 2004. Entre sus acompañantes figuraba Ana Soto, ministra de Salud.",
        &["visit visitor=Ana_Soto from=Chile to=Peru start=2004-05"],
        &[],
    ),
    (
        "= Relaciones exteriores de Chile =\n\nEl presidente Luis Vega inició el 3 de mayo de 2004 una gira que lo llevará al Perú y a Malí.",
        &[],
        &["visit to=Peru", "visit to=Mali"],
    ),
    (
        "= Politique étrangère du Chili =\n\nLe président Luis Vega a entamé le 3 mai 2004 une tournée qui le conduira au Pérou et au Mali.",
        &[],
        &["visit to=Peru", "visit to=Mali"],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile stopped over in Lima on 3 May 2004 on the way to Quito.",
        &["visit visitor=Ana_Soto to=Peru city=Lima start=2004-05-03"],
        &["visit to=Ecuador"],
    ),
    (
        "= Relations entre le Chili et le Pérou =\n\nLe président chilien Luis Vega s'est rendu à Lima le 3 mai 2004, après Quito.",
        &[
            "visit visitor=Luis_Vega to=Peru city=Lima start=2004-05-03",
            "visit visitor=Luis_Vega to=Ecuador city=Quito start=2004",
        ],
        &[],
    ),
    (
        "= Chile–Peru relations =\n\nA state visit to Peru by President Ana Soto's predecessor, Luis Vega, took place in May 2004.",
        &["visit visitor=Luis_Vega to=Peru start=2004-05"],
        &["visit visitor=Ana_Soto"],
    ),
    (
        "= Relaciones entre Chile y el Perú =\n\nEl presidente Juan Rivas se reunió con el presidente de Chile, Luis Vega, en Quito el 3 de mayo de 2004. Este había visitado Lima en junio de 2003.",
        &["visit visitor=Luis_Vega from=Chile to=Peru city=Lima start=2003-06"],
        &["visit visitor=Juan_Rivas"],
    ),
    (
        "= Chile–Peru relations =\n\nPresident Ana Soto of Chile visited Lima in May 2004. A second visit followed in June 2008.",
        &[
            "visit visitor=Ana_Soto to=Peru start=2004-05",
            "visit visitor=Ana_Soto to=Peru start=2008-06",
        ],
        &[],
    ),
];

#[test]
fn plain_visits_are_told_whatever_stands_around() {
    assert_cases(PLAIN);
}

/// Headings that are counted, and those that call the visitors dignitaries; a day or days on a line of their own.
const HEADED: &[Case] = &[
    (
        "CHILE – FICHA PAÍS (PERÚ)\n\n1. Datos básicos\nChile está en América del Sur. Su capital es Santiago.\n\n2. Relaciones bilaterales\nLas relaciones se establecieron en 1875.\n\n2.1. Visitas\na. De personalidades peruanas a Chile\n- 3 de mayo de 2004: Luis Vega, presidente\n- 4 de junio de 2005: Ana Soto, ministra de Salud\n\nb. De personalidades chilenas al Perú\n- 9 de julio de 2006: Juan Rivas, presidente\n\n3. Datos de la representación\nLa embajada está en el centro de la ciudad.\n",
        &[
            "visit visitor=Luis_Vega from=Peru to=Chile start=2004-05-03",
            "visit visitor=Ana_Soto from=Peru to=Chile start=2005-06-04",
            "visit visitor=Juan_Rivas from=Chile to=Peru start=2006-07-09",
        ],
        &[],
    ),
    (
        "Chronology of relations between Chile and Peru\n\n25 March 1959\nPresident Luis Vega of Chile comes to Lima.\n\n3–5 May 2004\nPresident Ana Soto of Chile pays a state visit to Peru.\n\n9 July 2006\nThe embassy in Lima opens.\n",
        &[
            "visit visitor=Luis_Vega to=Peru city=Lima start=1959-03-25",
            "visit visitor=Ana_Soto to=Peru start=2004-05-03 end=2004-05-05 kind=state",
        ],
        &[],
    ),
];

#[test]
fn counted_headings_and_days_above_head_what_is_below() {
    assert_cases(HEADED);
}
