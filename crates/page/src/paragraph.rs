//! What of a line of prose is the article's: the dateline at its head, the signature, copyright line and calls to
//! subscribe at its end, and scripts in between are cut off.
//!
//! Corpora often keep an article as one run-together line (`… 말했다.홍길동 기자 hong@…▶ 구독하기[ⓒ …]`), so this is where
//! most of `read_body` happens; pages use it for every line of prose.

use std::ops::Range;

use crate::caption::{self, Credit};
use crate::prose::{self, floor_boundary, is_hangul};
use crate::words::Words;
use crate::{byline, chrome, line, press};

/// The parts of one line, as byte ranges into it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pieces {
    /// The article's own words, in one piece or around what was cut out.
    pub body: Vec<Range<usize>>,
    /// Datelines and signatures.
    pub bylines: Vec<Range<usize>>,
    /// Captions run together with the paragraph, and picture credits.
    pub captions: Vec<Range<usize>>,
    /// Subtitles run together with the paragraph, before its dateline.
    pub leads: Vec<Range<usize>>,
}

/// How far into an article's first line captions and subtitles may run together with it, in characters.
const OPENING: usize = 600;

/// How far from the end of a line signatures and calls to subscribe are looked for, in bytes.
const CLOSING: usize = 3000;

/// The longest line that scripts are looked for in, in bytes.
const SCRIPTED: usize = 200_000;

/// Marks a credit begins with in run-together text.
static GLUED_MARKS: Words = Words::new(&["사진=", "사진 =", "사진제공=", "사진 제공=", "ⓒ", "©"]);

/// Agencies whose name stands as a credit right before the next sentence in run-together text.
const AGENCIES: &[&str] = &[
    "AP연합뉴스",
    "AP뉴시스",
    "AP 연합뉴스",
    "AP=뉴시스",
    "연합뉴스",
    "뉴시스",
    "뉴스1",
    "News1",
    "로이터",
    "AFP",
    "AP",
];

/// Syllables that make the word before them a subject or an object rather than a credit (`연합뉴스는`).
const PARTICLES: &str = "은는이가와과에의도를을로만";

/// Marks a call to subscribe or a copyright line begins with, at the end of run-together text.
static CLOSING_MARKS: Words = Words::new(&[
    "▶",
    "☞",
    "▷",
    "◎",
    "ⓒ",
    "©",
    "[사진 영상 제보",
    "공감언론 뉴시스",
    "■ 제보",
    "※",
    "창닫기",
    "추천 하셨습니다",
    "기사더보기",
    "더 보기",
    "[관련기사]",
    "[한경닷컴",
    "네이버 홈에서",
    "주요기사  ",
    "[본 기사는",
    "by dongA.com",
    "외부 필진",
    "이 기사는 국민일보와",
]);

/// What calls to readers say.
static CALLS: Words = Words::new(&[
    "제보",
    "구독",
    "금지",
    "금합니다",
    "저작권",
    "바랍니다",
    "기다립니다",
    "추천 하셨습니다",
    "반영하겠습니다",
    "인공지능 로봇",
    "다를 수",
    "클릭",
    "바로가기",
    "더 보기",
    "채널",
    "보러가기",
    "만나보세요",
    "받아보세요",
    "받아보기",
    "지켜보세요",
    "키우고 싶다면",
    "의뢰하세요",
    "관련기사",
]);

/// The parts of a line of prose. `opening` says that nothing of the article's body came before it.
pub(crate) fn pieces(text: &str, opening: bool) -> Pieces {
    let mut pieces = Pieces::default();
    let mut start = head(text, 0, &mut pieces);
    if opening {
        start = run_together_opening(text, start, &mut pieces);
        start = head(text, start, &mut pieces);
    }
    let mut spans = around_scripts(text, start);
    if let Some(mut last) = spans.pop() {
        last.end = tail(text, last.clone(), &mut pieces);
        spans.extend(around_signature(text, last, &mut pieces));
    }
    pieces.body.extend(spans.into_iter().map(|span| trimmed(text, span)).filter(|span| !span.is_empty()));
    pieces
}

/// A range without the space at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start_matches(line::is_space).len());
    let end = range.start + inside.trim_end_matches(line::is_space).len();
    start..end.max(start)
}

