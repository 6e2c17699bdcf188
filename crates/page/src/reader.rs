//! The page reader: the stages from a text to its [`Page`].
//!
//! ```text
//! text -> lines::lines -> story::find -> title::find -> parts (paragraph, caption, byline) -> Page
//! ```

use std::ops::Range;

use crate::line::{Line, LineKind};
use crate::page::Page;
use crate::title::Title;
use crate::{breadcrumb, lines, link, newspaper, parts, publication, reporters, story, title};

/// Reads the text of a `.txt` file: a scraped page, an agency's article, or a plain article under its headline.
///
/// ```
/// let text = "가람시, 버스 노선 늘린다\n입력 2024-06-23 17:04\n가람시는 다음 달부터 버스 노선을 늘린다.\n\
///             홍길동 기자 hong@garam.example.kr\n저작권자 ⓒ 가람일보 무단전재 및 재배포 금지\n";
/// let page = gisa_page::read_page(text);
///
/// assert_eq!(page.title.map(|range| &text[range]), Some("가람시, 버스 노선 늘린다"));
/// assert_eq!(page.body.len(), 1);
/// assert_eq!(page.published.unwrap().to_string(), "2024-06-23");
/// assert_eq!(page.press.as_deref(), Some("가람일보"));
/// assert_eq!(page.reporters, ["홍길동"]);
/// ```
pub fn read_page(text: &str) -> Page {
    let lines = lines::lines(text);
    let Some(story) = story::find(&lines) else { return Page::default() };
    let title = title::find(text, &lines, &story);
    let below_title = title.as_ref().map_or(0, |title| title.line + 1);
    let mut page = Page { title: title.as_ref().map(|title| title.range.clone()), ..Page::default() };
    let same = page.title.as_ref().map(|range| title::normal(&text[range.clone()]));
    let mut window = story.lines.start.max(below_title)..story.lines.end.max(below_title);
    if story.plain {
        window = below_title..parts::end_of_body(&lines, below_title);
    } else {
        page.leads = leads_above(&lines, title.as_ref(), window.start);
    }
    parts::sort(&lines[window.clone()], same.as_deref(), &mut page);
    let sections_end = story.first_prose.min(window.end);
    reporters::gather(&lines, below_title, &window, &mut page);
    (page.published, page.modified) = publication::days(&lines, title.as_ref(), window.end);
    page.press = newspaper::find(&lines, title.as_ref(), &texts(text, &page.bylines));
    page.sections = breadcrumb::find(&lines, title.as_ref(), sections_end);
    page.url = link::find(&lines, story.first_prose);
    page
}

/// Reads the text of a table row whose headline is in another column. All of it is the article, except datelines,
/// captions, signatures, copyright lines, calls to subscribe and the related links at its end. A line that repeats the
/// headline is left out.
///
/// ```
/// let text = "[가람일보 홍길동 기자] 가람시는 버스를 늘린다.hong@garam.example.kr▶ 가람일보 구독하기";
/// let page = gisa_page::read_body(text, None);
///
/// assert_eq!(&text[page.body[0].clone()], "가람시는 버스를 늘린다.");
/// ```
pub fn read_body(text: &str, title: Option<&str>) -> Page {
    let lines = lines::lines(text);
    let same = title.map(title::normal).filter(|title| !title.is_empty());
    let mut page = Page::default();
    let window = 0..parts::end_of_body(&lines, 0);
    parts::sort(&lines[window.clone()], same.as_deref(), &mut page);
    reporters::gather(&lines, window.end, &window, &mut page);
    (page.published, page.modified) = publication::days(&lines, None, window.end);
    page.press = newspaper::find(&lines, None, &texts(text, &page.bylines));
    page.url = link::find(&lines, 0);
    page
}

