//! Bylines and datelines: who wrote the article, in the forms newspapers print it, and the reporters' names in them.
//!
//! `line` asks whether a whole line is one; `paragraph` cuts them off the head and the tail of running text.

use crate::press;
use crate::prose::{first_end, is_hangul};
use crate::words::Words;

/// Titles behind a reporter's name.
static TITLES: Words = Words::new(&[
    "대기자",
    "기자",
    "특파원",
    "논설위원",
    "논설실장",
    "논설고문",
    "주필",
    "편집국장",
    "편집장",
    "통신원",
    "리포터",
    "에디터",
    "PD",
    "피디",
    "칼럼니스트",
    "해설위원",
    "프리랜서",
    "앵커",
    "사진작가",
]);

/// Words between the name and the title, and words a list of names is headed by; none of them is part of a name.
const QUALIFIERS: &[&str] = &[
    "인턴",
    "선임",
    "전문",
    "수습",
    "객원",
    "사진",
    "시민",
    "명예",
    "편집",
    "취재",
    "영상",
    "촬영",
    "그래픽",
    "온라인",
    "디지털",
    "정치",
    "경제",
    "사회",
    "문화",
    "국제",
    "스포츠",
    "과학",
    "의학",
    "의학전문",
    "과학전문",
    "군사전문",
    "부동산",
    "산업",
    "지역",
    "전국",
    "담당",
    "본지",
    "글",
    "정리",
    "대담",
    "글·사진",
    "사진·글",
    "기자명",
];

/// Labels before a reporter's name in a line of its own (`글 홍길동`, `작성자 : 홍길동`).
const NAME_LABELS: &[&str] =
    &["기자명", "작성자", "글쓴이", "필자", "취재", "글·사진", "사진·글", "글", "사진", "기자", "by", "reporter"];

/// Titles behind the name of someone who writes for the paper without being its reporter; a line of their own at the
/// head or the end of a column (`홍길동 가람대 교수`).
const COLUMNIST_TITLES: &[&str] = &[
    "교수",
    "명예교수",
    "석좌교수",
    "초빙교수",
    "겸임교수",
    "변호사",
    "대표",
    "소장",
    "원장",
    "이사장",
    "이사",
    "작가",
    "시인",
    "소설가",
    "평론가",
    "연구원",
    "연구위원",
    "선임연구위원",
    "위원",
    "회장",
    "센터장",
    "박사",
    "감독",
    "한의사",
    "의사",
    "전문위원",
];

/// Family names of one syllable, the usual ones.
const SURNAMES: &str = "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여\
                        추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용예봉경사부가복태목형피두감음빈동온호범좌팽승라나계엽옹빙견당화창종순묵단갈미필해환";

/// Family names of two syllables.
const DOUBLE_SURNAMES: &[&str] = &["남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"];

/// Words that look like a name before a title and are none.
const NOT_NAMES: &[&str] = &[
    "이메일",
    "여행",
    "기분",
    "신문",
    "제공",
    "기사",
    "연합",
    "소개",
    "유통",
    "전원",
    "기고",
    "이하",
    "전화",
    "문의",
    "주소",
    "온라인",
    "사진",
    "인턴",
    "선임",
    "전문",
    "담당",
    "취재",
    "수습",
    "객원",
    "본지",
    "해당",
    "영상",
    "시민",
    "공동",
    "명예",
    "경제",
    "정치",
    "사회",
    "문화",
    "국제",
    "산업",
    "지역",
    "전국",
    "디지털",
    "편집",
    "서울",
    "부산",
    "대구",
    "인천",
    "광주",
    "대전",
    "울산",
    "세종",
    "경기",
    "강원",
    "충북",
    "충남",
    "전북",
    "전남",
    "경북",
    "경남",
    "제주",
    "수원",
    "성남",
    "청주",
    "전주",
    "천안",
    "창원",
    "기자명",
    "기자",
    "도쿄",
    "김해",
    "이천",
    "여수",
    "안산",
    "안양",
];

/// Endings of departments and papers, not of names.
const NOT_NAME_ENDS: &[&str] =
    &["부", "팀", "국", "일보", "신문", "뉴스", "방송", "경제", "닷컴", "시", "군", "도", "실", "단", "회", "데일리"];

/// Desks that sign an article in place of a person.
const DESKS: &[&str] = &[
    "온라인뉴스부",
    "온라인뉴스팀",
    "온라인뉴스국",
    "온라인이슈팀",
    "디지털뉴스국",
    "디지털뉴스부",
    "디지털뉴스팀",
    "디지털콘텐츠팀",
    "편집국",
    "뉴스팀",
    "취재팀",
    "특별취재팀",
    "국회사진기자단",
    "이슈팀",
];

