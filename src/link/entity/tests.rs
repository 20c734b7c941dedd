//! Entities in the shapes that Wikidata writes: dumps, `wbgetentities` in both forms, `Special:EntityData`.

use super::*;
use crate::fact::Day;
use crate::link::When;

fn languages() -> Vec<String> {
    ["en", "fr", "es"].map(str::to_owned).to_vec()
}

#[track_caller]
fn item(json: &str) -> Item {
    let Entity::Item(item) = entity(json, &languages()).unwrap() else {
        panic!("no item: {json}");
    };
    *item
}

fn names(names: &[(String, String)]) -> Vec<(&str, &str)> {
    let names = names.iter();
    names.map(|(l, t)| (l.as_str(), t.as_str())).collect()
}

/// An item whose statements are these.
fn with(claims: &str) -> Item {
    item(&format!(r#"{{"type":"item","id":"Q9","claims":{claims}}}"#))
}

/// A statement of a property about an item.
fn about(property: u16, id: &str, rank: &str) -> String {
    let number = id.trim_start_matches('Q');
    format!(
        r#"{{"mainsnak":{{"snaktype":"value","property":"P{property}","hash":"0a","datavalue":{{"value":{{"entity-type":"item","numeric-id":{number},"id":"{id}"}},"type":"wikibase-entityid"}},"datatype":"wikibase-item"}},"type":"statement","id":"Q9$1","rank":"{rank}"}}"#
    )
}

/// A statement of a property with a time.
fn on(property: u16, time: &str, precision: u8, calendar: &str) -> String {
    format!(
        r#"{{"mainsnak":{{"snaktype":"value","property":"P{property}","datavalue":{{"value":{{"time":"{time}","timezone":0,"before":0,"after":0,"precision":{precision},"calendarmodel":"http://www.wikidata.org/entity/{calendar}"}},"type":"time"}},"datatype":"time"}},"type":"statement","rank":"normal"}}"#
    )
}

/// A statement without a value.
fn without(property: u16, snaktype: &str, datatype: &str) -> String {
    format!(
        r#"{{"mainsnak":{{"snaktype":"{snaktype}","property":"P{property}","hash":"0b","datatype":"{datatype}"}},"type":"statement","rank":"normal"}}"#
    )
}

#[test]
fn a_line_of_a_dump() {
    let item = item(&format!(
        r#"{{"type":"item","id":"Q9","labels":{{
            "mul":{{"language":"mul","value":"Anselmo Brant"}},
            "fr":{{"language":"fr","value":"Anselmo Brant \u00e9crivain"}},
            "qu":{{"language":"qu","value":"Ansilmu"}},
            "en":{{"language":"en","value":""}}}},
          "descriptions":{{"es":{{"language":"es","value":"embajador"}},"fr":{{"language":"fr","value":"ambassadeur"}}}},
          "aliases":{{"es":[{{"language":"es","value":"A. Brant"}},{{"language":"es","value":"A. Brant"}}],
            "mul":[{{"language":"mul","value":"Brant"}}],"qu":[{{"language":"qu","value":"Bran"}}]}},
          "claims":{{"P31":[{}],"P27":[{}]}},
          "sitelinks":{{"frwiki":{{"site":"frwiki","title":"Anselmo Brant","badges":["Q17437796"]}},
            "quwiki":{{"site":"quwiki","title":"Ansilmu","badges":[]}},
            "commonswiki":{{"site":"commonswiki","title":"Category:Anselmo Brant","badges":[]}}}},
          "pageid":186,"ns":0,"title":"Q9","lastrevid":2041,"modified":"2026-11-01T00:00:00Z"}}"#,
        about(31, "Q5", "normal"),
        about(27, "Q419", "normal"),
    ));
    assert_eq!(item.id, Qid(9));
    assert_eq!(item.types, [ItemType::Person]);
    assert_eq!(
        names(&item.labels),
        [("fr", "Anselmo Brant écrivain"), ("mul", "Anselmo Brant")]
    );
    assert_eq!(names(&item.aliases), [("es", "A. Brant"), ("mul", "Brant")]);
    assert_eq!(item.description, "ambassadeur");
    assert_eq!(names(&item.pages), [("fr", "Anselmo Brant")]);
    assert_eq!(item.known, 3);
    assert_eq!(item.links, [(27, Qid(419)), (31, Qid(5))]);
    assert!(item.former.is_empty());
}

