//! What is told, and what is not: sentences whose words of planning, denial or doubt speak of something else, and sentences that tell nothing.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

use chancery::document::read;
use chancery::extract::Engine;
use chancery::fact::{Claim, Kind, Modality, Polarity, Slot};
use std::collections::BTreeSet;

fn claims(engine: &Engine, title: &str, sentence: &str) -> Vec<Claim> {
    let text = format!("{title}\n\n{sentence}\n");
    let documents = read("meant", text.as_bytes()).unwrap();
    documents.iter().flat_map(|d| engine.extract(d)).collect()
}

fn holds(claim: &Claim) -> bool {
    claim.modality == Modality::Asserted && claim.polarity == Polarity::Affirmed
}

/// Each tells at least one fact.
const TOLD: &[(&str, &[&str])] = &[
    (
        "Estonia–Chile relations",
        &[
            "In 1990, diplomatic relations between Estonia and Chile were severed due to a quarrel over fishing.",
            "President Lennart Tamm visited Santiago in 1995 to discuss plans for a new treaty.",
            "In May 1996 Estonia opened an embassy in Santiago, which will be moved to Lima next year.",
            "Foreign Minister Toomas Saar, who was due to leave office a month later, visited Chile in June 1997.",
            "Prime Minister Mart Kask travelled to Santiago in 1999, where he invited President Ricardo Lagos to visit Tallinn.",
            "As planned, President Ricardo Rojas arrived in Tallinn on 4 May 2001 for a state visit.",
            "Chile opened an honorary consulate in Tartu in 2002 in the hope of attracting students.",
            "In spite of an earlier cancellation, President Ana Soto paid an official visit to Tallinn in September 2005.",
            "It was not until 1992 that the two countries established diplomatic relations.",
            "The embassy of Estonia in Santiago had to be closed in 1991.",
            "A consulate, entrusted to the merchant Juan Rojas, was opened in Valparaíso in 2011.",
            "Chile did not recognise the annexation of Estonia, and in 1991 it recognised the independence of Estonia.",
        ],
    ),
    (
        "Relations entre l'Estonie et le Chili",
        &[
            "En 1990, les relations diplomatiques entre l'Estonie et le Chili furent rompues en raison d'un projet de loi sur la pêche.",
            "Le président Lennart Tamm s'est rendu à Santiago en 1995 pour évoquer le projet d'un nouveau traité.",
            "En mai 1996, l'Estonie ouvrit à Santiago une ambassade, qui doit être transférée l'an prochain.",
            "Le ministre des Affaires étrangères Toomas Saar, qui devait quitter ses fonctions un mois plus tard, a visité le Chili en juin 1997.",
            "Comme prévu, le président Ricardo Rojas est arrivé à Tallinn le 4 mai 2001 pour une visite d'État.",
            "L'Estonie dut fermer son ambassade à Santiago en 1991.",
            "L'Estonie fut contrainte de fermer son ambassade à Santiago en 1991.",
            "Les relations furent élevées au rang d'ambassadeurs le 1er octobre 1975.",
            "Les relations ne furent rétablies qu'en 1991.",
            "Les relations diplomatiques n'ont été établies qu'après la guerre, le 3 mai 1946.",
            "À l'invitation de son homologue, la présidente Ana Soto a effectué une visite officielle à Tallinn en septembre 2005.",
        ],
    ),
    (
        "Relaciones entre Chile y Estonia",
        &[
            "En 1990 las relaciones diplomáticas entre Estonia y Chile fueron rotas debido a un proyecto de ley sobre la pesca.",
            "El presidente Lennart Tamm visitó Santiago en 1995 para tratar el proyecto de un nuevo tratado.",
            "En mayo de 1996 Estonia abrió en Santiago una embajada, que será trasladada el próximo año.",
            "El ministro de Relaciones Exteriores Toomas Saar, que iba a dejar el cargo un mes después, visitó Chile en junio de 1997.",
            "Según lo previsto, el presidente Ricardo Rojas llegó a Tallin el 4 de mayo de 2001 en visita de Estado.",
            "Estonia tuvo que cerrar su embajada en Santiago en 1991.",
            "Chile y Estonia acordaron el establecimiento de relaciones diplomáticas el 13 de abril de 1962.",
            "Las relaciones no se restablecieron hasta 1991.",
            "No fue hasta 1992 cuando los dos países establecieron relaciones diplomáticas.",
            "Invitada por su homólogo, la presidenta Ana Soto realizó una visita oficial a Tallin en septiembre de 2005.",
        ],
    ),
];