/// Returns the subtitles directly below the headline, above dates and tools.
fn leads_above(lines: &[Line<'_>], title: Option<&Title>, end: usize) -> Vec<Range<usize>> {
    let Some(title) = title else { return Vec::new() };
    let below =
        lines[(title.line + 1).min(end)..end].iter().take_while(|line| line.kind == LineKind::Text || line.bullet);
    below.filter(|line| line.kind == LineKind::Text && !line.bullet).filter_map(parts::lead).collect()
}

/// Returns the texts of ranges.
fn texts<'t>(text: &'t str, ranges: &[Range<usize>]) -> Vec<&'t str> {
    ranges.iter().map(|range| &text[range.clone()]).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// Returns the words of parts, joined.
    fn words(text: &str, ranges: &[Range<usize>]) -> String {
        ranges.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>().join(" / ")
    }

    /// Checks what every page promises: trimmed ranges on character boundaries, in order, without overlap.
    fn assert_sound(text: &str, page: &Page) {
        let kinds = [&page.leads, &page.body, &page.captions, &page.bylines];
        for ranges in kinds {
            assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "{ranges:?}");
        }
        let mut all: Vec<_> = kinds.into_iter().flatten().chain(&page.title).cloned().collect();
        all.sort_by_key(|range| (range.start, range.end));
        for range in &all {
            let words = text.get(range.clone()).expect("a range on character boundaries");
            assert!(!words.is_empty() && words == words.trim(), "{words:?}");
        }
        assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start), "{all:?}");
    }

    /// A site of regional papers: window title, tools, links inside the article, comments below it.
    const CONTENT_SYSTEM: &str = "가람시의회, 심야버스 조례 통과… 10월부터 운행 < 정치 < 기사본문 - 가람시민신문
본문 바로가기
전체메뉴
로그인
UPDATED. 2024-06-26 10:00 (수)
가람시의회, 심야버스 조례 통과… 10월부터 운행
정치
입력 2024.06.23 17:04
수정 2024.06.24 08:10
홍길동 기자
댓글 3
SNS 기사보내기
가람시의회가 심야버스 조례를 통과시켰다.
관련기사
한빛시, 버스 요금 동결하기로
[르포] 새벽 첫차를 타는 사람들
성춘향 의원은 본회의에서 “새벽에 일하는 시민의 발이 될 것”이라고 말했다.
광고
조례는 오는 10월 1일 시행된다. 시는 버스 열두 대를 새로 산다.
홍길동 기자 hong@garam.example.kr
다른기사 보기
저작권자 © 가람시민신문 무단전재 및 재배포 금지
강 건너 다리 놓는다
댓글 3
댓글입력
정말 반가운 소식입니다. 새벽마다 걸어서 출근했는데 이제 버스를 타겠네요. 시의회에 고맙다는 말을 전하고 싶습니다.
";

    /// A picture with its caption for an article, above teasers that are longer than it.
    const PICTURE: &str = "로그인
