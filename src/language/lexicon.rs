//! Words, rules and gazetteer of one language → a trie that gives the meanings of every known sequence of words.

use super::alternatives::alternatives;
use super::class::Class;
use super::described::Described;
use super::gazetteer::{Gazetteer, NameEntry, NameForm};
use super::hash::Table;
use super::known::Known;
use super::titles::Titles;
use super::token::{Token, fold, folded, folded_in, words};
use super::trie::{Trie, WordId};
use super::verb::conjugate;
use super::words::{Head, Rule, Verbs, Words};
use crate::diagnostic::Diagnostic;
use crate::language::Lang;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// From how many inhabitants on a city is meant by its name though a state has it, too.
const TOWN: u64 = 350_000;

/// Which form of a rule's trigger was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TriggerForm {
    /// A finite form, or the noun.
    Finite,
    /// An infinitive or bare form.
    Base,
    /// A form of the future.
    Planned,
    /// A participle that can be passive.
    Participle,
    /// A gerund ("after visiting Lima"), a present participle.
    Gerund,
}

/// What a sequence of words can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A closed class.
    Class(Class),
    /// A body by index in the gazetteer, and the form.
    Body(usize, NameForm),
    /// A city by index in the gazetteer.
    City(usize),
    /// An office by index in [`Lexicon::offices`].
    Office(usize),
    /// A month.
    Month(u8),
    /// A number written as a word.
    Number(u32),
    /// A kind of mission by index in [`Lexicon::missions`].
    Mission(usize),
    /// A kind of treaty by index in [`Lexicon::treaties`].
    Treaty(usize),
    /// A topic by index in [`Lexicon::topics`].
    Topic(usize),
    /// A measure by index in [`Lexicon::measures`].
    Measure(usize),
    /// A currency by index in the gazetteer.
    Currency(usize),
    /// A rule's trigger by index in [`Lexicon::rules`].
    Trigger(usize, TriggerForm),
    /// A verb of the language, with no rule of its own.
    Verb(TriggerForm),
}

/// All that is known of one language.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Which language.
    pub lang: Lang,
    /// Monday to Sunday, folded.
    pub weekdays: Vec<String>,
    /// English roles; [`Meaning::Office`] indexes them.
    pub offices: Vec<String>,
    /// Kinds of mission.
    pub missions: Vec<String>,
    /// Kinds of treaty.
    pub treaties: Vec<String>,
    /// Topics in English.
    pub topics: Vec<String>,
    /// Measures.
    pub measures: Vec<String>,
    /// Rules in the order of the file.
    pub rules: Vec<Rule>,
    /// The Holy See by index in the gazetteer: whose envoys nuncios are.
    pub holy_see: Option<usize>,
    /// Folded forms for two office-holders → English role.
    both: Vec<(String, String)>,
    /// Folded first words of ministers' fields → index of the role.
    portfolios: Table<String, usize>,
    titles: Titles,
    /// The folded words of the classes that are lists.
    lists: BTreeMap<Class, Vec<String>>,
    /// The words of [`Class::Inner`].
    inner: Vec<WordId>,
    described: Described,
    /// Index of each rule by its id.
    rule_ids: Table<String, usize>,
    trie: Trie<Known>,
}

/// Within how many words of a phrase an "also" is looked for.
const LONGEST_PARTED: usize = 5;

/// "recevoir le rang de" as it stands before a vowel, in French: "le rang d'".
fn elided(lang: Lang, word: &str) -> Option<String> {
    let stem = word.strip_suffix(" de").filter(|_| lang == Lang::Fr)?;
    Some(format!("{stem} d'"))
}

