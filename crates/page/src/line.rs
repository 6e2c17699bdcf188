//! Lines of a page and what each is by itself: prose, a date, a byline, a caption, or furniture.
//!
//! The first step of reading a page: `lines` splits the text and classifies; `story` then looks at how the kinds follow
//! one another.

use std::ops::Range;

use crate::caption::Credit;
use crate::dates::Stamp;
use crate::{byline, caption, chrome, dates, prose};

/// Texts are wrapped between these widths, in characters; shorter lines are a menu, longer ones paragraphs.
const NARROWEST: usize = 22;
const WIDEST: usize = 100;

/// What a line is, looked at by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A paragraph, or a sentence of one.
    Prose,
    /// Words that are no sentence and no furniture: a headline, a subhead, a menu item the tables do not know.
    Text,
    /// When the article appeared or was changed.
    Date,
    /// Who wrote it.
    Byline,
    /// Who wrote it, with an e-mail address: at the end of an article more often than not.
    Mail,
    /// The words under a picture.
    Caption(Credit),
    /// A button, tool or menu item.
    Tool,
    /// The button that enlarges a picture.
    Enlarge,
    /// Who speaks next, in a broadcast script.
    Speaker,
    /// A notice of the newspaper to its readers.
    Notice,
    /// A heading of related articles.
    Aside,
    /// A heading that stands below the article.
    Tail,
    /// A copyright claim.
    Copyright,
    /// The newspaper's own particulars.
    Footer,
    /// Nothing to read in it: a rank, a count, a rule, a line of a script.
    Letterless,
}

/// A line that is not empty.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    /// Its text, trimmed, a list bullet before it left out.
    pub text: &'t str,
    /// The byte offset of `text` in the page.
    pub start: usize,
    /// What it is.
    pub kind: Kind,
    /// Whether a list bullet stood before it.
    pub bullet: bool,
    /// What the line before said of the dates in this one (`입력 :` on a line of its own).
    pub stamp: Option<Stamp>,
}

impl Line<'_> {
    /// The bytes of the line in the page.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Whether nothing of an article's own can stand in it.
    pub(crate) fn is_furniture(&self) -> bool {
        !matches!(self.kind, Kind::Prose | Kind::Text | Kind::Caption(_) | Kind::Speaker)
    }
}

/// The lines of a text that are not empty, classified. Where the text was wrapped at a fixed width, a paragraph's lines
/// are taken together.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut raw = raw_lines(text);
    if let Some(width) = wrap_width(text, &raw) {
        raw = unwrapped(text, &raw, width);
    }
    let mut lines: Vec<Line<'_>> = raw.iter().map(|raw| line(text, raw)).collect();
    settle_neighbours(&mut lines);
    lines
}

/// Whether the character is space of any kind, as scraped text has it: also byte order marks and zero-width spaces.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

/// Where lines end: at line feeds and carriage returns, and at the end of the text.
fn line_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.bytes().enumerate().filter(|&(_, b)| b == b'\n' || b == b'\r').map(|(at, _)| at).chain([text.len()])
}

/// A line before it is looked at: where its words stand, what stood before them.
#[derive(Clone, Debug)]
struct RawLine {
    range: Range<usize>,
    bullet: bool,
    /// Whether an empty line stood above.
    gap: bool,
}

/// The lines that have words, trimmed.
fn raw_lines(text: &str) -> Vec<RawLine> {
    let mut lines: Vec<RawLine> = Vec::new();
    let mut start = 0;
    let mut feeds = 0;
    for end in line_ends(text) {
        let raw = text[start..end].trim_end_matches(is_space);
        let trimmed = raw.trim_start_matches(is_space);
        let bare = trimmed.strip_prefix(['•', '◦', '‣', '∙']).map_or(trimmed, |rest| rest.trim_start_matches(is_space));
        // Either sign ends a line, so CRLF makes an empty one between; only line feeds count.
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

/// The width a text was wrapped at, if it was: most lines that another follows at once are about as long as the longest,
/// break off in the middle of a sentence, and have ends of sentences inside.
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
    let ending_inside =
        followed().filter(|&at| prose::first_end(words(at)).is_some_and(|end| end < words(at).len())).count();
    (broken >= 3 && ending_inside >= 2 && 2 * broken >= followed().count()).then_some(width)
}

/// Whether a line of a wrapped text goes on in the next.
fn is_broken(line: &str, length: usize, width: usize) -> bool {
    4 * length >= 3 * width && !line.ends_with(['.', '?', '!', '"', '”', '’', ']', '>'])
}

/// The lines with those that were wrapped taken together.
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

/// A line, classified.
fn line<'t>(text: &'t str, raw: &RawLine) -> Line<'t> {
    let words = &text[raw.range.clone()];
    Line { text: words, start: raw.range.start, kind: kind(words), bullet: raw.bullet, stamp: None }
}

