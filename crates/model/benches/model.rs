//! Micro-benchmarks of the built-in model over the tiny dictionary; they need no set-up: `cargo bench -p gisa-model`.
//!
//! `crates/driver/benches` measures the whole program on whole corpora.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use gisa_model::unit::Units;
use gisa_model::{Buffers, ListedForms, Model};
use gisa_tokenizer::{Morpheme, Tokenizer, sentences, tiny};

const SENTENCES: &str = "이장우 대전시장은 23일 서울에서 기자들을 만났다. 김하늘 한빛누리공사 사장은 미국인 3명과 부산으로 갔다. \
                         비가 온 뒤에 사람들이 웃었다.";

fn main() {
    divan::main();
}

fn model() -> Model {
    Model::fast().expect("the built-in model opens")
}

/// Returns each sentence of a text with its morphemes.
fn analyse(text: &str) -> Vec<Vec<Morpheme>> {
    let dictionary = tiny::dictionary().expect("the tiny dictionary is built");
    let mut worker = Tokenizer::new(dictionary).new_worker();
    sentences(text).map(|range| worker.tokenize_sentence(text, range).to_vec()).collect()
}

#[divan::bench(args = [1, 100])]
fn tag(bencher: Bencher, copies: usize) {
    let text = [SENTENCES, " "].concat().repeat(copies);
    let analysed = analyse(&text);
    let (model, mut buffers) = (model(), Buffers::default());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut mentions = 0;
        model.tag(black_box(&text), analysed.iter().map(Vec::as_slice), &mut buffers, |_| mentions += 1);
        mentions
    });
}

#[divan::bench]
fn split_into_units(bencher: Bencher) {
    let analysed = analyse(SENTENCES);
    let (splitter, mut units) = (Units::new(), Vec::new());
    let morphemes: usize = analysed.iter().map(Vec::len).sum();
    bencher.counter(ItemsCount::new(morphemes)).bench_local(|| {
        let mut count = 0;
        for morphemes in &analysed {
            splitter.read(black_box(SENTENCES), morphemes, &mut units);
            count += units.len();
        }
        count
    });
}

#[divan::bench]
fn read_lists() -> ListedForms {
    ListedForms::embedded()
}

#[divan::bench]
fn open_model() -> Model {
    model()
}
