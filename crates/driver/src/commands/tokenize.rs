//! `gisa tokenize`: a line in, a line out.

use std::io::{self, Write};
use std::path::PathBuf;

use gisa_tokenizer::{Analysis, Morpheme, MorphemeSource, Worker};

use crate::error::Error;
use crate::exit::ExitStatus;
use crate::input::{Format, Input, Inputs};
use crate::notice::notice;
use crate::read::{self, Lines};
use crate::resources::Resources;

/// What to read and how to write it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The plain text, or a folder of them; `-` for the standard input.
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
    Json {
        /// The number of analyses.
        analyses: usize,
    },
}

/// Analyses each line. A line that cannot be decoded gives an empty line, so that output and input correspond.
///
/// # Errors
///
/// When it cannot be done at all, as when the input is a file of articles, and when the results cannot be written.
pub fn run(settings: &Settings, out: &mut impl Write) -> Result<ExitStatus, Error> {
    let inputs = Inputs::find(std::slice::from_ref(&settings.input))?;
    inputs.files.iter().try_for_each(refuse_articles)?;
    let mut worker = settings.resources.tokenizer()?.new_worker();
    let mut failures = inputs.failures.len() as u64;
    for input in &inputs.files {
        let position = input.position();
        let lines = Lines::new(read::open_required(input)?);
        for (number, line) in lines {
            let line = line.unwrap_or_else(|cause| {
                failures += 1;
                notice(&format!("gisa: {}", cause.at(&position.line(number))));
                String::new()
            });
            write_line(out, &mut worker, &line, settings.form).map_err(Error::Stdout)?;
        }
    }
    out.flush().map_err(Error::Stdout)?;
    Ok(ExitStatus::of_failures(failures))
}

/// Refuses a file of articles: its lines are not text, and the lines of its texts would not correspond to them.
fn refuse_articles(input: &Input) -> Result<(), Error> {
    let Some(path) = &input.path else { return Ok(()) };
    let format = match input.format {
        Format::Page => return Ok(()),
        Format::JsonLines => "JSON Lines",
        Format::Csv | Format::Tsv => "a table",
    };
    Err(Error::NotPlainText { path: path.clone(), format })
}

fn write_line(out: &mut impl Write, worker: &mut Worker, line: &str, form: Form) -> io::Result<()> {
    if let Form::Json { analyses } = form {
        let analyses = worker.analyses(line, 0..line.len(), analyses.max(1));
        serde_json::to_writer(&mut *out, &LineJson::new(&analyses, line))?;
        return out.write_all(b"\n");
    }
    for (number, morpheme) in worker.tokenize_sentence(line, 0..line.len()).iter().enumerate() {
        if number > 0 {
            out.write_all(b" ")?;
        }
        match morpheme.source() {
            MorphemeSource::User => write_in_one(out, morpheme.surface(line))?,
            _ => out.write_all(morpheme.surface(line).as_bytes())?,
        }
        if form == Form::Tagged {
            write!(out, "/{}", morpheme.tag())?;
        }
    }
    out.write_all(b"\n")
}

/// Writes a user's word with `_` for white space inside it, since a space ends a morpheme.
fn write_in_one(out: &mut impl Write, surface: &str) -> io::Result<()> {
    for (number, part) in surface.split_whitespace().enumerate() {
        if number > 0 {
            out.write_all(b"_")?;
        }
        out.write_all(part.as_bytes())?;
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct LineJson<'l> {
    cost: i64,
    morphemes: Vec<MorphemeJson<'l>>,
    /// The analyses after the best.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<AnalysisJson<'l>>,
}

#[derive(serde::Serialize)]
struct AnalysisJson<'l> {
    cost: i64,
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

impl<'l> LineJson<'l> {
    fn new(analyses: &[Analysis], line: &'l str) -> LineJson<'l> {
        let mut all = analyses
            .iter()
            .map(|analysis| AnalysisJson { cost: analysis.cost, morphemes: morphemes_json(&analysis.morphemes, line) });
        let best = all.next().unwrap_or(AnalysisJson { cost: 0, morphemes: Vec::new() });
        LineJson { cost: best.cost, morphemes: best.morphemes, others: all.collect() }
    }
}

fn morphemes_json<'l>(morphemes: &[Morpheme], line: &'l str) -> Vec<MorphemeJson<'l>> {
    let (mut bytes, mut chars) = (0, 0);
    let json = morphemes.iter().map(|morpheme| {
        let surface = morpheme.surface(line);
        let start = chars + line[bytes..morpheme.start()].chars().count();
        (bytes, chars) = (morpheme.end(), start + surface.chars().count());
        MorphemeJson { surface, tag: morpheme.tag().to_string(), class: morpheme.class().as_str(), start, end: chars }
    });
    json.collect()
}