/// What a line is by its own words.
fn kind(text: &str) -> Kind {
    let prose = prose::is_prose(text);
    if chrome::is_copyright(text) {
        return Kind::Copyright;
    }
    if prose {
        return match caption::credit(text) {
            _ if chrome::is_notice(text, true) => Kind::Notice,
            Some(credit) => Kind::Caption(credit),
            None => Kind::Prose,
        };
    }
    if dates::date_line(text).is_some() {
        return Kind::Date;
    }
    let squeezed = if text.len() <= 240 { chrome::squeeze(text) } else { String::new() };
    match text {
        _ if text.len() > 240 => Kind::Text,
        _ if chrome::is_letterless(text) => Kind::Letterless,
        _ if chrome::is_script(text) => Kind::Letterless,
        _ if caption::is_enlarge(&squeezed) => Kind::Enlarge,
        _ if chrome::is_footer(text) => Kind::Footer,
        _ if chrome::is_notice(text, false) && byline::names(text).is_empty() => Kind::Notice,
        _ if byline::has_email(text) && byline::is_byline(text) => Kind::Mail,
        _ if chrome::is_notice(text, false) => Kind::Notice,
        _ if chrome::is_aside(text, &squeezed) => Kind::Aside,
        _ if chrome::is_tail(text, &squeezed) => Kind::Tail,
        _ if chrome::is_speaker_mark(&squeezed) => Kind::Speaker,
        _ if chrome::is_tool(text, &squeezed) => Kind::Tool,
        _ if byline::is_byline(text) => Kind::Byline,
        _ => caption::credit(text).map_or(Kind::Text, Kind::Caption),
    }
}

/// What a line is by its neighbours: a date whose word stands on the line before, a name above its e-mail address.
fn settle_neighbours(lines: &mut [Line<'_>]) {
    for at in 0..lines.len().saturating_sub(1) {
        let (before, after) = lines.split_at_mut(at + 1);
        let (line, next) = (&mut before[at], &mut after[0]);
        match next.kind {
            Kind::Date => {
                if let Some(stamp) = dates::lone_stamp(line.text) {
                    line.kind = Kind::Date;
                    next.stamp = Some(stamp);
                }
            }
            Kind::Mail if line.kind == Kind::Text && byline::is_name(line.text) => line.kind = Kind::Byline,
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
                ("가람시 소식", Kind::Text, false),
                ("정치", Kind::Text, true),
                ("가람시는 버스를 늘린다.", Kind::Prose, false)
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

    #[test]
    fn kinds_follow_from_the_words() {
        for (line, expected) in [
            ("가람시는 다음 달부터 버스를 늘린다.", Kind::Prose),
            ("가람시, 버스 노선 늘린다", Kind::Text),
            ("승인 2024-06-23 17:04", Kind::Date),
            ("홍길동 기자", Kind::Byline),
            ("홍길동 기자 hong@garam.example.kr", Kind::Mail),
            ("새 버스가 서 있다. 사진=가람시", Kind::Caption(Credit::Picture)),
            ("사진 확대", Kind::Enlarge),
            ("[앵커]", Kind::Speaker),
            ("많이 본 뉴스", Kind::Tail),
            ("관련기사", Kind::Aside),
            ("가람일보(www.garam.example.kr), 무단전재 및 수집, 재배포 금지", Kind::Copyright),
            ("제호 : 가람일보", Kind::Footer),
            ("10", Kind::Letterless),
            ("공유하기", Kind::Tool),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
    }
}