/// Roles of a broadcast or picture credit line (`영상취재 : 홍길동`).
const CREDIT_ROLES: &[&str] =
    &["영상취재", "영상편집", "촬영기자", "사진기자", "영상디자인", "그래픽", "영상", "촬영", "편집", "사진영상기획부"];

/// The longest byline, in bytes.
const LONGEST: usize = 360;

/// The names of the reporters in a byline, in order, without titles; empty when there is none.
pub(crate) fn names(byline: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut from = 0;
    while let Some((at, title)) = next_title(byline, from) {
        collect_names(&byline[from..at], &mut names);
        from = at + title.len();
    }
    if names.is_empty() {
        labelled_names(byline, &mut names);
    }
    names
}

/// Whether the whole text is a byline: reporters with their title, a desk, or an e-mail address, with nothing of an
/// article's own words.
pub(crate) fn is_byline(text: &str) -> bool {
    if text.len() > LONGEST || first_end(text).is_some() {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if DESKS.contains(&bare) || CREDIT_ROLES.iter().any(|role| bare.starts_with(role) && bare.contains(':')) {
        return true;
    }
    let names = names(text).len();
    let mails = text.split(char::is_whitespace).filter(|word| has_email(word)).count();
    if names + mails == 0 {
        return false;
    }
    // Beside names, titles and addresses there is room for a paper, a desk and a place.
    let words = text.split(|c: char| c.is_whitespace() || "·,ㆍ‧/=|".contains(c)).filter(|word| is_word(word)).count();
    words <= 3 * names + 2 * mails + 2 && !text.contains(['"', '“', '‘', '…', '?', '!'])
}

/// Whether a byline is the whole line by virtue of an e-mail address: it closes an article.
pub(crate) fn has_email(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let local = text[..at].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || b"._-+".contains(b)).count();
        local >= 2
    })
}

/// Whether the line is the byline of a column: a name and what its bearer is (`홍길동 가람대 교수`).
pub(crate) fn is_columnist(text: &str) -> bool {
    columnist(text).is_some()
}

/// The name in the byline of a column.
pub(crate) fn columnist(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "·/|()".contains(c)).filter(|word| is_word(word)).collect();
    if !(2..=6).contains(&words.len())
        || text.chars().nth(40).is_some()
        || text.contains(['"', '“', '‘', '…', '?', ',', ':'])
    {
        return None;
    }
    let titled = |word: &str| COLUMNIST_TITLES.iter().any(|title| word.ends_with(title));
    let full_name = |word: &str| is_name(word) && (3..=4).contains(&word.chars().count()) && !titled(word);
    if full_name(words[0]) && titled(words[words.len() - 1]) {
        return Some(words[0]);
    }
    let last = words[words.len() - 1];
    (full_name(last) && words.len() <= 4 && titled(words[words.len() - 2])).then_some(last)
}

/// The name in the sentence a broadcaster's report closes with (`가람방송 홍길동입니다.`).
pub(crate) fn broadcaster_sign_off(text: &str) -> Option<&str> {
    let words = text.trim_end_matches('.').strip_suffix("입니다")?;
    let (paper, name) = words.trim_end().rsplit_once(' ')?;
    let station = paper.split_whitespace().any(|word| press::is_press(word) || word == "뉴스" || word == "뉴스투데이");
    (station && paper.split_whitespace().count() <= 3 && name.chars().count() >= 2 && is_name(name)).then_some(name)
}

/// The length of the dateline or byline a paragraph opens with, up to where its first sentence starts:
/// `(서울=가람통신) 홍길동 기자 = `, `[가람일보 홍길동 기자] `, `홍길동 기자 = `.
pub(crate) fn dateline(text: &str) -> Option<usize> {
    let bracket = bracketed(text)
        .filter(|(_, inside)| is_dateline_inside(inside) || signed_paper(text).is_some())
        .map(|(length, _)| length);
    let from = bracket.unwrap_or(0);
    let rest = &text[from..];
    let equals = rest.char_indices().take(90).find(|&(_, c)| matches!(c, '=' | '＝')).map(|(at, c)| (at, c.len_utf8()));
    if let Some((at, width)) = equals {
        let before = &rest[..at];
        let signed = !names(before).is_empty() || (bracket.is_some() && before.trim().is_empty());
        let desk = bracket.is_some()
            && before.trim_end().ends_with(['단', '부', '팀'])
            && before.split_whitespace().count() <= 2;
        if (signed && is_short_byline(before)) || desk {
            // `대전=홍길동 기자 = ` has a second one; the later one closes the byline.
            let behind = from + at + width;
            let more = text[behind..].trim_start();
            let second = dateline_tail(more).map_or(0, |length| text.len() - behind - more.len() + length);
            return Some(behind + second);
        }
    }
    // `(가람=가람통신) 홍길동 기자` without the equals sign, the sentence behind it.
    bracket.map(|length| length + signed_opening(&text[length..]).unwrap_or(0))
}

