//! Plain sentences and tables → the facts that they tell, slot by slot; and sentences like them that tell none.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/told.rs"]
mod told;

use chancery::extract::Engine;
use chancery::fact::{Claim, Slot};
use told::{assert_documents_tell, assert_has, has, read_whole};

const EN: &str = "Mali\u{2013}Peru relations";
const FR: &str = "Relations entre le Mali et le Pérou";
const ES: &str = "Relaciones Malí-Perú";

fn claims(engine: &Engine, title: &str, text: &str) -> Vec<Claim> {
    read_whole(engine, &format!("= {title} =\n\n{text}\n"))
}

/// That a text tells each of some facts; what it tells.
fn assert_told(engine: &Engine, title: &str, text: &str, wanted: &[&str]) -> Vec<Claim> {
    let told = claims(engine, title, text);
    assert_has(&told, text, wanted);
    told
}

#[test]
fn plain_sentences_tell_their_facts() {
    let engine = Engine::embedded().unwrap();
    let cases: &[(&str, &str, &[&str])] = &[
        (
            EN,
            "Mali first established a consulate in Lima in 1918.",
            &["mission city=Lima sending=Mali opened=1918"],
        ),
        (
            EN,
            "Ana Soto served as ambassador of Peru to Mali from 1976 to 1980.",
            &["appointment person=Ana_Soto start=1976 end=1980"],
        ),
        (
            EN,
            "As members of the Commonwealth of Nations, Peru maintains an embassy in Bamako.",
            &["mission city=Bamako sending=Peru"],
        ),
        (
            EN,
            "Peru has an embassy in Rabat, Morocco and maintains an honorary consulate in Bamako.",
            &[
                "mission city=Rabat sending=Peru",
                "mission city=Bamako sending=Peru",
            ],
        ),
        (
            EN,
            "An agreement on air services, which entered into force on 3 May 1999, is still applied.",
            &["treaty in_force=1999-05-03 signed="],
        ),
        (
            EN,
            "The embassy in Bamako was opened in 1971 and moved in 1985 to a new building.",
            &[
                "mission city=Bamako opened=1971",
                "mission-event event=moved date=1985",
            ],
        ),
        (
            EN,
            "Peru opened embassies in Bamako and Dakar in 2006 and 2007 respectively.",
            &[
                "mission city=Bamako opened=2006",
                "mission city=Dakar opened=2007",
            ],
        ),
        (
            EN,
            "Luis Vega succeeded Ana Soto at the end of her term in 1984 as ambassador of Peru to Mali.",
            &[
                "appointment person=Luis_Vega start=1984",
                "appointment person=Ana_Soto end=1984",
            ],
        ),
        (
            EN,
            "Minister Aminata Sow, minister of trade of Mali, visited Lima in July 2014.",
            &["visit visitor=Aminata_Sow start=2014-07"],
        ),
        (
            EN,
            "In 1959 Mali and Peru entered into relations and opened legations.",
            &["relations event=established date=1959"],
        ),
        (
            EN,
            "Bilateral trade 2023: USD 45 million.",
            &["observation date=2023 value=45000000"],
        ),
        (
            EN,
            "President Amadou Keita visited Lima in 2004. He returned in March 2009.",
            &["visit visitor=Amadou_Keita start=2009-03"],
        ),
        (
            FR,
            "Le Pérou a une ambassade au Caire et entretient un consulat honoraire à Bamako.",
            &["mission city=Cairo sending=Peru"],
        ),
        (
            FR,
            "Le Pérou ouvrit des ambassades à Bamako et à Dakar respectivement en 2006 et 2007.",
            &[
                "mission city=Bamako opened=2006",
                "mission city=Dakar opened=2007",
            ],
        ),
        (
            FR,
            "Le président Keita revint à Lima en mars 2009.",
            &["visit visitor=Keita start=2009-03"],
        ),
        (
            FR,
            "La république de Chine (Taïwan) et le Mali ont rompu leurs relations diplomatiques en 1960.",
            &["relations parties=Taiwan event=severed"],
        ),
        (
            ES,
            "Perú tiene embajada en Rabat, Marruecos, y mantiene un consulado honorario en Bamako.",
            &["mission city=Bamako sending=Peru"],
        ),
        (
            ES,
            "El presidente Keita volvió en marzo de 2009.",
            &["visit visitor=Keita start=2009-03"],
        ),
        (
            ES,
            "En mayo de 2012, el ministro peruano de Economía Social, Luis Vega, visitó Bamako.",
            &["visit visitor=Luis_Vega start=2012-05"],
        ),
        (
            FR,
            "Il est complété par un accord de coopération signé en 1970 et par une convention consulaire signée le 4 mars 1972.",
            &[
                "treaty kind=agreement signed=1970",
                "treaty kind=convention signed=1972-03-04",
            ],
        ),
        (
            ES,
            "Convenio cultural (2 de noviembre de 1964), Acuerdo de cooperación técnica (firmado en 1974, en vigor desde el 16 de junio de 1977).",
            &[
                "treaty kind=convention signed=1964-11-02 in_force=",
                "treaty kind=agreement in_force=1977-06-16",
            ],
        ),
    ];
    for (title, sentence, wanted) in cases {
        assert_told(&engine, title, sentence, wanted);
    }
}

