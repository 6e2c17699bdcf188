//! Micro-benches of the page reader, over an invented page; nothing has to be set up.
//!
//! ```text
//! cargo bench -p gisa-page
//! ```

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;

/// The page of the example: a menu, an article, rankings and a footer.
const PAGE: &str = include_str!("../examples/page.txt");

/// A page whose menu, article and ranking list are twenty times as long.
static LONG: LazyLock<String> = LazyLock::new(|| {
    let lines: Vec<&str> = PAGE.lines().collect();
    let at = |heading: &str| lines.iter().position(|line| line.starts_with(heading)).expect("the page has the heading");
    let (menu, body, signature, ranking) = (at("전체메뉴"), at("시는 오는"), at("홍길동 기자 hong@"), at("많이 본"));
    let stretches: [(&[&str], usize); 5] = [
        (&lines[..menu], 1),
        (&lines[menu..at("UPDATED")], 20),
        (&lines[at("UPDATED")..body], 1),
        (&lines[body..signature], 20),
        (&lines[signature..ranking], 1),
    ];
    let mut long: Vec<&str> = stretches.iter().flat_map(|(lines, times)| lines.repeat(*times)).collect();
    long.extend(lines[ranking..].repeat(20));
    long.join("\n")
});

/// The article of the page as corpora keep it: one run-together line.
static ROW: LazyLock<String> = LazyLock::new(|| {
    let page = gisa_page::read_page(&LONG);
    let body: Vec<&str> = page.body.iter().map(|range| &LONG[range.clone()]).collect();
    format!(
        "{}홍길동 기자 hong@garam.example.kr▶ 가람시민신문 구독하기[ⓒ 가람시민신문 무단전재 및 재배포 금지]",
        body.concat()
    )
});

fn main() {
    divan::main();
}

/// Reads the page of the example.
#[divan::bench]
fn read_page(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(PAGE)).bench(|| gisa_page::read_page(divan::black_box(PAGE)));
}

/// Reads a long page.
#[divan::bench]
fn read_long_page(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(&*LONG)).bench(|| gisa_page::read_page(divan::black_box(&LONG)));
}

/// Reads the text of a row.
#[divan::bench]
fn read_body(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(&*ROW)).bench(|| gisa_page::read_body(divan::black_box(&ROW), None));
}
