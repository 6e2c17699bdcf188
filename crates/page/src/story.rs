//! The lines of a page that are the article: the densest run of prose between the furniture.
//!
//! Copyright lines, headings of rankings, footers and bylines with an e-mail address split a page into segments. In
//! each, the run of lines with the most prose is found, in which prose has positive and furniture negative weight. Of
//! these, the article is the one that follows the dates of the headline and shares words with the first lines. A text
//! without furniture is an article as a whole.

use std::ops::Range;

use crate::bigrams::Bigrams;
use crate::line::{Line, LineKind};
use crate::prose::is_cut_off;

/// Maximum number of lines of furniture around a plain article (an agency's `(끝)`, a share button copied along).
const PLAIN: usize = 2;

/// Maximum number of lines without prose that belong to the article if a signature follows them.
const APPENDIX: usize = 12;

/// Maximum number of lines between the article and the dates and reporters below it.
pub(crate) const BELOW: usize = 8;

/// Maximum number of lines that may interrupt an article.
const INTERRUPTION: usize = 8;

/// Maximum weight of a line, in characters, so that no single line decides.
const WEIGHTIEST: i64 = 600;

/// The lines of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Story {
    /// The lines from the article's subtitles or captions to its last paragraph.
    pub lines: Range<usize>,
    /// The first line of prose among them.
    pub first_prose: usize,
    /// Whether the text is a plain article without a page around it.
    pub plain: bool,
}