/// Where the article's words begin behind credits, datelines and speaker marks.
fn head(text: &str, from: usize, pieces: &mut Pieces) -> usize {
    let mut start = from;
    loop {
        start += text[start..].len() - text[start..].trim_start_matches(line::is_space).len();
        let rest = &text[start..];
        let (length, kept) = if let Some(length) = caption::credit_bracket(rest) {
            (length, Some(&mut pieces.captions))
        } else if let Some(length) = byline::dateline(rest) {
            (length, Some(&mut pieces.bylines))
        } else if let Some((length, _)) =
            byline::bracketed(rest).filter(|(_, inside)| chrome::is_speaker_mark(&chrome::squeeze(inside)))
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

/// Where the article's words begin when a caption or subtitle runs together with them.
fn run_together_opening(text: &str, start: usize, pieces: &mut Pieces) -> usize {
    let window = text[start..].char_indices().nth(OPENING).map_or(text.len(), |(at, _)| start + at);
    if let Some(dateline) = inner_dateline(&text[..window], start) {
        let before = trimmed(text, start..dateline);
        let words = &text[before.clone()];
        if caption::credit(words).is_some() || words.ends_with("제공") {
            pieces.captions.push(before);
        } else if prose::first_end(words).is_none() {
            pieces.leads.push(before);
        } else {
            pieces.body.push(before);
        }
        return dateline;
    }
    let followed = |end: &usize| prose::first_end(&text[*end..]).is_some();
    if let Some(end) = glued_credit(&text[..window], start).filter(followed) {
        pieces.captions.push(trimmed(text, start..end));
        return end;
    }
    start
}

/// Where a dateline stands in the opening, behind other words.
fn inner_dateline(text: &str, from: usize) -> Option<usize> {
    let brackets = text[from..].char_indices().filter(|&(at, c)| at > 0 && matches!(c, '[' | '(' | '【' | '＜'));
    brackets.map(|(at, _)| from + at).find(|&at| {
        byline::bracketed(&text[at..]).is_some_and(|(_, inside)| {
            byline::is_dateline_inside(inside) && (inside.contains('=') || !byline::names(inside).is_empty()) && {
                let sentence_or_caption = text[from..at].trim_end();
                prose::first_end(sentence_or_caption).is_none_or(|_| prose::last_end(sentence_or_caption).is_some())
            }
        })
    })
}

/// Where a picture's credit ends that the first sentence is glued to (`… 있다. 연합뉴스가람시는`, `사진=뉴시스가람시는`).
fn glued_credit(text: &str, from: usize) -> Option<usize> {
    let opens = |at: usize| {
        let rest = &text[at..];
        rest.chars().next().is_some_and(|c| (is_hangul(c) && !PARTICLES.contains(c)) || "‘“\"'[◇".contains(c))
            || rest.starts_with("   ")
    };
    let agency_at = |at: usize| {
        let at = text.len() - text[at..].trim_start_matches(['=', ' ', ':', '/']).len();
        let end = AGENCIES.iter().find(|agency| text[at..].starts_with(**agency)).map(|agency| at + agency.len())?;
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
        let described = before.contains("있다") || before.contains("모습") || before.contains("전경");
        (described && before.chars().count() < 200 && opens(at) && !text[at..].starts_with(is_hangul)).then_some(at)
    };
    let few = |at: &usize| prose::ends(&text[from..*at]).count() <= 2;
    marked
        .filter(few)
        .and_then(|at| agency_at(at).or_else(|| spaced(at)))
        .or_else(|| first.and_then(agency_at))
        .or_else(provided)
}

/// The stretches of a line around the scripts in it.
fn around_scripts(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = from;
    while text.len() <= SCRIPTED && spans.len() < 40 {
        let Some(script) = chrome::script_start(&text[start..]).map(|at| start + at) else { break };
        spans.push(start..script);
        let Some(next) = prose_after(text, script) else { return spans };
        start = next;
    }
    spans.push(start..text.len());
    spans
}

/// Where prose starts again behind a script: at the first syllable that many follow.
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

/// Where the article's words end before its signature, copyright line and calls to subscribe.
fn tail(text: &str, span: Range<usize>, pieces: &mut Pieces) -> usize {
    let mut end = span.end;
    // A signature may stand before a copyright line and behind one.
    for _ in 0..3 {
        let before = end;
        end = before_closing(text, span.start..end);
        end = before_signature(text, span.start..end, pieces);
        if end == before {
            break;
        }
    }
    end
}

/// Where a call to subscribe or a copyright line begins, behind which nothing of the article follows.
fn before_closing(text: &str, span: Range<usize>) -> usize {
    let from = floor_boundary(text, span.end.saturating_sub(CLOSING)).max(span.start);
    let window = &text[from..span.end];
    let mut marks: Vec<usize> = CLOSING_MARKS.all_in(window).map(|mark| mark.start).collect();
    marks.extend(chrome::copyright_at(window));
    marks.extend(call_brackets(window));
    marks.sort_unstable();
    let closing = marks.into_iter().take(60).find(|&at| is_closing(&window[at..]));
    closing.map_or(span.end, |at| {
        let kept = &text[span.start..from + at];
        let opened = kept.trim_end_matches(|c: char| line::is_space(c) || "[<＜(【-–/·=".contains(c));
        span.start + opened.len()
    })
}

/// Where brackets with a call to readers open (`[가람일보 채널 구독하기]`).
fn call_brackets(window: &str) -> impl Iterator<Item = usize> + '_ {
    window
        .match_indices('[')
        .map(|(at, _)| at)
        .filter(|&at| byline::bracketed(&window[at..]).is_some_and(|(_, inside)| CALLS.are_in(inside)))
}

/// Whether the text from a closing mark on has nothing of an article: no sentence but calls to readers.
fn is_closing(text: &str) -> bool {
    let called = CALLS.are_in(text);
    let furnished = text.contains("http")
        || text.contains('@')
        || chrome::copyright_at(text).is_some()
        || text.starts_with(['ⓒ', '©', '◎']);
    let spoken_to = |sentence: &str| {
        let addressed = sentence.ends_with("니다.") || sentence.ends_with("요.");
        let short = sentence.chars().nth(12).is_none();
        short || (addressed && CALLS.are_in(sentence)) || chrome::copyright_at(sentence).is_some()
    };
    let sentences = prose::ends(text).scan(0, |from, end| Some((std::mem::replace(from, end), end)));
    (called || furnished) && sentences.take(12).all(|(from, end)| spoken_to(&text[from..end]))
}

/// Where the last sentence ends, when what follows it is a signature or a credit.
fn before_signature(text: &str, span: Range<usize>, pieces: &mut Pieces) -> usize {
    let Some(end) = prose::last_end(&text[span.clone()]).map(|end| span.start + end) else { return span.end };
    let rest = trimmed(text, end..span.end);
    if rest.is_empty() {
        return end;
    }
    let words = &text[rest.clone()];
    if words.chars().nth(160).is_some() {
        return span.end;
    }
    // `홍길동 기자 hong@…사진=가람시`: the address runs on into a picture's credit.
    let credit = words.find("사진").filter(|&at| at > 0 && byline::has_email(&words[..at]));
    if let Some(at) = credit.filter(|&at| is_signature(&words[..at])) {
        pieces.bylines.push(trimmed(text, rest.start..rest.start + at));
        pieces.captions.push(rest.start + at..rest.end);
        return end;
    }
    if is_signature(words) {
        pieces.bylines.push(rest);
        return end;
    }
    let line = &text[floor_boundary(text, end.saturating_sub(60)).max(span.start)..span.end];
    if caption::credit(line) == Some(Credit::Picture) && words.chars().nth(60).is_none() {
        pieces.captions.push(rest);
        return end;
    }
    span.end
}

/// The stretches around a signature with an e-mail address that stands between sentences: behind it there may be the
/// beginning of another article, a picture's credit, or links.
fn around_signature(text: &str, span: Range<usize>, pieces: &mut Pieces) -> Vec<Range<usize>> {
    let from = floor_boundary(text, span.end.saturating_sub(CLOSING)).max(span.start);
    let found = text[from..span.end].match_indices('@').map(|(at, _)| from + at).find_map(|at| {
        let domain =
            text[at + 1..span.end].bytes().take_while(|b| b.is_ascii_alphanumeric() || b"._-".contains(b)).count();
        let end = at + 1 + domain;
        let start = span.start + prose::last_end(&text[span.start..at])?;
        let words = text[start..end].trim();
        (domain > 2 && words.chars().nth(70).is_none() && is_signature(words)).then_some(start..end)
    });
    let mut kept = Vec::new();
    let Some(signature) = found else {
        kept.push(span);
        return kept;
    };
    pieces.bylines.push(trimmed(text, signature.clone()));
    kept.push(span.start..signature.start);
    let rest = trimmed(text, signature.end..span.end);
    let words = &text[rest.clone()];
    let credit = words.starts_with("사진") || words.starts_with("/사진");
    if prose::first_end(words).is_some() {
        kept.push(rest);
    } else if credit {
        pieces.captions.push(rest);
    }
    kept
}

/// Whether words behind the last sentence only sign it.
fn is_signature(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
    let dated = byline::bracketed(words).map_or(words, |(length, _)| words[length..].trim_start());
    let agency_date = crate::dates::dates(dated).first().is_some_and(|date| {
        let rest = dated[date.range.end..].trim_matches(|c: char| !c.is_alphanumeric());
        let first = rest.split(|c: char| c.is_whitespace() || c == '©').next().unwrap_or(rest);
        date.range.start <= 1 && (rest.is_empty() || press::is_press(first) || byline::is_byline(rest))
    });
    let mailed = byline::has_email(words)
        && words.split_whitespace().last().is_some_and(byline::has_email)
        && words.chars().nth(70).is_none();
    byline::is_byline(bare)
        || byline::is_byline(words)
        || press::is_press(bare)
        || agency_date
        || mailed
        || bare == "끝"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a part.
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
            let found = pieces(line, true);
            assert_eq!(words(line, &found.body), body, "{line}");
            assert_eq!(words(line, &found.bylines), bylines, "{line}");
            assert_eq!(words(line, &found.captions), captions, "{line}");
            assert_eq!(words(line, &found.leads), leads, "{line}");
        }
    }
}
