//! Dates of a page: the lines with the days on which the article was published and modified. [`Day::parse_prefix`]
//! parses the dates; the labels around them (`입력`, `수정`) give their meaning.
//!
//! `kind` uses it to recognize date lines, and `publication` to choose the publication day.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::prose::{is_alphanumeric, is_hangul};
use crate::words::{DATES, OverlappingWords, WordFinder};
use gisa_text::Day;

static STAMPS: LazyLock<Stamps> = LazyLock::new(Stamps::new);
static FILLERS: LazyLock<OverlappingWords> = LazyLock::new(|| OverlappingWords::new(&DATES.list("fillers")));
static NOT_ARTICLE: LazyLock<WordFinder> = LazyLock::new(|| DATES.finder("not-article"));

/// The meaning of a date, given by the label beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stamp {
    /// The publication on the site (`입력`, `승인`, `등록`).
    Published,
    /// The last modification (`수정`, `업데이트`).
    Modified,
    /// The printed edition (`신문게재`, `지면`).
    Print,
    /// A date without a label, or with one of no meaning.
    Bare,
}

/// A date in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageDate {
    /// The half-open byte range of the date in the line, without the time of day.
    pub range: Range<usize>,
    /// The day.
    pub day: Day,
    /// The meaning of the date on the page.
    pub stamp: Stamp,
}

/// Maximum length of a line that is searched for dates, in bytes.
const LONGEST: usize = 240;

/// The labels of dates, with their meanings.
#[derive(Debug)]
struct Stamps {
    words: OverlappingWords,
    meanings: FxHashMap<&'static str, Stamp>,
}

impl Stamps {
    fn new() -> Stamps {
        let lists = [("published", Stamp::Published), ("modified", Stamp::Modified), ("print", Stamp::Print)];
        let meanings: FxHashMap<&str, Stamp> = lists
            .into_iter()
            .flat_map(|(name, stamp)| DATES.list(name).into_iter().map(move |word| (word, stamp)))
            .collect();
        let words: Vec<&str> = lists.into_iter().flat_map(|(name, _)| DATES.list(name)).collect();
        Stamps { words: OverlappingWords::new(&words), meanings }
    }
}

/// Returns the dates of a line, each with the meaning that its label gives it.
pub(crate) fn dates(line: &str) -> Vec<PageDate> {
    if line.len() > LONGEST {
        return Vec::new();
    }
    let mut found: Vec<PageDate> = Vec::new();
    let mut from = 0;
    while let Some(at) = line[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        if let Some((day, range)) = numeric_date(line, at).or_else(|| english_date(line, at)) {
            let before = found.last().map_or(0, |last| last.range.end);
            let stamp = stamp(&line[before..range.start]);
            from = range.end;
            found.push(PageDate { range, day, stamp });
        } else {
            from = at + line[at..].bytes().take_while(u8::is_ascii_digit).count();
        }
    }
    settle_trailing_stamps(line, &mut found);
    found
}

/// Returns whether a line consists of dates of publication or modification and little else.
pub(crate) fn fill(line: &str, dates: &[PageDate]) -> bool {
    if dates.is_empty() || NOT_ARTICLE.is_in(line) {
        return false;
    }
    let mut rest = String::with_capacity(line.len());
    let mut from = 0;
    for date in dates {
        rest.push_str(&line[from..date.range.start]);
        from = date.range.end;
    }
    rest.push_str(&line[from..]);
    let stamped = dates.iter().any(|date| date.stamp != Stamp::Bare);
    let timed = rest.as_bytes().windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1] == b':');
    let rest = STAMPS.words.taken_out_of(&FILLERS.taken_out_of(&rest.to_lowercase()));
    let letters = rest.chars().filter(|&c| is_hangul(c) || c.is_ascii_alphabetic()).count();
    // A line with a label or a time of day may also name the reporter and the newspaper.
    letters <= if stamped || timed { 16 } else { 5 }
}

/// Returns the meaning of a line that is only the label of a date on the next line (`입력 :`).
pub(crate) fn lone_stamp(line: &str) -> Option<Stamp> {
    let word = line.trim_matches(|c: char| !is_alphanumeric(c));
    let word = word.strip_suffix("일시").or_else(|| word.strip_suffix("시간")).unwrap_or(word);
    STAMPS.meanings.get(&*word.to_lowercase()).copied()
}

/// Returns the meaning that the text between two dates gives the second.
fn stamp(before: &str) -> Stamp {
    let before: String = before.to_lowercase().split_whitespace().collect();
    STAMPS.words.last_in(&before).map_or(Stamp::Bare, |word| STAMPS.meanings[&before[word]])
}