회원가입
홈
한빛뉴스
[포토] 첫눈 내린 가람산
등록 2023-11-30 08:12
(가람=한빛뉴스) 임꺽정 기자 = 30일 오전 가람산 정상에서 등산객들이 첫눈을 맞으며 기념사진을 찍고 있다. 2023.11.30/한빛뉴스
많이 본 뉴스
가람산 케이블카 4년 만에 다시 운행
가람산 케이블카가 4년 만에 다시 움직인다. 시는 지난해부터 낡은 줄을 바꾸는 공사를 벌여 왔으며 다음 달 1일부터 손님을 태운다고 밝혔다.
한빛시 도서관 밤 11시까지 연다
한빛시가 시립도서관 다섯 곳의 문 닫는 시간을 밤 11시로 늦춘다. 사서 열두 명도 새로 뽑는다.
Copyright ⓒ 한빛뉴스 All rights reserved.
";

    /// Dates in words of their own lines, a subtitle, a caption under its button, subheads, a newspaper page number.
    const PORTAL: &str = "뉴스홈\r\n\t로그인\r\n\t경제\r\n가람시, 새 버스 노선 열두 개 만든다\r\n입력 :\r\n2024-06-23 17:04:11\r\n글자크기\r\n가\r\n가\r\n\
        \"강 건너까지 30분\"… 내년 봄 개통\r\n사진 확대\r\n새 버스를 살펴보는 시민들. [가람버스]\r\n\
        가람시가 새 버스 노선 열두 개를 만든다. 시는 23일 이런 내용의 교통 계획을 발표했다.\r\n\
        ◆ 남은 과제\r\n운전기사가 모자란다. 박 시장은 \"여든 명을 뽑겠다\"고 했다.\r\n\
        /가람=홍길동·성춘향 기자 hong@hanbit.example.com\r\n인기뉴스\r\n1\r\n한빛전자, 새 공장 짓는다\r\n2024-06-22 09:00:00\r\n\
        주소 : 가람시 새벽로 1 | 대표전화 : 02-000-0000 | 등록번호 : 가00000 | 등록일자 : 1998-05-06\r\n\
        Copyright ⓒ 한빛경제. All rights reserved.\r\n";

    /// A column, its writer at the end.
    const COLUMN: &str = "[기고] 느린 버스가 도시를 바꾼다

도시의 속도는 빠를수록 좋은가. 나는 그렇게 생각하지 않는다.

느린 버스는 골목을 지난다. 골목에는 사람이 산다.

