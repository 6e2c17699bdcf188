//! The headline: its line on the page, and its part of that line (`headline - newspaper`).

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::bigrams::Bigrams;
use crate::line::{Line, LineKind};
use crate::lines::{is_space, trimmed};
use crate::prose::is_alphanumeric;
use crate::story::Story;
use crate::words::{SECTIONS, WordSet};
use crate::{caption, press, section};

/// A headline found on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// The half-open byte range in the page.
    pub range: Range<usize>,
    /// The index of its line.
    pub line: usize,
    /// The first line above the article that repeats it.
    pub first: usize,
}

/// The parts of the title of a browser window: the headline and what the site adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SiteTitle<'t> {
    /// The headline.
    pub headline: &'t str,
    /// The newspaper.
    pub press: Option<&'t str>,
    /// The sections between the two.
    pub sections: Vec<&'t str>,
}

/// Marks between the headline and the site's name.
const SEPARATORS: &[&str] = &[" - ", " | ", " : ", " < ", " > ", " :: ", " ― ", " – ", " — ", "│"];

/// Words in the title of a window that are neither a newspaper nor a section.
static GENERIC: LazyLock<WordSet> = LazyLock::new(|| SECTIONS.set("generic"));

/// Number of lines above the article that are searched for its headline.
const REACH: usize = 600;

/// Returns the headline of the article; `None` if the text starts with the article itself.
pub(crate) fn find(text: &str, lines: &[Line<'_>], story: &Story) -> Option<Title> {
    if story.plain {
        return plain(text, lines);
    }
    let end = story.first_prose.min(lines.len());
    let body = Bigrams::of(lines[end..story.lines.end.max(end)].iter().map(|line| line.text));
    let from = end.saturating_sub(REACH);
    let places = [0].into_iter().filter(|&at| at < from).chain(from..end).filter(|&at| could_be(&lines[at]));
    let candidates: Vec<Candidate<'_>> = places.map(|at| Candidate::new(lines[at].text, at)).collect();
    let mut repeats: FxHashMap<&str, usize> = FxHashMap::default();
    for candidate in &candidates {
        *repeats.entry(&candidate.normal).or_default() += 1;
    }
    let mut best: Option<(i64, &Candidate<'_>)> = None;
    for candidate in &candidates {
        let shared = i64::from(Bigrams::of([candidate.headline].into_iter()).share_in(&body));
        let score = score(lines, candidate, end, repeats[&*candidate.normal], shared);
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, candidate));
        }
    }
    let (_, best) = best?;
    let mut places = candidates.iter().filter(|other| other.normal == best.normal).map(|other| other.at);
    let first = places.next()?;
    let line = places.next_back().unwrap_or(first);
    Some(Title { range: headline_range(text, &lines[line]), line, first })
}

/// A line that may be the headline.
#[derive(Debug)]
struct Candidate<'t> {
    /// The headline in it.
    headline: &'t str,
    /// Its normal form, which it shares with the lines that repeat it.
    normal: String,
    /// The index of the line.
    at: usize,
}

impl<'t> Candidate<'t> {
    fn new(line: &'t str, at: usize) -> Candidate<'t> {
        let headline = split(line).headline;
        Candidate { headline, normal: normal(headline), at }
    }
}

/// Returns the parts of the title of a window.
pub(crate) fn split(line: &str) -> SiteTitle<'_> {
    let mut title = SiteTitle { headline: line, ..SiteTitle::default() };
    if line.chars().nth(200).is_some() {
        return title;
    }
    while let Some((before, last)) = split_last(title.headline) {
        // `한빛일보 문화`: the newspaper and its section.
        let (name, section) = last.split_once(' ').map_or((last, None), |(name, rest)| (name, Some(rest.trim())));
        if press::is_masthead(last) {
            title.press = title.press.or(Some(last));
        } else if press::is_masthead(name) && section.is_some_and(section::is_section) {
            title.press = title.press.or(Some(name));
            title.sections.extend(section);
        } else if section::is_section(last) && title.press.is_some() {
            title.sections.insert(0, last);
        } else if !GENERIC.contains(last) {
            break;
        }
        title.headline = before;
    }
    let front =
        SEPARATORS[..3].iter().filter_map(|mark| title.headline.split_once(mark)).min_by_key(|(name, _)| name.len());
    if let Some((name, rest)) = front.filter(|(name, _)| press::is_masthead(name.trim())) {
        title.press = title.press.or(Some(name.trim()));
        title.headline = rest.trim();
    }
    title
}