#[test]
fn maps_that_are_empty_may_be_lists_or_absent() {
    let lists = r#"{"type":"item","id":"Q9","labels":[],"descriptions":[],"aliases":[],"claims":[],"sitelinks":[]}"#;
    let maps = r#"{"type":"item","id":"Q9","labels":{},"descriptions":{},"aliases":{},"claims":{},"sitelinks":{}}"#;
    let absent = r#"{"type":"item","id":"Q9"}"#;
    for json in [lists, maps, absent] {
        assert_eq!(item(json), Item::new(Qid(9)), "{json}");
    }
    for wrong in [
        r#"{"type":"item","id":"Q9","labels":["Lima"]}"#,
        r#"{"type":"item","id":"Q9","claims":[1]}"#,
        r#"{"type":"item","id":"Q9","labels":{"en":"Lima"}}"#,
        r#"{"type":"item","id":"Q9","#,
        r#"{"type":"item"}"#,
        "[]",
        "",
    ] {
        assert!(entity(wrong, &languages()).is_err(), "{wrong}");
    }
}

#[test]
fn a_text_that_stands_for_another_language_counts_for_its_own() {
    // As `languagefallback=1` has it: English for French, all languages for English, German for all languages.
    let item = item(
        r#"{"type":"item","id":"Q9","labels":{
            "fr":{"value":"Lima","language":"en","for-language":"fr"},
            "en":{"value":"Lima","language":"en"},
            "es":{"value":"LIMA","language":"mul","for-language":"es"},
            "mul":{"value":"Lima (Stadt)","language":"de","for-language":"mul"}},
          "descriptions":{"en":{"value":"ciudad","language":"es","for-language":"en"}}}"#,
    );
    assert_eq!(
        names(&item.labels),
        [("de", "Lima (Stadt)"), ("en", "Lima"), ("mul", "LIMA")]
    );
    assert_eq!(item.description, "ciudad");
}