/// The paper of a dateline that can be nothing else, whatever it is called, since reporters and an equals sign follow:
/// `[서울=가람핌]홍길동 기자 = `.
pub(crate) fn signed_paper(text: &str) -> Option<&str> {
    let (length, inside) = bracketed(text)?;
    let (place, paper) = inside.split_once(['=', '＝'])?;
    let (place, paper) = (place.trim(), paper.trim());
    let plain = |words: &str| {
        (1..=3).contains(&words.split_whitespace().count())
            && words.chars().all(|c| c.is_alphanumeric() || " ·/".contains(c))
    };
    let credit = ["사진", "출처", "제공", "이미지", "자료"].iter().any(|word| inside.contains(word));
    let rest = &text[length..];
    let (at, _) = rest.char_indices().take(90).find(|&(_, c)| matches!(c, '=' | '＝'))?;
    let signed = next_title(&rest[..at], 0).is_some() && !names(&rest[..at]).is_empty() && is_short_byline(&rest[..at]);
    (plain(place) && plain(paper) && !credit && names(paper).is_empty() && signed).then_some(paper)
}

/// A bracket at the start of the text, as its whole length and what it holds; none when it is longer than a byline.
pub(crate) fn bracketed(text: &str) -> Option<(usize, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '【' => '】',
        '<' => '>',
        '＜' => '＞',
        '［' => '］',
        '〔' => '〕',
        _ => return None,
    };
    let from = open.len_utf8();
    let at =
        text[from..].char_indices().take(70).find(|&(_, c)| c == close || c == '\n').filter(|&(_, c)| c == close)?.0;
    Some((from + at + close.len_utf8(), text[from..from + at].trim()))
}

/// Whether what a bracket holds makes it a dateline: `서울=가람통신`, `가람일보 홍길동 기자`, `가람일보`.
pub(crate) fn is_dateline_inside(inside: &str) -> bool {
    if inside.contains(['"', '“', '‘', '?', '!', ':'])
        || ["사진", "출처", "제공", "이미지", "자료"].iter().any(|word| inside.contains(word))
    {
        return false;
    }
    if let Some((place, paper)) = inside.split_once('=') {
        return !place.trim().is_empty()
            && place.split_whitespace().count() <= 3
            && (press::is_press(paper.trim()) || !names(paper).is_empty() || press::is_press(place.trim()));
    }
    !names(inside).is_empty() && is_short_byline(inside)
        || press::is_press(inside)
        || inside
            .split_once(' ')
            .is_some_and(|(paper, place)| press::is_broadcaster(paper) && place.chars().count() <= 4)
}

/// Whether a word could be a person's name: two to four syllables behind a family name.
pub(crate) fn is_name(word: &str) -> bool {
    let length = word.chars().count();
    let double = DOUBLE_SURNAMES.iter().any(|surname| word.starts_with(surname));
    let surname = double || word.chars().next().is_some_and(|c| SURNAMES.contains(c));
    ((2..=3).contains(&length) || (length == 4 && double))
        && surname
        && word.chars().all(is_hangul)
        && !NOT_NAMES.contains(&word)
        && !(length > 2 && NOT_NAME_ENDS.iter().any(|end| word.ends_with(end)))
}

/// The next title that stands behind a name, from an offset.
fn next_title(text: &str, from: usize) -> Option<(usize, &str)> {
    let found = TITLES.all_in(&text[from..]).map(|found| from + found.start..from + found.end);
    found.map(|found| (found.start, &text[found])).find(|&(at, title)| is_title_at(text, at, title))
}

/// Whether the word at the offset is a title there: nothing that makes it another word follows (`기자회견`, `기자의`).
fn is_title_at(text: &str, at: usize, title: &str) -> bool {
    let after = &text[at + title.len()..];
    let run: String = after.chars().take_while(|&c| is_hangul(c)).take(8).collect();
    let glued_name = is_name(&run) && run.chars().count() >= 3 && {
        let behind = after[run.len()..].trim_start();
        TITLES.first_in(behind).is_some_and(|title| title.start == 0)
    };
    let more = ["다른기사", "구독", "페이지", "입력", "기사"];
    run.is_empty() || glued_name || more.iter().any(|word| run.starts_with(word))
}

