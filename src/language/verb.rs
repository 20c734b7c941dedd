//! Infinitives → the forms of a verb: finite forms, infinitive, future, participles, gerund. The irregular ones come from `verbs.toml`.
//!
//! Third persons alone, since documents speak of others, but for the "we" of ministries in Spanish, which no word of its own tells. Forms of the
//! conditional count with the future, since neither tells what happened.

use super::lexicon::TriggerForm;
use super::words::{Irregular, Verbs};
use crate::language::Lang;
use std::borrow::Cow;

/// The forms of one verb, or of a phrase that begins with one ("set up", "dar la bienvenida").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conjugation {
    /// Present and past.
    pub finite: Vec<String>,
    /// Infinitive; in English also the plural of the present.
    pub base: Vec<String>,
    /// Future and conditional.
    pub planned: Vec<String>,
    /// Past participles, in every gender and number.
    pub participle: Vec<String>,
    /// "visiting", "en visitant", "visitando".
    pub gerund: Vec<String>,
    /// Past subjunctive of Spanish, but for what its future without accents would be ("visitara").
    pub subjunctive: Vec<String>,
    /// What "we" did, in Spanish: "firmamos".
    pub we: Vec<String>,
}

impl Conjugation {
    /// Every form as what it is.
    pub fn forms(&self) -> impl Iterator<Item = (&str, TriggerForm)> {
        let lists = [
            (&self.finite, TriggerForm::Finite),
            (&self.base, TriggerForm::Base),
            (&self.planned, TriggerForm::Planned),
            (&self.participle, TriggerForm::Participle),
            (&self.gerund, TriggerForm::Gerund),
        ];
        lists
            .into_iter()
            .flat_map(|(list, form)| list.iter().map(move |word| (word.as_str(), form)))
    }
}

/// Conjugates a verb or a phrase that begins with one; a reflexive pronoun before it stays before it.
#[must_use]
pub fn conjugate(lang: Lang, phrase: &str, verbs: &Verbs) -> Conjugation {
    let (pronoun, phrase) = reflexive(lang, phrase);
    let (lemma, rest) = phrase.split_once(' ').unwrap_or((&phrase, ""));
    let mut forms = match lang {
        Lang::En => english(lemma, verbs),
        Lang::Fr => french(lemma, verbs),
        Lang::Es => spanish(lemma, verbs),
    };
    let whole = |form: &String| -> Vec<String> {
        let with_rest = if rest.is_empty() {
            form.clone()
        } else {
            format!("{form} {rest}")
        };
        match pronoun {
            None => vec![with_rest],
            // "se rendit", "s'entretint", "s'y rendit"; the tokeniser parts "s'".
            Some(pronoun) => pronoun.iter().map(|p| format!("{p}{with_rest}")).collect(),
        }
    };
    if lang == Lang::Es {
        forms.subjunctive = subjunctives(&forms);
        if pronoun.is_none() {
            forms.we = of_us(&forms);
        }
    }
    for list in [
        &mut forms.finite,
        &mut forms.planned,
        &mut forms.gerund,
        &mut forms.subjunctive,
        &mut forms.we,
    ] {
        *list = list.iter().flat_map(whole).collect();
    }
    let base = forms.base.iter().flat_map(whole);
    // Spanish hangs the pronoun on the infinitive and gerund: "reunirse", "reuniéndose".
    let hung: Vec<String> = if pronoun.is_some() && lang == Lang::Es {
        let tail = |form: &String| {
            if rest.is_empty() {
                format!("{form}se")
            } else {
                format!("{form}se {rest}")
            }
        };
        forms.base.iter().map(tail).collect()
    } else {
        Vec::new()
    };
    // "en reconocerla": so hang the pronouns of its object.
    let clitics: Vec<String> = if pronoun.is_none() && rest.is_empty() && lang == Lang::Es {
        let base = forms.base.iter();
        base.flat_map(|form| ["lo", "la", "los", "las"].map(|p| format!("{form}{p}")))
            .collect()
    } else {
        Vec::new()
    };
    forms.base = base.chain(hung).chain(clitics).collect();
    // The participle stands apart from its pronoun ("s'est ensuite rendu").
    if !rest.is_empty() {
        for form in &mut forms.participle {
            *form = format!("{form} {rest}");
        }
    }
    forms
}