#[test]
fn what_is_refuted_replaced_or_only_said_is_no_fact() {
    let engine = Engine::embedded().unwrap();
    let cases = [
        (
            EN,
            "The visit of President Amadou Keita to Lima, planned for 2005, was replaced by that of his foreign minister.",
        ),
        (
            EN,
            "Reports in the press that Peru had closed its embassy in Bamako in 1994 were without foundation.",
        ),
        (
            EN,
            "Rumours of the closing of the embassy of Peru in Bamako in 1994 were false.",
        ),
        (
            EN,
            "In 2008 Peru alleged that President Keita had secretly visited Lima.",
        ),
        (
            EN,
            "A consulate has been requested by the traders of Bamako.",
        ),
        (EN, "Mali is seeking membership of the Pacific Alliance."),
        (
            FR,
            "La visite du président Keita, annoncée par la presse pour 2004, n'était pas à l'ordre du jour.",
        ),
        (
            FR,
            "Les informations selon lesquelles le Pérou avait fermé son ambassade à Bamako en 1994 étaient fausses.",
        ),
        (
            ES,
            "La supuesta visita del presidente Keita a Lima en 2004 no consta en los archivos.",
        ),
        (
            ES,
            "Los informes de prensa según los cuales el Perú había cerrado su embajada en Bamako en 1994 carecían de fundamento.",
        ),
        (ES, "El destino de la embajada se decidió en Lima."),
    ];
    for (title, sentence) in cases {
        let told = claims(&engine, title, sentence);
        let wrong = told.iter().find(|c| c.holds());
        assert!(wrong.is_none(), "{sentence}: {wrong:#?}");
    }
}

#[test]
fn a_city_with_its_state_makes_that_state_no_sender() {
    let engine = Engine::embedded().unwrap();
    for (title, sentence) in [
        (
            EN,
            "Peru has an embassy in Rabat, Morocco and maintains an honorary consulate in Bamako.",
        ),
        (
            EN,
            "Mali has its embassy in Vienna (Austria) and has a consulate in Lima.",
        ),
        (
            ES,
            "Perú tiene embajada en Rabat, Marruecos, y mantiene un consulado honorario en Bamako.",
        ),
    ] {
        let told = claims(&engine, title, sentence);
        let third =
            |c: &&Claim| ["Morocco", "Austria"].contains(&c.fact.text(Slot::Sending).as_str());
        assert!(!told.iter().any(|c| third(&c)), "{sentence}: {told:#?}");
    }
}

#[test]
fn a_treaty_has_not_the_day_of_the_next() {
    let engine = Engine::embedded().unwrap();
    let told = claims(
        &engine,
        FR,
        "Il est complété par un accord de coopération signé en 1970 et par une convention consulaire signée le 4 mars 1972.",
    );
    let wrong = told
        .iter()
        .find(|c| has(c, "treaty kind=agreement signed=1972-03-04"));
    assert!(wrong.is_none(), "{wrong:#?}");
}

