//! Micro-benchmarks over the tiny dictionary; they need no set-up: `cargo bench -p gisa-tokenizer`.
//!
//! `crates/driver/benches` compares the program with others on whole corpora and with the whole dictionary.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gisa_tokenizer::{Dictionary, Tokenizer, sentences, tiny};

const SENTENCE: &str = "이장우 대전시장은 23일 서울에서 기자들을 만났다.";

fn main() {
    divan::main();
}

fn dictionary() -> Dictionary {
    tiny::dictionary().expect("the tiny dictionary is built")
}

/// Returns an article with this number of sentences.
fn article(sentences: usize) -> String {
    [SENTENCE, " "].concat().repeat(sentences)
}

#[divan::bench(args = [1, 20, 400])]
fn tokenize(bencher: Bencher, sentences: usize) {
    let text = article(sentences);
    let mut worker = Tokenizer::new(dictionary()).new_worker();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| worker.tokenize(black_box(&text)).len());
}

#[divan::bench]
fn tokenize_with_user_dictionary(bencher: Bencher) {
    let text = article(20);
    let entries = "대전시장,NNP\n한빛누리공사,NNP\n세종 스마트시티,NNP,지명\n";
    let tokenizer = Tokenizer::new(dictionary()).with_user_entries(entries.as_bytes(), "user.csv").expect("valid rows");
    let mut worker = tokenizer.new_worker();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| worker.tokenize(black_box(&text)).len());
}

#[divan::bench(args = [1, 10])]
fn analyses(bencher: Bencher, count: usize) {
    let mut worker = Tokenizer::new(dictionary()).new_worker();
    bencher
        .counter(BytesCount::of_str(SENTENCE))
        .bench_local(|| worker.analyses(black_box(SENTENCE), 0..SENTENCE.len(), count).len());
}

#[divan::bench]
fn split_sentences(bencher: Bencher) {
    let text = article(400);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| sentences(black_box(&text)).count());
}

#[divan::bench]
fn open_dictionary(bencher: Bencher) {
    let dictionary = dictionary();
    bencher.bench_local(|| Dictionary::open(black_box(dictionary.path())).map(|opened| opened.entries()).ok());
}
