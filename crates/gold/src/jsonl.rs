//! Gold documents as JSON Lines (`.jsonl`): an object on each line.
//!
//! An object has either `spans` (start, end and label of each, optionally with a key of what the mention refers to,
//! which is not read) or `mentions` as `gisa tag` writes them. Offsets count characters. `split` names the part of the
//! corpus that the document belongs to. Other fields are ignored.
//!
//! ```text
//! {"id": "1", "published": "2024-06-23", "text": "이장우 시장은", "spans": [[0, 3, "PS"]]}
//! {"id": "1", "split": "train", "text": "이 시장은", "spans": [[0, 1, "PS", "이장우"]]}
//! {"id": "2", "text": "이장우 시장은", "mentions": [{"start": 0, "end": 3, "label": "PS"}]}
//! ```

use std::fmt;
use std::io::Read;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::{Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use gisa_text::Day;

use crate::document::source_of;
use crate::document::{GoldDocument, GoldLabel, GoldMention};
use crate::error::Error;
use crate::lines::Lines;

/// Reads the next document, or returns `None` at the end of the file.
pub(crate) fn next_document<R: Read, L: GoldLabel>(lines: &mut Lines<R>) -> Option<Result<GoldDocument<L>, Error>> {
    loop {
        match lines.next()? {
            Ok(line) if line.trim_ascii().is_empty() => {}
            Ok(line) => return Some(parse_document(&line, lines.number()).map_err(|cause| lines.error(cause))),
            Err(error) => return Some(Err(error)),
        }
    }
}

/// A line of a JSON Lines file.
#[derive(Deserialize)]
struct Record<L> {
    id: Option<RecordId>,
    text: String,
    published: Option<String>,
    split: Option<String>,
    news: Option<String>,
    spans: Option<Vec<Span<L>>>,
    mentions: Option<Vec<RecordMention<L>>>,
}

/// A span as an array: its start, end and label, and optionally the key of what it refers to, which is not read.
struct Span<L> {
    start: usize,
    end: usize,
    label: L,
}

impl<'de, L: Deserialize<'de>> Deserialize<'de> for Span<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Span<L>, D::Error> {
        deserializer.deserialize_seq(SpanVisitor(PhantomData))
    }
}

struct SpanVisitor<L>(PhantomData<L>);

impl<'de, L: Deserialize<'de>> Visitor<'de> for SpanVisitor<L> {
    type Value = Span<L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a span: [start, end, label] or [start, end, label, key]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Span<L>, A::Error> {
        let wrong = |length: usize| A::Error::invalid_length(length, &self);
        let start = parts.next_element()?.ok_or_else(|| wrong(0))?;
        let end = parts.next_element()?.ok_or_else(|| wrong(1))?;
        let label = parts.next_element()?.ok_or_else(|| wrong(2))?;
        let has_key = parts.next_element::<String>()?.is_some();
        if has_key && parts.next_element::<IgnoredAny>()?.is_some() {
            Err(wrong(5))
        } else {
            Ok(Span { start, end, label })
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "an id is a text or a number")]
enum RecordId {
    Text(String),
    Number(serde_json::Number),
}

#[derive(Deserialize)]
struct RecordMention<L> {
    start: usize,
    end: usize,
    label: L,
    text: Option<String>,
}

fn parse_document<L: GoldLabel>(json: &str, line: u64) -> Result<GoldDocument<L>, String> {
    let record: Record<L> = serde_json::from_str(json).map_err(|error| json_cause(&error))?;
    let id = match record.id {
        Some(RecordId::Text(id)) => id,
        Some(RecordId::Number(id)) => id.to_string(),
        None => line.to_string(),
    };
    let published = match record.published {
        Some(day) => Some(Day::parse_published(&day).map_err(|error| format!("published: {error}"))?),
        None => None,
    };
    let marked = match (record.spans, record.mentions) {
        (Some(spans), None) => {
            let mention = |Span { start, end, label }| RecordMention { start, end, label, text: None };
            spans.into_iter().map(mention).collect()
        }
        (None, Some(mentions)) => mentions,
        (Some(_), Some(_)) => return Err("both \"spans\" and \"mentions\"; give one of them".to_owned()),
        (None, None) => {
            return Err("neither \"spans\" nor \"mentions\"; a text without mentions has \"spans\": []".to_owned());
        }
    };
    let mentions = check_mentions(&record.text, marked)?;
    let source = source_of(&id);
    let (split, origin) = (record.split, record.news);
    Ok(GoldDocument { id, source, published, split, origin, line, ..GoldDocument::new(record.text, mentions) })
}