/// Finds the article among the lines of a page; `None` if there are no lines.
pub(crate) fn find(lines: &[Line<'_>]) -> Option<Story> {
    let furniture = lines.iter().filter(|line| is_page_furniture(line.kind)).count();
    if lines.is_empty() {
        return None;
    }
    if furniture <= PLAIN {
        let first_prose = lines.iter().position(|line| line.kind == LineKind::Prose).unwrap_or(lines.len());
        return Some(Story { lines: 0..lines.len(), first_prose, plain: true });
    }
    let headline = Bigrams::of(lines.iter().take(3).map(|line| line.text));
    let mut best: Option<(i64, Range<usize>)> = None;
    let mut dated = false;
    for segment in segments(lines) {
        for line in &lines[segment.clone()] {
            dated |= matches!(line.kind, LineKind::Date | LineKind::Byline);
        }
        dated |= segment.start > 0 && lines[segment.start - 1].kind == LineKind::Mail;
        let Some((score, run)) = densest(lines, segment.clone()) else { continue };
        let shared = headline.share_in(&Bigrams::of(lines[run.clone()].iter().map(|line| line.text)));
        let below_heading = segment.start > 0 && lines[segment.start - 1].kind == LineKind::Tail;
        let weight =
            score * (100 + i64::from(shared)) / if below_heading { 200 } else { 100 } * if dated { 3 } else { 1 };
        if score >= 60 {
            dated = false;
        }
        if best.as_ref().is_none_or(|&(other, _)| weight > other) {
            best = Some((weight, run));
        }
    }
    let run = best.map_or_else(|| without_prose(lines), |(_, run)| run);
    let end = with_appendix(lines, with_interrupted_end(lines, run.end));
    let start = with_interrupted_start(lines, run.start);
    let first_prose = start + lines[start..run.end].iter().position(tells).unwrap_or(0);
    Some(Story { lines: with_opening(lines, start)..end, first_prose, plain: false })
}

/// Returns whether lines of this kind occur on pages and not in plain articles.
fn is_page_furniture(kind: LineKind) -> bool {
    matches!(kind, LineKind::Tool | LineKind::Enlarge | LineKind::Tail | LineKind::Aside | LineKind::Footer)
}

/// Returns whether no article continues after a line of this kind.
fn parts(kind: LineKind) -> bool {
    matches!(kind, LineKind::Copyright | LineKind::Tail | LineKind::Footer | LineKind::Mail)
}

/// Returns whether the line has sentences of an article: prose, or a caption with a dateline.
fn tells(line: &Line<'_>) -> bool {
    match line.kind {
        LineKind::Prose => true,
        LineKind::Caption(_) => line.dateline().is_some() && line.first_end.is_some(),
        _ => false,
    }
}

/// Returns the segments between the lines that split a page.
fn segments(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut start = 0;
    for at in 0..=lines.len() {
        if lines.get(at).is_none_or(|line| parts(line.kind)) {
            if start < at {
                segments.push(start..at);
            }
            start = at + 1;
        }
    }
    segments
}

/// Returns the weight of a line for (positive) or against (negative) being inside the article.
fn weight(line: &Line<'_>) -> i64 {
    match line.kind {
        _ if tells(line) => {
            let length = i64::try_from(line.chars).unwrap_or(WEIGHTIEST).min(WEIGHTIEST);
            if is_cut_off(line.text) { length / 5 } else { length }
        }
        LineKind::Prose | LineKind::Caption(_) | LineKind::Speaker | LineKind::Enlarge => 0,
        LineKind::Text => -6,
        LineKind::Tool | LineKind::Notice | LineKind::Letterless => -15,
        LineKind::Byline => -30,
        LineKind::Date => -40,
        LineKind::Aside => -120,
        LineKind::Copyright | LineKind::Footer | LineKind::Tail | LineKind::Mail => -1000,
    }
}

/// Returns the run of lines with the greatest sum of weights, from one line of prose to another (Kadane's algorithm).
fn densest(lines: &[Line<'_>], segment: Range<usize>) -> Option<(i64, Range<usize>)> {
    let mut best: Option<(i64, Range<usize>)> = None;
    let (mut sum, mut start) = (0, segment.start);
    for at in segment {
        let prose = tells(&lines[at]);
        if sum <= 0 {
            (sum, start) = (0, at);
            if !prose {
                continue;
            }
        }
        sum += weight(&lines[at]);
        if prose && best.as_ref().is_none_or(|(other, _)| sum > *other) {
            best = Some((sum, start..at + 1));
        }
    }
    best
}

/// Returns the article of a page without prose (appointments, results): the longest run of captions and other text
/// after the last date.
fn without_prose(lines: &[Line<'_>]) -> Range<usize> {
    let date =
        lines.iter().rposition(|line| line.kind == LineKind::Date && line.stamp.is_none()).map_or(0, |at| at + 1);
    let from = if date >= lines.len() { 0 } else { date };
    let mut best = from..from;
    let mut start = from;
    for at in from..=lines.len() {
        if lines.get(at).is_none_or(Line::is_furniture) {
            if at - start > best.len() {
                best = start..at;
            }
            start = at + 1;
        }
    }
    best
}

/// Returns the start of the article if links interrupt its first paragraphs.
fn with_interrupted_start(lines: &[Line<'_>], start: usize) -> usize {
    let mut start = start;
    while let Some(above) = across_interruption(lines[..start].iter().rev()) {
        start -= above;
    }
    start
}

/// Returns the end of the article if links interrupt its last paragraphs, which a signature follows.
fn with_interrupted_end(lines: &[Line<'_>], end: usize) -> usize {
    let mut reached = end;
    while let Some(below) = across_interruption(lines[reached..].iter()) {
        reached += below;
        if lines.get(reached).is_some_and(|line| matches!(line.kind, LineKind::Byline | LineKind::Mail)) {
            return reached;
        }
    }
    end
}

/// Returns the number of lines to the next line of prose across an interruption; `None` if the interruption is too
/// long.
fn across_interruption<'l, 't: 'l>(lines: impl Iterator<Item = &'l Line<'t>>) -> Option<usize> {
    let (mut tools, mut related) = (0, false);
    for (at, line) in lines.take(INTERRUPTION).enumerate() {
        match line.kind {
            LineKind::Prose => return (related && !is_cut_off(line.text)).then_some(at + 1),
            LineKind::Text | LineKind::Caption(_) | LineKind::Enlarge | LineKind::Speaker => {}
            LineKind::Aside => related = true,
            LineKind::Tool if tools < 2 => tools += 1,
            _ => return None,
        }
    }
    None
}

/// Returns the start of the article with the subtitles and captions directly above its first paragraph.
fn with_opening(lines: &[Line<'_>], start: usize) -> usize {
    let above = lines[..start].iter().rev();
    start
        - above
            .take_while(|line| {
                matches!(line.kind, LineKind::Text | LineKind::Caption(_) | LineKind::Enlarge | LineKind::Speaker)
            })
            .count()
}

/// Returns the end of the article with the lists and tables below its last paragraph, if a signature or the end of the
/// text follows them.
fn with_appendix(lines: &[Line<'_>], end: usize) -> usize {
    let open = |line: &&Line<'_>| matches!(line.kind, LineKind::Text | LineKind::Caption(_) | LineKind::Prose);
    let more = lines[end..].iter().take_while(open).count();
    let closed = lines
        .get(end + more)
        .is_none_or(|line| matches!(line.kind, LineKind::Byline | LineKind::Mail | LineKind::Copyright));
    if closed && more <= APPENDIX {
        return end + more;
    }
    end + lines[end..]
        .iter()
        .take_while(|line| line.kind == LineKind::Text && line.text.starts_with(['▲', '△', '■', '◇', '☎']))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    #[test]
    fn the_article_is_the_densest_run_below_the_dates() {
        let page = "메뉴\n로그인\n정치\n경제\n가람시 소식을 매일 아침 전해 드립니다.\n닫기\n가람시, 버스 노선 늘린다\n승인 2024-06-23 17:04\n\
                    공유하기\n버스 열두 대 더 달린다\n가람시는 다음 달부터 버스를 늘린다.\n◇ 노선\n시민들은 반긴다고 말했다.\n\
                    홍길동 기자 hong@garam.example.kr\n많이 본 뉴스\n1\n한빛시 축제 연다\n한빛시가 다음 주에 축제를 연다. 지난해에는 시민 삼천 명이 모였으며 올해는..";
        let lines = lines(page);
        let story = find(&lines).unwrap();
        let words: Vec<_> = lines[story.lines.clone()].iter().map(|line| line.text).collect();
        assert_eq!(
            words,
            ["버스 열두 대 더 달린다", "가람시는 다음 달부터 버스를 늘린다.", "◇ 노선", "시민들은 반긴다고 말했다."]
        );
        assert_eq!(lines[story.first_prose].text, "가람시는 다음 달부터 버스를 늘린다.");
        assert!(!story.plain);
        assert!(find(&[]).is_none());
    }
}
