//! The furniture of a newspaper's page: menus, share buttons, ranking headings, copyright lines and footers, as tables of
//! the words sites use.
//!
//! `line` asks here what a line without prose is. The tables hold words many sites share; a site's own words fall out
//! later, when the densest run of prose is taken for the article.

use crate::prose::{first_end, is_hangul, is_letter};
use crate::words::Words;

/// Lines that are a button, a tool or a menu item, compared without spaces, marks and digits, in lower case.
const TOOLS: &[&str] = &[
    "가",
    "메뉴",
    "전체메뉴",
    "전체메뉴닫기",
    "전체",
    "검색",
    "통합검색",
    "로그인",
    "로그아웃",
    "회원가입",
    "마이페이지",
    "구독",
    "구독신청",
    "정기구독",
    "구독하기",
    "공유",
    "기사공유",
    "스크랩",
    "기사스크랩",
    "프린트",
    "인쇄",
    "글자크기",
    "글씨크기",
    "글자크기설정",
    "글자크게",
    "글자작게",
    "폰트",
    "크게",
    "작게",
    "확대",
    "축소",
    "글씨키우기",
    "글씨줄이기",
    "페이스북",
    "트위터",
    "카카오톡",
    "카카오스토리",
    "카카오",
    "네이버",
    "네이버블로그",
    "밴드",
    "네이버밴드",
    "라인",
    "핀터레스트",
    "인스타그램",
    "유튜브",
    "구글",
    "링크복사",
    "url복사",
    "url",
    "주소복사",
    "복사",
    "이메일",
    "메일",
    "메일보내기",
    "닫기",
    "열기",
    "더보기",
    "펼치기",
    "접기",
    "사진확대",
    "이미지확대",
    "이미지크게보기",
    "원본보기",
    "기사듣기",
    "뉴스듣기",
    "음성듣기",
    "댓글",
    "댓글쓰기",
    "좋아요",
    "싫어요",
    "추천",
    "훈훈해요",
    "슬퍼요",
    "화나요",
    "응원해요",
    "후속기사원해요",
    "후속원해요",
    "공감",
    "북마크",
    "저장",
    "기사저장",
    "알림",
    "제보",
    "기사제보",
    "제보하기",
    "지면보기",
    "신문보기",
    "기사원문",
    "기사본문",
    "기사상세",
    "본문",
    "홈",
    "위로",
    "맨위로",
    "이전",
    "다음",
    "이전기사",
    "다음기사",
    "목록",
    "목록으로",
    "동영상뉴스",
    "기사내용요약",
    "핵심요약",
    "요약",
    "본문요약봇",
    "ai요약",
    "기사요약",
    "뉴스요약",
    "뉴스요약쏙",
    "광고",
    "ad",
    "advertisement",
    "sponsored",
    "여백",
    "상단여백",
    "후원하기",
    "후원",
    "언론사홈",
    "기사공유하기",
    "가가",
    "top",
    "home",
    "eng",
    "jpn",
    "chn",
    "rss",
    "pdf",
    "x",
    "tweet",
    "끝",
    "facebook",
    "twitter",
    "live",
];

/// What tool lines contain, in lines too short to be anything else.
static TOOL_PARTS: Words = Words::new(&[
    "바로가기",
    "공유하기",
    "글자크기",
    "글자 크기",
    "본문 글씨",
    "기사보내기",
    "기사 보내기",
    "스크랩하기",
    "스크랩 하기",
    "인쇄하기",
    "로그인",
    "회원가입",
    "구독신청",
    "구독하기",
    "URL복사",
    "URL 복사",
    "링크 복사",
    "다른 공유",
    "텍스트 음성",
    "음성 변환",
    "요약봇",
    "SNS 보내기",
    "기사 공유",
    "폰트 크기",
    "이 기사를 공유",
    "기사를 읽어",
    "Share on",
    "Copy link",
    "크롬기반",
    "브라우저에서만",
    "언어 변경",
    "언어변경",
    "시작페이지로",
    "언론사 구독",
    "기사원문",
    "이전호 보기",
    "다음호 보기",
    "이전 기사보기",
    "다음 기사보기",
    "뉴스 요약",
    "AI 요약",
    "요약은 ",
    "회원용",
    "로그아웃",
]);

/// What tool lines end in, when they are a few words: the verbs of buttons.
const TOOL_ENDS: &[&str] = &[
    "하기",
    "닫기",
    "열기",
    "보내기",
    "복사하기",
    "키우기",
    "줄이기",
    "더보기",
    "크게보기",
    "원해요",
    "눌러주세요",
    "눌러 주세요",
];