/// Checks mentions against their text and returns them in text order.
///
/// Mentions must lie in the text, must not overlap and must have the text that the file gives for them.
fn check_mentions<L: GoldLabel>(text: &str, mut marked: Vec<RecordMention<L>>) -> Result<Vec<GoldMention<L>>, String> {
    // The byte offset of each character, and the length of the text.
    let offsets: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let length = offsets.len() - 1;
    marked.sort_by_key(|mention| (mention.start, mention.end));
    let mut mentions: Vec<GoldMention<L>> = Vec::with_capacity(marked.len());
    for RecordMention { start, end, label, text: surface } in marked {
        let name = label.to_string();
        if name.is_empty() {
            return Err(format!("the label at {start}..{end} is empty"));
        }
        let span = format!("the {name} at {start}..{end}");
        if start >= end {
            return Err(format!("{span} is empty; a span is its start and the end behind its last character"));
        }
        if end > length {
            return Err(format!("{span} ends after the text of {length} characters; offsets count characters"));
        }
        if let Some(before) = mentions.last().filter(|before| before.chars.end > start) {
            let Range { start, end } = before.chars.clone();
            return Err(format!("{span} overlaps the {} at {start}..{end}", before.label));
        }
        let found = &text[offsets[start]..offsets[end]];
        if let Some(surface) = surface.filter(|surface| surface != found) {
            return Err(format!("{span} is {found:?}, not {surface:?}; offsets count characters"));
        }
        mentions.push(GoldMention { label, chars: start..end });
    }
    Ok(mentions)
}

