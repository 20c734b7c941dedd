//! Text → the language that it is written in, by its function words.

use super::Lang;
use super::words::{LANGS, SHORT, Uses, Words, pack};

/// The language whose function words the text uses most; between equals the first of [`Lang::ALL`]. The same text gives the same language always.
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
    let first = counts.into_iter().position(|count| count == most);
    first
        .and_then(|index| Lang::ALL.get(index))
        .copied()
        .unwrap_or(Lang::En)
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
    }
}