/// Headings and notes that stand where the article is over; compared like [`TOOLS`], at the start of a short line.
const TAILS: &[&str] = &[
    "많이본",
    "가장많이본",
    "인기뉴스",
    "인기기사",
    "랭킹뉴스",
    "뉴스랭킹",
    "랭킹",
    "실시간뉴스",
    "실시간인기",
    "실시간많이",
    "실시간댓글",
    "실시간급상승",
    "헤드라인뉴스",
    "헤드라인",
    "주요뉴스",
    "주요기사",
    "오늘의주요",
    "오늘의뉴스",
    "오늘의핫",
    "최신뉴스",
    "최신기사",
    "포토뉴스",
    "포토갤러리",
    "포토",
    "핫뉴스",
    "핫이슈",
    "핫클릭",
    "기자의다른",
    "다른기사보기",
    "이기자의",
    "기자의기사",
    "지금뜨는",
    "이시각",
    "에디터추천",
    "당신을위한",
    "당신이좋아할",
    "함께볼만한",
    "함께읽으면",
    "놓치지마세요",
    "이기사와함께",
    "기사와함께",
    "섹션별",
    "분야별",
    "댓글삭제",
    "댓글정책",
    "댓글입력",
    "댓글을남",
    "개의댓글",
    "전체댓글",
    "독자의견",
    "네티즌의견",
    "베스트댓글",
    "이기사에대한",
    "이기사가마음",
    "기사가마음에",
    "기사가도움",
    "이기사를추천",
    "이기사는언론사에서",
    "기사추천은",
    "베스트클릭",
    "클릭클릭",
    "뉴스플러스",
    "지난기획",
    "이면의다른",
    "다음면기사",
    "다른칼럼보기",
    "뉴스레터구독하기",
    "알립니다",
    "모든기사보기",
    "기사모음",
    "relatedposts",
    "viewallposts",
    "mostread",
    "newsletter",
    "하단영역",
    "매체정보",
    "팀순위",
    "추천뉴스",
];

/// What such headings contain.
static TAIL_PARTS: Words = Words::new(&[
    "기자의 다른",
    "이 시각 ",
    "개의 댓글",
    "랭킹 뉴스",
    "많이 본 ",
    "다른 기사 보기",
    "기사 모음",
    "구독하고 메인",
]);

/// Headings of related articles, which stand below an article as a rule and inside it at times.
const ASIDES: &[&str] = &[
    "관련기사",
    "관련뉴스",
    "추천기사",
    "연관기사",
    "관련영상",
    "관련콘텐츠",
    "연관뉴스",
    "읽을만한기사",
    "tags",
    "태그",
];

/// Marks of a copyright line.
static COPYRIGHT: Words = Words::new(&[
    "무단전재",
    "무단 전재",
    "재배포 금지",
    "재배포금지",
    "재배포를 금",
    "저작권자 ",
    "저작권자ⓒ",
    "저작권자(",
    "ll rights reserved",
    "Copyright",
    "COPYRIGHT",
    "저작권은 제공",
    "저작권법의 보호",
    "저작권법에 저촉",
]);

/// Marks of a newspaper's own particulars below everything else.
static FOOTER: Words = Words::new(&[
    "등록번호",
    "발행인",
    "편집인",
    "청소년보호",
    "대표전화",
    "사업자등록",
    "사업자번호",
    "제호 :",
    "제호:",
    "주소 :",
    "주소:",
    "등록일자",
    "발행일자",
    "발행일 :",
    "등록일 :",
    "개인정보처리",
    "개인정보취급",
    "이용약관",
    "고충처리인",
    "이메일무단수집",
]);

/// Sentences of a site, an agency or a broadcaster to its readers; no article has them.
static NOTICES: Words = Words::new(&[
    "독자 여러분의 소중한 제보",
    "영상 제보받습니다",
    "공감언론 뉴시스",
    "기사문의 및 제보",
    "제보를 기다립니다",
    "제보 기다립니다",
    "당신의 제보가",
    "제보' 검색",
    "채널 추가",
    "구독해주세요",
    "구독해 주세요",
    "신년운세 보러가기",
    "본 기사는 매경",
    "본 기사는 한경",
    "본 기사는 헤럴드",
    "본지 편집 방향",
    "본지의 편집방향",
    "편집방향과 다를",
    "편집 방향과 다를",
    "당사의 허락",
    "사용가능. 재배포",
    "Redistribution Prohibited",
    "@yonhap_graphics",
    "독자의 후원으로",
    "정기구독으로",
    "뉴스는 24시간 여러분",
    "언론사 구독",
    "AI 요약은",
    "전체 맥락",
    "로그인을 하시면",
    "복구할 수 없습니다",
    "기사 추천은",
    "자동 인식으로 제공",
    "집계한 결과입니다",
    "섹션으로 분류했",
    "최신 뉴스를 요약",
    "브라우저에서만 사용",
    "회원용 콘텐츠",
    "이 기사를 공유합니다",
    "언론사가 직접 선정",
    "좋아요를 눌러",
    "마음에 들었다면",
]);

