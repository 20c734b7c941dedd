use super::*;
use crate::document::Lang;
use crate::extract::pieces::pieces;
use crate::language::{Gazetteer, Language, Lexicon};

fn lexicons() -> Vec<Lexicon> {
    let gazetteer = Gazetteer::embedded().unwrap_or_default();
    let languages = Language::embedded().unwrap_or_default();
    languages
        .iter()
        .filter_map(|l| l.lexicon(&gazetteer).ok())
        .collect()
}

/// The dates of a text, in order; "?" for one that nothing resolves.
fn read(lexicon: &Lexicon, today: &str, text: &str) -> String {
    let pieces = pieces(text, Span::new(0, text.len()), lexicon, false);
    let mut context = DateContext {
        document: Edtf::parse(today).and_then(|d| Some((d.start?, Span::default()))),
        ..DateContext::new(lexicon)
    };
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let Some((next, read)) = date(&pieces, at, &mut context) else {
            at += 1;
            continue;
        };
        found.push(read.date.map_or("?".to_owned(), |d| d.to_string()));
        at = next;
    }
    found.join(" ")
}

fn check(lang: Lang, today: &str, cases: &[(&str, &str)]) {
    let lexicons = lexicons();
    let lexicon = lexicons.iter().find(|l| l.lang == lang);
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, dates)| {
            let found = read(lexicon?, today, text);
            (found != *dates).then(|| format!("{text:?}: {dates:?}, read {found:?}"))
        })
        .collect();
    assert!(
        lexicon.is_some() && wrong.is_empty(),
        "\n{}",
        wrong.join("\n")
    );
}

#[test]
fn days_months_and_years_as_english_writes_them() {
    check(
        Lang::En,
        "",
        &[
            ("He came on 3 May 1990.", "1990-05-03"),
            ("He came on May 3, 1990, and left.", "1990-05-03"),
            ("He came on the 3rd of May, 1990.", "1990-05-03"),
            ("He came on May the 3rd, 1990.", "1990-05-03"),
            ("He came on May 3d, 1990.", "1990-05-03"),
            ("He came on May03, 1990.", "1990-05-03"),
            ("He came on May10-12, 1990.", "1990-05-10/1990-05-12"),
            ("He came on 3-May-1990.", "1990-05-03"),
            ("He came on May 3rd 1990.", "1990-05-03"),
            ("It was signed on the first of May 1990.", "1990-05-01"),
            (
                "It was signed on the twenty-first of May 1990.",
                "1990-05-21",
            ),
            ("It was signed on 1990-05-03.", "1990-05-03"),
            (
                "Signed 3 Jan. 1990 (in force 14 Mar 1991).",
                "1990-01-03 1991-03-14",
            ),
            ("In May of 1990 he left.", "1990-05"),
            ("In 1990, on 3 May, he left.", "1990-05-03"),
            ("He left in mid-1990.", "1990"),
            ("He left in late May 1990.", "1990-05"),
            ("In the summer of 1990 he left.", "1990"),
            ("In the 1920s a consul lived there.", "192X"),
            ("In the early 1920s a consul lived there.", "192X"),
            ("Until the late 1920's a consul lived there.", "192X"),
            ("The 1956 treaty lapsed in 1960.", "1956 1960"),
            ("In 3,000 villages.", ""),
            ("Some 1950 people lived there.", ""),
            ("He left around 1990.", "1990~"),
            ("the year 1990", "1990"),
        ],
    );
}

#[test]
fn intervals_in_english() {
    check(
        Lang::En,
        "",
        &[
            ("He stayed from 3 to 5 May 1990.", "1990-05-03/1990-05-05"),
            ("He stayed from May 3 to 5, 1990.", "1990-05-03/1990-05-05"),
            ("He visited on May 3–5, 1990.", "1990-05-03/1990-05-05"),
            ("He visited on 3–5 May 1990.", "1990-05-03/1990-05-05"),
            (
                "He visited on May 30 – June 2, 1990.",
                "1990-05-30/1990-06-02",
            ),
            ("from 30 May until 2 June 1990", "1990-05-30/1990-06-02"),
            (
                "from 29 December 1989 to 2 January 1990",
                "1989-12-29/1990-01-02",
            ),
            ("29 December – 2 January 1990", "1989-12-29/1990-01-02"),
            ("between May and July 1990", "1990-05/1990-07"),
            ("between 3 and 5 May 1990", "1990-05-03/1990-05-05"),
            ("on 3 and 4 May 1990", "1990-05-03/1990-05-04"),
            ("on 3, 4 and 5 May 1990", "1990-05-03/1990-05-05"),
            ("from 1957 to 1960", "1957/1960"),
            ("(1957–60)", "1957/1960"),
            ("(2013–present)", "2013/.."),
            ("in 1990/91", "1990/1991"),
            ("from January through October 2019", "2019-01/2019-10"),
            ("between 1957 and 1960", "1957/1960"),
            (
                "In the first ten months of 2019 it grew.",
                "2019-01/2019-10",
            ),
            ("in late August or early September 1985", "1985-08 1985-09"),
            ("in May and June 1990", "1990-05 1990-06"),
        ],
    );
}