#[test]
fn a_word_of_a_minister_s_field_is_nobody() {
    let engine = Engine::embedded().unwrap();
    let told = claims(
        &engine,
        ES,
        "En mayo de 2012, el ministro peruano de Economía Social, Luis Vega, visitó Bamako.",
    );
    let visitors: Vec<String> = told.iter().map(|c| c.fact.text(Slot::Visitor)).collect();
    assert_eq!(visitors, ["Luis Vega"]);
    let met = [
        (
            EN,
            "On 3 May 2019 President Luis Vega met the Minister of Gender, Children and Social Protection, Dr Awa Diop, in Bamako.",
        ),
        (
            EN,
            "On 3 May 2019 President Luis Vega met Minister of Commerce and Consumer Protection Awa Diop in Bamako.",
        ),
        (
            EN,
            "On 3 May 2019 President Luis Vega met the Minister of Upper Rivers, Dr Awa Diop, in Bamako.",
        ),
        (
            FR,
            "Le 3 mai 2019, le président Luis Vega a rencontré la ministre des Eaux et Forêts, Mme Awa Diop, à Bamako.",
        ),
        (
            ES,
            "El 3 de mayo de 2019, el presidente Luis Vega se reunió con la ministra de Desarrollo Productivo Awa Diop en Bamako.",
        ),
    ];
    for (title, text) in met {
        let told = claims(&engine, title, text);
        let mut meetings = told.iter().filter(|c| has(c, "meeting date=2019-05-03"));
        let met = |c: &Claim| {
            c.fact
                .all(Slot::Participants)
                .iter()
                .map(|v| v.text())
                .collect()
        };
        let pair: Vec<String> = meetings.next().map(met).unwrap_or_default();
        assert_eq!(pair, ["Luis Vega", "Awa Diop"], "{text}: {told:#?}");
    }
}

#[test]
fn a_state_covered_gives_nobody_a_seat() {
    let engine = Engine::embedded().unwrap();
    let told = claims(
        &engine,
        FR,
        "L'ambassadrice du Pérou est Ana Soto. Elle est compétente pour le Niger.",
    );
    let covered = "appointment person=Ana_Soto receiving=Niger city=";
    assert!(told.iter().any(|c| has(c, covered)), "{told:#?}");
    let seated = told.iter().find(|c| c.fact.text(Slot::City) == "Niamey");
    assert!(seated.is_none(), "{seated:#?}");
}

#[test]
fn cells_before_a_name_are_beginning_and_end() {
    let engine = Engine::embedded().unwrap();
    for (title, head, role) in [
        (
            EN,
            "Ambassadors of Peru to Mali\n\nFrom | To | Name | Title",
            "ambassador",
        ),
        (
            FR,
            "Ambassadeurs du Pérou au Mali\n\nDe | À | Nom | Titre",
            "ambassadeur",
        ),
        (
            ES,
            "Embajadores del Perú en Malí\n\nDesde | Hasta | Nombre | Cargo",
            "embajador",
        ),
    ] {
        let text = format!(
            "{head}\n1966 | 1971 | Luis Vega | {role}\n1971 | 1978 | Ana Soto | {role}\n2021 | | Juan Rojas | {role}"
        );
        let wanted = [
            "appointment person=Luis_Vega start=1966 end=1971",
            "appointment person=Ana_Soto start=1971 end=1978",
            "appointment person=Juan_Rojas start=2021 end=",
        ];
        assert_told(&engine, title, &text, &wanted);
    }
}

#[test]
fn a_treaty_not_yet_in_force_is_signed() {
    let engine = Engine::embedded().unwrap();
    let table = "Agreements\n\nAgreement | Signed | Entry into force\nAgreement on air services | 12 May 1979 | 1 January 1980\nMemorandum of understanding on fisheries | 4 June 2003 | not yet\nAgreement on readmission | \u{2013} | under negotiation";
    let told = claims(&engine, EN, table);
    assert!(
        told.iter()
            .any(|c| has(c, "treaty kind=memorandum signed=2003-06-04 in_force=")),
        "{told:#?}"
    );
    let readmission = |c: &&Claim| c.fact.text(Slot::Title).contains("readmission");
    assert!(
        !told.iter().any(|c| c.holds() && readmission(&c)),
        "{told:#?}"
    );
}

/// `tests/plain.tsv`: language, sentence, and the facts that it tells, or with a `!` does not tell, in cells of their own.
#[test]
fn plain_sentences_tell_what_they_say() {
    let engine = Engine::embedded().unwrap();
    for row in include_str!("plain.tsv").lines() {
        let mut cells = row.split('\t');
        let title = match cells.next().unwrap() {
            "en" => EN,
            "fr" => FR,
            _ => ES,
        };
        let sentence = cells.next().unwrap();
        let (never, wanted): (Vec<&str>, Vec<&str>) = cells.partition(|c| c.starts_with('!'));
        let told = assert_told(&engine, title, sentence, &wanted);
        for fact in never {
            let wrong = told.iter().find(|c| has(c, fact.trim_start_matches('!')));
            assert!(wrong.is_none(), "{sentence}: {wrong:#?}");
        }
    }
}

