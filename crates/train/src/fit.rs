//! The training loop: for each batch the forward pass, the loss, the backward pass, and a step of the optimizer.

use std::f32::consts::PI;

use rayon::prelude::*;

use crate::average::Average;
use crate::batch::{self, PARTS, Units};
use crate::crf_loss::{CrfLoss, Pairs, Room, SentenceTargets};
use crate::dataset::Dataset;
use crate::layers::{Network, Noise, no_gradient};
use crate::optimizer::{LookedUp, Optimizer};
use crate::options::Options;
use crate::random::Random;
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;
use gisa_model::tags::{MOST_LABELS, Tags};

/// Final learning rate, as a share of the highest.
const LAST_RATE: f32 = 0.05;

/// The progress of training.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress {
    /// The epoch, counted from 1.
    pub epoch: usize,
    /// Number of steps done in the epoch.
    pub step: usize,
    /// Number of steps of the epoch.
    pub steps: usize,
    /// Mean loss of a unit in the epoch so far.
    pub loss: f64,
}

/// An error in training.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// There are no sentences.
    #[error("there are no sentences to train on")]
    Empty,
    /// The sentences have no mentions.
    #[error("there are no mentions in the sentences to train on, so there is no label to learn")]
    NoMentions,
    /// There are more labels than a model may have.
    #[error("{count} labels are too many to learn; a model has at most {MOST_LABELS}")]
    Labels {
        /// Number of labels.
        count: usize,
    },
    /// A network could not be written to the working folder.
    #[error("{}: {source}", path.display())]
    Work {
        /// File of the network.
        path: std::path::PathBuf,
        /// Cause.
        source: std::io::Error,
    },
    /// A row, a flag or a tag does not exist in the shape.
    #[error("the sentences are not for a network of this shape")]
    Shape,
    /// The tags of a sentence are no valid sequence.
    #[error("sentence {sentence}: its tags may not follow one another")]
    Tags {
        /// Number of the sentence, from 0.
        sentence: usize,
    },
    /// The loss became infinite.
    #[error("the loss is no longer a number in step {step}; try a lower learning rate")]
    Diverged {
        /// Number of the step, from 1.
        step: usize,
    },
}

/// Trains a network, and returns the average of its parameters over the last steps. Calls `progress` after every step. The
/// result is the same for a seed, whatever the number of threads.
pub(crate) fn fit(
    shape: &Shape,
    parameters: Parameters,
    data: &Dataset,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Parameters, TrainError> {
    check(shape, data)?;
    let mut training = Training {
        optimizer: Optimizer::new(shape, &no_gradient(shape)),
        average: Average::new(options.average, parameters.clone()),
        shape,
        data,
        options,
        parameters,
        step: 0,
    };
    let mut order = Random::new(options.seed, 0);
    for epoch in 1..=options.epochs {
        training.epoch(epoch, &mut order, progress)?;
    }
    Ok(training.average.into_parameters())
}

/// Training under way.
struct Training<'t> {
    shape: &'t Shape,
    data: &'t Dataset,
    options: &'t Options,
    parameters: Parameters,
    optimizer: Optimizer,
    average: Average,
    /// Number of steps done.
    step: usize,
}

impl Training<'_> {
    /// Trains on every text once.
    fn epoch(
        &mut self,
        epoch: usize,
        order: &mut Random,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), TrainError> {
        let batches = batch::batches(self.data, self.options.units_per_batch, order);
        // Their number may differ by a few from one epoch to the next: the schedule takes this one's for those to come.
        let steps = self.step + batches.len() * (self.options.epochs + 1 - epoch);
        let (mut loss, mut units) = (0.0, 0);
        for (number, texts) in batches.iter().enumerate() {
            loss += self.step(texts, steps)?;
            units += texts.iter().map(|&text| self.data.text_units(text).len()).sum::<usize>();
            #[allow(clippy::cast_precision_loss)] // fewer than 2^52
            let loss = loss / units as f64;
            progress(Progress { epoch, step: number + 1, steps: batches.len(), loss });
        }
        Ok(())
    }

    /// Updates the parameters by the gradient of a batch; returns the sum of the losses of its units.
    fn step(&mut self, texts: &[usize], steps: usize) -> Result<f64, TrainError> {
        let &mut Training { shape, data, options, ref mut parameters, .. } = self;
        self.step += 1;
        let (gradient, looked_up, loss) =
            batch_gradient(Network { shape, parameters, data }, texts, options, self.step);
        if !loss.is_finite() {
            return Err(TrainError::Diverged { step: self.step });
        }
        let rate_share = rate(self.step, steps, options.warm_up_steps);
        self.optimizer.step((shape, data), parameters, &gradient, &looked_up, (options, rate_share));
        self.average.take(self.step, steps, parameters);
        Ok(loss)
    }
}

