//! The parts of a line of prose: separates the article's words from the dateline at the start, the signature, copyright
//! line and calls to subscribe at the end, and scripts in between.
//!
//! Corpora often have an article as one line without breaks (`… 말했다.홍길동 기자 hong@…▶ 구독하기[ⓒ …]`), so most of `read_body`
//! happens here; pages use it for every line of prose. `closing` reads the end of a line.

use std::ops::Range;
use std::sync::LazyLock;

use crate::dateline::{self, bracketed, dateline};
use crate::line::squeeze;
use crate::lines::{is_space, trimmed};
use crate::prose::{self, is_hangul};
use crate::words::{PICTURES, WordFinder, WordSet};
use crate::{caption, closing, furniture, names};

static GLUED_MARKS: LazyLock<WordFinder> = LazyLock::new(|| PICTURES.finder("glued"));
static AGENCIES: LazyLock<WordSet> = LazyLock::new(|| PICTURES.set("agencies"));
static VIEWS: LazyLock<WordFinder> = LazyLock::new(|| PICTURES.finder("views"));

/// The parts of a line, as half-open byte ranges of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ParagraphParts {
    /// The article's words, in one range or in those around what was removed.
    pub body: Vec<Range<usize>>,
    /// Datelines and signatures.
    pub bylines: Vec<Range<usize>>,
    /// Captions that are joined with the paragraph, and picture credits.
    pub captions: Vec<Range<usize>>,
    /// Subtitles that are joined with the paragraph, before its dateline.
    pub leads: Vec<Range<usize>>,
}

/// Maximum length of captions and subtitles joined with the first line of an article, in characters.
const OPENING: usize = 600;

/// Maximum length of a line that is searched for scripts, in bytes.
const SCRIPTED: usize = 200_000;

/// Particles after a word that is a subject or an object and not a credit (`연합뉴스는`).
const PARTICLES: &str = "은는이가와과에의도를을로만";

/// Returns the parts of a line of prose. `opening` is whether it is the first line of the article's body.
pub(crate) fn parts(text: &str, opening: bool) -> ParagraphParts {
    let mut parts = ParagraphParts::default();
    let mut start = head(text, 0, &mut parts);
    if opening {
        start = run_together_opening(text, start, &mut parts);
        start = head(text, start, &mut parts);
    }
    let mut spans = around_scripts(text, start);
    if let Some(mut last) = spans.pop() {
        last.end = closing::cut(text, last.clone(), &mut parts);
        spans.extend(closing::around_signature(text, last, &mut parts));
    }
    parts.body.extend(spans.into_iter().map(|span| trimmed(text, span)).filter(|span| !span.is_empty()));
    parts
}

/// Returns the byte offset at which the article's words start, after credits, datelines and speaker marks.
fn head(text: &str, from: usize, parts: &mut ParagraphParts) -> usize {
    let mut start = from;
    loop {
        start += text[start..].len() - text[start..].trim_start_matches(is_space).len();
        let rest = &text[start..];
        let (length, kept) = if let Some(length) = caption::credit_bracket(rest) {
            (length, Some(&mut parts.captions))
        } else if let Some(length) = dateline(rest) {
            (length, Some(&mut parts.bylines))
        } else if let Some((length, _)) =
            bracketed(rest).filter(|(_, inside)| furniture::is_speaker_mark(&squeeze(inside)))
        {
            (length, None)
        } else {
            return start;
        };
        if let Some(kept) = kept {
            kept.push(trimmed(text, start..start + length));
        }
        start += length;
    }
}

/// Returns the byte offset at which the article's words start after a caption or subtitle that is joined with them.
fn run_together_opening(text: &str, start: usize, parts: &mut ParagraphParts) -> usize {
    let window = text[start..].char_indices().nth(OPENING).map_or(text.len(), |(at, _)| start + at);
    if let Some(dateline) = inner_dateline(&text[..window], start) {
        let before = trimmed(text, start..dateline);
        let words = &text[before.clone()];
        if caption::credit(words).is_some() || words.ends_with("제공") {
            parts.captions.push(before);
        } else if prose::first_end(words).is_none() {
            parts.leads.push(before);
        } else {
            parts.body.push(before);
        }
        return dateline;
    }
    let followed = |end: &usize| prose::first_end(&text[*end..]).is_some();
    if let Some(end) = glued_credit(&text[..window], start).filter(followed) {
        parts.captions.push(trimmed(text, start..end));
        return end;
    }
    start
}

/// Returns the position of a dateline in the opening, after other words.
fn inner_dateline(text: &str, from: usize) -> Option<usize> {
    let brackets = text[from..].char_indices().filter(|&(at, c)| at > 0 && matches!(c, '[' | '(' | '【' | '＜'));
    brackets.map(|(at, _)| from + at).find(|&at| {
        bracketed(&text[at..]).is_some_and(|(_, inside)| {
            dateline::is_dateline_inside(inside) && (inside.contains('=') || !names::names(inside).is_empty()) && {
                let sentence_or_caption = text[from..at].trim_end();
                prose::first_end(sentence_or_caption).is_none_or(|_| prose::last_end(sentence_or_caption).is_some())
            }
        })
    })
}

