//! The lines of a page: splits the text into lines and joins those of wrapped paragraphs.
//!
//! This is the first step of reading a page: [`lines`] splits the text, joins the lines of wrapped paragraphs and
//! corrects the kinds of lines by their neighbours. `story` then finds the article in the sequence of kinds.

use std::ops::Range;

use crate::line::{Line, LineKind};
use crate::{dates, kind, names, prose};

/// Minimum and maximum width of wrapped text, in characters; shorter lines are those of a menu, longer ones paragraphs.
const NARROWEST: usize = 22;
const WIDEST: usize = 100;

/// Returns the classified lines of a text, without empty ones. In a text wrapped at a fixed width, the lines of a
/// paragraph are joined.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut raw = raw_lines(text);
    if let Some(width) = wrap_width(text, &raw) {
        raw = unwrapped(text, &raw, width);
    }
    let mut lines: Vec<Line<'_>> = raw.into_iter().map(|raw| line(text, &raw)).collect();
    settle_neighbours(&mut lines);
    lines
}

/// Returns a line, classified by its own words.
fn line<'t>(text: &'t str, raw: &RawLine) -> Line<'t> {
    let mut line = Line::new(&text[raw.range.clone()], raw.range.start, raw.bullet);
    line.kind = kind::of(&line);
    line
}

/// Returns whether the character is white space of any kind, byte-order marks and zero-width spaces of scraped text
/// included.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

/// Returns a range without the white space at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start_matches(is_space).len());
    let end = range.start + inside.trim_end_matches(is_space).len();
    start..end.max(start)
}

/// Returns the byte offsets of the ends of lines: line feeds, carriage returns and the end of the text.
fn line_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.bytes().enumerate().filter(|&(_, b)| b == b'\n' || b == b'\r').map(|(at, _)| at).chain([text.len()])
}

/// The position of a line before it is classified.
#[derive(Clone, Debug)]
struct RawLine {
    range: Range<usize>,
    bullet: bool,
    /// Whether an empty line precedes it.
    gap: bool,
}

/// Returns the lines that are not empty, trimmed.
fn raw_lines(text: &str) -> Vec<RawLine> {
    let mut lines: Vec<RawLine> = Vec::new();
    let mut start = 0;
    let mut feeds = 0;
    for end in line_ends(text) {
        let raw = text[start..end].trim_end_matches(is_space);
        let trimmed = raw.trim_start_matches(is_space);
        let bare = trimmed.strip_prefix(['•', '◦', '‣', '∙']).map_or(trimmed, |rest| rest.trim_start_matches(is_space));
        // Either character ends a line, so CRLF gives an empty one between; only line feeds count.
        feeds += usize::from(start > 0 && text.as_bytes()[start - 1] == b'\n');
        if !bare.is_empty() {
            let range = start + raw.len() - bare.len()..start + raw.len();
            lines.push(RawLine { range, bullet: bare.len() < trimmed.len(), gap: feeds > 1 });
            feeds = 0;
        }
        start = end + 1;
    }
    lines
}

/// Returns the width at which a text was wrapped, if it was: most lines that are directly followed by another are about
/// as long as the longest, end in the middle of a sentence, and have ends of sentences inside.
fn wrap_width(text: &str, lines: &[RawLine]) -> Option<usize> {
    let mut lengths = Vec::with_capacity(lines.len());
    for line in lines {
        let length = text[line.range.clone()].chars().take(WIDEST + 1).count();
        if length > WIDEST {
            return None;
        }
        lengths.push(length);
    }
    let width = lengths.iter().copied().max().filter(|&width| width >= NARROWEST)?;
    let followed = || (0..lines.len().saturating_sub(1)).filter(|&at| !lines[at + 1].gap);
    let words = |at: usize| &text[lines[at].range.clone()];
    let broken = followed().filter(|&at| is_broken(words(at), lengths[at], width)).count();
    if broken < 3 || 2 * broken < followed().count() {
        return None;
    }
    let ending_inside = |&at: &usize| prose::first_end(words(at)).is_some_and(|end| end < words(at).len());
    (followed().filter(ending_inside).nth(1).is_some()).then_some(width)
}

/// Returns whether a line of a wrapped text continues in the next.
fn is_broken(line: &str, length: usize, width: usize) -> bool {
    4 * length >= 3 * width && !line.ends_with(['.', '?', '!', '"', '”', '’', ']', '>'])
}

/// Returns the lines with wrapped ones joined.
fn unwrapped(text: &str, lines: &[RawLine], width: usize) -> Vec<RawLine> {
    let mut paragraphs: Vec<RawLine> = Vec::new();
    let mut open = false;
    for line in lines {
        let words = &text[line.range.clone()];
        match paragraphs.last_mut() {
            Some(paragraph) if open && !line.gap && !line.bullet => paragraph.range.end = line.range.end,
            _ => paragraphs.push(line.clone()),
        }
        open = is_broken(words, words.chars().count(), width);
    }
    paragraphs
}

/// Corrects the kinds of lines by their neighbours: a date whose label is on the previous line, a name above its e-mail
/// address.
fn settle_neighbours(lines: &mut [Line<'_>]) {
    for at in 0..lines.len().saturating_sub(1) {
        let (before, after) = lines.split_at_mut(at + 1);
        let (line, next) = (&mut before[at], &mut after[0]);
        match next.kind {
            LineKind::Date => {
                if let Some(stamp) = dates::lone_stamp(line.text) {
                    line.kind = LineKind::Date;
                    next.stamp = Some(stamp);
                }
            }
            LineKind::Mail if line.kind == LineKind::Text && names::is_name(line.text) => line.kind = LineKind::Byline,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_of_every_kind_of_space() {
        let text = "\u{feff}가람시 소식\r\n\r\n \u{a0}• 정치\t\r\n\u{3000}가람시는 버스를 늘린다.\u{200b}";
        let found: Vec<_> = lines(text).into_iter().map(|line| (line.text, line.kind, line.bullet)).collect();
        assert_eq!(
            found,
            [
                ("가람시 소식", LineKind::Text, false),
                ("정치", LineKind::Text, true),
                ("가람시는 버스를 늘린다.", LineKind::Prose, false)
            ]
        );
        for line in lines(text) {
            assert_eq!(&text[line.range()], line.text);
        }
    }

    #[test]
    fn wrapped_paragraphs_are_taken_together() {
        let text = "가람시, 버스 노선 늘린다\n\n가람시는 다음 달부터 버스를 늘린다. 시민들은 이를\n반긴다고 했다. 버스는 열두 대가 더 다니며 노선은\n\
                    강 건너까지 이어진다. 시는 값을 올리지 않는다고\n밝혔다.\n\n다음 노선은 내년에 연다. 이를 위해 시는 새 버스를\n사기로 했다.\n";
        let found: Vec<_> = lines(text).into_iter().map(|line| line.text).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[1].starts_with("가람시는") && found[1].ends_with("밝혔다."));
        assert!(found[2].contains("버스를\n사기로"));
        // A list of headlines is none.
        let list = "가람시, 버스 노선을 다음 달부터 늘린다\n한빛시, 다음 달부터 다리를 놓는다 밝혀\n".repeat(5);
        assert_eq!(lines(&list).len(), 10);
    }
}
