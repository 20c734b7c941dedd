//! Text → the language that it is written in, by its function words.

use super::Lang;
use super::words::{LANGS, SHORT, Uses, Words, pack};

/// What words of a language end with and neither those of the others nor names known in all of them do ("Canada", "Barbados", "Buenos Aires").
const ENDINGS: [(Lang, &[&str]); 2] = [
    (
        Lang::Fr,
        &[
            "ée",
            "ées",
            "eux",
            "ésident",
            "ésidente",
            "ère",
            "èrent",
            "ité",
            "ambassade",
            "ambassades",
            "ambassadeur",
            "ambassadeurs",
            "ambassadrice",
            "liste",
            "consuls",
            "janvier",
            "février",
            "mai",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
    ),
    (
        Lang::Es,
        &[
            "ción",
            "ciones",
            "aron",
            "ieron",
            "idad",
            "ático",
            "ática",
            "áticas",
            "egó",
            "irmó",
            "ajó",
            "itó",
            "izó",
            "ió",
            "uó",
            "ón",
            "residente",
            "residenta",
            "ía",
            "ías",
            "ñol",
            "ñola",
            "embajada",
            "embajadas",
            "embajador",
            "embajadora",
            "adores",
            "enero",
            "febrero",
            "marzo",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    ),
];

/// The language whose function words the text uses most; between equals, and in a short text between neighbours, the one with more words of its
/// endings, then the first of [`Lang::ALL`]. The same text gives the same language always.
#[must_use]
pub fn detect(text: &str) -> Lang {
    let function = Words::functions();
    let mut counts = [0_usize; LANGS];
    let mut count = |langs: Option<&Uses>| {
        if let Some(langs) = langs {
            for (count, uses) in counts.iter_mut().zip(langs) {
                *count += usize::from(*uses);
            }
        }
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut packed = 0;
        while let Some(letter) = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
            packed = packed << 8 | u64::from(letter.to_ascii_lowercase());
            at += 1;
        }
        if bytes.get(at).is_none_or(u8::is_ascii) {
            match at - start {
                0 => {}
                // "D. Juan", "H.E.": a letter with a stop stands for a name or a style.
                1 if bytes.get(at) == Some(&b'.') => {}
                1..=SHORT => count(function.short.get(&packed)),
                length if length <= function.longest => {
                    let word = text.get(start..at).unwrap_or("").to_ascii_lowercase();
                    count(function.long.get(word.as_str()));
                }
                _ => {}
            }
            at += 1;
            continue;
        }
        let rest = text.get(start..).unwrap_or("");
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("");
        // A capital letter may take up to two bytes more than its small one.
        if end <= 3 * function.longest {
            let lower = word
                .chars()
                .flat_map(char::to_lowercase)
                .collect::<String>();
            match pack(&lower) {
                Some(packed) => count(function.short.get(&packed)),
                None => count(function.long.get(lower.as_str())),
            }
        }
        at = start + end;
        at += text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
    }
    let most = counts.into_iter().max().unwrap_or(0);
    // Of few words one is little: "a" and "en" are words of two languages.
    let near = usize::from((1..8).contains(&most));
    let equals: Vec<(Lang, usize)> = Lang::ALL
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count + near >= most)
        .map(|(lang, count)| (*lang, count))
        .collect();
    match equals.as_slice() {
        [(one, _)] => *one,
        equals => by_endings(text, equals),
    }
}

/// The one of several languages with the most words of its endings in the beginning of a text, added to its function words.
fn by_endings(text: &str, equals: &[(Lang, usize)]) -> Lang {
    let words = text.split(|c: char| !c.is_alphabetic()).take(1000);
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let count = |lang: Lang| {
        let mut own = ENDINGS.iter().filter(|(l, _)| *l == lang);
        let endings = own.next().map_or(&[][..], |(_, endings)| endings);
        let has = |word: &&String| endings.iter().any(|end| word.ends_with(end));
        words.iter().filter(has).count()
    };
    let mut best = (Lang::En, None);
    for (lang, functions) in equals {
        let found = functions + count(*lang);
        if best.1.is_none_or(|most| found > most) {
            best = (*lang, Some(found));
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_tell() {
        assert_eq!(
            detect("The two states agreed to it in the capital of Spain"),
            Lang::En
        );
        assert_eq!(
            detect("Les deux États ont signé un accord à Madrid"),
            Lang::Fr
        );
        assert_eq!(
            detect("Los dos Estados firmaron un acuerdo en la capital"),
            Lang::Es
        );
        assert_eq!(detect("À été où, déjà"), Lang::Fr);
        assert_eq!(detect(""), Lang::En);
        assert_eq!(
            detect("Kenia y Noruega establecieron relaciones en 1963"),
            Lang::Es
        );
        assert_eq!(detect("Embajadas y misiones: acreditados"), Lang::Es);
        assert_eq!(detect("Canada, Barbados, Buenos Aires"), Lang::En);
        assert_eq!(detect("Embajada de Chile: D. Luis, D. José"), Lang::Es);
        assert_eq!(detect("Lista de embajadores de Chile en Perú"), Lang::Es);
        assert_eq!(
            detect("La nueva presidenta interina visitó Chile en mayo de 2021."),
            Lang::Es
        );
        assert_eq!(
            detect("Le président élu a visité Lima en mai 2021."),
            Lang::Fr
        );
        assert_eq!(detect("Held by: H.E. A. Ball, H.E. E. Moss"), Lang::En);
    }
}
