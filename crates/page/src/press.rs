//! Which newspaper a page is from: by its copyright line, its site's name behind the headline, or the dateline.

/// Newspapers, agencies and broadcasters whose names do not end the way the others' do.
const KNOWN: &[&str] = &[
    "뉴스1",
    "뉴시스",
    "연합",
    "한겨레",
    "한겨레21",
    "오마이뉴스",
    "이데일리",
    "매경",
    "한경",
    "더팩트",
    "프레시안",
    "노컷뉴스",
    "쿠키뉴스",
    "데일리안",
    "아이뉴스24",
    "마이데일리",
    "조선비즈",
    "블로터",
    "전자신문",
    "디지털데일리",
    "지디넷코리아",
    "시사인",
    "시사IN",
    "주간동아",
    "신동아",
    "월간조선",
    "머니S",
    "머니투데이",
    "the300",
    "노동신문",
    "MBN",
    "KBS",
    "MBC",
    "SBS",
    "YTN",
    "JTBC",
    "TV조선",
    "채널A",
    "OBS",
    "CBS",
    "EBS",
    "TBS",
    "BBS",
    "한국경제TV",
    "서울경제TV",
    "매일경제TV",
];

/// What the names of newspapers end in.
const ENDINGS: &[&str] = &[
    "일보",
    "신문",
    "뉴스",
    "경제",
    "방송",
    "타임스",
    "타임즈",
    "투데이",
    "닷컴",
    "저널",
    "통신",
    "통신사",
    "미디어",
    "프레스",
    "헤럴드",
    "데일리",
    "포스트",
    "위클리",
    "이코노미",
    "비즈니스",
    "뉴스24",
    "경향",
    "매거진",
    "매일",
    "신보",
    "시보",
    "TV",
    "주보",
    "공론",
    "비즈",
    "주간",
    "리뷰",
];

/// What the names of magazines and sports papers begin with.
const BEGINNINGS: &[&str] = &["주간", "월간", "일간", "시사", "스포츠"];

/// Words with those endings that name no newspaper.
const NOT_PRESS: &[&str] = &[
    "소셜미디어",
    "멀티미디어",
    "뉴미디어",
    "뉴스",
    "신문",
    "방송",
    "경제",
    "매일",
    "통신",
    "미디어",
    "정치경제",
    "경제뉴스",
    "최신뉴스",
    "주요뉴스",
    "인기뉴스",
    "포토뉴스",
    "속보",
    "실시간뉴스",
    "헤드라인뉴스",
    "랭킹뉴스",
    "오늘의뉴스",
    "관련뉴스",
    "추천뉴스",
    "동영상뉴스",
    "카드뉴스",
    "이슈뉴스",
    "단독뉴스",
    "네이버뉴스",
    "다음뉴스",
    "세계경제",
    "한국경제성장",
    "지역경제",
    "생활경제",
    "거시경제",
    "시사경제",
];

/// Broadcasters, which write their local station behind their name (`KBS 청주`).
const BROADCASTERS: &[&str] = &["KBS", "MBC", "SBS", "YTN", "JTBC", "MBN", "OBS", "CBS", "TBS", "EBS", "BBS", "KNN"];

/// Marks after which a copyright line names its owner.
const OWNER_MARKS: &[&str] = &["ⓒ", "©", "ⓒ", "저작권자", "Copyrights", "Copyright", "COPYRIGHT", "copyright", "(c)"];

/// What the company behind a newspaper adds to its name (`뉴시스통신사`).
const COMPANY_ENDINGS: &[&str] = &["통신사", "코리아"];

/// Where the owner's name ends in a copyright line.
const OWNER_ENDS: &[&str] = &[
    "(",
    "[",
    "<",
    ">",
    "]",
    ",",
    ". ",
    " - ",
    "|",
    "무단",
    "All",
    "all",
    "ALL",
    "재배포",
    "에 의해",
    "에 있",
    "&",
    "의 ",
    "은 ",
];

/// Whether the words name a newspaper, an agency or a broadcaster.
pub(crate) fn is_press(name: &str) -> bool {
    let name = name.trim();
    if name.is_empty() || name.chars().nth(14).is_some() || NOT_PRESS.contains(&name) {
        return false;
    }
    if !name.chars().all(|c| c.is_alphanumeric() || c == ' ') {
        return false;
    }
    let longer = |part: &str| name.len() > part.len();
    let ending = ENDINGS.iter().any(|ending| longer(ending) && name.ends_with(ending));
    KNOWN.contains(&name) || (!name.contains(' ') && ending)
}