/// None tells a fact.
const NOT_TOLD: &[(&str, &[&str])] = &[
    (
        "Estonia–Chile relations",
        &[
            "President Ricardo Rojas of Chile had to cancel his visit to Tallinn in May 2001.",
            "The postponement of President Lennart Tamm's visit to Santiago in May 2001 came as a surprise.",
            "Estonia was going to open an embassy in Santiago in 1991.",
            "At no time were diplomatic relations between Estonia and Chile broken off.",
            "An air services agreement, initialled in 2011, has yet to be signed.",
            "A visit to Chile by President Lennart Tamm is being arranged for 2025.",
            "Press agencies write that Estonia has recognised the government of Palestine.",
            "The ministers of Estonia and Chile encouraged their authorities to conclude a new Air Services Agreement.",
            "A visit of Prime Minister Mart Kask to Santiago announced for October 2022 fell victim to quarantine rules.",
            "The two sides agreed to expedite the conclusion of an agreement on air services.",
            "Trade relations between Estonia and Chile were established in 1890.",
            "Relations between the two parliaments were established in 2005.",
            "The two companies signed a memorandum of understanding on fish in Santiago.",
            "Estonia recognised the qualifications of Chilean engineers in 2014.",
            "It is not true that Estonia closed its embassy in Santiago in 1990.",
            "Negotiations on opening a consulate in Valparaíso were held in 2017.",
            "Estonia was not among the states that recognised Chile in 1822.",
            "Estonia stopped short of severing diplomatic relations with Chile in 1992.",
            "In 1962 Ola Rebane was nominated as ambassador to Chile, but his agrément was refused.",
            "Instead of visiting Chile in 2003, Prime Minister Mart Kask sent a letter.",
            "President Ricardo Rojas had been due in Tallinn in May 2011 but fell ill.",
            "The opposition called on the government to open an embassy in Santiago in 2012.",
            "In 2017 the government of Estonia decided against opening a consulate in Valparaíso.",
            "A draft extradition treaty between Estonia and Chile was initialled in 1996.",
            "Reports that Estonia had closed its embassy in Santiago in 1979 were false.",
            "President Lennart Tamm cancelled a visit to Santiago planned for 1995.",
            "A visit by President Rojas to Tallinn in 2001 did not take place.",
            "Estonia intends to open an embassy in Santiago in 2027.",
            "An embassy of Chile in Tallinn has never been opened.",
            "The two states have yet to sign a treaty on extradition.",
            "The minister denied that he had visited Santiago in 1997.",
            "Reports that Estonia had severed relations with Chile in 1974 were unfounded.",
            "If elected, President Soto would visit Tallinn in 2028.",
            "President Soto has been invited to visit Tallinn in 2028.",
            "President Soto accepted an invitation to pay a state visit to Estonia in May 2028.",
            "The parliament has refused to ratify the Convention on Fisheries, which was to be signed in 2003.",
            "Chile considered opening a consulate in Narva in 1999.",
            "The government proposed an agreement on visas in 2006, but it was never signed.",
            "Neither country has an embassy in the other.",
            "There is no Chilean embassy in Tallinn.",
            "Estonia has no consulate in Valparaíso.",
            "Plans to establish diplomatic relations in 1938 came to nothing.",
            "President Rojas was expected in Tallinn on 5 May 2001 but fell ill.",
            "The visit of Prime Minister Kask to Santiago, originally set for March 2009, was called off.",
            "The minister will arrive in Santiago on Monday and is to meet President Soto.",
            "A draft agreement on mining was discussed in 2010.",
            "Chile would not recognise the government.",
            "Foreign Minister Saar was about to leave for Santiago in 1999 when the coup broke out.",
            "President Tamm declined to visit Chile in 1997.",
            "The State visit that President Tamm should have made to Chile in 1996 was postponed indefinitely.",
            "Chile has asked Estonia to open an embassy in Santiago.",
            "Estonia wishes to become a member of the Pacific Alliance.",
            "Estonia was not a member of the Commonwealth of Nations.",
            "No agreement was signed during the visit of 1998.",
        ],
    ),
    (
        "Relations entre l'Estonie et le Chili",
        &[
            "Le président Lennart Tamm dut annuler sa visite à Santiago en 2001.",
            "Le président Lennart Tamm reporta sa visite à Santiago, prévue en mai 2001.",
            "Un accord sur les investissements, paraphé en 2011, attend toujours d'être signé.",
            "À aucun moment les relations diplomatiques ne furent rompues.",
            "L'ouverture d'un consulat chilien à Tartu demeure à l'étude.",
            "Un accord sur l'extradition entre les deux pays reste à conclure.",
            "Un projet de consulat à Valparaíso a été abandonné.",
            "L'Estonie reconnut à ce dernier la qualité de consul.",
            "L'Estonie a soutenu l'adhésion du Chili à l'OCDE en 2009.",
            "Des relations commerciales entre l'Estonie et le Chili furent établies en 1890.",
            "Les relations entre les deux parlements furent établies en 2005.",
            "L'Estonie a reconnu les diplômes des ingénieurs chiliens en 2014.",
            "Il est faux que l'Estonie ait fermé son ambassade à Santiago en 1990.",
            "Des pourparlers sur l'ouverture d'un consulat à Valparaíso ont eu lieu en 2017.",
            "L'opposition exigea que le gouvernement rappelle l'ambassadeur et ferme l'ambassade à Santiago en 2013.",
            "En 1962, Ola Rebane fut désigné ambassadeur au Chili, mais l'agrément lui fut refusé.",
            "L'Estonie faillit rompre ses relations diplomatiques avec le Chili en 1992.",
            "Le président Ricardo Rojas aurait dû se rendre à Tallinn en 2003.",
            "L'ouverture d'une ambassade à Santiago fut proposée en 1985.",
            "Le président Ricardo Rojas a accepté l'invitation de se rendre en Estonie en 2016.",
            "L'Estonie songea dès 1995 à une légation à Santiago.",
            "En 2017, le gouvernement estonien renonça à ouvrir un consulat à Valparaíso.",
            "Le président Lennart Tamm se rendra à Santiago le 5 mai 2024.",
            "Une visite du président Rojas à Tallinn en 2001 n'eut jamais lieu.",
            "Le ministre a annoncé que le président Tamm visitera le Chili en 2025.",
            "L'Estonie envisage d'ouvrir une ambassade à Santiago.",
            "Aucune ambassade du Chili n'a jamais été ouverte à Tallinn.",
            "Les deux pays n'ont pas encore signé de convention d'extradition.",
            "Le ministre a nié avoir rencontré le président Rojas en 1997.",
            "Le Chili n'a jamais reconnu l'annexion de l'Estonie.",
            "S'il est élu, le président Soto pourrait visiter Tallinn en 2028.",
            "La présidente Soto a été invitée à se rendre à Tallinn en 2028.",
            "Ni l'Estonie ni le Chili n'ont d'ambassade dans l'autre pays.",
            "Il n'y a pas d'ambassade du Chili à Tallinn.",
            "La visite du premier ministre Kask à Santiago, prévue pour mars 2009, a été annulée.",
            "Le Chili aurait rompu ses relations avec l'Estonie en 1974.",
            "Le traité d'amitié doit être signé à Tallinn le 7 juin 2024.",
            "L'Estonie souhaite adhérer à l'Alliance du Pacifique.",
            "Aucun accord n'a été signé lors de la visite de 1998.",
        ],
    ),
    (
        "Relaciones entre Chile y Estonia",
        &[
            "El presidente Lennart Tamm tuvo que cancelar su visita a Santiago en mayo de 2001.",
            "Un acuerdo de inversiones rubricado en 2011 sigue pendiente de firma.",
            "En ningún momento, pese a lo que se dice, se rompieron las relaciones.",
            "El consulado de Chile en Tartu figura en proyecto desde 2021.",
            "Un consulado en Valparaíso, anunciado en 2016, no llegó a instalarse.",
            "Un acuerdo de servicios aéreos quedó listo en 2019, sin que se llegara a suscribir.",
            "El presidente Lennart Tamm, cuyo viaje de 2020 a Chile debió posponerse, envió un mensaje.",
            "El presidente Lennart Tamm no mantuvo reunión alguna con la presidenta Ana Soto en Santiago en 2014.",
            "En 1890 se establecieron relaciones comerciales entre Chile y Estonia.",
            "Las relaciones entre los dos parlamentos se establecieron en 2005.",
            "Estonia reconoció los títulos de los ingenieros chilenos en 2014.",
            "El presidente Rojas pidió que Estonia abriera una embajada en Santiago en 2014.",
            "No es cierto que Estonia cerrara su embajada en Santiago en 1990.",
            "Chile pidió a Estonia que estableciera relaciones diplomáticas en 1991.",
            "Hubo conversaciones en 2017 sobre la apertura de un consulado en Valparaíso.",
            "En 1962 Ola Rebane fue designado embajador en Chile, pero se le negó el plácet.",
            "Estonia estuvo a punto de romper relaciones diplomáticas con Chile en 1992.",
            "Un proyecto de tratado de extradición fue rubricado en 1996, pero no firmado.",
            "La embajada que Estonia pensaba abrir en Santiago en 1992 nunca llegó a abrirse.",
            "En 2017 el Gobierno de Estonia desistió de abrir un consulado en Valparaíso.",
            "El presidente Lennart Tamm viajará a Santiago el 5 de mayo de 2024.",
            "La visita del presidente Rojas a Tallin en 2001 no llegó a realizarse.",
            "El ministro anunció que el presidente Tamm visitará Chile en 2025.",
            "Nunca se abrió una embajada de Chile en Tallin.",
            "Los dos países aún no han firmado un tratado de extradición.",
            "El ministro negó que hubiera visitado Santiago en 1997.",
            "Chile nunca reconoció la anexión de Estonia.",
            "De ser elegido, el presidente Soto podría visitar Tallin en 2028.",
            "La presidenta Soto fue invitada a visitar Tallin en 2028.",
            "Ni Estonia ni Chile tienen embajada en el otro país.",
            "No hay embajada de Chile en Tallin.",
            "La visita del primer ministro Kask a Santiago, prevista para marzo de 2009, fue cancelada.",
            "Chile habría roto sus relaciones con Estonia en 1974.",
            "El tratado de amistad será firmado en Tallin el 7 de junio de 2024.",
            "Estonia desea ingresar en la Alianza del Pacífico.",
            "No se firmó ningún acuerdo durante la visita de 1998.",
            "Estonia pidió que se abriera un consulado en Valparaíso.",
        ],
    ),
];

