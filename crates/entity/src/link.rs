//! Linking: which mentions of a document refer to the same entity, and the entity's name.
//!
//! A person's surname (`이` in `이 시장`) refers to the one named in full before it whose surname it is, preferably
//! with the same title; a foreigner's family name to the full name that ends with it. An abbreviation in brackets
//! (`국립보건원(NIH)`) is another name of the organisation before it. A name that a gazetteer knows has its canonical
//! name; dates are the same when their values are. All other mentions are the same if they are written the same.

use rustc_hash::FxHashMap;

use crate::candidate::Candidate;
use crate::mention::Entity;
use crate::rule::Rule;
use gisa_text::Label;

/// A selected candidate with its text and, for a date, its value.
pub(crate) struct Linkable<'a> {
    pub candidate: &'a Candidate<'a>,
    pub text: &'a str,
    pub value: Option<&'a str>,
}

/// What linking finds about a mention.
pub(crate) struct Link {
    /// The index of its entity.
    pub entity: usize,
    /// The confidence of the mention, or that of the full name to which it refers if that is higher.
    pub confidence: f32,
}

/// Links the mentions of a document, given in the order of the text. Returns the entities, and the link of each
/// mention.
pub(crate) fn link(text: &str, mentions: &[Linkable<'_>]) -> (Vec<Entity>, Vec<Link>) {
    let people = FullNames::of(mentions);
    let mut linker = Linker::default();
    for (index, mention) in mentions.iter().enumerate() {
        let full = people.full_name(index, mention);
        let name = match mention.candidate.label {
            Label::Person => full.map_or(mention.candidate.name.unwrap_or(mention.text), |full| full.name),
            Label::Date => mention.value.unwrap_or(mention.text),
            _ => mention.candidate.name.unwrap_or(mention.text),
        };
        let name = explained(text, mentions, index, &linker).unwrap_or_else(|| name.to_owned());
        let confidence = full.map_or(0.0, |full| full.confidence).max(mention.candidate.confidence);
        linker.add(index, mention, name, confidence);
    }
    linker.finish()
}

#[derive(Default)]
struct Linker {
    entities: Vec<Entity>,
    by_name: FxHashMap<(Label, String), usize>,
    /// Abbreviations introduced in brackets, with the entity to which they refer.
    abbreviations: FxHashMap<String, usize>,
    links: Vec<Link>,
}

impl Linker {
    fn add(&mut self, index: usize, mention: &Linkable<'_>, name: String, confidence: f32) {
        let label = mention.candidate.label;
        let key = (label, name);
        let abbreviated = (label == Label::Organisation).then(|| self.abbreviations.get(mention.text)).flatten();
        let entity = abbreviated.or_else(|| self.by_name.get(&key)).copied().unwrap_or_else(|| {
            self.entities.push(Entity { label, name: key.1.clone(), aliases: Vec::new(), mentions: Vec::new() });
            self.entities.len() - 1
        });
        if mention.candidate.rule == Rule::Abbreviation {
            self.abbreviations.insert(mention.text.to_owned(), entity);
        }
        self.by_name.entry(key).or_insert(entity);
        let entity_entry = &mut self.entities[entity];
        entity_entry.mentions.push(index);
        if mention.text != entity_entry.name && !entity_entry.aliases.iter().any(|alias| alias == mention.text) {
            entity_entry.aliases.push(mention.text.to_owned());
        }
        self.links.push(Link { entity, confidence });
    }

    fn finish(self) -> (Vec<Entity>, Vec<Link>) {
        (self.entities, self.links)
    }
}

/// Returns the name of the organisation directly before an abbreviation in brackets.
fn explained(text: &str, mentions: &[Linkable<'_>], index: usize, linker: &Linker) -> Option<String> {
    let mention = &mentions[index];
    if mention.candidate.label != Label::Organisation || index == 0 {
        return None;
    }
    let before = &mentions[index - 1];
    let adjacent = before.candidate.label == Label::Organisation
        && before.candidate.range.end < mention.candidate.range.start
        && &text[before.candidate.range.end..mention.candidate.range.start] == "("
        && text[mention.candidate.range.end..].starts_with(')');
    adjacent.then(|| linker.entities[linker.links[index - 1].entity].name.clone())
}

/// The number of nearest full names considered on either side. Articles have fewer; the bound keeps documents of
/// millions of characters linear.
const NEAREST: usize = 64;

/// The people whom a document names in full, by the short forms that may refer to them.
#[derive(Default)]
struct FullNames<'a> {
    /// Korean names by their first syllable.
    by_surname: FxHashMap<char, Vec<FullName<'a>>>,
    /// Names of several words by their last and their first: `트럼프`, and `아베` of `아베 신조`.
    by_word: FxHashMap<&'a str, Vec<FullName<'a>>>,
}

/// A person's full name, its index among the mentions, its confidence, and the person's title.
#[derive(Clone, Copy)]
struct FullName<'a> {
    index: usize,
    name: &'a str,
    confidence: f32,
    title: Option<&'static str>,
}