/// Names at the end of the text before a title, read from the right: `대전=홍길동·김영희`.
fn collect_names<'t>(before: &'t str, names: &mut Vec<&'t str>) {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = before.trim_end();
    while let Some(last) = QUALIFIERS.iter().find(|word| rest.ends_with(**word) && !is_name(last_word(rest))) {
        rest = rest[..rest.len() - last.len()].trim_end_matches(|c: char| c.is_whitespace() || "·,".contains(c));
    }
    // `홍길동 정치부 기자`: the desk stands between the name and the title.
    if last_word(rest).ends_with(['부', '팀', '국']) && last_word(rest).chars().count() > 2 {
        let before = rest[..rest.len() - last_word(rest).len()].trim_end();
        if is_name(last_word(before)) {
            rest = before;
        }
    }
    loop {
        let word = last_word(rest);
        let name = name_in(word, found.is_empty());
        let Some(name) = name else { break };
        found.push(name);
        if name.len() < word.len() {
            break;
        }
        let left = &rest[..rest.len() - word.len()];
        let trimmed = left.trim_end_matches(|c: char| c.is_whitespace() || "·,ㆍ‧/、&".contains(c));
        let separator = &left[trimmed.len()..];
        let listed =
            separator.contains(|c: char| "·,ㆍ‧、&".contains(c)) || (separator.contains('/') && found.len() > 1);
        // Names separated by spaces alone: only full ones, since a place or a desk may stand there.
        let spaced =
            !separator.is_empty() && !listed && last_word(trimmed).chars().count() == 3 && !separator.contains('/');
        if !listed && !spaced {
            break;
        }
        rest = trimmed;
    }
    for name in found.into_iter().rev() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// The name a word is or ends in (`뉴스부홍길동`), the latter only right before a title.
fn name_in(word: &str, at_title: bool) -> Option<&str> {
    if is_name(word) {
        return Some(word);
    }
    let count = word.chars().count();
    if !at_title || count <= 4 {
        return None;
    }
    let start = word.char_indices().nth(count - 3)?.0;
    let (desk, name) = word.split_at(start);
    (is_name(name) && desk.ends_with(['부', '팀', '국', '보', '문'])).then_some(name)
}

/// Names without a title: behind a label (`글 홍길동`) or before an e-mail address.
fn labelled_names<'t>(byline: &'t str, names: &mut Vec<&'t str>) {
    let text = byline.trim_matches(|c: char| c.is_whitespace() || "|[]()/".contains(c));
    let begins = |label: &str| text.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    let label = NAME_LABELS.iter().find(|label| begins(label));
    if let Some(rest) = label.map(|label| text[label.len()..].trim_start_matches([' ', ':', '=', '/', '\u{a0}'])) {
        let separated = rest.len() < text.len() - label.map_or(0, |label| label.len()) || label == Some(&"기자명");
        if separated && rest.split(['·', ',', ' ']).all(|word| word.is_empty() || is_name(word)) {
            names.extend(rest.split(['·', ',', ' ']).filter(|word| !word.is_empty()));
            return;
        }
    }
    if let Some((before, _)) = text.split_once('@') {
        let before = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "._-+".contains(c));
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || c == '(');
        let word = last_word(before);
        if before.split_whitespace().count() <= 3 && word.chars().count() >= 3 && is_name(word) {
            names.push(word);
        }
    }
}

/// The last run of syllables of a text, whatever separates words in bylines before it.
fn last_word(text: &str) -> &str {
    let from = text.char_indices().rev().take_while(|&(_, c)| is_hangul(c)).last().map_or(text.len(), |(at, _)| at);
    &text[from..]
}

/// Whether a stretch before an equals sign is only a byline.
fn is_short_byline(text: &str) -> bool {
    text.chars().count() <= 70 && first_end(text).is_none() && !text.contains(['"', '“', '‘', '?', '!'])
}

/// A byline with its equals sign at the start of the text, no bracket before it.
fn dateline_tail(text: &str) -> Option<usize> {
    let (at, c) = text.char_indices().take(40).find(|&(_, c)| matches!(c, '=' | '＝'))?;
    (!names(&text[..at]).is_empty() && is_short_byline(&text[..at])).then_some(at + c.len_utf8())
}