/// `tests/whole.tsv`: a document with `\\n` for its line breaks, and the facts that it tells, or with a `!` does not tell, in cells of their own.
#[test]
fn whole_documents_tell_what_they_say() {
    let engine = Engine::embedded().unwrap();
    let rows = include_str!("whole.tsv").lines();
    let mut wrong = Vec::new();
    for row in rows.filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let text = cells.next().unwrap().replace("\\n", "\n");
        let told = read_whole(&engine, &text);
        for cell in cells {
            let (never, fact) = match cell.strip_prefix('!') {
                Some(fact) => (true, fact),
                None => (false, cell),
            };
            if told.iter().any(|c| has(c, fact)) == never {
                let facts: Vec<String> = told.iter().map(|c| c.fact.to_string()).collect();
                wrong.push(format!("{text}\n{cell} in {facts:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Envoys of several states at one ceremony: each is sent by the state beside his name to the one whose head receives them, on its day where that is told.
#[test]
fn envoys_at_one_ceremony_are_each_of_their_own_state() {
    let engine = Engine::embedded().unwrap();
    let documents: &[(&str, &[&str])] = &[
        (
            "Nuevos embajadores en Palacio\n\n11 de diciembre de 2023\n\nEn una ceremonia de la mañana, el presidente Luis Soto acogió a los nuevos jefes de misión acreditados en Bolivia.\nPresentaron sus cartas credenciales los embajadores de Indonesia, Budi Santosa; de Países Bajos, Willem de Graaf; y de Hungría, Gábor Szalai.\n",
            &[
                "appointment person=Budi_Santosa sending=Indonesia receiving=Bolivia start=",
                "appointment person=Gábor_Szalai sending=Hungary receiving=Bolivia start=",
            ],
        ),
        (
            "Cuatro embajadores entregan credenciales\n\n3 de mayo de 2022\n\nAnte el rey Felipe presentaron ayer sus credenciales en Madrid los embajadores Hanna Virtanen (Finlandia), Omar Haddad (Argelia) y Carlos Ibarra (Chile).\n",
            &[
                "appointment person=Hanna_Virtanen sending=Finland receiving=Spain start=2022-05-02",
                "appointment person=Carlos_Ibarra sending=Chile receiving=Spain start=2022-05-02",
            ],
        ),
        (
            "Quatre ambassadeurs présentent leurs lettres de créance\n\nDakar, le 3 mai 2022\n\nLe chef de l'État a reçu ce mardi les lettres de créance des ambassadeurs de Finlande, d'Algérie et du Chili, respectivement Hanna Virtanen, Omar Haddad et Carlos Ibarra.\n",
            &[
                "appointment person=Omar_Haddad sending=Algeria receiving=Senegal start=2022-05-03",
                "appointment person=Carlos_Ibarra sending=Chile receiving=Senegal start=2022-05-03",
            ],
        ),
        (
            "Présentation des lettres de créance\n\nLe président du Sénégal, Moussa Diatta, a reçu mardi 3 mai 2022 les lettres de créance de trois nouveaux ambassadeurs. Il s'agit de Mme Hanna Virtanen (Finlande), de MM. Omar Haddad (Algérie) et Carlos Ibarra (Chili).\n",
            &["appointment person=Omar_Haddad sending=Algeria receiving=Senegal start=2022-05-03"],
        ),
        (
            "New heads of mission present credentials\n\n14 March 2022\n\nFour ambassadors presented their letters of credence to President Moses Banda in Lusaka yesterday: Ms Hanna Virtanen (Finland), Mr Omar Haddad (Algeria) and H.E. Carlos Ibarra (Chile), with residence in Pretoria.\n",
            &[
                "appointment person=Omar_Haddad sending=Algeria receiving=Zambia start=2022-03-13",
                "appointment person=Carlos_Ibarra sending=Chile receiving=Zambia city=Pretoria start=2022-03-13",
            ],
        ),
        (
            "Presenting credentials\n\nOn 12 February 2003 the President accepted the credentials of five new ambassadors in Washington. Bolivia's Luis Arce was the first to be received. The others were Malta's John Borg and Marina Lewis from Trinidad and Tobago.\n",
            &[
                "appointment person=Luis_Arce sending=Bolivia receiving=United_States start=2003-02-12",
                "appointment person=Marina_Lewis sending=Trinidad_and_Tobago receiving=United_States start=2003-02-12",
            ],
        ),
        (
            "Envoys received\n\nLuanda, 20 July 2023\n\nThe Head of State received today the credentials of the new ambassadors of Uruguay, Pedro Lemos, Chile, Carlos Ibarra, Eswatini, Musa Simelane, and Australia, Jane Porter.\n",
            &[
                "appointment person=Pedro_Lemos sending=Uruguay receiving=Angola",
                "appointment person=Musa_Simelane sending=Eswatini receiving=Angola start=2023-07-20",
            ],
        ),
    ];
    assert_documents_tell(&engine, documents);
}

#[test]
fn the_head_of_a_document_says_whose_it_is_and_of_when() {
    let engine = Engine::embedded().unwrap();
    let documents: &[(&str, &[&str])] = &[
        (
            "Nuevos embajadores en Palacio\n\n11 de diciembre de 2023\n\nEl presidente Luis Soto recibió este lunes en Palacio las cartas credenciales de los nuevos embajadores ante Bolivia.\nPresentaron sus cartas credenciales los embajadores de Indonesia, Budi Santosa; de Países Bajos, Willem de Graaf; de Portugal, Rui Tavares; y de Hungría, Gábor Szalai.\n",
            &[
                "appointment person=Willem_de_Graaf sending=Netherlands receiving=Bolivia start=2023-12-11",
                "appointment person=Gábor_Szalai sending=Hungary receiving=Bolivia start=2023-12-11",
            ],
        ),
        (
            "PERUVIAN CONSULATE GENERAL\nKOBE, HYOGO\n\nAbout the Post\n\nHead of Post: Consul General Ana Soto\n\nHow it began\n\nPeru opened a consulate in Kobe on 16 September 1957, and Japan opened one in Arequipa in the same year. It shut the office in June of the year after.\n\nThe consulate reopened on 12 February 1963. On 1 January 1994 the Post was raised to a consulate general.\n",
            &[
                "mission kind=consulate city=Kobe sending=Peru opened=1963-02-12",
                "mission kind=consulate_general city=Kobe opened=1994-01-01",
                "appointment person=Ana_Soto role=Consul_General city=Kobe sending=Peru",
            ],
        ),
        (
            "RÉPUBLIQUE DU NIGER\nMINISTÈRE DES AFFAIRES ÉTRANGÈRES\n\nBULLETIN DU PROTOCOLE — 4e trimestre 1984\n\nDÉPLACEMENTS\n\n4-6 décembre. — M. Luis Vega, ministre péruvien des Affaires étrangères, se rend à Niamey.\n",
            &["visit visitor=Luis_Vega to=Niger start=1984-12-04 end=1984-12-06"],
        ),
        (
            "ALGERIA - PERU\n\nThe two states have had diplomatic relations since 1972.\n\nHEADS OF MISSION\n\nPeru in Algeria: Ana Soto (1972-73); Juan Vega (since March 2019).\nAlgeria in Peru: Samir Haddad (April 1973-78); Fatiha Selmane (since 2020).\n",
            &[
                "appointment person=Ana_Soto sending=Peru receiving=Algeria start=1972 end=1973",
                "appointment person=Samir_Haddad sending=Algeria receiving=Peru start=1973-04 end=1978",
            ],
        ),
    ];
    assert_documents_tell(&engine, documents);
}

#[test]
fn adjectives_joined_by_a_hyphen_name_two_states() {
    let engine = Engine::embedded().unwrap();
    assert_documents_tell(
        &engine,
        &[
            (
                "CHRONOLOGIE DES RELATIONS FRANCO-PÉRUVIENNES\n\nLes relations diplomatiques furent établies en 1826. Un traité fut signé plus tard.\n",
                &["relations event=established parties=France parties=Peru date=1826"],
            ),
            (
                "= Sino-Peruvian relations =\n\nDiplomatic relations were established in 1971.\n",
                &["relations event=established parties=China parties=Peru date=1971"],
            ),
            (
                "= Relaciones hispano-chilenas =\n\nEn 1844 se establecieron relaciones diplomáticas.\n",
                &["relations event=established parties=Spain parties=Chile date=1844"],
            ),
            (
                "= Austria-Hungary and Persia =\n\nThe Austro-Hungarian legation in Tehran was opened in 1874.\n",
                &["mission city=Tehran sending=Austria-Hungary opened=1874"],
            ),
        ],
    );
}

#[test]
fn visits_are_told_in_the_place_of_another_and_by_what_stands_for_them() {
    let engine = Engine::embedded().unwrap();
    let cases: &[(&str, &str, &[&str])] = &[
        (
            EN,
            "President Luis Vega of Peru, who had planned to visit Bamako in April 1974, did not come; Foreign Minister Ana Soto did, in May 1975.",
            &["visit visitor=Ana_Soto to=Mali start=1975-05"],
        ),
        (
            EN,
            "President Luis Vega of Peru was on a state visit to Mali in March 1995, and his successor, Ana Soto, on an official one in March 2004.",
            &["visit visitor=Ana_Soto to=Mali start=2004-03 kind=official"],
        ),
        (
            EN,
            "President Luis Vega of Peru came to Bamako in May 1993, and Prime Minister Ana Soto followed him in 1998.",
            &["visit visitor=Ana_Soto to=Mali start=1998"],
        ),
        (
            EN,
            "President Luis Vega of Peru paid a visit to Mali in May 2001 and another to Niger in June 2001.",
            &["visit visitor=Luis_Vega to=Niger start=2001-06"],
        ),
        (
            EN,
            "The only Peruvian president to visit Mali was Luis Vega, in May 1999.",
            &["visit visitor=Luis_Vega to=Mali start=1999-05"],
        ),
        (
            FR,
            "L'ambassade du Pérou fut ouverte quelques semaines avant que le roi Luis du Pérou ne vînt en visite d'État au Mali, le 3 mai 1920.",
            &["visit visitor=Luis to=Mali start=1920-05-03"],
        ),
        (
            FR,
            "Le président péruvien Luis Vega effectua une visite d'État au Mali en mai 2008, et Ana Soto en juin 2013.",
            &["visit visitor=Ana_Soto to=Mali start=2013-06"],
        ),
        (
            ES,
            "El presidente Luis Vega del Perú realizó del 23 al 25 de septiembre de 2019 una visita oficial a Malí, aplazada a causa del relevo de Gobierno.",
            &["visit visitor=Luis_Vega to=Mali start=2019-09-23"],
        ),
        (
            ES,
            "Atendiendo a una invitación del Gobierno, el canciller peruano Luis Vega efectuó una visita oficial a Malí los días 6 y 7 de mayo de 2023.",
            &["visit visitor=Luis_Vega to=Mali start=2023-05-06"],
        ),
        (
            ES,
            "El presidente Luis Vega no viajó nunca a Malí. Quien sí estuvo en Bamako, en mayo de 1993, fue la primera ministra peruana, Ana Soto.",
            &["visit visitor=Ana_Soto to=Mali start=1993-05"],
        ),
        (
            ES,
            "El presidente Luis Vega del Perú visitó Bamako en mayo de 2001. El canciller Juan Mora formó parte del séquito.",
            &["visit visitor=Juan_Mora to=Mali start=2001-05"],
        ),
    ];
    for (title, text, wanted) in cases {
        assert_told(&engine, title, text, wanted);
    }
    let documents: &[(&str, &[&str])] = &[
        (
            "MINISTRY OF FOREIGN AFFAIRS OF THE REPUBLIC OF GHANA\n\nPress briefing, Accra, 17 March 2016\n\nThe Foreign Minister of Peru, Ana Soto, was here in October.\n",
            &["visit visitor=Ana_Soto to=Ghana start=2015-10"],
        ),
        (
            "FICHA PAÍS: PERÚ\n\nPersonalidades peruanas que han visitado España\n1996, 13-15 mayo. Luis Vega, ministro de Asuntos Exteriores. Se entrevistó con su homólogo.\n2010, 4 de junio. Ana Soto, ministra de Comercio; reunión con su par.\n",
            &[
                "visit visitor=Luis_Vega to=Spain start=1996-05-13",
                "visit visitor=Ana_Soto to=Spain start=2010-06-04",
            ],
        ),
    ];
    assert_documents_tell(&engine, documents);
}
