//! Sentences as foreign ministries and news agencies write them → what they tell, and what they do not.

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

const CASES: &[Case] = &[
    // Who invites, who is invited, and whose the office between them is.
    (
        "JOINT COMMUNIQUÉ\nBamako, 12 July 2021\n\nUpon the kind invitation of Malian President Awa Keita, the President of the Republic of Peru, H.E. Luis Vega, paid a State visit to Mali from 10 to 12 July 2021.",
        &["visit visitor=Luis_Vega from=Peru to=Mali start=2021-07-10 end=2021-07-12"],
        &["visit visitor=Awa_Keita"],
    ),
    (
        "COMMUNIQUÉ CONJOINT\nBamako, le 12 juillet 2021\n\nSur invitation de Son Frère et Ami, Son Excellence Monsieur Awa Keita, Président de la République du Mali, M. Luis Vega, ministre des Affaires étrangères du Pérou, a effectué, du 10 au 12 juillet 2021, une visite de travail au Mali, accompagné d'une délégation comprenant plusieurs ministres.",
        &["visit visitor=Luis_Vega from=Peru to=Mali start=2021-07-10 end=2021-07-12"],
        &["visit visitor=Awa_Keita"],
    ),
    (
        "COMUNICADO CONJUNTO\nBamako, 12 de julio de 2021\n\nAtendiendo a la invitación de Awa Keita, el ministro de Relaciones Exteriores del Perú, Luis Vega, efectuó, del 10 al 12 de julio de 2021, una visita de trabajo a Malí.",
        &["visit visitor=Luis_Vega from=Peru to=Mali start=2021-07-10 end=2021-07-12"],
        &["visit visitor=Awa_Keita"],
    ),
    // Shortened months before their day.
    (
        "Press release\n\nLIMA, 26 September 2023. Foreign Minister Juan Soto of Peru met Foreign Minister Awa Diop of Mali on Sept. 25, 2023.",
        &["meeting date=2023-09-25"],
        &[],
    ),
    // The genitive of a state whose name ends in "s".
    (
        "Press release\n\nASTANA, 25 September 2023. The Netherlands' ambassador, Jan de Vries, and the United States\u{2019} embassy in Astana were mentioned.",
        &["appointment person=Jan_de_Vries sending=Netherlands"],
        &["mission sending=Kazakhstan"],
    ),
    // Bundles are no treaties.
    (
        "= Mali–Peru relations =\n\nOn 23 July 2003 the following ten agreements were signed in Lima. Three memoranda of understanding were signed on 3 May 2006.",
        &[],
        &["treaty"],
    ),
    // Who tells of a meeting did not take part.
    (
        "LIMA, January 11, 2016\n\nThe foreign ministers of Peru and Mali spoke by telephone on 10 January 2016, said the spokesman Jan Novotny.",
        &["meeting date=2016-01-10"],
        &["meeting participants=Jan_Novotny"],
    ),
    // Two who hold one office, by the names behind it.
    (
        "Nairobi, 12 May 2015\n\nThe foreign ministers of Kenya and Peru, Amina Ali and Juan Soto, met in Nairobi on 11 May 2015.",
        &["visit visitor=Juan_Soto from=Peru to=Kenya start=2015-05-11"],
        &["meeting roles=Foreign_Minister_of_Kenya"],
    ),
    // A session that two chair.
    (
        "Communiqué\n\nBamako, le 12 mai 2015. Les ministres des Affaires étrangères du Pérou et du Mali, MM. Juan Soto et Amadou Keita, ont coprésidé hier à Bamako la dixième session de la commission mixte.",
        &["meeting date=2015-05-11 place=Bamako"],
        &[],
    ),
    // What was when somebody took office is not the day of a visit.
    (
        "= Maldives–Peru relations =\n\nThis is President Ali Rasheed's first visit to Peru after assuming office on 17 November 2018.",
        &[],
        &["visit start=2018-11-17"],
    ),
    // Members of an organisation, whichever they are.
    (
        "= Relaciones Bolivia-Chile =\n\nEl presidente de Chile recibió a los cancilleres de los países miembros de la Comunidad Andina.",
        &[],
        &["membership", "meeting"],
    ),
    // A given name that is a day.
    (
        "Ciudad de México, 30 de octubre de 2018\n\nPresentaron sus cartas credenciales los embajadores Carlos Vega, de la República de El Salvador; Domingo Soto Rivas, de la República de Chile, y Lars Berg, del Reino de Dinamarca.",
        &["appointment person=Domingo_Soto_Rivas sending=Chile"],
        &[],
    ),
    // A day of its own behind "and".
    (
        "= Foreign relations of Peru =\n\nOn 12 April 2024, Peru opened its embassy in Mali, and on 10 April, the Peruvian consulate in Dakar was closed.",
        &["mission receiving=Mali opened=2024-04-12"],
        &["mission receiving=Mali opened=2024-04-10"],
    ),
    // What is only possible.
    (
        "Asunción, 4 de octubre de 2018\n\nEl embajador Juan Soto y el canciller Luis Vega analizaron la posibilidad de una visita del canciller Vega a su par, la ministra de Relaciones Exteriores Ana Mora.",
        &[],
        &["meeting participants=Ana_Mora"],
    ),
    // Durations.
    (
        "Press release\n\nLima, 26 February 2022: Peru and Mali celebrate 94 years of diplomatic relations today.",
        &[],
        &["relations event=established"],
    ),
    // A pronoun that stands for nothing.
    (
        "= Mali–Peru relations =\n\nThe legation of Peru in Washington, D.C. dealt with Mali. It was not until 26 February 1978 that diplomatic relations were officially established.",
        &["relations event=established date=1978-02-26"],
        &["mission opened=1978-02-26"],
    ),
    // Nationals abroad whom a minister looks after.
    (
        "Communiqué\n\nDakar, le 28 octobre 2022 — Le ministre des Affaires étrangères du Maroc, M. Karim Idrissi, a reçu la ministre des Affaires étrangères et des Sénégalais de l'extérieur, Mme Awa Diop.",
        &["meeting participants=Karim_Idrissi participants=Awa_Diop"],
        &[],
    ),
    // The crown's ambassadors are those of its state.
    (
        "Change of Her Majesty's Ambassador to Peru\n\n12 March 2018\n\nMs Jane Doe has been appointed Her Majesty's Ambassador to the Republic of Peru in succession to Mr John Roe.",
        &["appointment person=Jane_Doe sending=United_Kingdom receiving=Peru"],
        &[],
    ),
    // A day between the verb and with whom it was.
    (
        "Readout\n\nMarch 8, 2024\n\nSecretary of State John Roe of the United States spoke today with Peruvian Foreign Minister Juan Soto.",
        &["meeting date=2024-03-08 participants=John_Roe participants=Juan_Soto"],
        &[],
    ),
    // Parts of the world.
    (
        "= Embassy of Peru, Tokyo =\n\nThe embassy of Peru in Japan represents the permanent diplomatic mission of the South American country in Japan.",
        &["mission sending=Peru receiving=Japan"],
        &["mission receiving=United_States"],
    ),
];

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

