//! JSON Lines: one object per line, whose keys are [`Column`]s. Blank lines are skipped.

use std::io::BufRead;

use serde_json::{Map, Value};

use crate::error::Cause;
use crate::read::columns::{Column, ColumnName, TEXT_NAMES, Values};
use crate::read::lines::Lines;
use crate::record::{Record, RecordResult};
use crate::source_position::SourcePosition;

/// Returns the records of a reader; articles without an id are named `stem:line`.
pub(crate) fn records(
    reader: impl BufRead + Send + 'static,
    position: SourcePosition,
    stem: String,
) -> impl Iterator<Item = RecordResult> + Send {
    let mut empty = Some(Cause::EmptyFile.at(&position));
    let mut lines = Lines::new(reader).filter(|(_, line)| !matches!(line, Ok(text) if text.trim().is_empty()));
    std::iter::from_fn(move || {
        let Some((number, line)) = lines.next() else { return empty.take().map(Err) };
        empty = None;
        let position = position.line(number);
        let record = line.and_then(|line| record(&line, &position, &stem));
        Some(record.map_err(|cause| cause.at(&position)))
    })
}

fn record(line: &str, position: &SourcePosition, stem: &str) -> Result<Record, Cause> {
    let object: Map<String, Value> = serde_json::from_str(line)?;
    let mut has_words = false;
    let keys: Vec<String> = object.keys().cloned().collect();
    let mut values = Values::default();
    for (key, value) in object {
        let Some(name) = ColumnName::find(&key) else { continue };
        // A title alone is an article too, as it is in a table's row with an empty text.
        has_words |= matches!(name.column, Column::Text | Column::Title);
        set(&mut values, name, &key, value)?;
    }
    if !has_words {
        return Err(Cause::NoTextKey { found: keys, expected: TEXT_NAMES });
    }
    Ok(values.into_record(position.clone(), || format!("{stem}:{}", position.line.unwrap_or_default())))
}

fn set(values: &mut Values, name: ColumnName, key: &str, value: Value) -> Result<(), Cause> {
    let wrong = |found, expected| Err(Cause::Type { key: key.to_owned(), found, expected });
    match (name.column, value) {
        (_, Value::Null) => {}
        (_, Value::String(text)) => values.set(name, text),
        (Column::Id, Value::Number(number)) => values.set_number_id(name, number),
        (Column::Title | Column::Text, value) => return wrong(kind(&value), "a string"),
        (_, Value::Array(items)) => {
            for item in items {
                set(values, name, key, item)?;
            }
        }
        (_, Value::Object(_)) => return wrong("an object", "a string or a list of strings"),
        (_, value @ (Value::Number(_) | Value::Bool(_))) => values.set(name, value.to_string()),
    }
    Ok(())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Id;

    fn read(text: &str) -> Vec<RecordResult> {
        let reader = std::io::Cursor::new(text.to_owned().into_bytes());
        records(reader, SourcePosition::file("a.jsonl"), "a".to_owned()).collect()
    }

    #[test]
    fn keys_of_every_corpus_are_read() {
        let lines = [
            r#"{"id": "x1", "title": "제목", "text": "본문", "date": "2024.06.23.", "press": "가람일보"}"#,
            r#"{"뉴스 식별자": "x1", "제목": "제목", "본문": "본문", "일자": 20240623, "언론사": "가람일보"}"#,
            r#"{"id": "x1", "Title": "제목", "content": "본문", "published": "2024-06-23T09:00:00+09:00", "press": ["가람일보"]}"#,
        ];
        for line in lines {
            let records = read(line);
            let record = records[0].as_ref().unwrap();
            assert_eq!((&record.title[..], &record.text[..]), ("제목", "본문"));
            assert_eq!(record.id, Id::Text("x1".to_owned()));
            assert_eq!(record.facts.published.unwrap().to_string(), "2024-06-23");
            assert_eq!(record.facts.press.as_deref(), Some("가람일보"));
        }
    }

    #[test]
    fn a_broken_line_is_named_and_the_rest_is_read() {
        let records = read(
            "{\"text\": \"가\"}\n\n{\"text\": \"나\"\n[1]\n{\"txt\": \"라\"}\n{\"text\": 5}\n{\"id\": 7, \"text\": \"마\"}",
        );
        let told: Vec<String> = records
            .iter()
            .map(|record| match record {
                Ok(record) => record.id.to_string(),
                Err(failure) => failure.to_string(),
            })
            .collect();
        assert_eq!(told[0], "a:1");
        assert!(told[1].starts_with("a.jsonl:3: not a JSON object"), "{}", told[1]);
        assert!(told[2].starts_with("a.jsonl:4: not a JSON object"), "{}", told[2]);
        assert!(told[3].starts_with("a.jsonl:5: no text: the keys are \"txt\""), "{}", told[3]);
        assert_eq!(told[4], "a.jsonl:6: \"text\" is a number; expected a string");
        assert_eq!(told[5], "7");
        assert_eq!(told.len(), 6);
    }

    #[test]
    fn a_title_without_a_text_is_read() {
        for line in [r#"{"title": "속보"}"#, r#"{"title": "속보", "text": null}"#] {
            let records = read(line);
            let record = records[0].as_ref().unwrap();
            assert_eq!((&record.title[..], &record.text[..]), ("속보", ""));
        }
    }

    #[test]
    fn an_empty_file_is_a_failure() {
        for text in ["", "\n \n"] {
            let records = read(text);
            assert_eq!(records.len(), 1);
            assert_eq!(records[0].as_ref().unwrap_err().to_string(), "a.jsonl: the file is empty");
        }
    }
}
