//! `gisa tokenize`: a line in, a line out.

use std::io::Write;
use std::path::PathBuf;

use gisa_tokenizer::{Morpheme, Worker};

use crate::ExitStatus;
use crate::error::Error;
use crate::input::Inputs;
use crate::progress::Progress;
use crate::read::{self, Lines};
use crate::resources::Resources;

/// What to read and how to write it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The text; `-` for the standard input.
    pub input: PathBuf,
    /// How a line's morphemes are written.
    pub form: Form,
    /// The dictionary and word lists.
    pub resources: Resources,
}

/// How a line's morphemes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `이/NP 시장/NNG 은/JX`.
    Tagged,
    /// `이 시장 은`.
    Wakati,
    /// An object with every morpheme's tag, class and offsets.
    Json,
}

/// Analyses each line. A line that is no text gives an empty line, so that output and input keep step.
///
/// # Errors
///
/// When it cannot be done at all, and when the results cannot be written.
pub fn run(settings: &Settings, out: &mut impl Write) -> Result<ExitStatus, Error> {
    let inputs = Inputs::find(std::slice::from_ref(&settings.input), None)?;
    let mut worker = settings.resources.tokenizer()?.new_worker();
    let mut failures = inputs.failures.len() as u64;
    for input in &inputs.files {
        let place = input.place();
        let lines = Lines::new(
            read::open(input, &Progress::hidden())
                .map_err(|source| Error::Input { path: settings.input.clone(), source })?,
        );
        for (number, line) in lines {
            let line = line.unwrap_or_else(|cause| {
                failures += 1;
                eprintln!("gisa: {}", cause.at(&place.line(number)));
                String::new()
            });
            writeln!(out, "{}", analysed(&mut worker, &line, settings.form)).map_err(Error::Stdout)?;
        }
    }
    out.flush().map_err(Error::Stdout)?;
    Ok(ExitStatus::of_failures(failures))
}

fn analysed(worker: &mut Worker, line: &str, form: Form) -> String {
    let morphemes = worker.tokenize_sentence(line, 0..line.len());
    let joined = |word: fn(&Morpheme, &str) -> String| {
        morphemes.iter().map(|morpheme| word(morpheme, line)).collect::<Vec<_>>().join(" ")
    };
    match form {
        Form::Tagged => joined(|morpheme, line| format!("{}/{}", morpheme.surface(line), morpheme.tag())),
        Form::Wakati => joined(|morpheme, line| morpheme.surface(line).to_owned()),
        Form::Json => json(morphemes, line),
    }
}

#[derive(serde::Serialize)]
struct LineJson<'l> {
    morphemes: Vec<MorphemeJson<'l>>,
}

#[derive(serde::Serialize)]
struct MorphemeJson<'l> {
    surface: &'l str,
    tag: String,
    class: &'static str,
    start: usize,
    end: usize,
}

fn json(morphemes: &[Morpheme], line: &str) -> String {
    let (mut bytes, mut chars) = (0, 0);
    let morphemes = morphemes
        .iter()
        .map(|morpheme| {
            let surface = morpheme.surface(line);
            let start = chars + line[bytes..morpheme.start()].chars().count();
            (bytes, chars) = (morpheme.end(), start + surface.chars().count());
            MorphemeJson {
                surface,
                tag: morpheme.tag().to_string(),
                class: morpheme.class().as_str(),
                start,
                end: chars,
            }
        })
        .collect();
    serde_json::to_string(&LineJson { morphemes }).expect("strings and numbers are JSON")
}
