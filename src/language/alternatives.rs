//! Patterns of words with alternatives, as rule files have them: "(leave|end) (his|her) post" → each phrase that they stand for.

/// The phrases of a pattern; a pattern without brackets stands for itself. An unclosed bracket is a word like others.
pub(super) fn alternatives(pattern: &str) -> Vec<String> {
    let mut phrases = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, open)) = rest.split_once('(') {
        let Some((choices, after)) = open.split_once(')') else {
            break;
        };
        phrases = phrases
            .iter()
            .flat_map(|phrase| {
                choices
                    .split('|')
                    .map(move |choice| format!("{phrase}{before}{choice}"))
            })
            .collect();
        rest = after;
    }
    phrases.iter_mut().for_each(|phrase| phrase.push_str(rest));
    phrases
}

#[cfg(test)]
mod tests {
    use super::alternatives;

    #[test]
    fn each_alternative_with_each() {
        assert_eq!(alternatives("resign"), ["resign"]);
        assert_eq!(
            alternatives("(leave|end) (his|her) post"),
            [
                "leave his post",
                "leave her post",
                "end his post",
                "end her post"
            ]
        );
        assert_eq!(alternatives("take (over"), ["take (over"]);
    }
}