/// Corrects the meanings of dates whose labels follow them (`2024-06-23 17:04 입력 | 2024-06-24 08:00 수정`), which is the
/// case if no label precedes the first date and one follows the last.
fn settle_trailing_stamps(line: &str, dates: &mut [PageDate]) {
    let Some(last) = dates.last() else { return };
    let behind_last = stamp(&line[last.range.end..]);
    if dates[0].stamp != Stamp::Bare || behind_last == Stamp::Bare {
        return;
    }
    for at in 0..dates.len() {
        let end = dates.get(at + 1).map_or(line.len(), |next| next.range.start);
        dates[at].stamp = stamp(&line[dates[at].range.end..end]);
    }
}

/// Returns the date whose first number is at an offset.
fn numeric_date(line: &str, at: usize) -> Option<(Day, Range<usize>)> {
    let is_start = !line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let (day, length) = is_start.then(|| Day::parse_prefix(&line[at..]))??;
    Some((day, at..at + length))
}

/// Returns the date whose first number is at an offset, after the English name of its month (`Aug. 29, 2023`).
fn english_date(line: &str, at: usize) -> Option<(Day, Range<usize>)> {
    let month = line[..at].trim_end_matches([' ', '.']);
    let start = month.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (day, length) = (start < month.len()).then(|| Day::parse_prefix(&line[start..]))??;
    Some((day, start..start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_read_in_every_usual_format() {
        use Stamp::{Bare, Modified, Print, Published};
        for (line, expected) in [
            ("승인 2024-06-23 17:04", vec![(Published, "2024-06-23")]),
            (
                "입력 2024.06.23. 오전 9:12 수정 2024.06.24. 오후 1:02",
                vec![(Published, "2024-06-23"), (Modified, "2024-06-24")],
            ),
            ("입력2024.06.23 09:12 | 수정2024.06.24 10:00", vec![(Published, "2024-06-23"), (Modified, "2024-06-24")]),
            ("기사입력 : 2024년 6월 23일 17시 04분", vec![(Published, "2024-06-23")]),
            ("최종수정 2024. 6. 3 (월) 11:00", vec![(Modified, "2024-06-03")]),
            ("신문게재 2024-06-24 3면", vec![(Print, "2024-06-24")]),
            ("등록 24/06/23 17:04", vec![(Published, "2024-06-23")]),
            ("2024-06-23 17:04 입력 2024-06-24 08:00 수정", vec![(Published, "2024-06-23"), (Modified, "2024-06-24")]),
            ("2024/10/07 12:00 송고", vec![(Published, "2024-10-07")]),
            ("Published : Aug. 29, 2023 14:05", vec![(Published, "2023-08-29")]),
            (
                "Posted Sept. 1, 2023 Updated: September 2, 2023 - 08:00",
                vec![(Published, "2023-09-01"), (Modified, "2023-09-02")],
            ),
            ("2024-06-23", vec![(Bare, "2024-06-23")]),
            ("등록 2023-02-29", vec![]),
            ("전화 02-000-0000", vec![]),
            ("Boeing 29, 2023", vec![]),
            ("판 3.14.15 값 12.5", vec![]),
        ] {
            let found: Vec<_> = dates(line).into_iter().map(|date| (date.stamp, date.day)).collect();
            let expected: Vec<_> = expected.into_iter().map(|(stamp, text)| (stamp, day(text))).collect();
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn date_lines_are_dates_and_little_else() {
        for (line, is) in [
            ("승인 2024-06-23 17:04", true),
            ("입력 2024.06.23. 오전 9:12 기사원문", true),
            ("홍길동 기자 입력 2024.06.23 17:04", true),
            ("2024년 6월 23일 일요일", true),
            ("Updated : Aug. 29, 2023 14:05", true),
            ("등록일자 : 2009년 1월 16일 발행인 홍길동", false),
            ("2024-06-23 02:19 기준", false),
            ("일시 2024년 6월 23일 장소 가람시민회관 대강당", false),
            ("가람시는 2024년 6월 23일 버스 노선을 늘렸다.", false),
            ("가람시 버스", false),
        ] {
            assert_eq!(fill(line, &dates(line)), is, "{line}");
        }
        assert_eq!(lone_stamp("입력 : "), Some(Stamp::Published));
        assert_eq!(lone_stamp("수정일시"), Some(Stamp::Modified));
        assert_eq!(lone_stamp("수정구"), None);
    }
}
