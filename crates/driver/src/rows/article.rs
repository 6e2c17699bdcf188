//! Rows of `articles.csv`: an article in the columns of a `BigKinds` export, then in gisa's own columns.

use std::collections::HashSet;

use gisa_entity::{Day, Label};

use crate::article::Article;
use crate::record::{Facts, Id};
use crate::rows::mention::MentionRow;
use crate::rows::{Cell, Column, Row};
use crate::source_position::SourcePosition;

/// An article: its metadata, its text, and the names and dates in it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ArticleRow {
    /// The article's id.
    pub id: Id,
    /// The file and line it was read from.
    pub position: SourcePosition,
    /// The metadata of the article.
    pub facts: Facts,
    /// The headline, empty where there is none.
    pub headline: String,
    /// The paragraphs of the body, an empty line between them.
    pub body: String,
    /// The people in the news, each once, in the order of their first mention; so are the other names and the dates.
    pub people: Vec<String>,
    /// The places.
    pub places: Vec<String>,
    /// The organisations.
    pub organisations: Vec<String>,
    /// The calendar dates and ranges of dates.
    pub dates: Vec<String>,
}

impl ArticleRow {
    /// Makes the row of an article and its mentions.
    pub fn new(article: &Article, mentions: &[MentionRow]) -> ArticleRow {
        let news = || mentions.iter().filter(|mention| mention.is_news());
        let names = |label| once(news().filter(|mention| mention.label == label).map(|mention| &*mention.name));
        ArticleRow {
            id: article.id.clone(),
            position: article.position.clone(),
            facts: article.facts.clone(),
            headline: article.headline().to_owned(),
            body: article.body().into_owned(),
            people: names(Label::Person),
            places: names(Label::Location),
            organisations: names(Label::Organisation),
            dates: once(news().filter_map(MentionRow::date)),
        }
    }
}

/// Returns the texts, each once, in the order of their first occurrence.
fn once<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts.filter(|&text| seen.insert(text)).map(str::to_owned).collect()
}

/// The number of columns of a `BigKinds` export.
pub const BIGKINDS_COLUMNS: usize = 19;

impl Row for ArticleRow {
    /// The first 19 are those of a `BigKinds` export, of which 키워드 and 특성추출 stay empty.
    const COLUMNS: &'static [Column<ArticleRow>] = &[
        Column::new("뉴스 식별자", |row| Cell::Text(row.id.to_string().into())),
        Column::new("일자", |row| row.facts.published.map_or(Cell::Empty, |day| Cell::Text(compact(day).into()))),
        Column::new("언론사", |row| Cell::optional(row.facts.press.as_deref())),
        Column::new("기고자", |row| Cell::list(&row.facts.reporters, ",")),
        Column::new("제목", |row| Cell::text(&row.headline)),
        Column::new("통합 분류1", |row| nth(&row.facts.sections, 0)),
        Column::new("통합 분류2", |row| nth(&row.facts.sections, 1)),
        Column::new("통합 분류3", |row| from_third(&row.facts.sections)),
        Column::new("사건/사고 분류1", |row| nth(&row.facts.incidents, 0)),
        Column::new("사건/사고 분류2", |row| nth(&row.facts.incidents, 1)),
        Column::new("사건/사고 분류3", |row| from_third(&row.facts.incidents)),
        Column::new("인물", |row| Cell::list(&row.people, ",")),
        Column::new("위치", |row| Cell::list(&row.places, ",")),
        Column::new("기관", |row| Cell::list(&row.organisations, ",")),
        Column::new("키워드", |_| Cell::Empty),
        Column::new("특성추출(가중치순 상위 50개)", |_| Cell::Empty),
        Column::new("본문", |row| Cell::text(&row.body)),
        Column::new("URL", |row| Cell::optional(row.facts.url.as_deref())),
        Column::new("분석제외 여부", |row| Cell::optional(row.facts.excluded.as_deref())),
        Column::new("파일", |row| Cell::text(&row.position.file)),
        Column::new("줄", |row| row.position.line.map_or(Cell::Empty, Cell::Number)),
        Column::new("글자 수", |row| Cell::count(row.body.chars().count())),
        Column::new("사람 수", |row| Cell::count(row.people.len())),
        Column::new("장소 수", |row| Cell::count(row.places.len())),
        Column::new("기관 수", |row| Cell::count(row.organisations.len())),
        Column::new("날짜", |row| Cell::list(&row.dates, ";")),
    ];
}