/// Checks that a network of this shape can be trained on the sentences.
fn check(shape: &Shape, data: &Dataset) -> Result<(), TrainError> {
    let tags = tags(shape);
    let targets = data.targets();
    if data.texts() == 0 {
        return Err(TrainError::Empty);
    }
    if tags.count() != shape.tags {
        return Err(TrainError::Shape);
    }
    let in_shape =
        |unit| targets.probabilities(unit).all(|(tag, _)| tag < shape.tags) && targets.tag(unit) < shape.tags;
    if !data.fits(shape) || targets.len() != data.units() || !(0..data.units()).all(in_shape) {
        return Err(TrainError::Shape);
    }
    let may_be = |sentence: usize| {
        let sequence: Vec<_> = data.sentence(sentence).map(|unit| targets.tag(unit)).collect();
        tags.may_begin(sequence[0])
            && tags.may_end(sequence[sequence.len() - 1])
            && sequence.windows(2).all(|pair| tags.may_follow(pair[0], pair[1]))
    };
    match (0..data.sentences()).find(|&sentence| !may_be(sentence)) {
        Some(sentence) => Err(TrainError::Tags { sentence }),
        None => Ok(()),
    }
}

/// Returns the tag set of a shape.
pub(super) fn tags(shape: &Shape) -> Tags {
    Tags::new(shape.tags.saturating_sub(1) / 4)
}

/// Returns the share of the learning rate in a step, counted from 1: linear warm-up, then half a cosine (Loshchilov
/// and Hutter 2017, "SGDR").
#[allow(clippy::cast_precision_loss)] // steps are few
fn rate(step: usize, steps: usize, warm_up: usize) -> f32 {
    let rise = (step as f32 / warm_up.max(1) as f32).min(1.0);
    let done = ((step - 1) as f32 / steps as f32).min(1.0);
    rise * (LAST_RATE + (1.0 - LAST_RATE) * 0.5 * (1.0 + (PI * done).cos()))
}

/// Returns the gradient of the mean loss of the units of a batch, and the sum of their losses.
fn batch_gradient(
    network: Network,
    texts: &[usize],
    options: &Options,
    step: usize,
) -> (Parameters, Vec<LookedUp>, f64) {
    let units: usize = texts.iter().map(|&text| network.data.text_units(text).len()).sum();
    let chain = CrfLoss::new(tags(network.shape), &network.parameters.transitions);
    let parts = batch::parts(network.data, texts).into_par_iter().enumerate().map(|(part, texts)| {
        // Stream 0 is that of the order of texts.
        let random = Random::new(options.seed, (1 + step * PARTS + part) as u64);
        part_gradient(network, &chain, texts, units, Some(Noise { random, options }))
    });
    let parts: Vec<_> = parts.collect();
    let mut gradient = no_gradient(network.shape);
    let mut looked_up = Vec::with_capacity(PARTS);
    let mut loss = 0.0;
    for (part, slopes, part_loss) in parts {
        for (sum, part) in gradient.arrays_mut().into_iter().zip(part.arrays()) {
            sum.iter_mut().zip(part).for_each(|(sum, slope)| *sum += slope);
        }
        looked_up.push(slopes);
        loss += part_loss;
    }
    (gradient, looked_up, loss)
}

