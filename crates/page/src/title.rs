//! The headline: which line of a page it is, and which part of that line (`headline - newspaper`).

use std::collections::HashMap;
use std::ops::Range;

use crate::line::{Kind, Line, is_space};
use crate::paragraph::trimmed;
use crate::prose::first_end;
use crate::story::{Story, bigrams, shared_share};
use crate::{byline, caption, press, section};

/// A headline found on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// Its bytes in the page.
    pub range: Range<usize>,
    /// The line it is on.
    pub line: usize,
    /// The first line above the article that has it.
    pub first: usize,
}

/// What a site writes behind its headlines in the title of the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SiteTitle<'t> {
    /// The headline.
    pub headline: &'t str,
    /// The newspaper.
    pub press: Option<&'t str>,
    /// The sections named between the two.
    pub sections: Vec<&'t str>,
}

/// Marks between the headline and the site's name.
const SEPARATORS: &[&str] = &[" - ", " | ", " : ", " < ", " > ", " :: ", " ― ", " – ", " — ", "│"];

/// Words of a window title that are neither a newspaper nor a section.
const GENERIC: &[&str] = &["뉴스", "기사본문", "기사", "전체기사", "전체", "기사보기", "본문", "네이트 뉴스"];

/// How many lines above the article are looked at for its headline.
const REACH: usize = 600;

/// The headline of the article; none when the text starts with the article itself.
pub(crate) fn find(text: &str, lines: &[Line<'_>], story: &Story) -> Option<Title> {
    if story.plain {
        return plain(text, lines);
    }
    let end = story.first_prose.min(lines.len());
    let body = bigrams(lines[end..story.lines.end.max(end)].iter().map(|line| line.text));
    let from = end.saturating_sub(REACH);
    let candidates: Vec<usize> =
        [0].into_iter().filter(|&at| at < from).chain(from..end).filter(|&at| could_be(&lines[at])).collect();
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    for &at in &candidates {
        seen.entry(normal(split(lines[at].text).headline)).or_default().push(at);
    }
    let mut best: Option<(i64, usize)> = None;
    for &at in &candidates {
        let headline = split(lines[at].text).headline;
        let repeats = seen.get(&normal(headline)).map_or(0, Vec::len);
        let score =
            score(lines, at, end, headline, repeats, i64::from(shared_share(&bigrams([headline].into_iter()), &body)));
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, at));
        }
    }
    let places = &seen[&normal(split(lines[best?.1].text).headline)];
    let (first, line) = (*places.first()?, *places.last()?);
    Some(Title { range: headline_range(text, &lines[line]), line, first })
}

