//! Columns: the meaning of the keys of a JSON object and of the header of a table, and the [`Record`] of their values.

use std::collections::HashMap;
use std::sync::LazyLock;

use gisa_entity::{Day, composed};

use crate::record::{Facts, Id, Record, Shape};
use crate::source_position::SourcePosition;

/// The field of a record that a key or column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    Title,
    Text,
    Published,
    Press,
    Reporter,
    Section,
    Incident,
    Url,
    Excluded,
}

/// The names of a column, the best first: where a table has two of them, the earlier is read and the later only where
/// the earlier is empty. Case, spaces and underscores do not matter. Among them are all of `BigKinds`' that hold facts
/// of the article; its own 인물, 위치, 기관, 키워드 and 특성추출 are not read, since gisa finds them itself.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Id, &["id", "뉴스 식별자", "news id", "article id", "식별자"]),
    (Column::Title, &["title", "제목", "headline"]),
    (Column::Text, TEXT_NAMES),
    (Column::Published, &["published", "date", "일자", "published at", "작성일", "등록일"]),
    (Column::Press, &["press", "언론사", "publisher", "매체"]),
    (Column::Reporter, &["reporter", "기고자", "reporters", "기자", "author"]),
    (Column::Section, &["section", "category", "sections", "통합 분류1", "통합 분류2", "통합 분류3", "분류", "섹션"]),
    (Column::Incident, &["사건/사고 분류1", "사건/사고 분류2", "사건/사고 분류3"]),
    (Column::Url, &["url", "link"]),
    (Column::Excluded, &["분석제외 여부"]),
];

/// The names of the text column, the best first.
pub(crate) const TEXT_NAMES: &[&str] = &["text", "body", "content", "본문", "내용"];

/// A name under which a column is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnName {
    /// The column.
    pub(crate) column: Column,
    /// The rank of the name among the column's, 0 for the best.
    rank: usize,
}

/// The names, normalized.
static KNOWN: LazyLock<HashMap<String, ColumnName>> = LazyLock::new(|| {
    let ranked = |&(column, names): &(Column, &'static [&'static str])| {
        names.iter().enumerate().map(move |(rank, name)| (normalized(name), ColumnName { column, rank }))
    };
    NAMES.iter().flat_map(ranked).collect()
});

impl ColumnName {
    /// Finds the column of a name; none for a column that is not read.
    pub(crate) fn find(name: &str) -> Option<ColumnName> {
        KNOWN.get(&normalized(name)).copied()
    }
}

/// A name composed and in lower case, without white space and underscores.
fn normalized(name: &str) -> String {
    composed(name).chars().filter(|&c| !c.is_whitespace() && c != '_').flat_map(char::to_lowercase).collect()
}

/// The values of one record as they come, cell by cell.
#[derive(Debug, Default)]
pub(crate) struct Values {
    id: Ranked<Id>,
    title: Ranked<String>,
    text: Ranked<String>,
    published: Ranked<String>,
    press: Ranked<String>,
    url: Ranked<String>,
    excluded: Ranked<String>,
    reporters: Vec<String>,
    sections: Vec<String>,
    incidents: Vec<String>,
}

/// The value with the best name so far.
#[derive(Debug)]
struct Ranked<T>(Option<(usize, T)>);

impl<T> Default for Ranked<T> {
    fn default() -> Ranked<T> {
        Ranked(None)
    }
}

impl<T> Ranked<T> {
    fn offer(&mut self, rank: usize, value: T) {
        if self.0.as_ref().is_none_or(|(held, _)| rank < *held) {
            self.0 = Some((rank, value));
        }
    }

    fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }
}

impl Values {
    /// Sets the value of a cell. Empty values are ignored.
    pub(crate) fn set(&mut self, ColumnName { column, rank }: ColumnName, value: String) {
        if value.trim().is_empty() {
            return;
        }
        match column {
            Column::Id => self.id.offer(rank, Id::Text(value.trim().to_owned())),
            Column::Title => self.title.offer(rank, value),
            Column::Text => self.text.offer(rank, value),
            Column::Published => self.published.offer(rank, value),
            Column::Press => self.press.offer(rank, value.trim().to_owned()),
            Column::Url => self.url.offer(rank, value.trim().to_owned()),
            Column::Excluded => self.excluded.offer(rank, value.trim().to_owned()),
            Column::Reporter => self.reporters.extend(list(&value)),
            Column::Section => self.sections.extend(list(&value)),
            Column::Incident => self.incidents.extend(list(&value)),
        }
    }