#[test]
fn dates_told_from_another_in_english() {
    check(
        Lang::En,
        "",
        &[
            ("In 1990 he came; the following year he left.", "1990 1991"),
            (
                "In May 1990 he came; the following month he left.",
                "1990-05 1990-06",
            ),
            (
                "In December 1990 he came, and the following month he left.",
                "1990-12 1991-01",
            ),
            (
                "In May 1990 he came; the previous month she had.",
                "1990-05 1990-04",
            ),
            (
                "On 3 May 1990 he came; two days later he left.",
                "1990-05-03 1990-05-05",
            ),
            (
                "On 3 May 1990 he came; the next day he left.",
                "1990-05-03 1990-05-04",
            ),
            (
                "On 3 May 1990 he came; a week later he left.",
                "1990-05-03 1990-05-10",
            ),
            (
                "On 3 May 1990 he came; two weeks later he left.",
                "1990-05-03 1990-05-17",
            ),
            (
                "On 3 May 1990 he came; three months later he left.",
                "1990-05-03 1990-08",
            ),
            ("In 1990 he came; ten years later he left.", "1990 2000"),
            (
                "In 2001 it closed. He had never come before 1997; in April of that year he did.",
                "2001 1997 1997-04",
            ),
            (
                "On 1 May 1990 he left. She stayed from 3 to 5 June 1992; two weeks later he came.",
                "1990-05-01 1992-06-03/1992-06-05 1992-06-19",
            ),
            ("In 1990 he came, twenty years after the treaty.", "1990"),
            (
                "In 1990 it opened; in May of the following year it closed.",
                "1990 1991-05",
            ),
            (
                "In June 1990 it opened; the following May it closed.",
                "1990-06 1991-05",
            ),
            (
                "In June 1990 it opened and closed in May of that year.",
                "1990-06 1990-05",
            ),
            (
                "On 3 May 1990 he arrived, and on the 7th he left.",
                "1990-05-03 1990-05-07",
            ),
            (
                "On 3 May 1990 he arrived; a few days later he left.",
                "1990-05-03 ?",
            ),
            ("In 1990 it opened; later that year it closed.", "1990 1990"),
            ("He came last year.", "?"),
        ],
    );
    check(
        Lang::En,
        "2023-06-15",
        &[
            ("He came last year.", "2022"),
            ("He came this year.", "2023"),
            ("He came last month.", "2023-05"),
            ("He came last October.", "2022-10"),
            ("He came in May last year.", "2022-05"),
            ("He came on 3 May this year.", "2023-05-03"),
            ("He came two years ago.", "2021"),
            ("He came three days ago.", "2023-06-12"),
            ("He came on Tuesday.", "2023-06-13"),
            ("He came on Thursday.", "2023-06-15"),
            ("He came on Tuesday, 6 June.", "2023-06-06"),
            ("He came today.", "2023-06-15"),
            ("He came last Monday.", "2023-06-12"),
            ("He came last night.", "2023-06-14"),
            ("He came the day before yesterday.", "2023-06-13"),
            ("He came on Monday and Tuesday.", "2023-06-12/2023-06-13"),
            ("He came from Monday to Wednesday.", "2023-06-12/2023-06-14"),
            ("He came earlier this month.", "2023-06"),
        ],
    );
    check(
        Lang::Fr,
        "2023-06-15",
        &[
            ("Il est venu avant-hier.", "2023-06-13"),
            ("Il est venu de lundi à mercredi.", "2023-06-12/2023-06-14"),
            ("Il est venu au début du mois.", "2023-06"),
        ],
    );
    check(
        Lang::Es,
        "2023-06-15",
        &[
            ("Vino anteayer.", "2023-06-13"),
            ("Vino a principios de mes.", "2023-06"),
        ],
    );
}

