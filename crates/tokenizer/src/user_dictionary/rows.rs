//! Rows: the lines of a user dictionary's file, parsed.

use std::collections::HashMap;

use crate::class::SemanticClass;
use crate::tag::Tag;

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub line: u64,
    pub surface: String,
    pub tag: Tag,
    pub class: SemanticClass,
    /// The cost, where the row has one.
    pub cost: Option<i16>,
}

/// The longest surface, in characters. A longer one is most likely a row whose separators are missing.
const MAX_CHARACTERS: usize = 255;

/// The line, counted from 1, and what is wrong with it.
pub(super) type RowError = (u64, String);

/// Parses the rows of a file, in its order.
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>, RowError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut rows = Vec::new();
    let mut seen = HashMap::new();
    for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1..) {
        let line = str::from_utf8(line).map_err(|_| (number, "the line is not UTF-8".to_owned()))?;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let row = parse_row(line.trim_end_matches('\r'), number).map_err(|cause| (number, cause))?;
        if let Some(first) = seen.insert((row.surface.clone(), row.tag), number) {
            let cause = format!("{} with the tag {} is a duplicate of line {first}", row.surface, row.tag);
            return Err((number, cause));
        }
        rows.push(row);
    }
    Ok(rows)
}

fn parse_row(line: &str, number: u64) -> Result<Row, String> {
    let cells = cells(line)?;
    if !(2..=4).contains(&cells.len()) {
        return Err(format!("expected surface,tag[,class][,cost], found {} columns in {line:?}", cells.len()));
    }
    let cell = |i: usize| cells.get(i).map_or("", |cell| cell.trim());
    let surface = cell(0).split_whitespace().collect::<Vec<_>>().join(" ");
    if surface.is_empty() {
        return Err(format!("expected a surface in the first column, found none in {line:?}"));
    }
    if surface.contains(char::is_control) {
        return Err(format!("the surface {surface:?} contains a control character"));
    }
    if surface.chars().count() > MAX_CHARACTERS {
        return Err(format!("expected a surface of {MAX_CHARACTERS} characters at most, found {surface:?}"));
    }
    let tag: Tag = cell(1).parse().map_err(|error| format!("{error}"))?;
    let (class, cost) = match (cell(2), cell(3)) {
        (class, "") if is_number(class) => ("", class),
        (class, cost) => (class, cost),
    };
    let class =
        if class.is_empty() { SemanticClass::None } else { class.parse().map_err(|error| format!("{error}"))? };
    let cost = match cost {
        "" => None,
        cost => Some(cost.parse().map_err(|_| format!("expected a cost from -32768 to 32767, found {cost:?}"))?),
    };
    Ok(Row { line: number, surface, tag, class, cost })
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Parses the cells of one line.
fn cells(line: &str) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = reader.records().next().transpose().map_err(|error| error.to_string())?.unwrap_or_default();
    Ok(record.iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::PosTag;

    #[test]
    fn rows_are_read() {
        let text = "\u{feff}# 이름,품사\r\n\r\n한빛누리,NNP,지명\r\n  \n\"가,나\",NNP\n다온,NNP,인명,-500\n라온,NNG,-7\n\
                    마온,NNP,,\n바온,NNP,*,3\n# 끝";
        let rows = rows(text.as_bytes()).unwrap();
        let nnp = Tag::from(PosTag::Nnp);
        let row = |line, surface: &str, tag, class, cost| Row { line, surface: surface.to_owned(), tag, class, cost };
        assert_eq!(
            rows,
            [
                row(3, "한빛누리", nnp, SemanticClass::Place, None),
                row(5, "가,나", nnp, SemanticClass::None, None),
                row(6, "다온", nnp, SemanticClass::Person, Some(-500)),
                row(7, "라온", PosTag::Nng.into(), SemanticClass::None, Some(-7)),
                row(8, "마온", nnp, SemanticClass::None, None),
                row(9, "바온", nnp, SemanticClass::None, Some(3)),
            ]
        );
    }

    #[test]
    fn wrong_rows_are_named() {
        let cases = [
            ("한빛", 1, "expected surface,tag[,class][,cost], found 1 columns"),
            ("# 하나\n\n한빛,NNP\n,NNP", 4, "expected a surface"),
            ("한빛,NNP\n한\u{7}빛,NNP", 2, "a control character"),
            ("한빛,NNX", 1, "unknown part-of-speech tag \"NNX\""),
            ("한빛,", 1, "unknown part-of-speech tag \"\""),
            ("한빛,NNP,사람", 1, "unknown semantic class \"사람\""),
            ("한빛,NNP,인명,싸다", 1, "expected a cost from -32768 to 32767, found \"싸다\""),
            ("한빛,NNP,40000", 1, "found \"40000\""),
            ("한빛,NNP,1,2", 1, "unknown semantic class \"1\""),
            ("한빛,NNP,인명,1,2", 1, "found 5 columns"),
            ("한빛,NNP\n다온,NNP\n한빛,NNP,인명", 3, "is a duplicate of line 1"),
        ];
        for (text, line, message) in cases {
            let (found_line, cause) = rows(text.as_bytes()).unwrap_err();
            assert_eq!(found_line, line, "{text:?}: {cause}");
            assert!(cause.contains(message), "{text:?}: {cause}");
        }
        let (line, cause) = rows(b"\n\xff,NNP").unwrap_err();
        assert_eq!((line, cause.as_str()), (2, "the line is not UTF-8"));
        assert!(rows(format!("{},NNP", "가".repeat(256)).as_bytes()).is_err());
    }

    #[test]
    fn two_tags_of_one_surface_are_two_entries() {
        assert_eq!(rows("한빛,NNP\n한빛,NNG".as_bytes()).unwrap().len(), 2);
    }
}