impl<'a> FullNames<'a> {
    fn of(mentions: &[Linkable<'a>]) -> FullNames<'a> {
        let mut names = FullNames::default();
        for (index, mention) in mentions.iter().enumerate() {
            let candidate = mention.candidate;
            if candidate.label != Label::Person || candidate.rule.is_short_name() {
                continue;
            }
            let name = candidate.name.unwrap_or(mention.text);
            let full = FullName { index, name, confidence: candidate.confidence, title: candidate.title_form() };
            if let (Some((_, last)), Some((first, _))) = (name.rsplit_once(' '), name.split_once(' ')) {
                names.by_word.entry(last).or_default().push(full);
                names.by_word.entry(first).or_default().push(full);
            } else if is_korean_name(name, name.chars().count()) {
                names.by_surname.entry(name.chars().next().unwrap_or(' ')).or_default().push(full);
            }
        }
        names
    }

    /// Returns the full name to which a person's mention refers.
    fn full_name(&self, index: usize, mention: &Linkable<'a>) -> Option<&FullName<'a>> {
        if mention.candidate.label != Label::Person {
            return None;
        }
        let own = mention.candidate.name.unwrap_or(mention.text);
        let names = match mention.candidate.rule {
            Rule::Letter => None,
            Rule::Surname => own.chars().next().and_then(|surname| self.by_surname.get(&surname)),
            _ => self.by_word.get(own),
        };
        let fits = |full: &&FullName<'a>| full.name.starts_with(own) || full.name.ends_with(own);
        nearest(names?, index, mention.candidate.title_form(), fits)
    }
}

/// Returns the full name to which a mention refers: of those with the same title the nearest before it, else after it;
/// then of those with a compatible title; then of all.
fn nearest<'n, 'a>(
    names: &'n [FullName<'a>],
    index: usize,
    title: Option<&'static str>,
    fits: impl Fn(&&FullName<'a>) -> bool,
) -> Option<&'n FullName<'a>> {
    let (before, after) = names.split_at(names.partition_point(|full| full.index < index));
    let candidates = || before.iter().rev().take(NEAREST).chain(after.iter().take(NEAREST)).filter(&fits);
    candidates()
        .find(|full| title.is_some() && full.title == title)
        .or_else(|| candidates().find(|full| same_office(full.title, title)))
        .or_else(|| candidates().next())
}

/// Returns whether two titles may be those of one person: one ends with the other (`원내대표` and `대표`).
pub(crate) fn same_office(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => is_fuller(a, b) || is_fuller(b, a),
        _ => false,
    }
}

/// Returns whether a title is another with more before it (`원내대표`, `대표`), but not its deputy (`부시장`, `시장`).
fn is_fuller(long: &str, short: &str) -> bool {
    long.strip_suffix(short).is_some_and(|more| !more.ends_with(['부', '전', '차']))
}

/// Returns whether a name has the form of a Korean full name.
pub(crate) fn is_korean_name(name: &str, chars: usize) -> bool {
    (2..=4).contains(&chars) && name.chars().all(|c| matches!(c, '가'..='힣'))
}