#[test]
fn dates_in_french() {
    check(
        Lang::Fr,
        "",
        &[
            ("Il vint le 3 mai 1990.", "1990-05-03"),
            ("Il vint le 1er mai 1990.", "1990-05-01"),
            ("Il vint le 1ᵉʳ mai 1990.", "1990-05-01"),
            ("Il séjourna du 1ᵉʳ au 4 mai 1990.", "1990-05-01/1990-05-04"),
            ("1990, mai : il vint.", "1990-05"),
            ("05.1990 M. X ; 06/1991 Mme Y", "1990-05 1991-06"),
            ("1990 (3-5 mai). Il vint.", "1990-05-03/1990-05-05"),
            ("Il vint le premier mai 1990.", "1990-05-01"),
            ("Il vint le vendredi 3 mai 1990 à Lima.", "1990-05-03"),
            (
                "Signé le 3 janv. 1990 et le 04/05/1991.",
                "1990-01-03 1991-05-04",
            ),
            ("Il vint en mai 1990.", "1990-05"),
            ("Il vint à la mi-mai 1990, puis fin 1991.", "1990-05 1991"),
            ("Il vint au printemps 1990.", "1990"),
            ("Il séjourna du 3 au 5 mai 1990.", "1990-05-03/1990-05-05"),
            (
                "Il séjourna du 30 mai au 2 juin 1990.",
                "1990-05-30/1990-06-02",
            ),
            ("les 3 et 4 mai 1990", "1990-05-03/1990-05-04"),
            ("les 3, 4 et 5 mai 1990", "1990-05-03/1990-05-05"),
            ("de 1957 à 1960", "1957/1960"),
            ("entre mai et juillet 1990", "1990-05/1990-07"),
            ("de mai à juillet 1990", "1990-05/1990-07"),
            (
                "Sur les dix premiers mois de 2019, il crût.",
                "2019-01/2019-10",
            ),
            ("en mai et juin 1990", "1990-05 1990-06"),
            ("Dans les années 1920, un consul y vivait.", "192X"),
            ("Au début des années 1990, il partit.", "199X"),
            ("Dans les années vingt, un consul y vivait.", "192X"),
            ("Le traité de 1956 expira en 1960.", "1956 1960"),
            ("En 1990, le 3 mai, il partit.", "1990-05-03"),
            (
                "En 1990, il vint ; l'année suivante il partit.",
                "1990 1991",
            ),
            (
                "En mai 1990, il vint ; le mois suivant il partit.",
                "1990-05 1990-06",
            ),
            (
                "Le 3 mai 1990, il vint ; deux jours plus tard il partit.",
                "1990-05-03 1990-05-05",
            ),
            (
                "Le 3 mai 1990, il vint ; le lendemain il partit.",
                "1990-05-03 1990-05-04",
            ),
            (
                "Le 3 mai 1990, il vint ; une semaine plus tard il partit.",
                "1990-05-03 1990-05-10",
            ),
            (
                "Le 3 mai 1990, il vint ; trois mois après il partit.",
                "1990-05-03 1990-08",
            ),
            (
                "Le 3 mai 1990, il vint ; quelques jours plus tard il partit.",
                "1990-05-03 ?",
            ),
            (
                "Ouvert en juin 1990, il ferma en mai de l'année suivante.",
                "1990-06 1991-05",
            ),
            (
                "Ouvert en juin 1990, il ferma en mai suivant.",
                "1990-06 1991-05",
            ),
            (
                "Ouvert en 1990, il ferma en mai de la même année.",
                "1990 1990-05",
            ),
            (
                "Arrivé le 3 mai 1990, il repartit le 7.",
                "1990-05-03 1990-05-07",
            ),
            ("Arrivé le 3 mai 1990, il vit le 7 ministres.", "1990-05-03"),
            (
                "L'ambassade ouvrit deux ans après le traité de 1960.",
                "1960",
            ),
            ("depuis le 3 mai 1990", "1990-05-03"),
        ],
    );
    check(
        Lang::Fr,
        "2023-06-15",
        &[
            ("Il vint l'année dernière.", "2022"),
            ("Il vint l'an dernier.", "2022"),
            ("Il vint cette année.", "2023"),
            ("Il vint le mois dernier.", "2023-05"),
            ("Il vint en octobre dernier.", "2022-10"),
            ("Il vint le 3 mai dernier.", "2023-05-03"),
            ("Il vint en mai de l'année dernière.", "2022-05"),
            ("Il vint il y a deux ans.", "2021"),
            ("Il vint ce mardi.", "2023-06-13"),
            ("Il vint mardi dernier.", "2023-06-13"),
            ("Il vint mardi 6 juin.", "2023-06-06"),
            ("Il vint ce matin, puis hier.", "2023-06-15 2023-06-14"),
        ],
    );
}