/// Returns the message of a JSON error with the byte of the record, instead of the parser's line and column.
fn json_cause(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match message.strip_suffix(&place) {
        Some(cause) => format!("{cause} (byte {})", error.column()),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::tests::read_and_render;
    use crate::{GoldFormat, GoldReader};

    #[test]
    fn splits() {
        let file = r#"{"split":"train","text":"김","spans":[]}
{"split":null,"text":"김","spans":[]}
{"text":"김","spans":[]}
{"split":"near-dev","text":"김","mentions":[]}"#;
        let documents = GoldReader::from_reader(file.as_bytes(), "gold", GoldFormat::JsonLines);
        let splits: Vec<_> = documents.map(|document| document.unwrap().split).collect();
        assert_eq!(splits, [Some("train".to_owned()), None, None, Some("near-dev".to_owned())]);
    }

    macro_rules! t {
        ($name:ident, $file:expr, $expected:expr $(,)?) => {
            #[test]
            fn $name() {
                let expected: &[&str] = &$expected;
                assert_eq!(read_and_render(GoldFormat::JsonLines, $file), expected);
            }
        };
    }

    t!(empty, "\u{feff}\n \r\n", []);
    t!(
        spans,
        "\u{feff}{\"id\": \"1-nsmc\", \"text\": \"김은 서울\", \"spans\": [[3, 5, \"LC\"], [0, 1, \"PS\"]]}\r\n\n\
         {\"id\": 7, \"text\": \"\", \"spans\": []}",
        [r#"1 1-nsmc [nsmc] "김은 서울": 0..1 PS, 3..5 LC"#, r#"3 7 [-] "": "#],
    );
    t!(
        spans_with_keys,
        r#"{"text":"김 시장은 서울로","spans":[[0,1,"PS","김하늘"],[6,8,"LC"]]}"#,
        [r#"1 1 [-] "김 시장은 서울로": 0..1 PS, 6..8 LC"#],
    );
    t!(
        span_of_five,
        "{\"text\":\"김\",\"spans\":[]}\n{\"text\":\"김\",\"spans\":[[0,1,\"PS\",\"김하늘\",7]]}",
        [
            r#"1 1 [-] "김": "#,
            "gold:2: invalid length 5, expected a span: [start, end, label] or [start, end, label, key] (byte 47)"
        ],
    );
    t!(
        span_of_two,
        r#"{"text":"김","spans":[[0,1]]}"#,
        ["gold:1: invalid length 2, expected a span: [start, end, label] or [start, end, label, key] (byte 28)"]
    );
    t!(
        span_of_none,
        r#"{"text":"김","spans":[[]]}"#,
        ["gold:1: invalid length 0, expected a span: [start, end, label] or [start, end, label, key] (byte 25)"]
    );
    t!(
        span_object,
        r#"{"text":"김","spans":[{"start":0}]}"#,
        ["gold:1: invalid type: map, expected a span: [start, end, label] or [start, end, label, key] (byte 23)"]
    );
    t!(
        text_for_start,
        r#"{"text":"김","spans":[["0",1,"PS"]]}"#,
        [r#"gold:1: invalid type: string "0", expected usize (byte 27)"#]
    );
    t!(
        negative_start,
        r#"{"text":"김","spans":[[-1,1,"PS"]]}"#,
        ["gold:1: invalid value: integer `-1`, expected usize (byte 26)"]
    );
    t!(
        fractional_end,
        r#"{"text":"김","spans":[[0,1.5,"PS"]]}"#,
        ["gold:1: invalid type: floating point `1.5`, expected usize (byte 29)"]
    );
    t!(
        label_number,
        r#"{"text":"김","spans":[[0,1,3]]}"#,
        ["gold:1: invalid type: integer `3`, expected a string (byte 29)"]
    );
    t!(
        key_number,
        r#"{"text":"김","spans":[[0,1,"PS",3]]}"#,
        ["gold:1: invalid type: integer `3`, expected a string (byte 34)"]
    );
    t!(
        split_number,
        r#"{"split":1,"text":"김","spans":[]}"#,
        ["gold:1: invalid type: integer `1`, expected a string (byte 10)"]
    );
    t!(
        mentions,
        r#"{"text":"😀김은","mentions":[{"start":1,"end":2,"label":"PS","text":"김","name":"김구","entity":0,"value":null}]}"#,
        [r#"1 1 [-] "😀김은": 1..2 PS"#],
    );
    t!(
        touching_spans,
        r#"{"text":"김서울","spans":[[0,1,"PS"],[1,3,"LC"]]}"#,
        [r#"1 1 [-] "김서울": 0..1 PS, 1..3 LC"#],
    );
    t!(
        mention_of_another_text,
        r#"{"text":"😀김은","mentions":[{"start":2,"end":3,"label":"PS","text":"김"}]}"#,
        [r#"gold:1: the PS at 2..3 is "은", not "김"; offsets count characters"#],
    );
    t!(
        overlap,
        r#"{"text":"김해시장","spans":[[1,3,"LC"],[0,2,"PS"]]}"#,
        ["gold:1: the LC at 1..3 overlaps the PS at 0..2"],
    );
    t!(
        same_span_twice,
        r#"{"text":"김해시장","spans":[[0,2,"LC"],[0,2,"LC"]]}"#,
        ["gold:1: the LC at 0..2 overlaps the LC at 0..2"],
    );
    t!(
        out_of_range,
        r#"{"text":"김해","spans":[[0,6,"LC"]]}"#,
        ["gold:1: the LC at 0..6 ends after the text of 2 characters; offsets count characters"],
    );
    t!(
        empty_span,
        r#"{"text":"김해","spans":[[1,1,"LC"]]}"#,
        ["gold:1: the LC at 1..1 is empty; a span is its start and the end behind its last character"],
    );
    t!(
        unknown_label,
        "{\"text\":\"김해\",\"spans\":[]}\n{\"text\":\"김해\",\"spans\":[[0,2,\"LOC\"]]}\n\
         {\"text\":\"김해\",\"spans\":[]}",
        [
            r#"1 1 [-] "김해": "#,
            r#"gold:2: unknown label "LOC"; the labels are PS, LC, OG, DT, TI and QT (byte 37)"#,
            r#"3 3 [-] "김해": "#,
        ],
    );
    t!(no_text, r#"{"id":"1","spans":[]}"#, ["gold:1: missing field `text` (byte 21)"]);
    t!(
        no_mentions,
        r#"{"text":"김해"}"#,
        [r#"gold:1: neither "spans" nor "mentions"; a text without mentions has "spans": []"#],
    );
    t!(
        spans_and_mentions,
        r#"{"text":"김해","spans":[],"mentions":[]}"#,
        [r#"gold:1: both "spans" and "mentions"; give one of them"#],
    );
    t!(
        bad_day,
        r#"{"text":"","published":"23.6.2024","spans":[]}"#,
        [concat!(
            r#"gold:1: published: "23.6.2024" is no publication day; a day is written 2024-06-23, 20240623, 2024/06/23, "#,
            "2024.06.23., 24.06.23, 2024년 6월 23일 or Sun, 23 Jun 2024, each with or without a time, ",
            "or in seconds since 1970",
        )],
    );
    t!(bad_id, r#"{"id":[],"text":"","spans":[]}"#, ["gold:1: an id is a text or a number (byte 8)"]);
    t!(cut_off, r#"{"id":"1","text"#, ["gold:1: EOF while parsing a string (byte 15)"]);
    t!(not_utf8, b"{\"text\":\"\xb1\xe8\"}", ["gold:1: not UTF-8; save the file as UTF-8"]);
}
