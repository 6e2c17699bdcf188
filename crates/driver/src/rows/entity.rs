//! Rows of `entities.csv`: an entity over the whole corpus, and the tally that counts them.
//!
//! People, places and organisations count under their names, dates under their calendar values (a date without one, a
//! time and a quantity mean nothing beyond their article), and what a model of the user's own finds under its name.
//! People named only in a byline do not count.

use std::collections::HashMap;

use gisa_entity::{Day, Label, composed};

use crate::rows::mention::MentionRow;
use crate::rows::{Cell, Column, Row};

/// An entity with its label, counts and days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntityRow {
    /// The label of its mentions.
    pub label: Label,
    /// Its name, of a date the calendar value.
    pub name: String,
    /// The other forms under which it is mentioned, in the order of the corpus.
    pub aliases: Vec<String>,
    /// The number of its mentions.
    pub mentions: u64,
    /// The number of articles that mention it.
    pub articles: u64,
    /// The first and the last day of publication of these articles, where one is known.
    pub days: Option<(Day, Day)>,
}

impl Row for EntityRow {
    const COLUMNS: &'static [Column<EntityRow>] = &[
        Column::new("label", |row| Cell::text(row.label.as_str())),
        Column::new("name", |row| Cell::text(&row.name)),
        Column::new("aliases", |row| Cell::list(&row.aliases, ";")),
        Column::new("mentions", |row| Cell::Number(row.mentions)),
        Column::new("articles", |row| Cell::Number(row.articles)),
        Column::new("first", |row| Cell::day(row.days.map(|(first, _)| first))),
        Column::new("last", |row| Cell::day(row.days.map(|(_, last)| last))),
    ];
}

/// The entities of some articles, counted.
#[derive(Debug, Default)]
pub struct EntityTally {
    counts: HashMap<(Label, String), Count>,
}

#[derive(Debug, Default)]
struct Count {
    aliases: Vec<String>,
    mentions: u64,
    articles: u64,
    days: Option<(Day, Day)>,
}

impl EntityTally {
    /// Counts the mentions of one article, all of them.
    pub fn add_article(&mut self, mentions: &[MentionRow]) {
        let mut article = EntityTally::default();
        for mention in mentions.iter().filter(|mention| mention.is_news()) {
            let Some(name) = corpus_name(mention) else { continue };
            let count = article.counts.entry((mention.label, name.to_owned())).or_default();
            count.mentions += 1;
            count.articles = 1;
            count.days = mention.published.map(|day| (day, day));
            let form = composed(&mention.text);
            if form != name {
                count.add_alias(&form);
            }
        }
        self.merge(article);
    }

    /// Adds the counts of the articles that follow.
    pub fn merge(&mut self, other: EntityTally) {
        if self.counts.is_empty() {
            *self = other;
            return;
        }
        // The entries are disjoint, so the order in which they are merged does not matter.
        other.counts.into_iter().for_each(|(key, count)| self.counts.entry(key).or_default().merge(&count));
    }

    /// Returns the entities by label, and of a label those of the most articles, then mentions, first.
    pub fn into_rows(self) -> Vec<EntityRow> {
        let row = |((label, name), count): ((Label, String), Count)| {
            let Count { aliases, mentions, articles, days } = count;
            EntityRow { label, name, aliases, mentions, articles, days }
        };
        let mut rows: Vec<EntityRow> = self.counts.into_iter().map(row).collect();
        rows.sort_unstable_by(|row, other| {
            let by_counts = || (other.articles, other.mentions).cmp(&(row.articles, row.mentions));
            row.label.cmp(&other.label).then_with(by_counts).then_with(|| row.name.cmp(&other.name))
        });
        rows
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

/// Returns the name under which a mention counts over the corpus.
fn corpus_name(mention: &MentionRow) -> Option<&str> {
    match mention.label {
        Label::Person | Label::Location | Label::Organisation | Label::Own(_) => Some(&mention.name),
        Label::Date => mention.date(),
        Label::Time | Label::Quantity => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PartKind;
    use crate::record::Id;

    fn tally(day: &str, mentions: &[(Label, &str, &str, Option<&str>, PartKind)]) -> EntityTally {
        let row = |&(label, text, name, value, part): &(Label, &str, &str, Option<&str>, PartKind)| MentionRow {
            published: day.parse().ok(),
            text: text.to_owned(),
            name: name.to_owned(),
            value: value.map(str::to_owned),
            ..MentionRow::of(Id::Text("a".to_owned()), label, part)
        };
        let mut tally = EntityTally::default();
        tally.add_article(&mentions.iter().map(row).collect::<Vec<_>>());
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
                (Label::named("행사"), "한빛축제", "한빛축제", None, body),
            ],
        );
        all.merge(tally("2024-06-21", &[(Person, "이하늘", "이하늘", None, body), (Person, "김", "김", None, body)]));
        all.merge(tally("", &[(Person, "이 시장", "이하늘", None, body)]));
        let row = |label, name: &str, aliases: &[&str], mentions, articles, days: [&str; 2]| EntityRow {
            label,
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            mentions,
            articles,
            days: Some((days[0].parse().unwrap(), days[1].parse().unwrap())),
        };
        let expected = [
            row(Person, "이하늘", &["이", "이 시장"], 4, 3, ["2024-06-21", "2024-06-23"]),
            row(Person, "김", &[], 1, 1, ["2024-06-21", "2024-06-21"]),
            row(Location, "대전", &[], 1, 1, ["2024-06-23", "2024-06-23"]),
            row(Date, "2024-06-23", &["23일"], 1, 1, ["2024-06-23", "2024-06-23"]),
            row(Label::named("행사"), "한빛축제", &[], 1, 1, ["2024-06-23", "2024-06-23"]),
        ];
        assert_eq!(all.into_rows(), expected);
    }
}