#[test]
fn statements_tell_what_they_say() {
    assert_cases(CASES);
}

/// Which state is covered from where, and by whom.
const COVERED: &[Case] = &[
    (
        "= Embassy of Finland, Nairobi =\n\nThe Embassy of Finland in Nairobi is the diplomatic mission of Finland in Kenya. Until 2007 it covered Eritrea, which now comes under the embassy in Addis Ababa. Burundi has since 2015 been served from Kampala.",
        &[
            "mission sending=Finland receiving=Eritrea city=Addis_Ababa",
            "mission sending=Finland receiving=Burundi city=Kampala opened=2015",
        ],
        &[],
    ),
    (
        "= Ireland–Paraguay relations =\n\nIrish interests in Paraguay are looked after by the embassy in Buenos Aires; Paraguay's in Ireland by its embassy in London.",
        &[
            "mission sending=Ireland receiving=Paraguay city=Buenos_Aires",
            "mission sending=Paraguay receiving=Ireland city=London",
        ],
        &["mission sending=Paraguay city=Buenos_Aires"],
    ),
    (
        "= Relations entre le Chili et le Sénégal =\n\nLe Chili n'a pas d'ambassade à Dakar : le Sénégal relève de son ambassade à Rabat.",
        &["mission sending=Chile receiving=Senegal city=Rabat"],
        &["mission sending=Senegal city=Rabat"],
    ),
    (
        "= Relaciones Letonia-Kenia =\n\nLetonia está representada en Kenia por su embajada en El Cairo y Kenia en Letonia por la suya en Estocolmo.",
        &["mission sending=Kenya receiving=Latvia city=Stockholm"],
        &[],
    ),
    (
        "= Embajada de Argentina en Kenia =\n\nLa Embajada de la República Argentina en Kenia tiene su sede en Nairobi. También es concurrente ante Uganda. Hasta 2013 cubría Tanzania, que ese año pasó a depender de la embajada en Maputo.",
        &[
            "mission sending=Argentina receiving=Uganda city=Nairobi",
            "mission sending=Argentina receiving=Tanzania city=Maputo opened=2013",
        ],
        &[],
    ),
    (
        "= Belgium–Moldova relations =\n\nBelgium is also represented by an honorary consulate in Chișinău.",
        &["mission sending=Belgium receiving=Moldova"],
        &["mission sending=Moldova receiving=Belgium"],
    ),
];

#[test]
fn states_covered_from_elsewhere_are_told_with_their_seat() {
    assert_cases(COVERED);
}