#[test]
fn words_of_planning_elsewhere_leave_a_fact_told() {
    let engine = Engine::embedded().unwrap();
    for (title, sentences) in TOLD {
        for sentence in *sentences {
            let found = claims(&engine, title, sentence);
            assert!(found.iter().any(holds), "nothing is told in {sentence:?}");
        }
    }
}

#[test]
fn what_is_planned_denied_or_doubted_is_not_told() {
    let engine = Engine::embedded().unwrap();
    for (title, sentences) in NOT_TOLD {
        for sentence in *sentences {
            let told: Vec<Claim> = claims(&engine, title, sentence)
                .into_iter()
                .filter(holds)
                .collect();
            assert!(told.is_empty(), "{sentence:?} tells nothing, but {told:?}");
        }
    }
}

#[test]
fn quotations_and_reports_keep_their_speaker() {
    let engine = Engine::embedded().unwrap();
    let cases = [
        (
            "Foreign Minister Pedro Vidal said that Chile had opened an embassy in Tallinn in 2004.",
            Some("Pedro Vidal"),
        ),
        (
            "According to the Estonian Ministry of Foreign Affairs, Estonia and Chile signed an agreement on visas in 1998.",
            Some("Estonian Ministry of Foreign Affairs"),
        ),
        (
            "\u{201c}Chile recognised Estonia in 1921. Estonia opened a consulate in Santiago in 1996,\u{201d} President Lennart Tamm said.",
            Some("Lennart Tamm"),
        ),
        (
            "President Ana Soto recalled: \u{201c}Chile recognised Estonia in 1921.\u{201d}",
            Some("Ana Soto"),
        ),
        (
            "Foreign Minister Pedro Vidal of Chile, who visited Tallinn in 1997, said that he was pleased.",
            None,
        ),
    ];
    for (sentence, speaker) in cases {
        let found = claims(&engine, "Estonia\u{2013}Chile relations", sentence);
        assert!(!found.is_empty(), "nothing in {sentence:?}");
        for claim in found {
            assert_eq!(claim.speaker.as_deref(), speaker, "{sentence:?}");
        }
    }
    let french =
        "\u{ab} Le Chili a reconnu l'Estonie en 1921 \u{bb}, a déclaré la présidente Ana Soto.";
    for claim in claims(&engine, "Relations entre l'Estonie et le Chili", french) {
        assert_eq!(claim.speaker.as_deref(), Some("Ana Soto"));
    }
    let spanish = "Según el canciller Pedro Vidal, Chile abrió una embajada en Tallin en 2004.";
    for claim in claims(&engine, "Relaciones entre Chile y Estonia", spanish) {
        assert_eq!(claim.speaker.as_deref(), Some("Pedro Vidal"));
    }
}