/// Returns the end of a picture credit that the first sentence follows without a space (`… 있다. 연합뉴스가람시는`,
/// `사진=뉴시스가람시는`).
fn glued_credit(text: &str, from: usize) -> Option<usize> {
    let opens = |at: usize| {
        let rest = &text[at..];
        rest.chars().next().is_some_and(|c| (is_hangul(c) && !PARTICLES.contains(c)) || "‘“\"'[◇".contains(c))
            || rest.starts_with("   ")
    };
    let agency_at = |at: usize| {
        let at = text.len() - text[at..].trim_start_matches(['=', ' ', ':', '/']).len();
        let end = at + AGENCIES.beginning_of(&text[at..])?.len();
        opens(end).then_some(end)
    };
    let first = prose::first_end(&text[from..]).map(|end| from + end);
    let marked = GLUED_MARKS.first_in(&text[from..]).map(|mark| from + mark.end);
    let spaced = |at: usize| {
        let gap = text[at..].find("   ").filter(|&gap| gap < 60)?;
        opens(at + gap).then_some(at + gap)
    };
    let provided = || {
        let at = text[from..].find(" 제공").map(|at| from + at + " 제공".len())?;
        let before = &text[from..at];
        (VIEWS.is_in(before) && before.chars().count() < 200 && opens(at) && !text[at..].starts_with(is_hangul))
            .then_some(at)
    };
    let few = |at: &usize| prose::ends(&text[from..*at]).count() <= 2;
    marked
        .filter(few)
        .and_then(|at| agency_at(at).or_else(|| spaced(at)))
        .or_else(|| first.and_then(agency_at))
        .or_else(provided)
}

/// Returns the ranges of a line around the scripts in it.
fn around_scripts(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = from;
    while text.len() <= SCRIPTED && spans.len() < 40 {
        let Some(script) = furniture::script_start(&text[start..]).map(|at| start + at) else { break };
        spans.push(start..script);
        let Some(next) = prose_after(text, script) else { return spans };
        start = next;
    }
    spans.push(start..text.len());
    spans
}

/// Returns the start of the prose after a script: the first syllable that many others follow.
fn prose_after(text: &str, from: usize) -> Option<usize> {
    let chars: Vec<(usize, bool)> = text[from..].char_indices().map(|(at, c)| (from + at, is_hangul(c))).collect();
    let mut inside = chars.iter().take(30).filter(|(_, hangul)| *hangul).count();
    for at in 0..chars.len() {
        if chars[at].1 && inside >= 14 {
            return Some(chars[at].0);
        }
        inside -= usize::from(chars[at].1);
        inside += usize::from(chars.get(at + 30).is_some_and(|(_, hangul)| *hangul));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the words of parts.
    fn words(text: &str, ranges: &[Range<usize>]) -> String {
        ranges.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn run_together_articles_are_cut_to_their_words() {
        // (line, body, bylines, captions, leads)
        for (line, body, bylines, captions, leads) in [
            (
                "가람시는 버스를 늘린다.홍길동 기자 hong@garam.example.kr",
                "가람시는 버스를 늘린다.",
                "홍길동 기자 hong@garam.example.kr",
                "",
                "",
            ),
            (
                "(가람=연합뉴스) 홍길동 기자 = 가람시는 버스를 늘린다.",
                "가람시는 버스를 늘린다.",
                "(가람=연합뉴스) 홍길동 기자 =",
                "",
                "",
            ),
            (
                "가람시는 버스를 늘린다.홍길동기자 hong@garam.example.kr▶ 네이버에서 가람일보 구독하기[ⓒ 가람일보 무단전재 및 재배포 금지]",
                "가람시는 버스를 늘린다.",
                "홍길동기자 hong@garam.example.kr",
                "",
                "",
            ),
            (
                "버스가 서 있다.가람시 제공[가람일보 홍길동 기자] 가람시는 버스를 늘린다.",
                "가람시는 버스를 늘린다.",
                "[가람일보 홍길동 기자]",
                "버스가 서 있다.가람시 제공",
                "",
            ),
            (
                "버스 열두 대 늘린다[가람일보 홍길동 기자] 가람시는 버스를 늘린다.",
                "가람시는 버스를 늘린다.",
                "[가람일보 홍길동 기자]",
                "",
                "버스 열두 대 늘린다",
            ),
            (
                "버스 종점 전경. 사진=뉴시스한빛시는 버스를 늘린다.",
                "한빛시는 버스를 늘린다.",
                "",
                "버스 종점 전경. 사진=뉴시스",
                "",
            ),
            (
                "버스를 늘린다.홍길동 기자 hong@garam.example.kr사진=가람시",
                "버스를 늘린다.",
                "홍길동 기자 hong@garam.example.kr",
                "사진=가람시",
                "",
            ),
            (
                "버스가 서 있는 모습이다. 연합뉴스한빛시는 버스를 늘린다.",
                "한빛시는 버스를 늘린다.",
                "",
                "버스가 서 있는 모습이다. 연합뉴스",
                "",
            ),
            ("시민이 버스를 탄다. 2024.06.23/뉴스1", "시민이 버스를 탄다.", "2024.06.23/뉴스1", "", ""),
            ("▶첫째, 버스를 늘린다. ▶둘째, 값을 내린다.", "▶첫째, 버스를 늘린다. ▶둘째, 값을 내린다.", "", "", ""),
            ("문의는 전화로 하면 된다. ☎ 02-000-0000", "문의는 전화로 하면 된다. ☎ 02-000-0000", "", "", ""),
            (
                "버스를 늘린다. $(document).ready(function(){});시민들은 버스가 늘어나는 것을 모두 반긴다고 했다.",
                "버스를 늘린다. / 시민들은 버스가 늘어나는 것을 모두 반긴다고 했다.",
                "",
                "",
                "",
            ),
        ] {
            let found = parts(line, true);
            assert_eq!(words(line, &found.body), body, "{line}");
            assert_eq!(words(line, &found.bylines), bylines, "{line}");
            assert_eq!(words(line, &found.captions), captions, "{line}");
            assert_eq!(words(line, &found.leads), leads, "{line}");
        }
    }
}
