//! Captions: lines under a picture, known by the credit they close with.
//!
//! Some credits can stand nowhere else (`사진=…`, `© …`); others (`… 있다. 홍길동 기자`) make a caption only above the
//! article's first paragraph, which `parts` decides.

use crate::press;
use crate::prose::{first_end, last_end};
use crate::words::Words;
use crate::{byline, dates};

/// How sure it is that a line is a caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credit {
    /// The credit is a picture's and nothing else's.
    Picture,
    /// An agency, a reporter or a short bracket follows the sentence: a caption at the head of an article, a signature at
    /// its end.
    Signature,
}

/// Credits that only pictures have, wherever they stand in what follows the last sentence.
static PICTURE: Words = Words::new(&[
    "사진=",
    "사진 =",
    "사진:",
    "사진 :",
    "사진제공",
    "사진 제공",
    "사진출처",
    "사진 출처",
    "[사진]",
    "(사진)",
    "사진/",
    "자료사진",
    "자료 사진",
    "자료제공",
    "자료 제공",
    "(제공:",
    "(제공 :",
    "(제공=",
    "이미지출처",
    "이미지 출처",
    "이미지=",
    "그래픽=",
    "일러스트=",
    "게티이미지",
    "이미지투데이",
    "공동취재사진",
    "공동취재단",
    "사진기자단",
    "사진은 ",
    "화면 캡처",
    "화면캡처",
    "캡처",
    "갈무리",
    "재판매 및 DB",
    "© News1",
    "©",
    "ⓒ",
    "사진공동취재",
    "촬영 = ",
]);

/// Words that show a line without a sentence to describe a picture.
static SCENE: Words = Words::new(&[
    "모습",
    "장면",
    "전경",
    "조감도",
    "상상도",
    "포스터",
    "기념촬영",
    "사진",
    "투시도",
    "현판",
    "위치도",
    "안내도",
    "이미지",
    "그래픽",
]);

/// The credit a line closes with, if it has one.
pub(crate) fn credit(line: &str) -> Option<Credit> {
    if line.chars().nth(600).is_some() {
        return None;
    }
    if is_numbered_picture(line) {
        return Some(Credit::Picture);
    }
    if credit_bracket(line) == Some(line.len()) {
        return Some(Credit::Picture);
    }
    let line = line.trim_end_matches('.').trim_end();
    let from = closing_from(line);
    let rest = line[from..].trim();
    if rest.is_empty() || rest.chars().nth(120).is_some() {
        return None;
    }
    let described = from > 0 || SCENE.are_in(line);
    let closed = from > 0 || line.contains(['/', '[', '(', '=', 'ⓒ', '©']);
    let picture = PICTURE.are_in(rest) && (from > 0 || is_mark_placed(rest));
    let provided = rest.trim_end_matches([')', ']', '>']).ends_with(" 제공")
        || rest.trim_end_matches([')', ']', '>']).ends_with("=제공");
    let opened = line.starts_with(['▲', '△', '◆', '▶'])
        && ["사진", "모습", "전경", "왼쪽", "오른쪽"].iter().any(|word| line.contains(word))
        && from > 0;
    if picture
        || (provided && described && (closed || from > 0))
        || (provided && rest.split_whitespace().count() <= 3 && from == 0 && !line.contains(','))
    {
        return Some(Credit::Picture);
    }
    if opened && rest.chars().nth(30).is_none() {
        return Some(Credit::Picture);
    }
    let signed = press::is_press(rest.trim_matches(|c: char| !c.is_alphanumeric())) || byline::is_byline(rest);
    let bracket = byline::bracketed(rest)
        .is_some_and(|(length, inside)| length == rest.len() && inside.chars().nth(24).is_none());
    (from > 0 && (signed || bracket || is_photo_date(rest))).then_some(Credit::Signature)
}

