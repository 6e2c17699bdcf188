//! `entities.csv`: a row an entity over the whole corpus.
//!
//! People, places and organisations count under their names, dates under their calendar values (a date without one, a
//! time and a quantity mean nothing beyond their article), and what a model of the user's own finds under its name. Who
//! stands only in a byline does not count.

use std::collections::HashMap;
use std::io;

use gisa_entity::{Day, Label, composed};

use crate::analysis::Found;
use crate::tables::cell::{RowWriter, joined, text};

/// The names of the columns.
pub(super) const COLUMNS: [&str; 7] = ["label", "name", "aliases", "mentions", "articles", "first", "last"];

/// The entities of some articles, counted.
#[derive(Debug, Default)]
pub(super) struct EntityTally {
    counts: HashMap<(Label, String), Count>,
}

/// How often an entity is mentioned, as what, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    aliases: Vec<String>,
    mentions: u64,
    articles: u64,
    days: Option<(Day, Day)>,
}

impl EntityTally {
    /// Counts the mentions of an article.
    pub(super) fn add_article(&mut self, published: Option<Day>, found: &[Found<'_, '_>]) {
        let mut article = EntityTally::default();
        for found in found.iter().filter(|found| found.counts()) {
            let Some(name) = corpus_name(found) else { continue };
            let count = article.counts.entry((found.mention.label, name.to_owned())).or_default();
            count.mentions += 1;
            count.articles = 1;
            count.days = published.map(|day| (day, day));
            let form = composed(found.mention.text);
            if form != name {
                count.add_alias(&form);
            }
        }
        self.merge(article);
    }

    /// Adds the counts of the articles that follow.
    pub(super) fn merge(&mut self, other: EntityTally) {
        if self.counts.is_empty() {
            *self = other;
            return;
        }
        // The entries are disjoint, so the order in which they are merged is of no consequence.
        other.counts.into_iter().for_each(|(key, count)| self.counts.entry(key).or_default().merge(&count));
    }

    /// The entities by label; in a label those of the most articles, then mentions, first.
    pub(super) fn into_sorted(self) -> Vec<((Label, String), Count)> {
        let mut entities: Vec<_> = self.counts.into_iter().collect();
        entities.sort_unstable_by(|((label, name), count), ((other_label, other_name), other)| {
            label
                .cmp(other_label)
                .then_with(|| other.articles.cmp(&count.articles))
                .then_with(|| other.mentions.cmp(&count.mentions))
                .then_with(|| name.cmp(other_name))
        });
        entities
    }
}

impl Count {
    fn add_alias(&mut self, alias: &str) {
        if !self.aliases.iter().any(|known| known == alias) {
            self.aliases.push(alias.to_owned());
        }
    }

    fn merge(&mut self, other: &Count) {
        other.aliases.iter().for_each(|alias| self.add_alias(alias));
        self.mentions += other.mentions;
        self.articles += other.articles;
        self.days = match (self.days, other.days) {
            (Some((first, last)), Some((other_first, other_last))) => {
                Some((first.min(other_first), last.max(other_last)))
            }
            (days, other) => days.or(other),
        };
    }
}

/// The name under which a mention counts over the corpus.
fn corpus_name<'f>(found: &'f Found<'_, '_>) -> Option<&'f str> {
    match found.mention.label {
        Label::Person | Label::Location | Label::Organisation | Label::Own(_) => Some(found.name),
        Label::Date => found.date(),
        Label::Time | Label::Quantity => None,
    }
}

/// The rows of the entities.
pub(super) fn rows(entities: &[((Label, String), Count)]) -> io::Result<Vec<u8>> {
    let mut rows = RowWriter::new();
    for ((label, name), count) in entities {
        let [first, last] = [count.days.map(|days| days.0), count.days.map(|days| days.1)]
            .map(|day| day.map(|day| day.to_string()).unwrap_or_default());
        rows.write([
            &*text(label.as_str()),
            &*text(name),
            &*joined(count.aliases.iter().map(String::as_str), ";"),
            &count.mentions.to_string(),
            &count.articles.to_string(),
            &first,
            &last,
        ])?;
    }
    rows.into_bytes()
}

#[cfg(test)]
mod tests {
    use gisa_entity::Mention;

    use super::*;
    use crate::analysis::Found;
    use crate::article::{Field, Part, PartKind};
    use crate::composed::Origin;

    fn tally(day: &str, mentions: &[(Label, &str, &str, Option<&str>, PartKind)]) -> EntityTally {
        let made: Vec<_> = mentions
            .iter()
            .map(|&(label, text, _, value, kind)| {
                let value = value.map(str::to_owned);
                let mention = Mention {
                    label,
                    text,
                    chars: 0..0,
                    bytes: 0..0,
                    sentence: 0,
                    entity: 0,
                    value,
                    basis: None,
                    confidence: 1.0,
                    rule: "test",
                };
                (mention, Part { kind, field: Field::Text, range: 0..0 })
            })
            .collect();
        let found: Vec<_> = made
            .iter()
            .zip(mentions)
            .map(|((mention, part), (_, _, name, ..))| Found { mention, name, origin: Origin { part, chars: 0..0 } })
            .collect();
        let mut tally = EntityTally::default();
        tally.add_article(day.parse().ok(), &found);
        tally
    }

    #[test]
    fn entities_are_counted_over_articles() {
        use Label::{Date, Location, Person, Quantity};
        let (body, byline) = (PartKind::Body, PartKind::Byline);
        let mut all = tally(
            "2024-06-23",
            &[
                (Person, "이하늘", "이하늘", None, body),
                (Person, "이", "이하늘", None, body),
                (Person, "박기자", "박기자", None, byline),
                (Location, "대전", "대전", None, body),
                (Date, "23일", "23일", Some("2024-06-23"), body),
                (Date, "사흘", "사흘", Some("P3D"), body),
                (Quantity, "3명", "3명", None, body),
                (Label::named("=행사"), "한빛축제", "한빛축제", None, body),
            ],
        );
        all.merge(tally("2024-06-21", &[(Person, "이하늘", "이하늘", None, body), (Person, "김", "김", None, body)]));
        all.merge(tally("", &[(Person, "이 시장", "이하늘", None, body)]));
        let rows = String::from_utf8(rows(&all.into_sorted()).unwrap()).unwrap();
        let expected = [
            "PS,이하늘,이;이 시장,4,3,2024-06-21,2024-06-23",
            "PS,김,,1,1,2024-06-21,2024-06-21",
            "LC,대전,,1,1,2024-06-23,2024-06-23",
            "DT,2024-06-23,23일,1,1,2024-06-23,2024-06-23",
            "'=행사,한빛축제,,1,1,2024-06-23,2024-06-23",
        ];
        assert_eq!(rows.lines().collect::<Vec<_>>(), expected);
    }
}