/// `홍길동 기자 ` behind a bracket, when a space and the sentence follow.
fn signed_opening(text: &str) -> Option<usize> {
    let window = text.char_indices().nth(24).map_or(text, |(at, _)| &text[..at]);
    let (at, title) = next_title(window, 0)?;
    let before = window[..at].trim();
    let end = at + title.len();
    (is_name(before) && text[end..].starts_with([' ', '\u{a0}'])).then_some(end)
}

/// Whether the text has a letter or digit.
fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_without_titles_places_and_desks() {
        for (byline, expected) in [
            ("홍길동 기자", &["홍길동"][..]),
            ("홍길동 기자홍길동 기자", &["홍길동"]),
            ("홍길동·성춘향 기자 hong@garam.example.kr", &["홍길동", "성춘향"]),
            ("홍길동 기자, 성춘향 기자", &["홍길동", "성춘향"]),
            ("대전=홍길동 기자 hong@", &["홍길동"]),
            ("도쿄/홍길동 특파원", &["홍길동"]),
            ("가람일보 홍길동 선임기자", &["홍길동"]),
            ("정치부 홍길동 인턴기자", &["홍길동"]),
            ("글·사진 홍길동 기자", &["홍길동"]),
            ("남궁바다 기자", &["남궁바다"]),
            ("온라인뉴스부홍길동 기자", &["홍길동"]),
            ("기자명 홍길동", &["홍길동"]),
            ("홍길동 hong@garam.example.kr", &["홍길동"]),
            ("국회사진기자단", &[]),
            ("홍길동 기자회견", &[]),
            ("인턴 기자", &[]),
            ("hong@garam.example.kr", &[]),
        ] {
            assert_eq!(names(byline), expected, "{byline}");
        }
    }

    #[test]
    fn bylines_hold_nothing_of_the_article() {
        for (line, is) in [
            ("홍길동 기자 hong@garam.example.kr", true),
            ("hong@garam.example.kr", true),
            ("가람=홍길동 기자 hong@", true),
            ("온라인뉴스부", true),
            ("영상취재 : 홍길동, 영상편집 : 성춘향", true),
            ("홍길동 기자의 가람 산책", false),
            ("홍길동 기자가 보도합니다.", false),
            ("가람시 버스 노선 열두 개 늘린다", false),
            ("“홍길동 기자 다시 만나고 싶다”", false),
        ] {
            assert_eq!(is_byline(line), is, "{line}");
        }
        for (line, name) in [
            ("홍길동 가람대 교수", Some("홍길동")),
            ("홍길동 가람경제연구소 선임연구위원", Some("홍길동")),
            ("가람대 교수 홍길동", Some("홍길동")),
            ("가람시 버스 노선 교수", None),
        ] {
            assert_eq!(columnist(line), name, "{line}");
        }
    }

    #[test]
    fn datelines_end_where_the_sentence_starts() {
        for (text, cut) in [
            ("(서울=연합뉴스) 홍길동 기자 = 가람시는", Some("(서울=연합뉴스) 홍길동 기자 =")),
            ("(가람=뉴스1) 홍길동 기자,성춘향 기자 = 가람시는", Some("(가람=뉴스1) 홍길동 기자,성춘향 기자 =")),
            ("[가람=뉴시스]홍길동 기자 = 가람시는", Some("[가람=뉴시스]홍길동 기자 =")),
            ("[가람=뉴시스] 가람시는 버스를", Some("[가람=뉴시스]")),
            ("[헤럴드경제=홍길동 기자] 가람시는", Some("[헤럴드경제=홍길동 기자]")),
            ("[가람일보 홍길동 기자] 가람시는", Some("[가람일보 홍길동 기자]")),
            ("【가람=뉴시스】홍길동 기자 = 가람시는", Some("【가람=뉴시스】홍길동 기자 =")),
            ("홍길동 기자 = 가람시는", Some("홍길동 기자 =")),
            ("[서울신문] 가람시는", Some("[서울신문]")),
            ("[서울=가람핌]홍길동 성춘향 기자 = 가람시는", Some("[서울=가람핌]홍길동 성춘향 기자 =")),
            ("(도쿄=가람핌) 홍길동 특파원 = 가람시는", Some("(도쿄=가람핌) 홍길동 특파원 =")),
            ("[서울=가람핌] 가람시는", None),
            ("[사진=가람핌] 홍길동 = 가람시는", None),
            ("[속보] 가람시는", None),
            ("(사진=연합뉴스) 가람시는", None),
            ("가람시는 [새 노선]을", None),
        ] {
            assert_eq!(dateline(text).map(|end| text[..end].trim_end()), cut, "{text}");
        }
    }
}