/// Whether the line opens with `[사진]`, `[사진 2]`, `[표1]` and their like.
fn is_numbered_picture(line: &str) -> bool {
    byline::bracketed(line).filter(|_| line.starts_with('[')).is_some_and(|(_, inside)| {
        let word = inside.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        ["그래픽", "사진", "표", "인포그래픽"].contains(&word)
    })
}

/// The length of a bracket at the start of a text that is a picture's credit (`[사진 제공: 가람통신]`).
pub(crate) fn credit_bracket(text: &str) -> Option<usize> {
    let (length, inside) = byline::bracketed(text)?;
    let marked = ["사진", "이미지", "출처", "자료"].iter().any(|word| inside.starts_with(word));
    let provided = inside.ends_with("제공")
        || inside.contains(" 제공=")
        || inside.contains(" 제공.")
        || inside.ends_with("자료사진");
    (marked || provided).then_some(length)
}

/// Whether the line is the button that enlarges a picture: the next line is its caption.
pub(crate) fn is_enlarge(squeezed: &str) -> bool {
    ["사진확대", "이미지확대", "이미지크게보기", "원본보기", "사진크게보기", "확대이미지"].contains(&squeezed)
}

/// `2024.06.23/가람통신`, `2024.06.23. photo@…`: the day and the agency behind an agency's picture.
fn is_photo_date(rest: &str) -> bool {
    let date = dates::dates(rest);
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    date.first().is_some_and(|date| date.range.start <= 1) && (letters <= 8 || byline::has_email(rest))
}

/// Where what follows the last sentence begins; zero when the line has none.
fn closing_from(line: &str) -> usize {
    if first_end(line).is_some() { last_end(line).unwrap_or(0) } else { 0 }
}

/// In a line without a sentence the mark must stand at a place where credits stand: behind a slash or a bracket, at the
/// start or at the end of the line.
fn is_mark_placed(rest: &str) -> bool {
    PICTURE.all_in(rest).any(|mark| {
        let before = rest[..mark.start].trim_end();
        let opened = before.is_empty() || before.ends_with(['/', '[', '(', '<', '·', '.']);
        opened || rest[mark.clone()].ends_with(['=', 'ⓒ', '©']) || rest[mark.end..].chars().nth(12).is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_close_with_a_credit() {
        use Credit::{Picture, Signature};
        for (line, expected) in [
            ("홍길동 가람시장이 새 버스를 타 보고 있다. 사진제공은 가람시", Some(Picture)),
            ("가람시 새 버스 조감도. /사진제공=가람버스", Some(Picture)),
            ("새 버스의 모습. (사진=가람시 제공) 2024.06.23. photo@garam.example.kr *재판매 및 DB 금지", Some(Picture)),
            ("새 버스에 실린 자전거. 가람시민모임 제공", Some(Picture)),
            ("가람시청 전경.ⓒ 뉴스1", Some(Picture)),
            ("(사진=연합뉴스)", Some(Picture)),
            ("[사진1] 새 버스가 종점에 서 있다 (제공: 가람시)", Some(Picture)),
            ("[사진 2] 새 버스를 탄 시민들이 웃고 있다.", Some(Picture)),
            ("새 버스가 종점에 서 있다. (제공: 가람시)", Some(Picture)),
            ("가람시 제공", Some(Picture)),
            ("시민들이 버스를 기다리고 있다. 홍길동 기자", Some(Signature)),
            ("시민들이 버스를 기다리고 있다. 연합뉴스", Some(Signature)),
            ("시민들이 버스를 기다리고 있다. [가람버스]", Some(Signature)),
            ("가람시는 버스를 늘린다. 2024.06.23/뉴스1", Some(Signature)),
            ("가람시는 다음 달부터 버스를 늘린다.", None),
            ("가람시는 시민에게 사진을 무료로 나눠 준다고 밝혔다.", None),
            ("가람시, 청년에 일자리 240개 제공", None),
            ("가람시 버스 노선 늘린다", None),
        ] {
            assert_eq!(credit(line), expected, "{line}");
        }
    }
}