/// "firmaron" → "firmamos", "abrieron" → "abrimos".
fn of_us(forms: &Conjugation) -> Vec<String> {
    let stems = forms
        .finite
        .iter()
        .filter_map(|form| form.strip_suffix("ron"));
    stems
        .map(|stem| {
            let short = stem.strip_suffix("ie").or_else(|| stem.strip_suffix('e'));
            short.map_or_else(|| format!("{stem}mos"), |short| format!("{short}imos"))
        })
        .collect()
}

/// "abrieron" → "abriera", "abriese", in both numbers.
fn subjunctives(forms: &Conjugation) -> Vec<String> {
    let stems = forms
        .finite
        .iter()
        .filter_map(|form| form.strip_suffix("ron"));
    let made = stems.flat_map(|stem| ["ra", "ran", "se", "sen"].map(|e| format!("{stem}{e}")));
    let future = |form: &String| {
        let bare = |f: &String| f.replace('á', "a");
        forms.planned.iter().any(|f| bare(f) == *form)
    };
    made.filter(|form| !future(form)).collect()
}

/// A reflexive pronoun before an infinitive, with the spellings that it has before other forms.
fn reflexive(lang: Lang, phrase: &str) -> (Option<&'static [&'static str]>, Cow<'_, str>) {
    let (pronoun, phrase): (Option<&'static [&'static str]>, &str) = match lang {
        Lang::En => (None, phrase),
        Lang::Fr => phrase
            .strip_prefix("se ")
            .or_else(|| phrase.strip_prefix("s'"))
            .map_or((None, phrase), |verb| {
                let vowel = verb.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è', 'ê', 'h']);
                let pronoun: &[&str] = if vowel {
                    &["s'", "s'y "]
                } else {
                    &["se ", "s'y "]
                };
                (Some(pronoun), verb)
            }),
        Lang::Es => {
            let (verb, rest) = phrase.split_at(phrase.find(' ').unwrap_or(phrase.len()));
            if let Some(verb) = verb.strip_suffix("se") {
                // "reunirse con": the pronoun hangs on the infinitive, whatever follows it.
                return (Some(&["se "]), Cow::Owned(format!("{verb}{rest}")));
            }
            phrase
                .strip_prefix("se ")
                .map_or((None, phrase), |verb| (Some(&["se "]), verb))
        }
    };
    (pronoun, Cow::Borrowed(phrase))
}