/// What shorter calls to readers contain; an article's sentences may too.
static PROMPTS: Words = Words::new(&[
    "제보하기",
    "채널 구독",
    "받아보세요",
    "만나보세요",
    "메인에서 ",
    "홈에서 [",
    "네이버에서 ",
    "모바일한경",
    "자세한 내용은 동영상",
    "후원계좌",
    "[정기구독]",
    "카톡/라인",
    "YTN 검색",
    "YTN을 검색",
    "앱 다운",
    "뉴스홈페이지",
    "뉴스 홈페이지",
    "친구로 추가",
    "재판매 및 DB",
    "신년운세",
]);

/// What a scraper picks up of a page's scripts.
static SCRIPT: Words = Words::new(&[
    "$(document)",
    "$( document",
    "googletag.",
    "window.googletag",
    "function()",
    "function (",
    "var ",
    "jQuery(",
    "document.write",
    "});",
    "adsbygoogle",
    "addEventListener",
]);

/// The letters of a line that the tables compare: no spaces, no marks, no digits, ASCII in lower case.
pub(crate) fn squeeze(line: &str) -> String {
    line.chars().filter(|&c| is_letter(c)).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether the line is a button, a tool or a menu item by its own words.
pub(crate) fn is_tool(line: &str, squeezed: &str) -> bool {
    if line.len() > 240 {
        return false;
    }
    let words = line.split_whitespace().count();
    let short = line.chars().nth(40).is_none();
    let menu = line.matches(" | ").count() >= 3 || line.trim_end().ends_with(" |") || (line.starts_with('|') && short);
    let button =
        words <= 4 && short && line.chars().nth(18).is_none() && TOOL_ENDS.iter().any(|end| line.ends_with(end));
    squeezed.is_empty()
        || squeezed.chars().all(|c| c == '가')
        || TOOLS.contains(&squeezed)
        || (short && TOOL_PARTS.are_in(line))
        || button
        || menu
        || (words >= 3 && short && line.split_whitespace().all(|word| TOOLS.contains(&squeeze(word).as_str())))
}

/// Whether the line is a heading that stands below the article.
pub(crate) fn is_tail(line: &str, squeezed: &str) -> bool {
    let short = line.chars().nth(45).is_none();
    let named = |heading: &str| {
        // `포토` and `헤드라인` are headings only by themselves; a headline may start with them.
        let alone = heading.chars().count() <= 3 || heading == "헤드라인";
        // Some headings are whole sentences; of the others, a headline may begin with one (`[포토뉴스] …`).
        let sentence = heading.starts_with("이기사") || heading.starts_with("기사");
        let more = squeezed.chars().count().saturating_sub(heading.chars().count());
        if alone { squeezed == heading } else { squeezed.starts_with(heading) && (sentence || more <= 6) }
    };
    let counted =
        squeezed == "댓글" && line.contains(|c: char| c.is_ascii_digit() || c == '(') && line.starts_with("댓글");
    short && (TAILS.iter().any(|heading| named(heading)) || TAIL_PARTS.are_in(line) || counted)
}

/// Whether the line is a heading of related articles.
pub(crate) fn is_aside(line: &str, squeezed: &str) -> bool {
    line.chars().nth(24).is_none()
        && ASIDES.iter().any(|heading| squeezed == *heading || squeezed.strip_prefix(heading) == Some("더보기"))
        || line.starts_with("[관련기사]")
        || line.starts_with("TAGS")
        || is_hashtags(line)
}

/// Whether the line claims a copyright. A line in which it follows a sentence is prose with its sign-off.
pub(crate) fn is_copyright(line: &str) -> bool {
    if line.len() > 600 {
        return false;
    }
    let Some(at) = copyright_at(line) else {
        // `© 2024 …` claims a page; `© 가람통신` credits a picture.
        let year = line.trim_start_matches(['ⓒ', '©', ' ']);
        return year.len() < line.len() && year.bytes().take_while(u8::is_ascii_digit).count() == 4;
    };
    first_end(line).is_none_or(|end| end > at || end < 12)
}

/// Where a copyright claim stands in a line.
pub(crate) fn copyright_at(line: &str) -> Option<usize> {
    COPYRIGHT.first_in(line).map(|found| found.start)
}

/// Whether the line gives the newspaper's own particulars.
pub(crate) fn is_footer(line: &str) -> bool {
    let marks = FOOTER.all_in(line).take(2).count();
    marks >= 2
        || (marks == 1
            && line.chars().nth(60).is_none()
            && (line.contains(':') || line.contains('|') || !line.contains(' ')))
}

/// Whether the line is a notice of the newspaper to its readers; prose is one only by words no article has.
pub(crate) fn is_notice(line: &str, prose: bool) -> bool {
    if line.chars().nth(220).is_some() {
        return false;
    }
    if NOTICES.are_in(line) {
        return true;
    }
    let marked = line.starts_with(['▶', '▷', '☞', '※', '◎', '*', '◆', '[']);
    let prompt = PROMPTS.are_in(line) && (marked || !prose);
    let address = marked && ["http", "@", "02-"].iter().any(|part| line.contains(part)) && !line.starts_with('[');
    let way = line.trim_start_matches(['▷', '▶', '[', ' ', '-']);
    let contact = ["전화", "이메일", "카카오톡", "메일]", "온라인 제보"].iter().any(|word| way.starts_with(word))
        && line.chars().nth(40).is_none()
        && line.contains(['@', ':', ']']);
    !prose && (prompt || address || contact) || (prose && marked && prompt && !line.starts_with('['))
}

/// Whether the line is code: of a script, or of the styles and comments about it.
pub(crate) fn is_script(line: &str) -> bool {
    let code = line.ends_with([';', '{', '}', '(', ',']) || line.contains("/*") || line.starts_with("//");
    let hangul = line.chars().take(200).filter(|&c| is_hangul(c)).count();
    script_start(line).is_some() || (code && hangul == 0) || (line.contains(':') && line.ends_with(',') && hangul == 0)
}

/// Where a page's script begins in a line of prose, if one does.
pub(crate) fn script_start(line: &str) -> Option<usize> {
    SCRIPT.first_in(line).map(|found| found.start)
}

/// Whether the line is a rank, a count or a rule: no letter in it.
pub(crate) fn is_letterless(line: &str) -> bool {
    !line.chars().any(is_letter)
}

/// Whether the line marks who speaks in a broadcast script (`[앵커]`, `◀ 리포트 ▶`).
pub(crate) fn is_speaker_mark(squeezed: &str) -> bool {
    [
        "앵커",
        "기자",
        "리포트",
        "앵커멘트",
        "인터뷰",
        "녹취",
        "현장음",
        "답변",
        "질문",
        "앵커인터뷰",
        "캐스터",
        "사회자",
        "출연자",
    ]
    .contains(&squeezed)
}

/// Whether the line is nothing but hashtags.
fn is_hashtags(line: &str) -> bool {
    line.starts_with('#')
        && line
            .split_whitespace()
            .all(|word| word.starts_with('#') && word.chars().any(|c| is_hangul(c) || c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_headlines_and_subheads() {
        for (line, expected) in [
            ("글자 크기 변경하기", "tool"),
            ("가 가", "tool"),
            ("댓글", "tool"),
            ("로그인 | ", "tool"),
            ("페이스북 트위터 밴드 인쇄", "tool"),
            ("많이 본 뉴스", "tail"),
            ("홍길동 기자의 다른기사 보기", "tail"),
            ("댓글 (0)", "tail"),
            ("관련기사", "aside"),
            ("#버스 #가람시", "aside"),
            ("저작권자 ⓒ 가람일보 무단전재 및 재배포 금지", "copyright"),
            ("대표전화 : 02-000-0000", "footer"),
            ("주소 : 가람시 새벽로 1 | 등록번호 : 가 00000 | 발행인 : 홍길동", "footer"),
            ("▷ 이메일 : jebo@garam.example.kr", "notice"),
            ("가람시, 버스 노선 열두 개 늘린다", ""),
            ("◇ 왜 지금인가", ""),
            ("포토라인에 선 가람시장", ""),
            ("시민 60%가 반긴 까닭", ""),
        ] {
            let squeezed = squeeze(line);
            let kind = if is_copyright(line) {
                "copyright"
            } else if is_footer(line) {
                "footer"
            } else if is_notice(line, false) {
                "notice"
            } else if is_aside(line, &squeezed) {
                "aside"
            } else if is_tail(line, &squeezed) {
                "tail"
            } else if is_tool(line, &squeezed) {
                "tool"
            } else {
                ""
            };
            assert_eq!(kind, expected, "{line}");
        }
    }
}
