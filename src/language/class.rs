//! The closed classes of words that the engine knows by name; each language lists its forms in `words.toml`.

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// A class of words with one meaning in every language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $($(#[$doc])* $variant),+ }
        impl Class {
            /// All of them, in a fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name in `words.toml`.
            #[must_use]
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// Whether its words tell headings or the columns of a table apart.
            #[must_use]
            pub fn of_layout(self) -> bool { self.name().starts_with("heading.") || self.name().starts_with("column.") }
            /// Whether its words are keys of fact sheets, and other words in running text.
            #[must_use]
            pub fn of_keys(self) -> bool { self.name().starts_with("key.") }
            /// Whether its words have no meaning where they stand: the engine looks them up (`Lexicon::listed`).
            #[must_use]
            pub fn of_lists(self) -> bool { self.name().starts_with("list.") }
            /// Whether its words are verbs, so that nothing else is written like them.
            #[must_use]
            pub fn of_verbs(self) -> bool { self.name().starts_with("verb.") || self == Self::Granted }
            /// The one of that name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes([u64; Self::WORDS]);

impl Classes {
    /// Words of 64 bits, enough for all classes.
    const WORDS: usize = Class::ALL.len().div_ceil(64);

    /// The set of these classes.
    #[must_use]
    pub fn of(classes: impl IntoIterator<Item = Class>) -> Self {
        let mut set = Self::default();
        classes.into_iter().for_each(|class| set.insert(class));
        set
    }

    /// Adds a class.
    pub fn insert(&mut self, class: Class) {
        if let Some(word) = self.0.get_mut(class as usize / 64) {
            *word |= 1 << (class as usize % 64);
        }
    }

    /// Adds the classes of another set.
    pub fn extend(&mut self, other: Self) {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
    }

    /// Whether a class is in it.
    #[must_use]
    pub fn contains(&self, class: Class) -> bool {
        self.0
            .get(class as usize / 64)
            .is_some_and(|word| word & (1 << (class as usize % 64)) != 0)
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The first of them, in their fixed order.
    #[must_use]
    pub fn first(self) -> Option<Class> {
        let (at, word) = self.0.iter().enumerate().find(|(_, word)| **word != 0)?;
        let bit = usize::try_from(word.trailing_zeros()).ok()?;
        Class::ALL.get(at * 64 + bit).copied()
    }

    /// The classes that are in both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut both = self;
        for (word, also) in both.0.iter_mut().zip(other.0) {
            *word &= also;
        }
        both
    }
}

classes! {
    /// decided, acordó, résolut: what follows in the infinitive was not yet done
    Decided = "verb.decided",
    /// presidential, présidentielles: of a list's visits, that presidents made them
    Presidential = "visit.presidential",
    /// dut, parvint, tuvo que, consiguió: what follows in the infinitive was done
    Accomplished = "verb.accomplished",
    /// il fallut attendre, hubo que esperar: what follows in the subjunctive was done in the end
    Awaited = "verb.awaited",
    /// at no time, à aucun moment, en ningún momento: whatever its clause tells did not happen
    AtNoTime = "at.no.time",
    /// joint communiqué, déclaration conjointe: what two sides say at the end of a visit
    Communique = "document.communique",
    /// press briefing, point de presse, nota de prensa: what a text says that it is
    Briefing = "document.briefing",
    /// bulletin, chronique, boletín: a paper that tells of one month, quarter or year
    Issue = "document.issue",
    /// ministry, ministère, cancillería: in the lines above a text, of whose it is
    Ministry = "document.ministry",
    /// foreign affairs, affaires étrangères, relaciones exteriores: of what a ministry is
    ForeignAffairs = "document.foreign",
    /// he, Mr: of a man
    Man = "person.man",
    /// she, Mrs: of a woman
    Woman = "person.woman",
    /// last updated, mise à jour, última revisión: of when a text was gone over, not of when its news are
    Updated = "document.updated",
    /// announced, décréta, dispuso: who says so does what follows
    Announced = "verb.announced",
    /// agreed, acordaron, décident: what two states so decide on about their relations holds from then on
    Agreed = "verb.agreed",
    /// announced, autorisa, aprobó: a step that is told or allowed, and not yet taken
    Approved = "verb.approved",
    /// authorised, autorisa, autorizó: what is their object was allowed, and need not have been done
    Authorised = "verb.authorised",
    /// unlike, à la différence de, a diferencia de: of whom it is said what another is not or does not
    Unlike = "unlike",
    /// jurisdiction, other accreditations: the key of what a mission covers
    KeyCovers = "key.covers",
    /// ours, la sienne, la suya: a mission of the kind named before, with its owner
    MissionOwn = "mission.own",
    /// que after a negation, "no … sino": nothing but what follows
    NothingBut = "nothing-but",
    /// the, le, el, un
    Article = "article",
    /// a, an, un: the article of what was not spoken of before
    Indefinite = "article.indefinite",
    /// his, their, son, su, notre
    Possessive = "possessive",
    /// and, et, y
    And = "and",
    /// or
    Or = "or",
    /// but, while: a new clause
    But = "but",
    /// again, once more: one time more
    Again = "again",
    /// delegation, trade mission: who travels with the one who leads it
    Delegation = "delegation",
    /// also, également, asimismo: what stands within a phrase and leaves its meaning ("chargée également de")
    Inner = "list.inner",
    /// its own, les leurs, las suyas: relations that somebody has, too, where no noun follows
    OwnOnes = "list.own-ones",
    /// en revanche, for its part: between a verb and the preposition that goes with it; looked up by name
    InTurn = "list.in-turn",
    /// had done, l'avait fait, lo hizo: what was just told of another, at a date of its own; looked up by name
    HadDone = "list.had-done",
    /// another, un troisième, otro: one more of what was told of
    Another = "list.another",
    /// new, nouveau: of one who has come to an office
    New = "list.new",
    /// that, those: of what was named before, and not of where one is
    That = "list.that",
    /// l'était, lo fue: a pronoun that stands for what something is, with a form of "be"
    So = "list.so",
    /// until then, jusque-là: up to the time that another deed was told of
    UntilThen = "list.until-then",
    /// since then, depuis lors: from the time that another deed was told of
    SinceThen = "list.since-then",
    /// in the meantime, entretanto: between two deeds that were told of
    Meanwhile = "list.meanwhile",
    /// took over, prit le relais, se hizo cargo: of a mission that does what another did
    TookOver = "list.took-over",
    /// the others, los demás, les autres: those that are left of what was told of
    TheOthers = "list.the-others",
    /// reopening, réouverture, reapertura: that what was closed opens once more
    Reopening = "list.reopening",
    /// diplomatic missions, foreign embassies: what a title announces of a place
    Missions = "list.missions",
    /// of, chargée, encargado: of what somebody is minister, behind that word
    OfWhat = "list.of-what",
    /// during, despite, malgré, durante: words that begin sentences, and no names for all their capital
    Opener = "opener",
    /// who, which, qui, que: a relative clause
    Relative = "relative",
    /// he, she
    He = "pronoun.he",
    /// the latter, celui-ci, este último: the person named last
    Latter = "pronoun.latter",
    /// le, la, lui, lo, les before a verb: whom it is done to
    Him = "pronoun.him",
    /// they, the two (persons)
    They = "pronoun.they",
    /// we, nous: the state that speaks
    We = "pronoun.we",
    /// our, notre, nuestro: of the state that speaks
    Our = "pronoun.our",
    /// the visitor, the guest, le souverain: the person spoken of
    ThePerson = "pronoun.person",
    /// visitor, sovereign, leader: a person spoken of, with an article or the adjective of a state
    PersonNoun = "person.noun",
    /// by telephone, par téléphone
    ByTelephone = "by.telephone",
    /// the two, ambos, tous deux before a verb
    TheTwo = "pronoun.two",
    /// king and queen, reyes, souverains: a list
    RoyalCouple = "list.royal-couple",
    /// the two presidents, les deux ministres
    BothPersons = "both.persons",
    /// the same, idem: whoever the entry before names
    TheSame = "person.same",
    /// both nations, the two countries, they (states)
    BothStates = "both.states",
    /// both capitals, each other's capitals
    BothCapitals = "both.capitals",
    /// the country, the kingdom: the state spoken of
    TheState = "the.state",
    /// the city, la ville: the city spoken of
    TheCity = "the.city",
    /// kingdom, republic, sultanate: before "of" and the name of a state part of that name
    StateForm = "state.form",
    /// du côté, del lado: before the adjective of a state, whose people what follows speaks of
    Side = "side",
    /// soil, suelo, sol: with the adjective of a state, that state
    Soil = "soil",
    /// the capital: with an adjective or a state spoken of, its city
    Capital = "capital",
    /// whose, dont, cuyo: of the one named before
    Whose = "relative.whose",
    /// there, where, y, allí: the place spoken of
    There = "there",
    /// here: in the state for which a statement speaks
    Here = "here",
    /// destination: to, à, a
    To = "prep.to",
    /// place: in, at, en
    In = "prep.in",
    /// origin: from, de, desde
    From = "prep.from",
    /// belonging: of, de
    Of = "prep.of",
    /// agent: by, par, por
    By = "prep.by",
    /// company: with, avec, con
    With = "prep.with",
    /// 's
    Genitive = "genitive",
    /// government, authorities: with an adjective, the state
    Government = "government",
    /// between
    Between = "prep.between",
    /// for
    For = "prep.for",
    /// topic: on, about, sur, sobre
    About = "prep.about",
    /// before, in the presence of: accredited to
    Before = "prep.before",
    /// since, from … on
    Since = "date.since",
    /// until
    Until = "date.until",
    /// from (in date ranges)
    DateFrom = "date.from",
    /// to (in date ranges)
    DateTo = "date.to",
    /// before (a date)
    DateBefore = "date.before",
    /// after (a date)
    DateAfter = "date.after",
    /// about, circa
    DateAbout = "date.about",
    /// early, late, mid, beginning of, spring: passed over inside a date
    DatePart = "date.part",
    /// present, to date, today: an open end
    DatePresent = "date.present",
    /// Monday … Sunday
    Weekday = "date.weekday",
    /// that year, the same year
    SameYear = "date.same-year",
    /// that month, the same month
    SameMonth = "date.same-month",
    /// the same day, that day
    SameDay = "date.same-day",
    /// the day of independence, le jour de l'indépendance, el día de la independencia: the day on which a state became independent
    IndependenceDay = "date.independence-day",
    /// independence, indépendante, se independizó: beside the day on which a state became so
    Independent = "date.independent",
    /// the next day, le lendemain
    DayAfter = "date.day-after",
    /// the day before, la veille
    DayBefore = "date.day-before",
    /// the year before
    YearBefore = "date.year-before",
    /// the next year
    YearAfter = "date.year-after",
    /// today, this morning: the document's own day
    Today = "date.today",
    /// yesterday
    Yesterday = "date.yesterday",
    /// the day before yesterday
    BeforeYesterday = "date.before-yesterday",
    /// early this month: in the month of the document
    ThisMonth = "date.this-month",
    /// the current year: that of the document
    ThisYear = "date.this-year",
    /// tomorrow
    Tomorrow = "date.tomorrow",
    /// dernier, pasado behind a date: the last before the document's day
    Last = "date.last",
    /// the day after, un an après: before a noun or pronoun, told from an event and not from the last date
    OfEvent = "date.of-event",
    /// last, pasado before it
    Past = "date.past",
    /// following, suivant, siguiente: the first after the last date
    Next = "date.next",
    /// coming, prochain, próximo: the first after the document's own day
    Coming = "date.coming",
    /// previous, précédent, anterior: the last before it
    Previous = "date.previous",
    /// this, ce, este: of the document's own time
    This = "date.this",
    /// a few, some, plusieurs: a count that resolves nothing
    Some = "date.some",
    /// ago, il y a, hace
    Ago = "date.ago",
    /// before a round year or number: les années, la década de
    Decade = "date.decade",
    /// an abbreviation of a month, which counts only beside a number
    MonthShort = "date.month-short",
    /// days (in "three days later")
    Days = "date.days",
    /// weeks
    Weeks = "date.weeks",
    /// months
    Months = "date.months",
    /// years
    Years = "date.years",
    /// later, after
    Later = "date.later",
    /// earlier, before
    Earlier = "date.earlier",
    /// not, never, ne … pas
    Not = "not",
    /// Trade, Innovation, Affaires: written with a capital, a minister's field, and no part of a name
    Portfolio = "portfolio",
    /// said, a déclaré, afirmó: of one who speaks
    Speech = "speech",
    /// according to, selon, según
    AccordingTo = "according.to",
    /// not until, qu'en: a negation that says when it was
    OnlyThen = "not.until",
    /// reports that, requested that, le bruit courut que: the clause that follows is not told as a fact
    Doubt = "doubt",
    /// sera, será: an auxiliary in the future
    Future = "aux.future",
    /// will, is to, would: planned
    Planned = "modality.planned",
    /// should, is expected to
    Expected = "modality.expected",
    /// invited
    Invited = "modality.invited",
    /// requested, asked
    Requested = "modality.requested",
    /// wishes, hopes
    Wished = "modality.wished",
    /// might, could, if, proposed
    Hypothetical = "modality.hypothetical",
    /// cancelled, postponed
    Cancelled = "modality.cancelled",
    /// denied (that)
    Denied = "modality.denied",
    /// hubiera, ait: forms of the subjunctive; those that can be made are made
    Subjunctive = "mood.subjunctive",
    /// logró, bien que: what stands in the subjunctive behind it did happen
    Factive = "mood.factive",
    /// trade relations, relations culturelles: none that states establish or sever
    OtherRelations = "relations.other",
    /// en vue de, con el fin de: before what a treaty is for
    Aim = "prep.aim",
    /// revised, amended, renewed: what was done to an instrument on a day on which it was not signed
    Revised = "treaty.revised",
    /// solidarity, exception, war: whom it names has no part in what is told of relations
    Bystander = "relations.aside",
    /// decision, décision, decisión: behind it, with its owner, stands what was decided
    Resolution = "decision",
    /// airport, aéroport: where guests are greeted
    Airport = "airport",
    /// welcomed, regretté, lamentó: what is their object happened, at another time
    Reacts = "verb.reacts",
    /// talks, pourparlers: what they are about is no more than talked of
    Talks = "talks",
    /// text being finalised, en cours de négociation: of an instrument that is none yet
    Unfinished = "treaty.unfinished",
    /// discussed, étudia, negociaron: what is their object is no more than talked of
    TalkedOf = "verb.talked-of",
    /// among, one of: those that a relative clause tells of
    Among = "among",
    /// agrément, plácet: the consent of the receiving state
    Agrement = "agrement",
    /// never took up, declined the post: who was named did not hold it
    NotTaken = "not-taken",
    /// renounced the post, n'a pas été agréé: said behind somebody who was named to a post and did not hold it
    NotHeld = "not-held",
    /// none, néant: all that a line says of what it names
    Nil = "nil",
    /// initialled, paraphèrent: not yet signed
    Initialled = "initialled",
    /// sine die, in negotiation, quedó para más adelante: said of what did not come to be, or has not yet
    Undone = "undone",
    /// held, signed, eu lieu, efectuó: denied, they say that nothing came of what they are said of
    Happens = "happens",
    /// affected, concernée, afectada: of a mission that is not, it stays as it is
    Spared = "mission.spared",
    /// discussed, considered: of what need not have come to be
    Mooted = "mooted",
    /// reports, rumours: of what is told behind them it is not said that it is so
    Rumour = "rumour",
    /// announcement, news: what is told behind them is so unless they are denied
    Announcement = "announcement",
    /// without foundation, false: said of a rumour or announcement
    Unfounded = "unfounded",
    /// a stage, phase or chapter of relations, which begins when they were long established
    RelationsPart = "relations.part",
    /// the interests of a state of which another's mission takes charge
    Interests = "mission.interests",
    /// organisation, commission: with a capital behind the noun of a treaty the noun of a body
    BodyNoun = "body.noun",
    /// refused, negó: of a consent
    Refused = "refused",
    /// forms of be before a participle
    Be = "aux.be",
    /// forms of have
    Have = "aux.have",
    /// did, does: before a bare form that they make finite
    Did = "aux.do",
    /// had, avait, había: before what was told last
    Pluperfect = "aux.pluperfect",
    /// paid, made, undertook: verbs that carry a noun
    Light = "verb.light",
    /// Mr, Mme, Dr, S.E., Excellency
    Honorific = "honorific",
    /// CMG, K.C.M.G., Esq.: letters behind a name that tell its bearer's honours
    NameLetters = "name.letters",
    /// Day, Palace, Palacio, with a capital: a town in its name is not where something is
    House = "thing.house",
    /// city, port, town: before "of" and the name of one
    CityNoun = "city.noun",
    /// de, von, bin, y: inside names
    Particle = "particle",
    /// Bank, Ministry, Airport, Street: names of things, not persons
    Thing = "thing",
    /// new, former, current, then: before an office
    Temporal = "office.adjective",
    /// former, ex-: no longer in office
    Former = "former",
    /// del, al, du: a preposition with the article in it
    Contraction = "contraction",
    /// then, afterwards, finally: what follows is another event
    Then = "then",
    /// separately, séparément: each for himself
    Separately = "separately",
    /// gave, granted: before an audience, to whom it is given
    Granted = "granted",
    /// counterpart, homologue, colleague
    Counterpart = "counterpart",
    /// successor (of)
    Successor = "successor",
    /// obtained, received, reçut, logró: before recognition, by whom it is received
    Obtained = "verb.obtained",
    /// vacant, sans titulaire: a post without a holder
    Vacant = "post.vacant",
    /// predecessor (of)
    Predecessor = "predecessor",
    /// state, official, working: kinds of visit
    VisitState = "visit.state",
    /// official
    VisitOfficial = "visit.official",
    /// working
    VisitWorking = "visit.working",
    /// private, on holiday, incognito: no visit of state
    VisitPrivate = "visit.private",
    /// concluded, ended: what is said of a visit on its last day
    VisitEnded = "visit.ended",
    /// visits, trips: in a heading of a list of visits
    VisitHeading = "heading.visits",
    /// contacts, échanges, delegaciones: heads a list of visits where the line says whither they led
    ContactHeading = "heading.contacts",
    /// ambassadors, heads of mission, consuls: in a heading
    HeadsHeading = "heading.heads",
    /// list, chronology: a heading that does not say of what
    ListHeading = "heading.list",
    /// agreements, treaties: in a heading
    TreatyHeading = "heading.treaties",
    /// embassies, missions: in a heading
    MissionHeading = "heading.missions",
    /// see also, bibliography, sport: sections without facts
    SkipHeading = "heading.skip",
    /// source, further reading: before the colon of a line that names what was read
    Citation = "citation",
    /// relations, diplomatic relations
    Relations = "relations",
    /// embassy level, strategic partnership: a rank or form that relations are raised or lowered to
    RelationsLevel = "relations.level",
    /// anniversary, centenary: what is celebrated lies back
    Anniversary = "anniversary",
    /// independence, sovereignty, the new republic: what is recognised of a state, or stands for it
    Independence = "independence",
    /// as, comme, en calidad de: before the office that somebody holds
    As = "as",
    /// headed by, under, its head: before the name of who heads the mission spoken of
    MissionHead = "mission.head",
    /// one, another, that, celle: stands for a mission of the kind just named, before its place
    MissionOne = "mission.one",
    /// for consultations, a consultas: an absence that ends no post
    Consultations = "mission.consultations",
    /// rank, status: before the kind of mission that another has become
    MissionRank = "mission.rank",
    /// first: before the office of who opened a mission
    MissionFirst = "mission.first",
    /// a post, cargo, poste: before a relative clause that tells how long it was held
    PostNoun = "post.noun",
    /// head, incumbent, titulaire: a noun for who heads a mission
    PostHead = "post.head",
    /// stationed, in post: somebody is where his post is
    PostPlaced = "post.placed",
    /// están, lie: the verb between a mission and the preposition of its seats
    MissionStands = "mission.stands",
    /// it, the post, the mission: the mission spoken of
    MissionIt = "mission.it",
    /// signed, in force … in tables: heads of columns
    ColumnSigned = "column.signed",
    /// dated, en date du, de fecha: before the date of an instrument
    Dated = "treaty.dated",
    /// in force
    ColumnInForce = "column.in-force",
    /// title, instrument
    ColumnTitle = "column.title",
    /// name, ambassador
    ColumnName = "column.name",
    /// start, from
    ColumnStart = "column.start",
    /// end, until
    ColumnEnd = "column.end",
    /// period, term
    ColumnPeriod = "column.period",
    /// location, address in an infobox
    KeyAddress = "key.address",
    /// seat, location
    KeySeat = "key.seat",
    /// established, of relations
    KeyEstablished = "key.established",
    /// opened
    KeyOpened = "key.opened",
    /// closed, closure: a key of a mission's fact sheet
    KeyClosed = "key.closed",
    /// date, published: a key that gives the day of the document itself
    KeyDate = "key.date",
    /// when, lorsque, cuando: a clause of time
    When = "when",
    /// half a, medio: before million
    Half = "number.half",
    /// employed, employees: people who are counted where they work
    Employs = "employs",
    /// Park: a word for a thing that is a family name where a given name follows
    Surname = "surname",
    /// parliament, Senate: what a speaker presides over
    Chamber = "chamber",
    /// credentials, credence: the last word of what an envoy hands over
    Credentials = "credentials",
    /// respectively: numbers in the order of what they measure
    Respectively = "respectively",
    /// respective, each government: of two, each its own
    EachOwn = "each.own",
    /// loan, debt, surplus: sums of money of a measure of their own
    Sum = "sum",
    /// second, deuxième, tercer: a place, no count
    Ordinal = "number.ordinal",
    /// million
    Million = "number.million",
    /// billion
    Billion = "number.billion",
    /// lakh: a hundred thousand
    Lakh = "number.lakh",
    /// crore: ten millions
    Crore = "number.crore",
    /// thousand
    Thousand = "number.thousand",
    /// per cent
    Percent = "number.percent",
    /// persons, nationals, citizens, residents
    People = "people",
    /// lived, resided: with people
    Resided = "resided",
    /// graduated, studied: what people came for who went home again
    Trained = "trained",
    /// most important, largest: the first place in a list
    Foremost = "foremost",
    /// fell, decreased
    Fell = "fell",
    /// rose, doubled, fell: what was at the end of a period
    Grew = "grew",
    /// the number of: before the people whom a bare number counts
    Count = "count",
    /// born, natives: before where people come from
    Born = "born",
    /// numbered, estimated at: before the bare number of people named
    Numbered = "numbered",
    /// inhabitants, population: of a whole state, where no other is named
    Inhabitants = "inhabitants",
    /// the other way, in return: trade that turns round
    OtherWay = "other-way",
    /// common organisations, memberships: heads a list of organisations
    Memberships = "memberships",
    /// members, states: behind the organisation that they belong to ("NATO members")
    MemberNoun = "member.noun",
    /// located, situated: between a mission and its city
    MissionPlaced = "mission.placed",
    /// powers: several states together that have no name of a state ("the Axis powers")
    Powers = "powers",
    /// nations, countries: before the names of two ("the nations of A and B")
    StatesNoun = "states.noun",
    /// like, as does, followed by: who stands behind does the same
    Likewise = "likewise",
    /// only, alone: of one of the two
    Only = "only",
    /// largest, trading partner: ranks
    Rank = "rank",
    /// rank, place, number: directly before the number of a place in a list
    RankPlace = "rank.place",
    /// colony, French (of places under rule), formerly
    Formerly = "formerly",
    /// goal, target, quota: numbers that are no facts
    Target = "target",
    /// during, throughout, the fiscal year: before a year
    During = "date.during",
    /// census, figures, estimates: behind the year that they are of
    OfYear = "date.of-year",
    /// tant, tanto: "tant A que B", both of them
    AsMuch = "as-much",
    /// than, compared with: before what a number is compared with
    Than = "than",
    /// besides, apart from: before what is named beside what is told
    Besides = "besides",
    /// against, up from: between a number and that with which it is compared
    Against = "against",
    /// to the world, with Africa, external debt: numbers of more than the two sides
    World = "world",
    /// never exceeded, fell short of: what a number did not reach
    Never = "never",
    /// both parties of a mission: "the other being"
    Other = "other",
    /// direct, consular section … : never a mission
    NoMission = "no-mission",
    /// "diplomatic mission": words that say of themselves that a mission is one.
    MissionSaid = "mission.said",
    /// building, staff: behind a mission's noun what is told is of these
    MissionPart = "mission.part",
    /// observer, candidate: not a member
    NoMember = "no-member",
    /// looks after, handled, in charge, jurisdiction: a mission is responsible for another state than its own
    Covers = "mission.covers",
    /// the * country: how a state is spoken of by where it lies, which stands in place of the star; a list of patterns
    Described = "list.described",
    /// the *: how a state is spoken of by its form ("the People's Republic"), which stands in place of the star; a list of patterns
    FormSpoken = "list.form-spoken",
    /// south, latin: before the adjective of a state, that of a part of the world; looked up by name
    Region = "list.region",
    /// home: where somebody comes back to, or how a verb that says so begins; looked up by name
    Homeward = "list.homeward",
    /// already, previously: that something was done before what is told; looked up by name
    DoneBefore = "list.done-before",
    /// Beginnings of words for posts, and for coming to, taking up and handing over one; looked up by name
    TakesPost = "list.takes-post",
    /// announced, promised: said of a mission that nobody has opened yet
    OnlyAnnounced = "list.only-announced",
    /// nominated, put forward, agrément was requested: who is named for a post has it not yet
    PostProposed = "list.post-proposed",
    /// will be, propuso a: the same, right before the person or the office
    PostAhead = "list.post-ahead",
    /// confirmed, presented, took up: who was named for a post has it
    PostTaken = "list.post-taken",
    /// succeed, replac: beginnings of words before whoever held the post until then
    PostSucceeds = "list.post-succeeds",
    /// companies, projects: what is counted is no people, though the adjective of a state stands before it; looked up by name
    ThingsCounted = "list.things",
    /// of which, including: what opens a line that tells a part of the sum on the line before it; looked up by name
    OfWhich = "list.of-which",
    /// armistice, FTA: nouns for instruments that say themselves what was agreed on; looked up by name
    TreatyAlone = "list.treaty-alone",
    /// Paris Agreement, Non-Proliferation: titles of instruments that many states have; looked up in a title
    OfMany = "list.treaty-of-many",
    /// twinning, codeshare: of cities and companies, which conclude no treaties; looked up by name
    NoTreaty = "list.no-treaty",
    /// post, office, cargo, poste: what the head of the mission spoken of holds; looked up by name
    PostWord = "list.post-word",
    /// matters, matière, ámbito: with "in", goes on with the title of an instrument; looked up by name
    TitleField = "list.title-field",
    /// basis, occasion, behalf: what "on" leads to that is no subject of an instrument; looked up by name
    NoSubject = "list.no-subject",
    /// total, overall, foreign: of all that a state trades, not with one other alone; looked up by name
    Whole = "list.whole",
    /// descent, origin, ancestry: behind the adjective of the state from which people come; looked up by name
    Descent = "list.descent",
    /// ratified, ratification: of an instrument that was signed before; looked up by name
    Ratified = "list.ratified",
    /// passport: what the holders of several kinds of which are exempt by; looked up by name
    Passport = "list.passport",
    /// abroad: where the nationals live of whom a minister is; looked up by name
    Abroad = "list.abroad",
    /// took place, followed: of a visit, that it was made; looked up by name
    TookPlace = "list.took-place",
    /// non-resident: of a mission or its head who live in another state; looked up by name
    NonResident = "list.non-resident",
    /// second, another: before the noun of a visit that follows one told; looked up by name
    NextVisit = "list.next-visit",
    /// dignitaries: in a heading those of a state who go abroad for it; looked up by name
    Dignitaries = "list.dignitaries",
    /// Her Majesty: whose ambassadors are those of one state; looked up by name
    Crown = "list.crown",
    /// British: the adjective of the state of the crown; looked up by name
    CrownOf = "list.crown-of",
    /// candidacy: for a seat that is not yet held; looked up by name
    Candidacy = "list.candidacy",
    /// banquet, reception: given in somebody's honour; looked up by name
    Meal = "list.meal",
    /// session, commission, consultations: what two chair together; looked up by name
    Session = "list.session",
    /// first day, day of his arrival: of a visit; looked up by name, as are the others
    FirstDay = "list.day-first",
    /// second day
    SecondDay = "list.day-second",
    /// third day
    ThirdDay = "list.day-third",
    /// last day
    LastDay = "list.day-last",
    /// on the second: of days, the first of which was named before
    SecondOne = "list.second-one",
    /// on the last: of days, another of which was named before
    LastOne = "list.last-one",
    /// the following day
    NextDay = "list.next-day",
    /// arriving from: prepositions that say where somebody came from, and nothing else
    Hailing = "list.hailing",
    /// originally, at first: what was planned before it was otherwise
    AtFirst = "at-first",
    /// Journeys that lead to more than one place.
    Tour = "list.tour",
    /// Verbs by which somebody goes on to where he had not been yet.
    Onward = "list.onward",
    /// affairs, interests, relations: what a mission looks after
    Affairs = "mission.affairs",
    /// comes under, is attached to: what is covered stands before, the mission that covers it behind
    Belongs = "mission.belongs",
    /// served, looked after: in the passive, of what a mission elsewhere covers
    Served = "mission.served",
    /// that organisation, this group: an organisation spoken of; looked up by name
    ThatBody = "list.that-body",
    /// at once, on independence: on the day of what was told before; looked up by name
    AtOnce = "list.at-once",
    /// represented: said of who sends, not of what is covered; looked up by name
    Represented = "list.represented",
    /// through it, desde ella: by means of the mission spoken of
    MissionThrough = "mission.through",
    /// member states, members: of an organisation; looked up by name
    MemberStates = "list.states",
    /// "se" of a verb that stands for the passive; looked up by name, since it means nothing in itself
    Reflexive = "list.reflexive",
    /// intercambio, desembolso: a noun that names a measure and is written like a past without its accent; looked up by name
    MeasureNoun = "list.measure-noun",
    /// rue, calle, Street: the name of a town beside it is that of the street; looked up by name
    Street = "list.street",
    /// port, airport: the name of a town before it is that of the works, in English; looked up by name
    Works = "list.works",
    /// resident, con residencia: of an envoy, where he lives; looked up by name
    Residing = "list.residing",
    /// Residence, Sede: over the column of a table that tells where each head of mission lived; looked up by name
    ResidenceColumn = "list.residence-column",
    /// has, funciona, existe: verbs that say that something is there now; looked up by name
    ThereNow = "list.there-now",
    /// lo, before a form of to be: what somebody was called ("lo fue en Lima"); looked up by name
    ProIt = "list.pro-it",
    /// Predecessors, Anciens ambassadeurs, Le precedieron: keys of fact sheets for who held the post of the entry above before; looked up by name
    KeyPredecessors = "list.key-predecessors",
    /// accreditation, compétence, concurrencia: how far the post of a head of mission reaches; looked up by name
    PostArea = "list.post-area",
    /// extends, couvre, abarca: verbs for how far something reaches, by their stems; looked up by name
    Extends = "list.extends",
    /// it, they: as the subject of a sentence, what the one before spoke of; looked up by name
    It = "list.it",
    /// charge, beside "chargé": an office only with its accent; looked up by name
    Accented = "list.accented",
}
