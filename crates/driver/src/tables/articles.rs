//! `articles.csv`: a row an article, in the columns of a `BigKinds` export, then columns of our own.

use std::borrow::Cow;
use std::io;

use gisa_entity::{Day, Label};

use crate::analysis::{Found, dates, names};
use crate::article::Article;
use crate::tables::cell::{RowWriter, joined, text};

/// The columns of a `BigKinds` export, by name and order. 키워드 and 특성추출 stay empty.
pub const BIGKINDS_COLUMNS: [&str; 19] = [
    "뉴스 식별자",
    "일자",
    "언론사",
    "기고자",
    "제목",
    "통합 분류1",
    "통합 분류2",
    "통합 분류3",
    "사건/사고 분류1",
    "사건/사고 분류2",
    "사건/사고 분류3",
    "인물",
    "위치",
    "기관",
    "키워드",
    "특성추출(가중치순 상위 50개)",
    "본문",
    "URL",
    "분석제외 여부",
];

/// Our own: where the article was read, how long its body is, how many names it has, and the dates it mentions.
const OWN_COLUMNS: [&str; 7] = ["파일", "줄", "글자 수", "사람 수", "장소 수", "기관 수", "날짜"];

/// The names of all columns.
pub(super) fn header() -> Vec<&'static str> {
    [&BIGKINDS_COLUMNS[..], &OWN_COLUMNS].concat()
}

/// The article's row.
pub(super) fn rows(article: &Article, found: &[Found<'_, '_>]) -> io::Result<Vec<u8>> {
    let mut rows = RowWriter::new();
    rows.write(cells(article, found).iter().map(|cell| cell.as_bytes()))?;
    rows.into_bytes()
}

fn cells<'c>(article: &'c Article, found: &[Found<'_, '_>]) -> Vec<Cow<'c, str>> {
    let facts = &article.facts;
    let [people, places, organisations] =
        [Label::Person, Label::Location, Label::Organisation].map(|label| names(found, label));
    let body = article.body();
    let optional = |value: &'c Option<String>| text(value.as_deref().unwrap_or_default());
    let count = |count: usize| Cow::Owned(count.to_string());
    let empty = || Cow::Borrowed("");

    let mut cells = vec![
        Cow::Owned(text(&article.id.to_string()).into_owned()),
        facts.published.map_or_else(empty, |day| compact(day).into()),
        optional(&facts.press),
        joined(facts.reporters.iter().map(String::as_str), ","),
        text(article.headline()),
    ];
    cells.extend(three(&facts.sections));
    cells.extend(three(&facts.incidents));
    let counts = [people.len(), places.len(), organisations.len()].map(count);
    cells.extend([people, places, organisations].map(|names| joined(names, ",")));
    cells.extend([
        empty(),
        empty(),
        text(&body).into_owned().into(),
        optional(&facts.url),
        optional(&facts.excluded),
        text(&article.position.file),
        article.position.line.map_or_else(empty, |line| line.to_string().into()),
        count(body.chars().count()),
    ]);
    cells.extend(counts);
    cells.push(joined(dates(found), ";"));
    cells
}

/// A day as `BigKinds` writes it.
fn compact(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Three cells for any number of values: those that have no cell of their own stand in the third.
fn three(values: &[String]) -> [Cow<'_, str>; 3] {
    let one = |index: usize| text(values.get(index).map_or("", String::as_str));
    [one(0), one(1), joined(values.iter().skip(2).map(String::as_str), ",")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Facts, Id, Record, Shape};
    use crate::source_position::SourcePosition;

    fn article() -> Article {
        let strings = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        let facts = Facts {
            published: Day::new(2024, 6, 3),
            press: Some("가람일보".to_owned()),
            reporters: strings(&["김하나", "이두리"]),
            sections: strings(&["정치", "지역", "대전", "세종"]),
            ..Facts::default()
        };
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
    fn every_column_has_its_cell() {
        let article = article();
        let (header, cells) = (header(), cells(&article, &[]));
        assert_eq!(header.len(), 26);
        let filled: Vec<_> = header.into_iter().zip(&cells).filter(|(_, cell)| !cell.is_empty()).collect();
        let filled: Vec<(&str, &str)> = filled.iter().map(|(name, cell)| (*name, &***cell)).collect();
        let expected = [
            ("뉴스 식별자", "'=1"),
            ("일자", "20240603"),
            ("언론사", "가람일보"),
            ("기고자", "김하나,이두리"),
            ("통합 분류1", "정치"),
            ("통합 분류2", "지역"),
            ("통합 분류3", "대전,세종"),
            ("본문", "가나다."),
            ("파일", "a.csv"),
            ("줄", "3"),
            ("글자 수", "4"),
            ("사람 수", "0"),
            ("장소 수", "0"),
            ("기관 수", "0"),
        ];
        assert_eq!(filled, expected);
        assert_eq!(cells.len(), 26);
    }
}