#[test]
fn dates_in_spanish() {
    check(
        Lang::Es,
        "",
        &[
            ("Llegó el 3 de mayo de 1990.", "1990-05-03"),
            (
                "Llegó el 1.º de mayo de 1990 y el 1º de junio de 1991.",
                "1990-05-01 1991-06-01",
            ),
            ("Llegó el primero de mayo de 1990.", "1990-05-01"),
            ("Llegó el tres de mayo de 1990.", "1990-05-03"),
            ("Llegó el día 3 de mayo del año 1990.", "1990-05-03"),
            (
                "Firmado el 3 ene. 1990 y el 04/05/1991.",
                "1990-01-03 1991-05-04",
            ),
            ("Llegó en mayo de 1990.", "1990-05"),
            (
                "Llegó a mediados de 1990 y a finales de mayo de 1991.",
                "1990 1991-05",
            ),
            (
                "Estuvo del 3 al 5 de mayo de 1990.",
                "1990-05-03/1990-05-05",
            ),
            (
                "Estuvo del 30 de mayo al 2 de junio de 1990.",
                "1990-05-30/1990-06-02",
            ),
            ("los días 3 y 4 de mayo de 1990", "1990-05-03/1990-05-04"),
            ("los días 3, 4 y 5 de mayo de 1990", "1990-05-03/1990-05-05"),
            ("entre el 3 y el 5 de mayo de 1990", "1990-05-03/1990-05-05"),
            (
                "desde el 3 hasta el 5 de mayo de 1990",
                "1990-05-03/1990-05-05",
            ),
            ("de 1957 a 1960", "1957/1960"),
            ("entre mayo y julio de 1990", "1990-05/1990-07"),
            ("de mayo a julio de 1990", "1990-05/1990-07"),
            (
                "En los diez primeros meses de 2019 creció.",
                "2019-01/2019-10",
            ),
            ("en mayo y junio de 1990", "1990-05 1990-06"),
            ("En los años 1920 vivía allí un cónsul.", "192X"),
            ("En la década de 1990 se fue.", "199X"),
            ("A principios de los años noventa se fue.", "199X"),
            ("El tratado de 1956 expiró en 1960.", "1956 1960"),
            ("En 1990 llegó; al año siguiente partió.", "1990 1991"),
            (
                "En mayo de 1990 llegó; al mes siguiente partió.",
                "1990-05 1990-06",
            ),
            (
                "El 3 de mayo de 1990 llegó; dos días después partió.",
                "1990-05-03 1990-05-05",
            ),
            (
                "El 3 de mayo de 1990 llegó; una semana más tarde partió.",
                "1990-05-03 1990-05-10",
            ),
            (
                "El 3 de mayo de 1990 llegó; unos días después partió.",
                "1990-05-03 ?",
            ),
            (
                "Abierta en junio de 1990, cerró en mayo del año siguiente.",
                "1990-06 1991-05",
            ),
            (
                "Abierta en junio de 1990, cerró en mayo siguiente.",
                "1990-06 1991-05",
            ),
            (
                "Abierta en 1990, cerró en mayo de ese mismo año.",
                "1990 1990-05",
            ),
            (
                "Llegó el 3 de mayo de 1990 y partió el 7.",
                "1990-05-03 1990-05-07",
            ),
            (
                "Llegó el 3 de mayo de 1990 y partió el día 7.",
                "1990-05-03 1990-05-07",
            ),
            ("Se abrió dos años después del tratado de 1960.", "1960"),
        ],
    );
    check(
        Lang::Es,
        "2023-06-15",
        &[
            ("Vino el año pasado.", "2022"),
            ("Vino este año.", "2023"),
            ("Vino el mes pasado.", "2023-05"),
            ("Vino en octubre pasado.", "2022-10"),
            ("Vino el pasado mes de octubre.", "2022-10"),
            ("Vino el pasado 3 de mayo.", "2023-05-03"),
            ("Vino el 3 de mayo pasado.", "2023-05-03"),
            ("Vino en mayo del año pasado.", "2022-05"),
            ("Vino hace dos años.", "2021"),
            ("Vino este martes.", "2023-06-13"),
            ("Vino el pasado martes.", "2023-06-13"),
            ("Vino el martes 6 de junio.", "2023-06-06"),
        ],
    );
}