#[test]
fn a_future_before_the_last_year_told_is_past() {
    let engine = Engine::embedded().unwrap();
    let title = "Relations entre l'Estonie et le Chili";
    let future = "Le premier ministre Mart Kask d'Estonie se rendra à Santiago en 1999.";
    let plan =
        "Le ministre annonce que le président Lennart Tamm d'Estonie se rendra à Santiago en 1999.";
    let later = "\n\nLe Chili ouvrit une ambassade à Tallinn en 2004.";
    let visits = |text: &str| -> usize {
        let claims = claims(&engine, title, text);
        claims
            .iter()
            .filter(|c| holds(c) && c.fact.kind == Kind::Visit)
            .count()
    };
    assert_eq!(visits(future), 0);
    assert_eq!(visits(&format!("{future}{later}")), 1);
    assert_eq!(visits(&format!("{plan}{later}")), 0);
}

#[test]
fn what_is_said_of_a_mission_is_not_said_of_the_relations_before_it() {
    let engine = Engine::embedded().unwrap();
    let text = "Finland and Ghana established diplomatic relations in 1963, and an embassy was opened in Accra in 1971.";
    let told = claims(&engine, "Finland\u{2013}Ghana relations", text);
    let count = |kind: Kind| told.iter().filter(|c| c.fact.kind == kind).count();
    assert_eq!(count(Kind::Relations), 1, "{told:?}");
    assert_eq!(count(Kind::Mission), 1, "{told:?}");
}