fn list(forms: &str) -> Vec<String> {
    forms
        .split(' ')
        .filter(|f| !f.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The irregular forms of a verb, with what stands before the one that it is made like ("re" + "venir").
fn irregular<'v, 'l>(lemma: &'l str, verbs: &'v Verbs) -> Option<(&'l str, &'v Irregular)> {
    verbs
        .irregular
        .iter()
        .filter_map(|(verb, forms)| {
            let prefix = lemma.strip_suffix(verb.as_str())?;
            // "asistir" is not made like "ir": a verb as short as that is no part of another.
            (prefix.is_empty() || verb.chars().count() > 3).then_some((prefix, forms))
        })
        .min_by_key(|(prefix, _)| prefix.len())
        .filter(|(prefix, _)| prefix.is_empty() || !verbs.regular.iter().any(|v| v == lemma))
}

fn english(lemma: &str, verbs: &Verbs) -> Conjugation {
    let own = verbs.irregular.get(lemma);
    let consonant_y = lemma.ends_with('y')
        && !lemma.ends_with("ay")
        && !lemma.ends_with("ey")
        && !lemma.ends_with("oy");
    let stem = lemma.strip_suffix('y').filter(|_| consonant_y);
    let past = if lemma.ends_with('e') {
        format!("{lemma}d")
    } else if let Some(stem) = stem {
        format!("{stem}ied")
    } else {
        format!("{lemma}ed")
    };
    let third = if let Some(stem) = stem {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|e| lemma.ends_with(e))
    {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    };
    let gerund = match lemma.strip_suffix('e') {
        Some(stem) if !lemma.ends_with("ee") && !lemma.ends_with("ye") => {
            match stem.strip_suffix('i') {
                Some(short) => format!("{short}ying"),
                None => format!("{stem}ing"),
            }
        }
        _ => format!("{lemma}ing"),
    };
    let or = |text: Option<&String>, regular: String| text.map_or(vec![regular], |t| list(t));
    let mut finite = or(own.and_then(|i| i.past.as_ref()), past.clone());
    finite.extend(or(own.and_then(|i| i.present.as_ref()), third));
    Conjugation {
        finite,
        base: vec![lemma.to_owned()],
        planned: Vec::new(),
        participle: or(own.and_then(|i| i.participle.as_ref()), past),
        gerund: or(own.and_then(|i| i.gerund.as_ref()), gerund),
        ..Conjugation::default()
    }
}

/// Third persons of an irregular Romance verb, each with its prefix.
fn romance(lang: Lang, lemma: &str, prefix: &str, forms: &Irregular) -> Conjugation {
    let with = |text: &Option<String>| -> Vec<String> {
        list(text.as_deref().unwrap_or_default())
            .into_iter()
            .map(|f| format!("{prefix}{f}"))
            .collect()
    };
    let mut finite = with(&forms.present);
    finite.extend(with(&forms.past));
    finite.extend(with(&forms.imperfect));
    let planned = with(&forms.future)
        .iter()
        .flat_map(|stem| future(lang, stem))
        .collect();
    let participle = with(&forms.participle)
        .iter()
        .flat_map(|p| participles(lang, p))
        .collect();
    Conjugation {
        finite,
        base: vec![lemma.to_owned()],
        planned,
        participle,
        gerund: with(&forms.gerund),
        ..Conjugation::default()
    }
}

fn future(lang: Lang, stem: &str) -> Vec<String> {
    let endings: &[&str] = match lang {
        Lang::En => &[],
        Lang::Fr => &["a", "ont", "ait", "aient"],
        Lang::Es => &["á", "án", "ía", "ían"],
    };
    endings.iter().map(|e| format!("{stem}{e}")).collect()
}

fn participles(lang: Lang, masculine: &str) -> Vec<String> {
    match lang {
        Lang::En => vec![masculine.to_owned()],
        Lang::Fr => {
            // "dû", "due"; "mis", "mise", "mises".
            let stem = masculine
                .strip_suffix('û')
                .map_or_else(|| masculine.to_owned(), |s| format!("{s}u"));
            let mut forms = vec![
                masculine.to_owned(),
                format!("{stem}e"),
                format!("{stem}es"),
            ];
            if !masculine.ends_with('s') {
                forms.push(format!("{stem}s"));
            }
            forms
        }
        Lang::Es => {
            let stem = masculine.strip_suffix('o').unwrap_or(masculine);
            ["o", "a", "os", "as"]
                .iter()
                .map(|e| format!("{stem}{e}"))
                .collect()
        }
    }
}

/// A regular Romance verb: its endings on a stem.
fn regular(
    lang: Lang,
    lemma: &str,
    stem: &str,
    finite: &[&str],
    future_stem: &str,
    participle: &str,
    gerund: &str,
) -> Conjugation {
    Conjugation {
        finite: finite.iter().map(|e| spelled(lang, stem, e)).collect(),
        base: vec![lemma.to_owned()],
        planned: future(lang, future_stem),
        participle: participles(lang, &spelled(lang, stem, participle)),
        gerund: vec![spelled(lang, stem, gerund)],
        ..Conjugation::default()
    }
}

/// Joins stem and ending as the language writes them: "plaçait", "mangeait".
fn spelled(lang: Lang, stem: &str, ending: &str) -> String {
    if lang == Lang::Fr && ending.starts_with(['a', 'è', 'â']) {
        if let Some(short) = stem.strip_suffix('c') {
            return if ending.starts_with('è') {
                format!("{stem}{ending}")
            } else {
                format!("{short}ç{ending}")
            };
        }
        if stem.ends_with('g') && !ending.starts_with('è') {
            return format!("{stem}e{ending}");
        }
    }
    format!("{stem}{ending}")
}

fn french(lemma: &str, verbs: &Verbs) -> Conjugation {
    if let Some((prefix, forms)) = irregular(lemma, verbs) {
        return romance(Lang::Fr, lemma, prefix, forms);
    }
    if let Some(stem) = lemma.strip_suffix("er") {
        let mut forms = regular(
            Lang::Fr,
            lemma,
            stem,
            &["e", "ent", "a", "èrent", "ait", "aient"],
            lemma,
            "é",
            "ant",
        );
        // "accrédite" is regular, "élève" and "cède" change the vowel before a silent e.
        let vowel = stem
            .char_indices()
            .rev()
            .nth(1)
            .filter(|(_, c)| matches!(c, 'e' | 'é'));
        if let Some((at, c)) = vowel {
            let open = format!(
                "{}è{}",
                stem.get(..at).unwrap_or(""),
                stem.get(at + c.len_utf8()..).unwrap_or("")
            );
            forms.finite.push(format!("{open}e"));
            forms.finite.push(format!("{open}ent"));
            forms.planned.extend(future(Lang::Fr, &format!("{open}er")));
        }
        return forms;
    }
    if let Some(stem) = lemma.strip_suffix("ir") {
        return regular(
            Lang::Fr,
            lemma,
            stem,
            &["it", "issent", "irent", "issait", "issaient"],
            lemma,
            "i",
            "issant",
        );
    }
    let stem = lemma.strip_suffix("re").unwrap_or(lemma);
    regular(
        Lang::Fr,
        lemma,
        stem,
        &["", "ent", "it", "irent", "ait", "aient"],
        &format!("{stem}r"),
        "u",
        "ant",
    )
}

fn spanish(lemma: &str, verbs: &Verbs) -> Conjugation {
    if let Some((prefix, forms)) = irregular(lemma, verbs) {
        return romance(Lang::Es, lemma, prefix, forms);
    }
    if let Some(stem) = lemma.strip_suffix("ar") {
        return regular(
            Lang::Es,
            lemma,
            stem,
            &["a", "an", "ó", "aron", "aba", "aban"],
            lemma,
            "ado",
            "ando",
        );
    }
    let stem = lemma
        .strip_suffix("er")
        .or_else(|| lemma.strip_suffix("ir"))
        .unwrap_or(lemma);
    // "establecer" and "pertenecer" are regular in the third person.
    regular(
        Lang::Es,
        lemma,
        stem,
        &["e", "en", "ió", "ieron", "ía", "ían"],
        lemma,
        "ido",
        "iendo",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn verbs(lang: Lang) -> Verbs {
        Language::embedded()
            .expect("the embedded languages are well formed")
            .into_iter()
            .find(|l| l.lang == lang)
            .map(|l| l.verbs)
            .expect("every language is there")
    }

    #[test]
    fn english_forms() {
        let verbs = verbs(Lang::En);
        let of = |phrase: &str| conjugate(Lang::En, phrase, &verbs);
        assert_eq!(of("visit").finite, ["visited", "visits"]);
        assert_eq!(of("fly to").finite, ["flew to", "flies to"]);
        assert_eq!(of("set up").participle, ["set up"]);
        assert_eq!(of("travel to").gerund, ["travelling to"]);
        assert_eq!(of("ratify").finite, ["ratified", "ratifies"]);
        assert_eq!(of("close").gerund, ["closing"]);
    }

    #[test]
    fn french_forms() {
        let verbs = verbs(Lang::Fr);
        let of = |phrase: &str| conjugate(Lang::Fr, phrase, &verbs);
        assert!(of("visiter").finite.contains(&"visitèrent".to_owned()));
        assert!(of("revenir").finite.contains(&"revint".to_owned()));
        assert!(of("se rendre").finite.contains(&"se rendit".to_owned()));
        assert!(
            of("s'entretenir")
                .finite
                .contains(&"s'entretint".to_owned())
        );
        assert!(of("remettre").participle.contains(&"remise".to_owned()));
        assert!(of("élever").finite.contains(&"élève".to_owned()));
        assert!(of("établir").planned.contains(&"établira".to_owned()));
    }

    #[test]
    fn spanish_forms() {
        let verbs = verbs(Lang::Es);
        let of = |phrase: &str| conjugate(Lang::Es, phrase, &verbs);
        assert!(of("visitar").finite.contains(&"visitó".to_owned()));
        assert!(of("suscribir").participle.contains(&"suscrita".to_owned()));
        assert!(of("reunirse").finite.contains(&"se reunió".to_owned()));
        assert!(of("reunirse").base.contains(&"reunirse".to_owned()));
        assert!(
            of("adherirse a")
                .finite
                .contains(&"se adhiere a".to_owned())
        );
        assert!(of("adherirse a").base.contains(&"adherirse a".to_owned()));
        assert!(of("mantener").finite.contains(&"mantuvo".to_owned()));
        assert!(of("viajar a").planned.contains(&"viajará a".to_owned()));
        assert!(of("asistir").finite.contains(&"asistió".to_owned()));
        assert!(of("mandar").finite.contains(&"mandó".to_owned()));
        assert!(of("prestar").finite.contains(&"prestó".to_owned()));
        assert_eq!(
            of("abrir").subjunctive,
            ["abriera", "abrieran", "abriese", "abriesen"]
        );
        assert_eq!(of("visitar").subjunctive, ["visitase", "visitasen"]);
        assert_eq!(of("firmar con").we, ["firmamos con"]);
        assert_eq!(of("abrir").we, ["abrimos"]);
        assert_eq!(of("mantener").we, ["mantuvimos"]);
        assert!(of("reunirse").we.is_empty());
    }
}