impl Lexicon {
    /// Joins words, rules and gazetteer.
    ///
    /// # Errors
    /// A diagnostic for a class that the engine does not know or that the file lacks, and for a month or number that is none.
    pub fn new(
        lang: Lang,
        words: &Words,
        verbs: &Verbs,
        rules: Vec<Rule>,
        gazetteer: &Gazetteer,
    ) -> Result<Self, Diagnostic> {
        let mut trie: Trie<Known> = Trie::default();
        let (mut spare, mut numbers) = (String::new(), Vec::new());
        let mut add = |form: &str, meaning: Meaning| {
            numbers.clear();
            for raw in super::token::words(form, Span::new(0, form.len())) {
                let written = raw.span.of(form);
                let folded = folded_in(written, &mut spare).unwrap_or(written);
                numbers.push(trie.intern(folded));
            }
            if let Some(known) = trie.entry(&numbers) {
                known.add(meaning, lang);
            }
        };
        let wrong = |message: String| {
            Diagnostic::error("language.words", message)
                .in_source(format!("languages/{}/words.toml", lang.tag()))
        };
        let mut lists = BTreeMap::new();
        for (name, forms) in &words.classes {
            let class = Class::parse(name)
                .ok_or_else(|| wrong(format!("the engine knows no class {name:?}")))?;
            if class.of_lists() {
                let forms = forms.iter().map(|form| folded(form).join(" "));
                lists.insert(class, forms.collect::<Vec<String>>());
                continue;
            }
            forms
                .iter()
                .for_each(|form| add(form, Meaning::Class(class)));
        }
        if let Some(missing) = Class::ALL
            .iter()
            .find(|class| !words.classes.contains_key(class.name()))
        {
            return Err(wrong(format!("the class {:?} is missing", missing.name())));
        }
        let weekdays = words.classes.get(Class::Weekday.name());
        let weekdays = weekdays
            .into_iter()
            .flatten()
            .take(7)
            .map(|w| super::token::fold(w).into_owned());
        let mut both = Vec::new();
        for (role, forms) in &words.both {
            for form in forms {
                add(form, Meaning::Class(Class::BothPersons));
                both.push((folded(form).join(" "), role.clone()));
            }
        }
        for (number, forms) in &words.months {
            let month = number
                .parse()
                .map_err(|_| wrong(format!("{number:?} is no month (1 to 12)")))?;
            forms
                .iter()
                .for_each(|form| add(form, Meaning::Month(month)));
        }
        for (number, forms) in &words.numbers {
            let number = number
                .parse()
                .map_err(|_| wrong(format!("{number:?} is no number")))?;
            forms
                .iter()
                .for_each(|form| add(form, Meaning::Number(number)));
        }
        let mut named = |table: &std::collections::BTreeMap<String, Vec<String>>,
                         meaning: fn(usize) -> Meaning|
         -> Vec<String> {
            for (index, forms) in table.values().enumerate() {
                forms.iter().for_each(|form| add(form, meaning(index)));
            }
            table.keys().cloned().collect()
        };
        let mut offices = named(&words.offices, Meaning::Office);
        let missions = named(&words.missions, Meaning::Mission);
        let treaties = named(&words.treaties, Meaning::Treaty);
        let topics = named(&words.topics, Meaning::Topic);
        let measures = named(&words.measures, Meaning::Measure);
        for (measure, infinitives) in &words.measured {
            let index = measures
                .iter()
                .position(|m| m == measure)
                .ok_or_else(|| wrong(format!("the engine knows no measure {measure:?}")))?;
            for infinitive in infinitives {
                for (form, _) in conjugate(lang, infinitive, verbs).forms() {
                    add(form, Meaning::Measure(index));
                }
            }
        }
        let mut portfolios = Table::default();
        for (role, forms) in &words.portfolios {
            let known = offices.iter().position(|r| r == role);
            let index = known.unwrap_or_else(|| {
                offices.push(role.clone());
                offices.len() - 1
            });
            for form in forms {
                add(form, Meaning::Class(Class::Portfolio));
                portfolios.insert(folded(form).join(" "), index);
            }
        }
        let mut participles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, rule) in rules.iter().enumerate() {
            let forms = [
                (&rule.words, TriggerForm::Finite),
                (&rule.base, TriggerForm::Base),
                (&rule.planned, TriggerForm::Planned),
                (&rule.passive, TriggerForm::Participle),
            ];
            for (list, form) in forms {
                for word in list.iter().flat_map(|w| alternatives(w)) {
                    add(&word, Meaning::Trigger(index, form));
                    if let Some(elided) = elided(lang, &word) {
                        add(&elided, Meaning::Trigger(index, form));
                    }
                }
            }
            for verb in rule.verbs.iter().flat_map(|v| alternatives(v)) {
                let forms = conjugate(lang, &verb, verbs);
                for word in &forms.subjunctive {
                    add(word, Meaning::Trigger(index, TriggerForm::Finite));
                    add(word, Meaning::Class(Class::Subjunctive));
                }
                for word in &forms.we {
                    add(word, Meaning::Trigger(index, TriggerForm::Finite));
                    add(word, Meaning::Class(Class::We));
                }
                for (word, form) in forms.forms() {
                    add(word, Meaning::Trigger(index, form));
                    if let Some(elided) = elided(lang, word) {
                        add(&elided, Meaning::Trigger(index, form));
                    }
                    if form == TriggerForm::Participle {
                        let known = participles.entry(folded(word).join(" ")).or_default();
                        known.push(index);
                    }
                }
            }
        }
        // "has established" as the words of one rule are the verb of every other that has it.
        let auxiliaries: Vec<String> = words
            .classes
            .get(Class::Have.name())
            .into_iter()
            .flatten()
            .map(|form| folded(form).join(" "))
            .collect();
        for word in rules.iter().flat_map(|rule| &rule.words) {
            let phrase = folded(word).join(" ");
            let others = phrase
                .split_once(' ')
                .filter(|(first, _)| auxiliaries.iter().any(|a| a == first))
                .and_then(|(_, rest)| participles.get(rest));
            for &index in others.into_iter().flatten() {
                add(word, Meaning::Trigger(index, TriggerForm::Finite));
            }
        }
        for verb in &verbs.verbs {
            // In English the third person of the present looks like a plural ("visits"): a rule may mean it, the list does not.
            let present = |word: &str, form: TriggerForm| {
                lang == Lang::En
                    && form == TriggerForm::Finite
                    && word.ends_with('s')
                    && word != "was"
            };
            let forms = conjugate(lang, verb, verbs);
            for word in &forms.subjunctive {
                add(word, Meaning::Verb(TriggerForm::Finite));
                add(word, Meaning::Class(Class::Subjunctive));
            }
            for (word, form) in forms.forms() {
                if !present(word, form) {
                    add(word, Meaning::Verb(form));
                }
            }
        }
        // Names of the language come first, so that they win where one text names two bodies. A name of another language counts only where
        // it is long enough to be nothing else: "Salvador" and "Maurice" are given names here and states there.
        let own = |name: &NameEntry| name.lang.is_none_or(|l| l == lang);
        let long = |name: &NameEntry| name.form.is_name() && name.text.contains(' ');
        let names = gazetteer.names();
        for name in names
            .iter()
            .filter(|n| own(n))
            .chain(names.iter().filter(|n| !own(n) && long(n)))
        {
            add(&name.text, Meaning::Body(name.body, name.form));
        }
        // "the Provisional Government": a government of the long form "… of the …" may be named by its first part.
        for (index, body) in gazetteer.bodies().iter().enumerate() {
            let [name, ..] = &body.names;
            if body.class == crate::fact::BodyClass::Government
                && let Some((first, _)) = name.split_once(" of ")
                && first.contains(' ')
            {
                add(first, Meaning::Body(index, NameForm::Name));
            }
        }
        // "Mali", "Liberia", "Armenia": a town elsewhere has the name of a state, which is what a text means by it.
        let mut states: BTreeMap<String, &str> = BTreeMap::new();
        for name in names.iter().filter(|n| own(n) && n.form.is_name()) {
            let body = gazetteer.bodies().get(name.body);
            if let Some(body) = body.filter(|b| b.kind == "state") {
                states.insert(fold(&name.text).into_owned(), &body.key);
            }
        }
        for (index, city) in gazetteer.cities().iter().enumerate() {
            let small = !city.capital && city.population < TOWN;
            let other = |form: &str| {
                let state = states.get(fold(form).as_ref());
                state.is_some_and(|state| *state != city.state)
            };
            city.forms()
                .filter(|form| !(small && other(form)))
                .for_each(|form| add(form, Meaning::City(index)));
        }
        for (index, currency) in gazetteer.currencies().iter().enumerate() {
            if currency.lang.is_none_or(|l| l == lang) {
                add(&currency.text, Meaning::Currency(index));
            }
        }
        let described = Described::new(lang, words, gazetteer, |phrase| {
            add(phrase, Meaning::Class(Class::TheState));
        });
        let inner = lists.get(&Class::Inner).into_iter().flatten();
        let inner = inner.map(|word| trie.intern(word)).collect();
        let mut rule_ids = Table::default();
        for (index, rule) in rules.iter().enumerate() {
            rule_ids.insert(rule.id.clone(), index);
        }
        Ok(Self {
            rule_ids,
            lang,
            weekdays: weekdays.collect(),
            offices,
            missions,
            treaties,
            topics,
            measures,
            rules,
            holy_see: gazetteer.body_index("VAT"),
            both,
            portfolios,
            titles: Titles::new(words),
            lists,
            inner,
            described,
            trie,
        })
    }

    /// The rule of an id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rule_ids.get(id).and_then(|i| self.rules.get(*i))
    }

    /// The number of a folded word.
    #[must_use]
    pub fn word(&self, folded: &str) -> WordId {
        self.trie.word(folded).map_or(WordId::UNKNOWN, |(_, id)| id)
    }

    /// Splits the words of `text` at `span` into tokens, as [`tokens`] does; gives them and their numbers.
    #[must_use]
    pub fn tokens<'a>(&'a self, text: &'a str, span: Span) -> (Vec<Token<'a>>, Vec<WordId>) {
        let mut spare = String::with_capacity(64);
        let room = span.len() / 5 + 1;
        let mut found = (Vec::with_capacity(room), Vec::with_capacity(room));
        found.extend(words(text, span).map(|raw| {
            let written = raw.span.of(text);
            let known = match folded_in(written, &mut spare) {
                None => {
                    let id = self.word(written);
                    (Cow::Borrowed(written), id)
                }
                Some(folded) => match self.trie.word(folded) {
                    Some((word, id)) => (Cow::Borrowed(word), id),
                    None => (Cow::Owned(folded.to_owned()), WordId::UNKNOWN),
                },
            };
            (raw.folded(known.0), known.1)
        }));
        found
    }

    /// Whether a word begins phrases of several words.
    #[must_use]
    pub fn begins_phrase(&self, word: WordId) -> bool {
        self.trie.begins(word)
    }

    /// Every match at the beginning of these words, shortest first.
    pub fn matches_of(
        &self,
        words: impl IntoIterator<Item = WordId>,
    ) -> impl Iterator<Item = (usize, &Known)> {
        self.trie.matches(words)
    }

    /// The phrases at the beginning of these words that have an "also" among them, which they do not have for themselves ("is in charge also of"),
    /// shortest first; no names.
    pub fn parted_matches(&self, words: &[WordId]) -> Vec<(usize, &Known)> {
        let near = words.get(1..words.len().min(LONGEST_PARTED)).unwrap_or(&[]);
        let Some(at) = near.iter().position(|w| self.inner.contains(w)) else {
            return Vec::new();
        };
        let (before, behind) = words.split_at(at + 1);
        let whole = before.iter().chain(behind.iter().skip(1)).copied();
        self.trie
            .matches(whole)
            .filter(|(count, known)| *count > at + 1 && known.is_phrase())
            .map(|(count, known)| (count + 1, known))
            .collect()
    }

    /// Every match at the beginning of these folded words, shortest first.
    pub fn matches<'t, 'w>(
        &'t self,
        words: impl IntoIterator<Item = &'w str>,
    ) -> Vec<(usize, &'t [Meaning])> {
        self.trie
            .matches(words.into_iter().map(|w| self.word(w)))
            .map(|(count, known)| (count, known.meanings()))
            .collect()
    }

    /// The form in which a meaning is a verb's: a verb that the language's list knows, or the trigger of a verb's rule.
    #[must_use]
    pub fn verb_form(&self, meaning: &Meaning) -> Option<TriggerForm> {
        if let Meaning::Verb(form) = meaning {
            return Some(*form);
        }
        if let Meaning::Trigger(rule, form) = meaning {
            let verb = |r: &&Rule| r.head == Head::Verb;
            return self.rules.get(*rule).filter(verb).map(|_| *form);
        }
        None
    }

    /// The role of a minister whose field begins with a word.
    #[must_use]
    pub fn portfolio_role(&self, folded: &str) -> Option<usize> {
        self.portfolios.get(folded).copied()
    }

    /// The English title of a minister by words of the document: "viceministra de Educación y Deportes". None where a word of it is not known.
    #[must_use]
    pub fn title(&self, words: &str) -> Option<String> {
        let words = folded(words);
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        self.titles.english(&words, |rest| self.passed(rest))
    }

    /// How many words at the beginning join the words of a title or name the state whose office it is.
    fn passed(&self, rest: &[&str]) -> Option<usize> {
        let joins = [Class::Of, Class::For, Class::To, Class::Article, Class::And];
        let joining = |m: &Meaning| matches!(m, Meaning::Class(class) if joins.contains(class));
        let small = |m: &Meaning| matches!(m, Meaning::Body(..)) || joining(m);
        let found = self.matches(rest.iter().copied());
        let mut longest_first = found.into_iter().rev();
        let known = longest_first.find(|(_, meanings)| meanings.iter().any(small));
        known
            .map(|(count, _)| count)
            .or_else(|| (rest.first() == Some(&",")).then_some(1))
    }

    /// The role that a description of two office-holders gives each of them.
    #[must_use]
    pub fn both_role(&self, folded: &str) -> Option<&str> {
        self.both
            .iter()
            .find(|(form, _)| form == folded)
            .map(|(_, role)| role.as_str())
    }

    /// The states that a folded description of one fits ("the andean country"), by index in the gazetteer, and whether it says where they lie, not
    /// what form they have ("the people's republic").
    #[must_use]
    pub fn described(&self, folded: &str) -> (Vec<usize>, bool) {
        self.described.states(folded)
    }

    /// The numbers of the words of a phrase.
    fn words_of(&self, phrase: &str) -> Vec<WordId> {
        let mut spare = String::new();
        words(phrase, Span::new(0, phrase.len()))
            .map(|raw| {
                let written = raw.span.of(phrase);
                self.word(folded_in(written, &mut spare).unwrap_or(written))
            })
            .collect()
    }

    /// All meanings of a phrase taken whole; empty where it is unknown.
    #[must_use]
    pub fn meanings(&self, phrase: &str) -> Vec<Meaning> {
        let words = self.words_of(phrase);
        let mut matches = self.trie.matches(words.iter().copied());
        let whole = matches.find(|(n, _)| *n == words.len());
        whole.map_or_else(Vec::new, |(_, known)| known.meanings().to_vec())
    }

    /// The office that a phrase names, by index.
    #[must_use]
    pub fn office(&self, phrase: &str) -> Option<usize> {
        let found = self.meanings(phrase).into_iter();
        found
            .filter_map(|m| {
                if let Meaning::Office(i) = m {
                    Some(i)
                } else {
                    None
                }
            })
            .next()
    }

    /// The folded words of a class that is a list.
    #[must_use]
    pub fn listed(&self, class: Class) -> &[String] {
        self.lists.get(&class).map_or(&[], Vec::as_slice)
    }

    /// Whether a folded word is one of a class that is a list.
    #[must_use]
    pub fn lists(&self, class: Class, word: &str) -> bool {
        self.listed(class).iter().any(|listed| listed == word)
    }

    /// The kind of mission of a name, by index.
    #[must_use]
    pub fn mission(&self, kind: &str) -> Option<usize> {
        self.missions.iter().position(|m| m == kind)
    }

    /// Whether a phrase has a word of a class.
    #[must_use]
    pub fn has_class(&self, phrase: &str, class: Class) -> bool {
        let words = self.words_of(phrase);
        (0..words.len()).any(|i| {
            let rest = words.get(i..).unwrap_or(&[]).iter().copied();
            self.trie.matches(rest).any(|(_, known)| known.is(class))
        })
    }
}