#[test]
fn what_a_statement_dates_after_its_own_day_is_planned() {
    let engine = Engine::embedded().unwrap();
    let text = "Point de presse du 19 juin 2014\n\n1 - Pérou - Visite de M. Luc Roche (23-24 juin 2014)\n\nLuc Roche, ministre des Affaires étrangères, se rendra lundi à Lima.";
    let told = claims(&engine, "MINISTÈRE DES AFFAIRES ÉTRANGÈRES", text);
    assert!(!told.is_empty() && !told.iter().any(holds), "{told:?}");
}

#[test]
fn ministers_have_their_fields_in_full() {
    let engine = Engine::embedded().unwrap();
    let cases = [
        (
            "Estonia\u{2013}Chile relations",
            "Mart Kask, the Estonian Minister of Trade and Integration, visited Santiago on 3 May 2001.",
            "Minister of Trade and Integration",
        ),
        (
            "Relations entre l'Estonie et le Chili",
            "Le ministre de l'Hydraulique, de l'Énergie et des Mines, Mart Kask, s'est rendu à Santiago le 3 mai 2001.",
            "Minister of Hydraulics, Energy and Mines",
        ),
        (
            "Relaciones entre Chile y Estonia",
            "El ministro estonio de Ganadería, Agricultura y Pesca, Mart Kask, visitó Santiago el 3 de mayo de 2001.",
            "Minister of Livestock, Agriculture and Fisheries",
        ),
        (
            "Relaciones entre Chile y Estonia",
            "El ministro de Ganadería, Agricultura y Pesca de Estonia, Mart Kask, visitó Santiago el 3 de mayo de 2001.",
            "Minister of Livestock, Agriculture and Fisheries",
        ),
    ];
    for (title, sentence, role) in cases {
        let told = claims(&engine, &format!("= {title} ="), sentence);
        let roles: Vec<String> = told
            .iter()
            .filter(|c| c.fact.kind == Kind::Visit)
            .filter_map(|c| Some(c.fact.get(Slot::Role)?.text()))
            .collect();
        assert!(
            roles.iter().any(|r| r.starts_with(role)),
            "{sentence:?}: {roles:?}"
        );
    }
}