/// Returns the normal form of a headline, by which repetitions are found: its letters and digits.
pub(crate) fn normal(headline: &str) -> String {
    headline.chars().filter(|&c| is_alphanumeric(c)).collect()
}

/// Returns the headline of a plain article: its first line, unless that is part of the article.
fn plain(text: &str, lines: &[Line<'_>]) -> Option<Title> {
    // A short menu may precede the headline of a page with little other furniture.
    let above = lines.iter().take_while(|line| line.kind != LineKind::Prose).take(40);
    let telling = above.clone().position(|line| {
        let section = section::is_section(line.text) || section::is_trail(line.text);
        line.kind == LineKind::Text && line.words() >= 2 && line.chars > 7 && !section
    });
    let line = telling.or_else(|| lines.iter().take(6).position(|line| is_headline_like(line)))?;
    let line = if could_head(lines) { 0 } else { line };
    let first = &lines[line];
    let alone = lines.len() == line + 1;
    let headline = !alone && first.chars <= 150 && (first.kind == LineKind::Text || line == 0 && could_head(lines));
    headline.then(|| {
        let same = normal(split(first.text).headline);
        let heading = lines[line + 1..]
            .iter()
            .take(12)
            .take_while(|line| !matches!(line.kind, LineKind::Prose | LineKind::Caption(_)));
        let later = heading.clone().position(|other| other.kind == LineKind::Text && normal(other.text) == same);
        let last = later.map_or(line, |at| line + 1 + at);
        Title { range: headline_range(text, &lines[last]), line: last, first: line }
    })
}

/// Returns whether a line without furniture is more than the name of the site or a breadcrumb.
fn is_headline_like(line: &Line<'_>) -> bool {
    !line.is_furniture() && !press::is_masthead(line.text) && !section::is_trail(line.text)
}

/// Returns whether the first line of a plain article is its headline although by itself it looks like a sentence, a
/// caption or a heading of other articles.
fn could_head(lines: &[Line<'_>]) -> bool {
    let first = &lines[0];
    let short = first.chars <= 80 && first.words() >= 3;
    let told = || lines[1..].iter().any(|line| line.first_end.is_some());
    let kind = match first.kind {
        LineKind::Prose => !first.text.ends_with(['.', '．']),
        LineKind::Caption(_) => first.first_end.is_none() && !first.text.contains(['ⓒ', '©']),
        LineKind::Tail | LineKind::Tool | LineKind::Aside | LineKind::Byline | LineKind::Notice => {
            !first.has_email() && first.names().is_empty()
        }
        _ => false,
    };
    short
        && told()
        && kind
        && !section::is_trail(first.text)
        && first.dateline().is_none()
        && caption::credit_bracket(first.text).is_none()
}

/// Returns whether a line above the article may be its headline.
fn could_be(line: &Line<'_>) -> bool {
    let kind = match line.kind {
        LineKind::Text => true,
        LineKind::Prose => line.chars <= 70,
        LineKind::Tool | LineKind::Tail | LineKind::Aside | LineKind::Byline | LineKind::Caption(_) => {
            line.chars > 14 && line.words() >= 4
        }
        _ => false,
    };
    (4..=120).contains(&line.chars) && kind && !section::is_trail(line.text)
}

/// Returns the score of a line as the headline; `shared` is the percentage of its bigrams that the article shares.
fn score(lines: &[Line<'_>], candidate: &Candidate<'_>, end: usize, repeats: usize, shared: i64) -> i64 {
    let (headline, at) = (candidate.headline, candidate.at);
    let line = &lines[at];
    let length = headline.chars().count();
    let mut score = shared * 6;
    score += if repeats > 1 { 300 } else { 0 };
    score += if at == 0 { 150 } else { 0 };
    score += if headline.split_whitespace().count() >= 3 { 100 } else { 0 };
    score -= if length < 8 { 300 } else { 0 };
    score -= if press::is_masthead(headline) || section::is_section(headline) { 600 } else { 0 };
    score -= if line.kind == LineKind::Text { 0 } else { 150 };
    score -= if headline.starts_with(['■', '▲', '◆', '-', '·']) { 150 } else { 0 };
    let below = lines[at + 1..end.max(at + 1)].iter().take(14);
    score += if below.clone().any(|line| line.kind == LineKind::Date) { 200 } else { 0 };
    score += if below.clone().any(|line| matches!(line.kind, LineKind::Byline | LineKind::Mail)) { 60 } else { 0 };
    // Subtitles share the article's words too, but the headline is above them.
    let heads = at == 0
        || lines[at - 1].kind != LineKind::Text
        || section::is_section(lines[at - 1].text)
        || lines[at - 1].chars < 8;
    score += if heads { 120 } else { 0 };
    score += if headline.starts_with('[') { 60 } else { 0 };
    score
}

/// Returns the byte range of the headline in its line.
fn headline_range(text: &str, line: &Line<'_>) -> Range<usize> {
    let headline = split(line.text).headline;
    let start = line.start + line.text.find(headline).unwrap_or(0);
    trimmed(text, start..start + headline.len())
}

/// Returns the title of a window, split at its last separator.
fn split_last(title: &str) -> Option<(&str, &str)> {
    let (at, mark) = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark))).max()?;
    let (before, last) = (title[..at].trim_end_matches(is_space), title[at + mark.len()..].trim_matches(is_space));
    (!before.is_empty()).then_some((before, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lines, story};

    #[test]
    fn window_titles_part_into_headline_press_and_sections() {
        for (line, headline, press, sections) in [
            ("가람시, 버스 늘린다 - 가람일보", "가람시, 버스 늘린다", Some("가람일보"), &[][..]),
            ("가람시, 버스 늘린다 : 뉴스 : 가람닷컴", "가람시, 버스 늘린다", Some("가람닷컴"), &[]),
            (
                "가람시, 버스 늘린다 < 사회 < 뉴스 < 기사본문 - 가람신문",
                "가람시, 버스 늘린다",
                Some("가람신문"),
                &["사회"],
            ),
            ("가람시, 버스 늘린다 : 한빛일보 문화", "가람시, 버스 늘린다", Some("한빛일보"), &["문화"]),
            ("한빛일보 - [사설] 버스를 늘리자", "[사설] 버스를 늘리자", Some("한빛일보"), &[]),
            ("기행 - 가람시의 골목", "기행 - 가람시의 골목", None, &[]),
            ("가람시 3 : 2 한빛시", "가람시 3 : 2 한빛시", None, &[]),
        ] {
            let found = split(line);
            assert_eq!((found.headline, found.press, &found.sections[..]), (headline, press, sections), "{line}");
        }
    }

    #[test]
    fn headlines_are_found_above_the_article() {
        let body = "가람시는 다음 달부터 시내버스 노선을 늘린다.\n시민들은 버스 노선이 늘어 반긴다고 말했다.\n홍길동 기자 hong@garam.example.kr";
        for (page, expected) in [
            ("가람시, 시내버스 노선 늘린다\n", Some("가람시, 시내버스 노선 늘린다")),
            ("홈 > 뉴스 > 사회\n가람시, 시내버스 노선 늘린다\n", Some("가람시, 시내버스 노선 늘린다")),
            ("홈 > 뉴스 > 사회\n버스 는다\n", Some("버스 는다")),
            (
                "메뉴\n로그인\n검색\n사회\n가람시, 시내버스 노선 늘린다\n다음 달부터 열두 개\n입력 2024-06-23\n",
                Some("가람시, 시내버스 노선 늘린다"),
            ),
            (
                "가람시, 시내버스 노선 늘린다 - 가람일보\n로그인\n메뉴\n검색\n가람시, 시내버스 노선 늘린다\n공유\n",
                Some("가람시, 시내버스 노선 늘린다"),
            ),
            ("", None),
        ] {
            let text = format!("{page}{body}");
            let lines = lines::lines(&text);
            let story = story::find(&lines).unwrap();
            let title = find(&text, &lines, &story);
            assert_eq!(title.map(|title| &text[title.range]), expected, "{page}");
        }
    }
}