홍길동 가람대 교통공학과 교수
";

    #[test]
    fn pages_part_into_their_articles() {
        // (page, title, leads, body's first and last words, captions, published, press, reporters, sections)
        for (text, title, leads, first, last, captions, published, press, reporters, sections) in [
            (
                CONTENT_SYSTEM,
                "가람시의회, 심야버스 조례 통과… 10월부터 운행",
                "",
                "가람시의회가 심야버스",
                "열두 대를 새로 산다.",
                "",
                "2024-06-23",
                "가람시민신문",
                "홍길동",
                "정치",
            ),
            (
                PICTURE,
                "[포토] 첫눈 내린 가람산",
                "",
                "30일 오전 가람산",
                "기념사진을 찍고 있다.",
                "",
                "2023-11-30",
                "한빛뉴스",
                "임꺽정",
                "",
            ),
            (
                PORTAL,
                "가람시, 새 버스 노선 열두 개 만든다",
                "\"강 건너까지 30분\"… 내년 봄 개통",
                "가람시가 새 버스 노선",
                "뽑겠다\"고 했다.",
                "새 버스를 살펴보는 시민들. [가람버스]",
                "2024-06-23",
                "한빛경제",
                "홍길동 성춘향",
                "경제",
            ),
            (COLUMN, "[기고] 느린 버스가 도시를 바꾼다", "", "도시의 속도는", "사람이 산다.", "", "", "", "홍길동", ""),
        ] {
            let page = read_page(text);
            assert_sound(text, &page);
            assert_eq!(words(text, page.title.as_slice()), title);
            assert_eq!(words(text, &page.leads), leads, "{title}");
            assert_eq!(words(text, &page.captions), captions, "{title}");
            let body = words(text, &page.body);
            assert!(body.starts_with(first) && body.ends_with(last), "{body}");
            assert!(!body.contains("르포") && !body.contains("댓글"), "{body}");
            assert_eq!(page.published.map(|day| day.to_string()).unwrap_or_default(), published, "{title}");
            assert_eq!(page.press.unwrap_or_default(), press, "{title}");
            assert_eq!(page.reporters.join(" "), reporters, "{title}");
            assert_eq!(page.sections.join(" "), sections, "{title}");
        }
        assert_eq!(read_page(CONTENT_SYSTEM).modified.unwrap().to_string(), "2024-06-24");
        assert_eq!(read_page(""), Page::default());
    }

    #[test]
    fn a_dateline_names_the_paper_whatever_it_is_called() {
        let text = "[서울=가람핌]홍길동 성춘향 기자 = 가람시는 버스를 늘린다.\n박 시장은 반긴다고 했다.";
        for page in [read_page(&format!("홈 > 뉴스 > 사회\n가람시 버스 늘린다\n{text}")), read_body(text, None)]
        {
            assert_eq!(page.press.as_deref(), Some("가람핌"));
            assert_eq!(page.reporters, ["홍길동", "성춘향"]);
            assert_eq!(page.body.len(), 2);
        }
    }

    #[test]
    fn english_dates_and_pictures_of_a_page_are_told_apart() {
        let text = "홈 > 뉴스 > 사회\n가람시 버스 늘린다\nPublished : Aug. 29, 2023 14:05\nUpdated : August 30, 2023 15:00\n\
                    [사진1] 새 버스가 종점에 서 있다 (제공: 가람시)\n가람시는 버스를 늘린다.\n박 시장은 반긴다고 했다.";
        let page = read_page(text);
        assert_sound(text, &page);
        assert_eq!(words(text, page.title.as_slice()), "가람시 버스 늘린다");
        assert_eq!(words(text, &page.captions), "[사진1] 새 버스가 종점에 서 있다 (제공: 가람시)");
        assert_eq!(page.published.unwrap().to_string(), "2023-08-29");
        assert_eq!(page.modified.unwrap().to_string(), "2023-08-30");
        assert_eq!(page.sections, ["사회"]);
        assert_eq!(page.body.len(), 2);
    }

    #[test]
    fn rows_keep_their_sentences_and_lose_the_rest() {
        for (title, text, body, reporters) in [
            (
                "버스 늘린다",
                "버스 늘린다\n기사내용 요약\n다음 달부터 열두 대\n[가람=뉴시스] 홍길동 기자 = 가람시는 버스를 늘린다.\n\n박 시장은 반긴다고 했다.\n\nhong@garam.example.kr",
                "가람시는 버스를 늘린다. / 박 시장은 반긴다고 했다.",
                "홍길동",
            ),
            (
                "",
                "가람시는 버스를 늘린다.박 시장은 반긴다고 했다.홍길동·성춘향 기자 hong@garam.example.kr▶ 가람일보 구독하기[ⓒ 가람일보 무단전재 및 재배포 금지]",
                "가람시는 버스를 늘린다.박 시장은 반긴다고 했다.",
                "홍길동 성춘향",
            ),
            (
                "",
                "[앵커]\n가람시가 버스를 늘린다는 소식입니다.\n[기자]\n다음 달부터 열두 대가 더 다닙니다.\n가람뉴스 홍길동입니다.\n■ 제보하기\n▷ 이메일 : jebo@garam.example.kr",
                "가람시가 버스를 늘린다는 소식입니다. / 다음 달부터 열두 대가 더 다닙니다.",
                "홍길동",
            ),
            (
                "",
                "버스 종점.(가람시 제공)\n가람시는 버스를 늘린다.\n많이 본 뉴스\n한빛시 축제 취소",
                "가람시는 버스를 늘린다.",
                "",
            ),
            ("", "", "", ""),
        ] {
            let page = read_body(text, Some(title));
            assert_sound(text, &page);
            assert_eq!(words(text, &page.body), body);
            assert_eq!(page.reporters.join(" "), reporters);
        }
    }

    /// What the sample corpus expects of a page.
    #[derive(serde::Deserialize)]
    struct Expected {
        file: String,
        id: Option<String>,
        title: String,
        published: Option<String>,
        press: String,
        reporter: String,
        body_starts: String,
        body_ends: String,
        not_people: Vec<String>,
    }

    #[test]
    fn the_sample_corpus_reads_as_expected() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let corpus = root.join("data/corpus");
        let expected = std::fs::read_to_string(root.join("tests/golden/expected.jsonl"))
            .expect("the expectations of the repository");
        for line in expected.lines() {
            let expected: Expected = serde_json::from_str(line).unwrap();
            if expected.id.is_some() {
                continue;
            }
            let bytes = std::fs::read(corpus.join(&expected.file)).unwrap();
            // One file is in CP949; reading encodings is not this module's work.
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let page = read_page(&text);
            assert_sound(&text, &page);
            assert_eq!(words(&text, page.title.as_slice()), expected.title, "{}", expected.file);
            let day = expected.published.as_deref().map(|time| &time[..10]);
            assert_eq!(page.published.map(|day| day.to_string()).as_deref(), day, "{}", expected.file);
            assert_eq!(page.press.as_deref(), Some(expected.press.as_str()), "{}", expected.file);
            assert_eq!(page.reporters.join(", "), expected.reporter, "{}", expected.file);
            let body = page.body.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>().join("\n");
            assert!(body.starts_with(&expected.body_starts), "{}: {body}", expected.file);
            assert!(body.ends_with(&expected.body_ends), "{}: {body}", expected.file);
            for name in expected.not_people {
                assert!(!body.contains(&name), "{}: {name}", expected.file);
            }
        }
    }

    /// Pieces that pages are made of, and some that break careless readers.
    const FRAGMENTS: [&str; 32] = [
        "가람시는 다음 달부터 버스를 늘린다.",
        "(가람=연합뉴스) 홍길동 기자 = ",
        "홍길동 기자 hong@garam.example.kr",
        "입력 2024.06.23. 오전 9:12",
        "많이 본 뉴스",
        "관련기사",
        "저작권자 ⓒ 가람일보 무단전재 및 재배포 금지",
        "사진=뉴시스",
        "[사진 확대",
        "▶",
        "$(document).ready(function(){",
        "가람시, 버스 늘린다 - 가람일보",
        "홍길동 가람대 교수",
        "가람뉴스 홍길동입니다.",
        "https://garam.example.kr/1",
        "\n",
        "\n",
        "\r\n\n",
        "\u{feff}",
        "\u{a0} ",
        "• ",
        "“",
        "다.",
        "=",
        "@",
        "(",
        "]",
        "\u{1f68c}",
        "e\u{301}",
        "\0",
        "ㄱ",
        "2024-0",
    ];

    #[test]
    fn any_text_reads_into_sound_parts() {
        // Pseudo-random texts, the same every time (xorshift).
        let mut state = 0x2024_0623_u64;
        let mut below = |limit: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % limit as u64).unwrap()
        };
        for _ in 0..3000 {
            let text: String = (0..below(40)).map(|_| FRAGMENTS[below(FRAGMENTS.len())]).collect();
            let title = FRAGMENTS[below(FRAGMENTS.len())];
            assert_sound(&text, &read_page(&text));
            assert_sound(&text, &read_body(&text, Some(title)));
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_reads_into_sound_parts(text in r"(?s).{0,400}", title in "(?s).{0,20}") {
            assert_sound(&text, &read_page(&text));
            assert_sound(&text, &read_body(&text, Some(&title)));
        }

        #[test]
        fn fragments_in_arbitrary_text_read_into_sound_parts(
            pieces in vec(prop_oneof![3 => select(&FRAGMENTS).prop_map(str::to_owned), 1 => r"(?s).{1,8}"], 0..40),
        ) {
            let text = pieces.concat();
            assert_sound(&text, &read_page(&text));
            assert_sound(&text, &read_body(&text, pieces.first().map(String::as_str)));
        }
    }

    #[test]
    fn long_lines_take_no_longer_than_many_short_ones() {
        // Each is about half a megabyte on one line; a quadratic step would take minutes.
        for fragment in FRAGMENTS {
            let text = fragment.replace(['\n', '\r'], " ").repeat(500_000 / fragment.len());
            assert_sound(&text, &read_page(&text));
            assert_sound(&text, &read_body(&text, None));
        }
    }
}