#[test]
fn a_statement_is_of_the_day_that_its_head_gives() {
    let engine = Engine::embedded().unwrap();
    let statements = [
        "MINISTÈRE DES AFFAIRES ÉTRANGÈRES\n\nPoint de presse du 19 juin 2014\n\n1 - Pérou\n\nPaul Martin a reçu hier M. Juan Soto, ministre péruvien du commerce.",
        "Pérou - Visite de M. Juan Soto (Paris, 17 juin 2014).\n\nPoint de presse du 19 juin 2014.Paul Martin a reçu hier M. Juan Soto, ministre péruvien du commerce.",
        "COMMUNIQUÉ\n\nPaul Martin, ministre du commerce du Mali, a reçu hier M. Juan Soto, ministre péruvien du commerce.\n\nFait à Bamako, le jeudi 19 juin 2014",
        "GOVERNMENT OF SAMOA\n\nAPIA, Samoa, 19 June 2014 \u{2013} Peru was last visited in August 1996. Prime Minister Juan Soto of Peru met the Prime Minister of Samoa, Luis Vega, on 18 June.",
        "MINISTERIO DE RELACIONES EXTERIORES\nREPÚBLICA DEL ECUADOR\n\nQuito, jueves 19 de junio de 2014\n\nLa canciller Ana Soto se reunió ayer en Quito con su par azerbaiyano, Ali Hasanov.\n\nAGENDA\n\n> 20 de junio. La canciller recibirá al embajador de Georgia.\n> 21 de junio. La canciller viajará a China.\n> 22 de junio. Reunión de la CAN.",
        "Ministerio de Relaciones Exteriores\n\nBuenos Aires, jueves 19 de junio de 2014\n\nLa canciller Ana Soto se reunió ayer en Buenos Aires con su par azerbaiyano, Ali Hasanov.\n\nAGENDA\n\n> 20 de junio. La canciller recibirá al embajador de Georgia.\n> 21 de junio. La canciller viajará a China.\n> 22 de junio. Reunión del Grupo Mercado Común.",
    ];
    for text in statements {
        let documents = read("meant", text.as_bytes()).unwrap();
        let told: Vec<Claim> = documents.iter().flat_map(|d| engine.extract(d)).collect();
        let days: Vec<String> = told
            .iter()
            .filter(|c| c.fact.kind == Kind::Meeting && holds(c))
            .filter_map(|c| Some(c.fact.get(Slot::Date)?.text()))
            .collect();
        assert_eq!(days, ["2014-06-18"], "{text:?}");
    }
}

#[test]
fn the_days_of_a_bulletin_are_of_its_month() {
    let engine = Engine::embedded().unwrap();
    let letter = "CARTA DIPLOMÁTICA\nPublicación mensual de la Cancillería peruana · Lima\nN.º 41 · Octubre de 2016\n\nEUROPA\n\nLetonia, que en diciembre de 2015 había abierto un consulado honorario en Arequipa, acreditó el día 11 a su embajadora, Inese Berzina.\n\nEl canciller Juan Flores viajó a Singapur el lunes 3.";
    let told = claims(&engine, letter, "");
    let visit = told.iter().find(|c| c.fact.kind == Kind::Visit).unwrap();
    assert_eq!(visit.fact.text(Slot::Start), "2016-10-03");
    let post = told.iter().find(|c| c.fact.has(Slot::Person)).unwrap();
    let sides = [Slot::Sending, Slot::Receiving].map(|s| post.fact.text(s));
    assert_eq!(sides, ["Latvia", "Peru"]);
    // A text that was gone over in a month tells no news of it.
    let sheet = "Preguntas frecuentes sobre las relaciones de Chile y Perú\nÚltima revisión: enero de 2025\n\nEl presidente Juan Flores visitó Lima en 1973; volvió el 12 de mayo.";
    let years: Vec<i32> = claims(&engine, sheet, "")
        .iter()
        .filter_map(|c| c.fact.date(Slot::Start)?.year())
        .collect();
    assert!(!years.contains(&2025), "{years:?}");
}

