//! Text → the language that it is written in, by its function words.

use super::Lang;
use super::words::Words;

/// The language whose function words the text uses most; between equals the first of [`Lang::ALL`]. The same text gives the same language always.
#[must_use]
pub fn detect(text: &str) -> Lang {
    let function = Words::functions();
    let mut counts: Vec<(Lang, usize)> = Lang::ALL.iter().map(|&lang| (lang, 0)).collect();
    let mut lower = String::new();
    for word in text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && word.len() <= function.longest)
    {
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        if let Some(langs) = function.langs.get(lower.as_str()) {
            for ((_, count), uses) in counts.iter_mut().zip(langs) {
                *count += usize::from(*uses);
            }
        }
    }
    let most = counts.iter().map(|&(_, count)| count).max().unwrap_or(0);
    counts
        .into_iter()
        .find(|&(_, count)| count == most)
        .map_or(Lang::En, |(lang, _)| lang)
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
        assert_eq!(detect(""), Lang::En);
    }
}
