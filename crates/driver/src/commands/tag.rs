//! `gisa tag`: JSON Lines in, JSON Lines out, in the order of the input.

use std::io::{self, Write};
use std::path::PathBuf;

use gisa_entity::Basis;
use gisa_entity::{Label, Worker};

use crate::analysis::{self, Found};
use crate::article::Article;
use crate::composed::Composed;
use crate::error::{Cause, Error, Failure};
use crate::exit::ExitStatus;
use crate::input::Inputs;
use crate::parallel::{Workers, chunks};
use crate::progress::Progress;
use crate::read;
use crate::record::{Id, Record, RecordResult, Shape};
use crate::resources::Resources;

/// What to read and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files and folders, `-` for the standard input.
    pub inputs: Vec<PathBuf>,
    /// The number of threads; without it, as many as the machine has.
    pub threads: Option<usize>,
    /// Whether only failures are said.
    pub quiet: bool,
    /// The dictionary and word lists.
    pub resources: Resources,
}

/// Tags the text of every record, whole and as it is; of a page, the parts that are the article.
///
/// # Errors
///
/// When it cannot be done at all, and when the results cannot be written.
pub fn run(settings: &Settings, out: &mut impl Write) -> Result<ExitStatus, Error> {
    let inputs = Inputs::find(&settings.inputs, None)?;
    let workers = Workers::new(settings.resources.tagger()?, settings.threads)?;
    let progress = Progress::new(inputs.bytes(), settings.quiet);

    let (mut articles, mut failures) = (0, 0);
    let records = chunks(read::all(inputs, progress.clone()));
    workers.in_order(
        records,
        |chunk| lines(&workers, chunk),
        |lines| {
            for line in lines {
                match line {
                    Ok(line) => {
                        out.write_all(&line.json).map_err(Error::Stdout)?;
                        articles += 1;
                        if let Some(failure) = line.undated {
                            progress.say(&format!("gisa: {failure}"));
                            failures += 1;
                        }
                    }
                    Err(failure) => {
                        progress.say(&format!("gisa: {failure}"));
                        failures += 1;
                    }
                }
            }
            progress.articles(articles);
            Ok(())
        },
    )?;
    out.flush().map_err(Error::Stdout)?;
    progress.finish();
    Ok(ExitStatus::of_failures(failures))
}

/// An article's line, and the failure of a day that could not be read.
struct TaggedLine {
    json: Vec<u8>,
    undated: Option<Failure>,
}

fn lines(workers: &Workers, chunk: Vec<RecordResult>) -> Vec<Result<TaggedLine, Failure>> {
    workers.each_record(chunk, line).collect()
}

fn line(worker: &mut Worker, record: Record) -> Result<TaggedLine, Cause> {
    let article = match record.shape {
        Shape::Page => Article::from_record(record)?,
        Shape::Row => Article::whole(record),
    };
    let composed = Composed::new(&article);
    let tagged = worker.tag(composed.document());
    let mut found: Vec<_> = analysis::found(&tagged, &composed).collect();
    found.sort_by_key(|found| found.origin.chars.start);
    let line = Line {
        id: &article.id,
        published: article.facts.published.map(|day| day.to_string()),
        mentions: found.iter().map(MentionJson::from).collect(),
    };
    let mut json = serde_json::to_vec(&line).map_err(io::Error::from)?;
    json.push(b'\n');
    let undated = article.facts.no_day.clone().map(|written| Cause::Undated(written).at(&article.position));
    Ok(TaggedLine { json, undated })
}

/// A line of the output. The order of the keys is part of the interface.
#[derive(serde::Serialize)]
struct Line<'l> {
    id: &'l Id,
    published: Option<String>,
    mentions: Vec<MentionJson<'l>>,
}

#[derive(serde::Serialize)]
struct MentionJson<'l> {
    start: usize,
    end: usize,
    label: Label,
    text: &'l str,
    name: &'l str,
    entity: usize,
    value: Option<&'l str>,
    basis: Option<&'static str>,
    confidence: f64,
}

impl<'l> From<&'l Found<'_, '_>> for MentionJson<'l> {
    fn from(found: &'l Found<'_, '_>) -> MentionJson<'l> {
        MentionJson {
            start: found.origin.chars.start,
            end: found.origin.chars.end,
            label: found.mention.label,
            text: found.mention.text,
            name: found.name,
            entity: found.mention.entity,
            value: found.mention.value.as_deref(),
            basis: found.mention.basis.map(Basis::as_str),
            confidence: hundredths(found.mention.confidence),
        }
    }
}

/// A probability to the hundredth, as it is worth writing.
fn hundredths(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