#[test]
fn a_town_with_the_name_of_a_state_is_not_meant() {
    let engine = Engine::embedded().unwrap();
    for state in ["Mali", "Liberia", "Armenia"] {
        let text = format!("The minister received Inese Berzina, Ambassador of Latvia to {state}.");
        let told = claims(&engine, "Press release", &text);
        let post = told.iter().find(|c| c.fact.has(Slot::Person)).unwrap();
        assert_eq!(post.fact.text(Slot::Receiving), state);
    }
}

#[test]
fn at_no_time_denies_its_own_clause_alone() {
    let engine = Engine::embedded().unwrap();
    for (title, sentence) in [
        (
            "Estonia–Chile relations",
            "At no time were diplomatic relations broken off; Chile opened an embassy in Tallinn in 1990.",
        ),
        (
            "Relations entre l'Estonie et le Chili",
            "À aucun moment les relations diplomatiques ne furent rompues ; le Chili ouvrit une ambassade à Tallinn en 1990.",
        ),
        (
            "Relaciones Chile-Estonia",
            "En ningún momento se rompieron las relaciones diplomáticas; Chile abrió una embajada en Tallin en 1990.",
        ),
    ] {
        let told = claims(&engine, title, sentence);
        let opened: Vec<Kind> = told
            .iter()
            .filter(|c| holds(c))
            .map(|c| c.fact.kind)
            .collect();
        assert_eq!(opened, [Kind::Mission], "{sentence:?}");
    }
}

#[test]
fn a_long_list_of_journeys_leaves_each_meeting_in_its_own_city() {
    let engine = Engine::embedded().unwrap();
    let cities = [
        "Oslo", "Paris", "Madrid", "Vienna", "Cairo", "Tokyo", "Lisbon", "Athens", "Rome",
    ];
    let lines: Vec<String> = (0..160)
        .map(|n| {
            let city = cities[(n * n / 3 + n) % cities.len()];
            let (day, year) = (1 + n % 27, 1950 + n % 70);
            format!("On {day} May {year}, President Juan Soto visited {city} and met with President Anna Lind in {city}.")
        })
        .collect();
    let told = claims(
        &engine,
        "International trips of presidents of Peru",
        &lines.join("\n\n"),
    );
    let met: Vec<&Claim> = told
        .iter()
        .filter(|c| c.fact.kind == Kind::Meeting)
        .collect();
    assert_eq!(met.len(), lines.len());
    for (meeting, line) in met.iter().zip(&lines) {
        let place = meeting.fact.text(Slot::Place);
        assert!(
            !place.is_empty() && line.contains(&place),
            "{place:?} of {line:?}"
        );
    }
}

#[test]
fn where_a_guest_resides_is_no_place_of_a_meeting() {
    let engine = Engine::embedded().unwrap();
    let text = "Accra, 12 June 2019\n\nThe Minister for Foreign Affairs, Ama Mensah, yesterday received the Ambassador of Peru, Luis Vega. Ambassador Vega, who is resident in Abuja, had presented his letters of credence.";
    let told = claims(&engine, "MINISTRY OF FOREIGN AFFAIRS OF GHANA", text);
    let meeting = told.iter().find(|c| c.fact.kind == Kind::Meeting).unwrap();
    assert_ne!(meeting.fact.text(Slot::Place), "Abuja");
    let posts = told.iter().filter(|c| c.fact.has(Slot::Person));
    for post in posts {
        assert_eq!(post.fact.text(Slot::City), "Abuja", "{post:?}");
    }
}

#[test]
fn a_country_sheet_is_read_by_its_headings_and_labels() {
    let engine = Engine::embedded().unwrap();
    let sheet = "Diplomatic relations\nEstablished: 12 June 1969\nPeruvian mission: Embassy in Accra\n\nHigh-level visits\nTo Ghana\n- President Juan Flores, 3-5 May 2016 (official visit)\nTo Peru\n- Foreign Minister Kofi Boateng, 12 September 2017\n";
    let told = claims(&engine, "Bilateral relations: Ghana and Peru", sheet);
    let of = |kind: Kind, slots: [Slot; 2]| -> Vec<String> {
        let facts = told.iter().map(|c| &c.fact).filter(|f| f.kind == kind);
        facts.map(|f| slots.map(|s| f.text(s)).join(" ")).collect()
    };
    assert_eq!(
        of(Kind::Relations, [Slot::Event, Slot::Date]),
        ["established 1969-06-12"]
    );
    assert_eq!(
        of(Kind::Visit, [Slot::To, Slot::Start]),
        ["Ghana 2016-05-03", "Peru 2017-09-12"]
    );
}