/// Returns the gradient and the loss of a part of a batch that has `batch_units` units.
#[allow(clippy::cast_precision_loss)] // units are few
fn part_gradient(
    network: Network,
    chain: &CrfLoss,
    texts: &[usize],
    batch_units: usize,
    noise: Option<Noise>,
) -> (Parameters, LookedUp, f64) {
    let Network { shape, data, .. } = network;
    let units = Units::new(data, texts);
    let (scores, tape) = network.forward(&units, noise);
    let mut score_gradient = scores.clone();
    let slopes = score_gradient.as_slice_mut().expect("rows in order");
    let scores = scores.as_slice().expect("rows in order");
    let (mut pairs, mut room) = (Pairs::new(tags(shape)), Room::default());
    let share = 1.0 / batch_units as f64;
    let mut loss = 0.0;
    for (place, text) in &units.sentences {
        let cells = place.start * shape.tags..place.end * shape.tags;
        let units = &units.sources[place.clone()];
        let target = SentenceTargets { targets: data.targets(), units, unannotated: data.unannotated(*text) };
        let weight = f64::from(data.weight(*text)) * share;
        loss += chain.loss(&scores[cells.clone()], target, weight, &mut slopes[cells], &mut pairs, &mut room);
    }
    let mut gradient = no_gradient(shape);
    gradient.transitions.iter_mut().zip(chain.transition_gradient(&pairs)).for_each(|(sum, slope)| *sum = slope);
    let slopes = network.backward(&units, &tape, &score_gradient, &mut gradient);
    (gradient, LookedUp { units, words: tape.words, slopes }, loss * batch_units as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Targets;
    use crate::initial::initial;
    use crate::label_set::LabelSet;
    use crate::layers::lookup;
    use crate::optimizer::for_each_row;
    use crate::predict::{decode, posteriors};
    use crate::toy;

    fn options() -> Options {
        Options {
            epochs: 6,
            units_per_batch: 60,
            learning_rate: 1e-2,
            table_rate: 1e-2,
            average: 0.98,
            ..toy::options()
        }
    }

    #[test]
    fn gradient_is_the_slope() {
        let (shape, data) = (toy::shape(), toy::data(3, 5));
        let mut parameters = initial(&shape, 3);
        parameters.tables.iter_mut().flatten().for_each(|value| *value *= 10.0);
        // Far from the bend of the convolution, where there is no slope; half its numbers pass, half do not.
        let bias = parameters.layers[0].bias.iter_mut().zip([4.0, -4.0].into_iter().cycle());
        bias.for_each(|(bias, shift)| *bias += shift);
        let options = Options { word_dropout: 0.3, ..toy::options() };
        let run = |parameters: &Parameters| {
            let network = Network { shape: &shape, parameters, data: &data };
            let chain = CrfLoss::new(tags(&shape), &parameters.transitions);
            let noise = Noise { random: Random::new(1, 1), options: &options };
            part_gradient(network, &chain, &[2, 0, 1], 1, Some(noise))
        };
        let (mut gradient, looked_up, _) = run(&parameters);
        let looked_up = [looked_up];
        let table = &mut gradient.tables[0];
        table.resize(parameters.tables[0].len(), 0.0);
        let columns = lookup::columns(&shape)[0].clone();
        for_each_row(&data, &looked_up, 0, &columns, |row, slopes| {
            table[row * columns.len()..][..columns.len()].copy_from_slice(slopes);
        });
        assert!(looked_up[0].words.contains(&0));

        for (number, slopes) in gradient.arrays().into_iter().enumerate() {
            // Of the large table only what was looked up.
            let length = slopes.len().min(toy::WORDS * columns.len());
            let values = parameters.arrays()[number][..length].to_vec();
            toy::check(&values, &slopes[..length], |values| {
                let mut parameters = parameters.clone();
                parameters.arrays_mut()[number][..length].copy_from_slice(values);
                run(&parameters).2
            });
        }
    }

    #[test]
    fn same_in_any_number_of_threads() {
        let (shape, data) = (toy::shape(), toy::data(60, 1));
        let train = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let options = Options { epochs: 1, units_per_batch: 50, ..toy::options() };
            pool.install(|| fit(&shape, initial(&shape, 1), &data, &options, &mut |_| {})).unwrap()
        };
        let one = train(1);
        assert_ne!(one, initial(&shape, 1));
        assert!(one == train(2) && one == train(3));
    }

    #[test]
    fn learns_a_toy_task() {
        let (shape, data) = (toy::shape(), toy::data(400, 1));
        let mut losses = Vec::new();
        let mut progress = |progress: Progress| {
            if progress.step == progress.steps {
                losses.push(progress.loss);
            }
        };
        let parameters = fit(&shape, initial(&shape, 1), &data, &options(), &mut progress).unwrap();
        assert!(losses.len() == 6 && losses[5] < losses[0] / 4.0, "{losses:?}");

        let unseen = toy::data(100, 2);
        let tags = decode(&shape, &parameters, &unseen, 0..100);
        let right = tags.iter().enumerate().filter(|(unit, tag)| unseen.targets().tag(*unit) == **tag).count();
        assert!(right * 100 >= tags.len() * 98, "{right} of {}", tags.len());
        let likely = posteriors(&shape, &parameters, &unseen, 0..100);
        let doubt = likely.chunks_exact(shape.tags).zip(&tags).filter(|(unit, tag)| unit[**tag] < 0.5).count();
        assert!(doubt * 100 < tags.len(), "{doubt} of {}", tags.len());
    }

    #[test]
    fn learns_labels_that_no_text_has_together() {
        let (shape, unseen) = (toy::shape(), toy::data(100, 2));
        let right = |data: &Dataset| {
            let parameters = fit(&shape, initial(&shape, 1), data, &options(), &mut |_| {}).unwrap();
            let decoded = decode(&shape, &parameters, &unseen, 0..100);
            decoded.iter().enumerate().filter(|(unit, tag)| unseen.targets().tag(*unit) == **tag).count()
        };
        let incomplete = toy::incomplete_data(400, 1, |text| LabelSet::from_iter([1 - text % 2]));
        let mut taken_for_complete = toy::data(400, 1);
        *taken_for_complete.targets_mut() = incomplete.targets().clone();
        let (units, right, wrong) = (unseen.units(), right(&incomplete), right(&taken_for_complete));
        assert!(right * 100 >= units * 97 && wrong * 100 < units * 90, "{right}, {wrong} of {units}");
    }

    #[test]
    fn learns_from_probabilities() {
        // A teacher's posteriors teach what its tags do.
        let (shape, mut data) = (toy::shape(), toy::data(400, 1));
        let teacher = fit(&shape, initial(&shape, 1), &data, &options(), &mut |_| {}).unwrap();
        let (tags, likely) = (decode(&shape, &teacher, &data, 0..400), posteriors(&shape, &teacher, &data, 0..400));
        let mut targets = Targets::new();
        for (&tag, likely) in tags.iter().zip(likely.chunks_exact(shape.tags)) {
            targets.push_likely(tag, likely);
        }
        *data.targets_mut() = targets;
        let student = fit(&shape, initial(&shape, 2), &data, &options(), &mut |_| {}).unwrap();
        let unseen = toy::data(100, 2);
        let [teacher, student] = [teacher, student].map(|parameters| decode(&shape, &parameters, &unseen, 0..100));
        let same = teacher.iter().zip(&student).filter(|(teacher, student)| teacher == student).count();
        assert!(same * 100 >= teacher.len() * 98, "{same} of {}", teacher.len());
    }

    #[test]
    fn rate_rises_and_falls() {
        assert!((rate(1, 1000, 100) - 0.01).abs() < 1e-4);
        assert!(rate(100, 1000, 100) > 0.97 && rate(550, 1000, 100) < 0.5);
        assert!((rate(1000, 1000, 100) - LAST_RATE).abs() < 1e-4 && rate(1, 10, 0) > 0.99);
    }

    #[test]
    fn what_cannot_be_learnt_is_refused() {
        let shape = toy::shape();
        let fit = |data: &Dataset| fit(&shape, initial(&shape, 1), data, &toy::options(), &mut |_| {}).unwrap_err();
        assert!(matches!(fit(&Dataset::new(&shape)), TrainError::Empty));

        let mut data = toy::data(2, 1);
        data.targets_mut().push(0);
        assert!(matches!(fit(&data), TrainError::Shape));
        data.push_unit(&[1, 1], []);
        data.end_text(1.0, LabelSet::default());
        data.targets_mut().push(2);
        data.push_unit(&[1, 1], []);
        data.end_text(1.0, LabelSet::default());
        assert!(matches!(fit(&data), TrainError::Tags { sentence: 3 }));
    }
}