    /// Sets an id that is a number.
    pub(crate) fn set_number_id(&mut self, name: ColumnName, number: serde_json::Number) {
        self.id.offer(name.rank, Id::Number(number));
    }

    /// Makes the record of the values; `id` is its name when they have none.
    pub(crate) fn into_record(self, position: SourcePosition, id: impl FnOnce() -> String) -> Record {
        let title = self.title.take().unwrap_or_default();
        let text = self.text.take().unwrap_or_default();
        let written = self.published.take();
        let published = written.as_deref().and_then(|text| Day::parse_published(text).ok());
        let facts = Facts {
            published,
            no_day: written.filter(|_| published.is_none()),
            press: self.press.take(),
            reporters: self.reporters,
            sections: self.sections,
            incidents: self.incidents,
            url: self.url.take(),
            excluded: self.excluded.take(),
        };
        let id = self.id.take().unwrap_or_else(|| Id::Text(id()));
        Record { id, position, shape: Shape::Row, facts, title, text }
    }
}

/// Splits a cell that holds several values, with commas or semicolons between them.
fn list(value: &str) -> impl Iterator<Item = String> {
    value.split([',', ';']).map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_every_dress() {
        let cases = [
            ("text", Some(Column::Text)),
            ("본문", Some(Column::Text)),
            (" Body ", Some(Column::Text)),
            ("뉴스 식별자", Some(Column::Id)),
            ("뉴스식별자", Some(Column::Id)),
            ("일자", Some(Column::Published)),
            ("Published_At", Some(Column::Published)),
            ("언론사", Some(Column::Press)),
            ("기고자", Some(Column::Reporter)),
            ("통합 분류2", Some(Column::Section)),
            ("사건/사고 분류3", Some(Column::Incident)),
            ("URL", Some(Column::Url)),
            ("분석제외 여부", Some(Column::Excluded)),
            ("\u{110b}\u{1175}\u{11af}\u{110c}\u{1161}", Some(Column::Published)),
            ("", None),
            ("인물", None),
            ("특성추출(가중치순 상위 50개)", None),
            ("날짜", None),
        ];
        for (name, expected) in cases {
            assert_eq!(ColumnName::find(name).map(|name| name.column), expected, "{name:?}");
        }
    }

    #[test]
    fn every_name_is_of_one_column() {
        assert_eq!(KNOWN.len(), NAMES.iter().map(|(_, names)| names.len()).sum::<usize>());
    }

    fn record(cells: &[(&str, &str)]) -> Record {
        let mut values = Values::default();
        for (name, value) in cells {
            values.set(ColumnName::find(name).unwrap(), (*value).to_owned());
        }
        values.into_record(SourcePosition::file("a.csv").line(2), || "a:2".to_owned())
    }

    #[test]
    fn the_better_name_wins_unless_it_is_empty() {
        let record = record(&[("본문", "나"), ("text", "가"), ("date", ""), ("일자", "20240623")]);
        assert_eq!(record.text, "가");
        assert_eq!(record.facts.published.unwrap().to_string(), "2024-06-23");
        assert_eq!(record.id, Id::Text("a:2".to_owned()));
    }

    #[test]
    fn lists_are_taken_apart() {
        let record = record(&[("text", "가"), ("section", "사회,경제"), ("기자", "김하나; 이두리")]);
        assert_eq!(record.facts.sections, ["사회", "경제"]);
        assert_eq!(record.facts.reporters, ["김하나", "이두리"]);
    }

    #[test]
    fn texts_are_kept_as_they_are() {
        assert_eq!(record(&[("text", "  가\n")]).text, "  가\n");
    }

    #[test]
    fn a_wrong_day_is_kept_as_it_is_written() {
        let facts = record(&[("text", "가"), ("date", "어제")]).facts;
        assert_eq!((facts.published, facts.no_day.as_deref()), (None, Some("어제")));
    }
}