#[test]
fn every_kind_of_value_is_passed_and_only_known_ones_are_kept() {
    let value = |property: &str, kind: &str, value: &str| {
        format!(
            r#""{property}":[{{"mainsnak":{{"snaktype":"value","property":"{property}","datavalue":{{"value":{value},"type":"{kind}"}}}},"type":"statement","rank":"normal","qualifiers":[],"references":[{{"hash":"c","snaks":{{"P248":[{{"snaktype":"novalue","property":"P248"}}]}},"snaks-order":["P248"]}}]}}]"#
        )
    };
    let claims = [
        value("P18", "string", r#""Lima.jpg""#),
        value("P856", "string", r#""https://example.org/""#),
        value(
            "P1448",
            "monolingualtext",
            r#"{"text":"Lima","language":"es"}"#,
        ),
        value(
            "P1082",
            "quantity",
            r#"{"amount":"+10","unit":"1","upperBound":"+11","lowerBound":"+9"}"#,
        ),
        value(
            "P625",
            "globecoordinate",
            r#"{"latitude":-12.06,"longitude":-77.0375,"altitude":null,"precision":0.0001,"globe":"http://www.wikidata.org/entity/Q2"}"#,
        ),
        value(
            "P17",
            "wikibase-entityid",
            r#"{"entity-type":"item","numeric-id":419}"#,
        ),
        value(
            "P131",
            "wikibase-entityid",
            r#"{"entity-type":"property","numeric-id":31,"id":"P31"}"#,
        ),
        value(
            "P276",
            "wikibase-entityid",
            r#"{"entity-type":"lexeme","id":"L1"}"#,
        ),
        value("P137", "bad", r#"{"error":"Unknown value"}"#),
        value("P571", "string", r#""1535""#),
        r#""P9999999999":[{"mainsnak":{"anything":[]}}]"#.to_owned(),
        r#""not-a-property":0"#.to_owned(),
    ];
    let item = with(&format!("{{{}}}", claims.join(",")));
    assert_eq!(item.links, [(17, Qid(419))]);
    assert_eq!(item.coordinates, Some((-12.06, -77.0375)));
    assert!(item.dates.is_empty());
    assert_eq!(item.types, [ItemType::City]);
    let moon = value(
        "P625",
        "globecoordinate",
        r#"{"latitude":1,"longitude":2,"globe":"http://www.wikidata.org/entity/Q405"}"#,
    );
    assert_eq!(with(&format!("{{{moon}}}")).coordinates, None);
}

#[test]
fn ranks_decide_what_counts() {
    let (normal, deprecated) = (about(17, "Q1", "normal"), about(17, "Q2", "deprecated"));
    let preferred = about(17, "Q3", "preferred");
    let links = |statements: &[&String]| -> Vec<u64> {
        let all: Vec<&str> = statements.iter().map(|one| one.as_str()).collect();
        let item = with(&format!(r#"{{"P17":[{}]}}"#, all.join(",")));
        item.linked(COUNTRY).map(|id| id.0).collect()
    };
    assert_eq!(links(&[&normal, &deprecated]), [1]);
    assert_eq!(links(&[&normal, &deprecated, &preferred]), [3]);
    assert!(links(&[&deprecated]).is_empty());
    // What is preferred may say that nothing is known.
    let unknown = without(17, "somevalue", "wikibase-item").replace("normal", "preferred");
    assert!(links(&[&normal, &unknown]).is_empty());
    // Earlier offices are as true as the present one.
    let offices = with(&format!(
        r#"{{"P39":[{},{},{}]}}"#,
        about(39, "Q11", "normal"),
        about(39, "Q12", "preferred"),
        about(39, "Q13", "deprecated"),
    ));
    let held: Vec<u64> = offices.positions.iter().map(|held| held.office.0).collect();
    assert_eq!(held, [11, 12]);
}

#[test]
fn what_has_no_value_says_nothing() {
    for snaktype in ["somevalue", "novalue"] {
        let item = with(&format!(
            r#"{{"P298":[{}],"P17":[{}],"P569":[{}],"P625":[{}],"P39":[{}]}}"#,
            without(298, snaktype, "external-id"),
            without(17, snaktype, "wikibase-item"),
            without(569, snaktype, "time"),
            without(625, snaktype, "globe-coordinate"),
            without(39, snaktype, "wikibase-item"),
        ));
        assert_eq!(item, Item::new(Qid(9)), "{snaktype}");
    }
}

#[test]
fn offices_have_their_terms() {
    let time = |property: &str, time: &str, precision: u8| {
        format!(
            r#"{{"snaktype":"value","property":"{property}","hash":"1","datavalue":{{"value":{{"time":"{time}","timezone":0,"before":0,"after":0,"precision":{precision},"calendarmodel":"http://www.wikidata.org/entity/Q1985727"}},"type":"time"}},"datatype":"time"}}"#
        )
    };
    let office = about(39, "Q11", "normal").replace(
        r#""type":"statement""#,
        &format!(
            r#""type":"statement","qualifiers":{{"P580":[{}],"P582":[{{"snaktype":"somevalue","property":"P582"}},{}],"P642":[{{"snaktype":"novalue","property":"P642"}}]}},"qualifiers-order":["P580","P582","P642"]"#,
            time("P580", "+1961-03-00T00:00:00Z", 10),
            time("P582", "+1962-12-31T00:00:00Z", 11),
        ),
    );
    let item = with(&format!(r#"{{"P39":[{office}]}}"#));
    let day = |year, month, day| When {
        day: Day::checked(year, month, day).unwrap(),
        years: 1,
    };
    assert_eq!(
        item.positions,
        [Position {
            office: Qid(11),
            start: Some(day(1961, Some(3), None)),
            end: Some(day(1962, Some(12), Some(31))),
        }]
    );
}

#[test]
fn times_are_as_precise_as_they_are_given() {
    let told = |time: &str, precision: u8, calendar: &str| {
        let item = with(&format!(
            r#"{{"P569":[{}]}}"#,
            on(569, time, precision, calendar)
        ));
        item.date(BORN).map(|when| when.edtf().to_string())
    };
    let gregorian = |time: &str, precision: u8| told(time, precision, "Q1985727");
    let is = |text: &str| Some(text.to_owned());
    assert_eq!(gregorian("+1964-11-20T00:00:00Z", 11), is("1964-11-20"));
    assert_eq!(gregorian("+1964-11-20T13:05:00Z", 14), is("1964-11-20"));
    assert_eq!(gregorian("+1964-11-00T00:00:00Z", 10), is("1964-11"));
    assert_eq!(gregorian("+1964-00-00T00:00:00Z", 9), is("1964"));
    assert_eq!(gregorian("+1964-01-01T00:00:00Z", 9), is("1964"));
    assert_eq!(gregorian("+1960-00-00T00:00:00Z", 8), is("196X"));
    assert_eq!(gregorian("+1900-00-00T00:00:00Z", 7), is("1801/1900"));
    assert_eq!(gregorian("+1000-00-00T00:00:00Z", 6), None);
    assert_eq!(gregorian("-0044-03-15T00:00:00Z", 11), None);
    assert_eq!(gregorian("+13798000000-00-00T00:00:00Z", 3), None);
    assert_eq!(gregorian("+1964-13-41T00:00:00Z", 11), None);
    assert_eq!(gregorian("soon", 11), None);
    // Days of the Julian calendar: the October Revolution, the last day before the reform, a leap day that only it has.
    let julian = |time: &str, precision: u8| told(time, precision, "Q1985786");
    assert_eq!(julian("+1917-10-25T00:00:00Z", 11), is("1917-11-07"));
    assert_eq!(julian("+1582-10-04T00:00:00Z", 11), is("1582-10-14"));
    assert_eq!(julian("+1900-02-29T00:00:00Z", 11), is("1900-03-13"));
    assert_eq!(julian("+1917-12-20T00:00:00Z", 11), is("1918-01-02"));
    assert_eq!(julian("+1917-10-00T00:00:00Z", 10), is("1917-10"));
}

#[test]
fn redirects_missing_ones_and_other_kinds() {
    let redirected = item(
        r#"{"pageid":1,"type":"item","id":"Q9","redirects":{"from":"Q7","to":"Q9"},"labels":{"en":{"language":"en","value":"Lima"}}}"#,
    );
    assert_eq!((redirected.id, redirected.former), (Qid(9), vec![Qid(7)]));
    for missing in [
        r#"{"id":"Q99","missing":""}"#,
        r#"{"id":"Q99","missing":true}"#,
    ] {
        let found = entity(missing, &languages());
        assert_eq!(found, Ok(Entity::Missing("Q99".to_owned())));
    }
    for other in [
        r#"{"type":"property","id":"P31","datatype":"wikibase-item","labels":{},"claims":{}}"#,
        r#"{"type":"lexeme","id":"L1","lemmas":{"en":{"language":"en","value":"treaty"}},"forms":[]}"#,
        r#"{"type":"mediainfo","id":"M1","labels":[],"statements":[]}"#,
    ] {
        assert_eq!(entity(other, &languages()), Ok(Entity::Other), "{other}");
    }
}

#[test]
fn a_long_description_is_cut_between_characters() {
    for letter in ["a", "é", "東", "😀"] {
        let long = letter.repeat(300);
        let item = item(&format!(
            r#"{{"type":"item","id":"Q9","descriptions":{{"en":{{"language":"en","value":"{long}"}}}}}}"#
        ));
        let kept = item.description;
        assert!(long.starts_with(&kept) && kept.chars().count() == 200);
    }
}