/// Formats a day as `BigKinds` does.
fn compact(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn nth(values: &[String], index: usize) -> Cell<'_> {
    Cell::optional(values.get(index).map(String::as_str))
}

/// The third of three cells for any number of values: it holds those that have no cell of their own.
fn from_third(values: &[String]) -> Cell<'_> {
    Cell::list(values.get(2..).unwrap_or_default(), ",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PartKind;
    use crate::record::{Record, Shape};

    fn article(facts: Facts) -> Article {
        Article::whole(Record {
            id: Id::Text("=1".to_owned()),
            position: SourcePosition::file("a.csv").line(3),
            shape: Shape::Row,
            facts,
            title: String::new(),
            text: "가나다.".to_owned(),
        })
    }

    #[test]
    fn dates_are_those_of_the_calendar_in_the_news() {
        use Label::{Date, Time};
        let (title, body, byline) = (PartKind::Title, PartKind::Body, PartKind::Byline);
        let mentions = [
            (Date, Some("2024-07"), title),
            (Date, Some("P3D"), title),
            (Date, Some("2024-06-24"), byline),
            (Date, Some("2024-06-29/2024-07-02"), body),
            (Date, None, body),
            (Time, None, body),
            (Date, Some("2023"), body),
            (Date, Some("2024-07"), body),
            (Date, Some("P1Y6M"), body),
            (Date, Some("2024-06-23"), body),
        ]
        .map(|(label, value, part)| MentionRow {
            value: value.map(str::to_owned),
            ..MentionRow::of(Id::Text("a".to_owned()), label, part)
        });
        let row = ArticleRow::new(&article(Facts::default()), &mentions);
        assert_eq!(row.dates, ["2024-07", "2024-06-29/2024-07-02", "2023", "2024-06-23"]);
    }

    #[test]
    fn every_column_has_its_cell() {
        let strings = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        let facts = Facts {
            published: Day::new(2024, 6, 3),
            press: Some("가람일보".to_owned()),
            reporters: strings(&["김하나", "이두리"]),
            sections: strings(&["정치", "지역", "대전", "세종"]),
            ..Facts::default()
        };
        let article = article(facts);
        let row = ArticleRow::new(&article, &[]);
        let filled: Vec<(&str, Cell<'_>)> = ArticleRow::COLUMNS
            .iter()
            .map(|column| (column.name, (column.cell)(&row)))
            .filter(|(_, cell)| !matches!(cell, Cell::Empty) && *cell != Cell::text(""))
            .collect();
        let expected = [
            ("뉴스 식별자", Cell::text("=1")),
            ("일자", Cell::text("20240603")),
            ("언론사", Cell::text("가람일보")),
            ("기고자", Cell::text("김하나,이두리")),
            ("통합 분류1", Cell::text("정치")),
            ("통합 분류2", Cell::text("지역")),
            ("통합 분류3", Cell::text("대전,세종")),
            ("본문", Cell::text("가나다.")),
            ("파일", Cell::text("a.csv")),
            ("줄", Cell::Number(3)),
            ("글자 수", Cell::Number(4)),
            ("사람 수", Cell::Number(0)),
            ("장소 수", Cell::Number(0)),
            ("기관 수", Cell::Number(0)),
        ];
        assert_eq!(filled, expected);
        assert_eq!(ArticleRow::COLUMNS.len(), 26);
        assert_eq!(ArticleRow::COLUMNS[BIGKINDS_COLUMNS - 1].name, "분석제외 여부");
    }
}