/// Whether the words would do as the name of a newspaper where one is expected, as at the top of its page.
pub(crate) fn is_masthead(name: &str) -> bool {
    let magazine = BEGINNINGS.iter().any(|start| name.starts_with(start)) && (4..=7).contains(&name.chars().count());
    is_press(name) || (magazine && !name.contains(' '))
}

/// Whether the word is a broadcaster's name.
pub(crate) fn is_broadcaster(name: &str) -> bool {
    BROADCASTERS.contains(&name)
}

/// The newspaper of a copyright line: `저작권자 ⓒ 가람일보 무단전재`, `가람일보(www.garam.example.kr), 무단전재`.
pub(crate) fn in_copyright(line: &str) -> Option<String> {
    let marked = OWNER_MARKS.iter().filter_map(|mark| line.rfind(mark).map(|at| at + mark.len())).max();
    marked.and_then(|at| owner(&line[at..])).or_else(|| owner(line))
}

/// The newspaper of a dateline or bracketed byline: `서울=가람통신`, `가람일보 홍길동 기자`, `가람일보`.
pub(crate) fn in_dateline(inside: &str) -> Option<String> {
    inside
        .split(|c: char| c.is_whitespace() || "=[]()【】./·,-".contains(c))
        .find(|word| is_press(word))
        .map(str::to_owned)
}

/// The owner named at the start of a text.
fn owner(text: &str) -> Option<String> {
    let skip = |c: char| !crate::prose::is_hangul(c) && !c.is_ascii_alphabetic();
    let mut text = text.trim_start_matches(skip);
    for word in ["by ", "By ", "BY ", "저작권자", "copyright", "Copyright"] {
        text = text.strip_prefix(word).unwrap_or(text).trim_start_matches(skip);
    }
    for company in ["주식회사", "(주)", "㈜", "주)"] {
        text = text.strip_prefix(company).unwrap_or(text).trim_start();
    }
    let window = text.char_indices().nth(40).map_or(text, |(at, _)| &text[..at]);
    let end = OWNER_ENDS.iter().filter_map(|end| window.find(end)).min().unwrap_or(window.len());
    let name = window[..end].trim_matches(|c: char| c.is_whitespace() || "./·:-".contains(c));
    if is_press(name) {
        return Some(brand(name).to_owned());
    }
    // `종합 경제정보 미디어 이데일리`: the name stands last. A host or a slogan alone is no name.
    let last = name.split_whitespace().rev().find(|word| is_press(word));
    let short = name.split_whitespace().count() <= 2 && name.chars().count() <= 14 && !name.contains('.');
    let lettered =
        name.chars().any(crate::prose::is_hangul) || name.chars().filter(char::is_ascii_uppercase).count() > 2;
    last.map(|name| brand(name).to_owned()).or_else(|| (short && lettered).then(|| name.to_owned()))
}

/// The newspaper's name without what its company adds.
fn brand(name: &str) -> &str {
    let brand = COMPANY_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    brand.filter(|brand| KNOWN.contains(brand)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copyright_lines_name_their_owner() {
        for (line, press) in [
            ("가람일보(www.garam.example.kr), 무단전재 및 수집, 재배포 금지", Some("가람일보")),
            ("<저작권자 ⓒ 가람일보, 무단전재 및 재배포 금지>", Some("가람일보")),
            ("저작권자 © 한빛신문 무단전재 및 재배포 금지", Some("한빛신문")),
            ("Copyright ⓒ 한빛신문. All rights reserved.", Some("한빛신문")),
            ("[ⓒ 한빛일보 & hanbit.example.kr, 무단전재 및 재배포 금지]", Some("한빛일보")),
            ("＜ⓒ종합 경제정보 미디어 한빛데일리 - 무단전재 & 재배포 금지＞", Some("한빛데일리")),
            ("◎공감언론 뉴시스 hong@garam.example.kr", Some("뉴시스")),
            ("Copyright by garam.example.kr All rights reserved.", None),
            ("무단전재 및 재배포 금지", None),
        ] {
            assert_eq!(in_copyright(line).as_deref(), press, "{line}");
        }
    }

    #[test]
    fn papers_are_told_from_sections() {
        for (name, is) in
            [("가람일보", true), ("뉴스1", true), ("경제", false), ("포토뉴스", false), ("가람시", false), ("", false)]
        {
            assert_eq!(is_press(name), is, "{name}");
        }
    }
}