/// The parts of a window's title.
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
        } else if !GENERIC.contains(&last) {
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

/// What two lines with the same headline have in common: its letters and digits.
pub(crate) fn normal(headline: &str) -> String {
    headline.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The headline of an article without a page about it: its first line, unless that is the article.
fn plain(text: &str, lines: &[Line<'_>]) -> Option<Title> {
    // A short menu may stand above the headline of a page with next to nothing else about it.
    let above = lines.iter().take_while(|line| line.kind != Kind::Prose).take(40);
    let telling = above.clone().position(|line| {
        let words = line.text.split_whitespace().count();
        let section = section::is_section(line.text) || section::is_trail(line.text);
        line.kind == Kind::Text && words >= 2 && line.text.chars().nth(7).is_some() && !section
    });
    let line = telling.or_else(|| lines.iter().take(6).position(|line| is_headline_like(line)))?;
    let line = if could_head(lines) { 0 } else { line };
    let first = &lines[line];
    let alone = lines.len() == line + 1;
    let headline =
        !alone && first.text.chars().nth(150).is_none() && (first.kind == Kind::Text || line == 0 && could_head(lines));
    headline.then(|| {
        let same = normal(split(first.text).headline);
        let heading =
            lines[line + 1..].iter().take(12).take_while(|line| !matches!(line.kind, Kind::Prose | Kind::Caption(_)));
        let later = heading.clone().position(|other| other.kind == Kind::Text && normal(other.text) == same);
        let last = later.map_or(line, |at| line + 1 + at);
        Title { range: headline_range(text, &lines[last]), line: last, first: line }
    })
}

/// Whether a line that is no furniture is more than the site's name or the way to the article.
fn is_headline_like(line: &Line<'_>) -> bool {
    !line.is_furniture() && !press::is_masthead(line.text) && !section::is_trail(line.text)
}

/// Whether the first line of a plain article is its headline though it looks like something else by itself: a sentence, a
/// caption or a heading of other articles.
fn could_head(lines: &[Line<'_>]) -> bool {
    let first = &lines[0];
    let short = first.text.chars().nth(80).is_none() && first.text.split_whitespace().count() >= 3;
    let told = lines[1..].iter().any(|line| first_end(line.text).is_some());
    let kind = match first.kind {
        Kind::Prose => !first.text.ends_with(['.', '．']),
        Kind::Caption(_) => first_end(first.text).is_none() && !first.text.contains(['ⓒ', '©']),
        Kind::Tail | Kind::Tool | Kind::Aside | Kind::Byline | Kind::Notice => {
            !byline::has_email(first.text) && byline::names(first.text).is_empty()
        }
        _ => false,
    };
    short
        && told
        && kind
        && !section::is_trail(first.text)
        && byline::dateline(first.text).is_none()
        && caption::credit_bracket(first.text).is_none()
}

/// Whether a line above the article could be its headline.
fn could_be(line: &Line<'_>) -> bool {
    let short = line.text.chars().nth(120).is_none();
    let kind = match line.kind {
        Kind::Text => true,
        Kind::Prose => line.text.chars().nth(70).is_none(),
        Kind::Tool | Kind::Tail | Kind::Aside | Kind::Byline | Kind::Caption(_) => {
            line.text.chars().nth(14).is_some() && line.text.split_whitespace().count() >= 4
        }
        _ => false,
    };
    short && kind && line.text.chars().nth(3).is_some() && !section::is_trail(line.text)
}

/// How much speaks for a line being the headline; `shared` is the share of its syllable pairs the article has.
fn score(lines: &[Line<'_>], at: usize, end: usize, headline: &str, repeats: usize, shared: i64) -> i64 {
    let line = &lines[at];
    let length = headline.chars().count();
    let mut score = shared * 6;
    score += if repeats > 1 { 300 } else { 0 };
    score += if at == 0 { 150 } else { 0 };
    score += if headline.split_whitespace().count() >= 3 { 100 } else { 0 };
    score -= if length < 8 { 300 } else { 0 };
    score -= if press::is_masthead(headline) || section::is_section(headline) { 600 } else { 0 };
    score -= if line.kind == Kind::Text { 0 } else { 150 };
    score -= if headline.starts_with(['■', '▲', '◆', '-', '·']) { 150 } else { 0 };
    let below = lines[at + 1..end.max(at + 1)].iter().take(14);
    score += if below.clone().any(|line| line.kind == Kind::Date) { 200 } else { 0 };
    score += if below.clone().any(|line| matches!(line.kind, Kind::Byline | Kind::Mail)) { 60 } else { 0 };
    // Subtitles share the article's words too; the headline stands above them.
    let heads = at == 0
        || lines[at - 1].kind != Kind::Text
        || section::is_section(lines[at - 1].text)
        || lines[at - 1].text.chars().count() < 8;
    score += if heads { 120 } else { 0 };
    score += if headline.starts_with('[') { 60 } else { 0 };
    score
}

/// The bytes of the headline in its line.
fn headline_range(text: &str, line: &Line<'_>) -> Range<usize> {
    let headline = split(line.text).headline;
    let start = line.start + line.text.find(headline).unwrap_or(0);
    trimmed(text, start..start + headline.len())
}

/// A window title parted at its last separator.
fn split_last(title: &str) -> Option<(&str, &str)> {
    let (at, mark) = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark))).max()?;
    let (before, last) = (title[..at].trim_end_matches(is_space), title[at + mark.len()..].trim_matches(is_space));
    (!before.is_empty()).then_some((before, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{line, story};

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
            let lines = line::lines(&text);
            let story = story::find(&lines).unwrap();
            let title = find(&text, &lines, &story);
            assert_eq!(title.map(|title| &text[title.range]), expected, "{page}");
        }
    }
}