#[test]
fn who_is_replaced_was_in_post_before() {
    let engine = Engine::embedded().unwrap();
    let cases = [
        (
            "Mali\u{2013}Peru relations",
            "Luis Vega was appointed ambassador to Mali in 2001, replacing Ana Soto, in post since 1997.",
        ),
        (
            "Relations entre le Mali et le Pérou",
            "Luis Vega fut nommé ambassadeur au Mali en 2001, en remplacement d'Ana Soto, en poste depuis 1997.",
        ),
        (
            "Relaciones Malí-Perú",
            "Luis Vega fue nombrado embajador en Malí en 2001, en reemplazo de Ana Soto, en el cargo desde 1997.",
        ),
    ];
    for (title, sentence) in cases {
        let told = claims(&engine, &format!("= {title} ="), sentence);
        for claim in told.iter().filter(|c| c.fact.has(Slot::Person)) {
            let start = claim.fact.text(Slot::Start);
            let since = if claim.fact.text(Slot::Person) == "Ana Soto" {
                "1997"
            } else {
                "2001"
            };
            assert_eq!(start, since, "{claim:?}");
        }
    }
}

#[test]
fn what_did_not_happen_or_was_only_discussed_is_no_fact() {
    let engine = Engine::embedded().unwrap();
    let cases = [
        (
            "Relations entre le Mali et le Pérou",
            "Le Mali rappela son ambassadeur en 2005, sans que les relations en fussent rompues.",
        ),
        (
            "Relaciones Malí-Perú",
            "Malí retiró a su embajador en 2005 sin que se rompieran las relaciones.",
        ),
        (
            "Mali\u{2013}Peru relations",
            "The opening of a Malian consulate in Cusco was discussed in 2012, but was not thought expedient.",
        ),
        (
            "Mali\u{2013}Peru relations",
            "A new stage of relations began in January 2017.",
        ),
        (
            "Mali\u{2013}Peru relations",
            "When Peru withdrew, the Malian embassy in Santiago took charge of Peruvian interests.",
        ),
        (
            "Mali\u{2013}Peru relations",
            "Peruvian officers have served with the Truce Supervision Organization since 1967.",
        ),
    ];
    for (title, sentence) in cases {
        let told = claims(&engine, &format!("= {title} ="), sentence);
        let wrong = told.iter().filter(|c| c.holds()).find(|c| {
            let kinds = [Kind::Relations, Kind::Treaty, Kind::Mission];
            let elsewhere = c.fact.kind == Kind::Mission && !c.fact.has(Slot::Opened);
            kinds.contains(&c.fact.kind) && !elsewhere
        });
        assert!(wrong.is_none(), "{sentence}: {wrong:?}");
    }
}

#[test]
fn a_post_held_before_has_not_the_day_of_the_new_one() {
    let engine = Engine::embedded().unwrap();
    let cases = [
        (
            "Mali\u{2013}Peru relations",
            "In 2019 Luis Vega, previously ambassador to Chile, was appointed ambassador to Mali.",
        ),
        (
            "Relations entre le Mali et le Pérou",
            "En 2019, Luis Vega, ancien ambassadeur au Chili, fut nommé ambassadeur au Mali.",
        ),
        (
            "Relaciones Malí-Perú",
            "En 2019 Luis Vega, anteriormente embajador en Chile, fue nombrado embajador en Malí.",
        ),
    ];
    for (title, sentence) in cases {
        let told = claims(&engine, &format!("= {title} ="), sentence);
        let starts: BTreeSet<(String, String)> = told
            .iter()
            .filter(|c| c.fact.kind == Kind::Appointment)
            .map(|c| (c.fact.text(Slot::Receiving), c.fact.text(Slot::Start)))
            .collect();
        let wanted = [("Chile", ""), ("Mali", "2019")];
        let wanted = wanted.map(|(state, day)| (state.to_owned(), day.to_owned()));
        assert_eq!(starts, BTreeSet::from(wanted), "{sentence}");
    }
}
