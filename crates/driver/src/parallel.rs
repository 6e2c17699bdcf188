//! Parallel work whose results come in the order of the input, with a bounded number of them waiting.
//!
//! One thread reads, a pool works, the caller's thread takes the results in order:
//!
//! ```text
//! input ──► job ──► pool ──► result ┐
//!   └─────► its place in the order ─┴─► sink
//! ```
//!
//! For every chunk the reader queues the channel on which its result will come, and hands the chunk to the pool. The
//! queue is short, so a reader that is ahead waits, and memory does not grow with the input.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;

use gisa_entity::{Tagger, Worker};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Cause, Error, Failure};
use crate::record::{Record, RecordResult};

/// The number of results by which each thread may be ahead of the sink.
const AHEAD: usize = 4;
/// A chunk is full with this number of articles …
const CHUNK_ARTICLES: usize = 64;
/// … or this number of bytes of text.
const CHUNK_BYTES: usize = 256 * 1024;

/// A pool of threads, each with a worker of the tagger.
pub struct Workers {
    pool: ThreadPool,
    tagger: Tagger,
    idle: Vec<Mutex<Option<Worker>>>,
}

impl std::fmt::Debug for Workers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workers").field("tagger", &self.tagger).finish_non_exhaustive()
    }
}

impl Workers {
    /// Starts `threads` threads, by default one per core.
    ///
    /// # Errors
    ///
    /// When the threads cannot be started.
    pub fn new(tagger: Tagger, threads: Option<usize>) -> Result<Workers, Error> {
        let pool = ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
        let idle = (0..pool.current_num_threads()).map(|_| Mutex::new(None)).collect();
        Ok(Workers { pool, tagger, idle })
    }

    /// Runs `work` on every chunk of the input and passes the results to `sink` in the order of the input. If the sink
    /// fails, the rest of the input is not read.
    ///
    /// # Errors
    ///
    /// The first error of the sink.
    pub fn in_order<C: Send, T: Send>(
        &self,
        input: impl Iterator<Item = C> + Send,
        work: impl Fn(C) -> T + Sync,
        mut sink: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (order, results) = mpsc::sync_channel::<Receiver<T>>(AHEAD * self.idle.len());
        let work = &work;
        thread::scope(|threads| {
            threads.spawn(move || {
                self.pool.in_place_scope(|jobs| {
                    for chunk in input {
                        let (result, receiver) = mpsc::sync_channel(1);
                        if order.send(receiver).is_err() {
                            break;
                        }
                        // Nobody waits for the result once the sink has failed.
                        jobs.spawn(move |_| drop(result.send(work(chunk))));
                    }
                });
            });
            // The queue is consumed, so a failing sink closes it, and the reader, who may be waiting for a place in it,
            // ends. A result that never comes is a panic of the pool, which the end of the scope passes on.
            results.into_iter().map_while(|result| result.recv().ok()).try_for_each(&mut sink)
        })
    }

    /// Runs `work` with the worker of the current thread. A panic becomes the cause of a failure, and the worker is
    /// replaced.
    ///
    /// # Errors
    ///
    /// When `work` fails or panics.
    pub fn with_worker<T>(&self, work: impl FnOnce(&mut Worker) -> Result<T, Cause>) -> Result<T, Cause> {
        let idle = &self.idle[rayon::current_thread_index().unwrap_or(0)];
        let lock = || idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = lock().take();
        let mut worker = taken.unwrap_or_else(|| self.tagger.new_worker());
        match panic::catch_unwind(AssertUnwindSafe(|| work(&mut worker))) {
            Ok(result) => {
                *lock() = Some(worker);
                result
            }
            Err(payload) => Err(Cause::Panic(words(&*payload))),
        }
    }

    /// Runs `work` on each record of a chunk with the worker of the current thread. Failures carry the position of
    /// their record.
    pub fn each_record<T>(
        &self,
        chunk: Vec<RecordResult>,
        work: impl Fn(&mut Worker, Record) -> Result<T, Cause>,
    ) -> impl Iterator<Item = Result<T, Failure>> {
        chunk.into_iter().map(move |reading| {
            let record = reading?;
            let position = record.position.clone();
            self.with_worker(|worker| work(worker, record)).map_err(|cause| cause.at(&position))
        })
    }
}

/// Returns the message of a panic.
fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("panic").to_owned()
}

/// Groups records into chunks large enough that passing them between threads costs little.
pub fn chunks(readings: impl Iterator<Item = RecordResult> + Send) -> impl Iterator<Item = Vec<RecordResult>> + Send {
    let mut readings = readings.fuse();
    std::iter::from_fn(move || {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while chunk.len() < CHUNK_ARTICLES && bytes < CHUNK_BYTES {
            let Some(reading) = readings.next() else { break };
            bytes += reading.as_ref().map_or(0, |record| record.text.len());
            chunk.push(reading);
        }
        (!chunk.is_empty()).then_some(chunk)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use gisa_tokenizer::{Tokenizer, tiny};

    use super::*;
    use crate::record::{Facts, Id, Shape};
    use crate::source_position::SourcePosition;

    fn workers(threads: usize) -> Workers {
        let tokenizer = Tokenizer::new(tiny::dictionary().unwrap());
        Workers::new(Tagger::builder().tokenizer(tokenizer).build().unwrap(), Some(threads)).unwrap()
    }

    #[test]
    fn results_keep_the_order_and_the_reader_waits() {
        let workers = workers(3);
        let (read, mut taken) = (AtomicUsize::new(0), Vec::new());
        let input = (0..500).inspect(|_| {
            read.fetch_add(1, Ordering::SeqCst);
        });
        let uneven = |n: usize| {
            thread::sleep(std::time::Duration::from_micros((n as u64 * 37) % 200));
            n
        };
        let sink = |n| {
            taken.push(n);
            assert!(read.load(Ordering::SeqCst) <= taken.len() + AHEAD * 3 + 2);
            Ok(())
        };
        workers.in_order(input, uneven, sink).unwrap();
        assert_eq!(taken, (0..500).collect::<Vec<_>>());
    }

    #[test]
    fn a_failing_sink_ends_the_reading() {
        let workers = workers(2);
        let read = AtomicUsize::new(0);
        let input = (0..100_000).inspect(|_| {
            read.fetch_add(1, Ordering::SeqCst);
        });
        let sink = |n| if n < 10 { Ok(()) } else { Err(Error::NoUserData) };
        assert!(workers.in_order(input, |n| n, sink).is_err());
        assert!(read.load(Ordering::SeqCst) < 100);
    }

    #[test]
    fn a_panic_is_the_failure_of_one_record() {
        let workers = workers(1);
        let record = |id: &str| {
            let facts = Facts::default();
            let (id, title, text) = (Id::Text(id.to_owned()), String::new(), String::new());
            Ok(Record { id, position: SourcePosition::file("a.txt"), shape: Shape::Row, facts, title, text })
        };
        let chunk =
            vec![record("1"), record("2"), Err(Cause::EmptyFile.at(&SourcePosition::file("b.txt"))), record("3")];
        let work = |_: &mut Worker, record: Record| {
            assert_ne!(record.id.to_string(), "2", "no twos");
            Ok(record.id.to_string())
        };
        let results: Vec<_> =
            workers.each_record(chunk, work).map(|result| result.map_err(|f| f.to_string())).collect();
        assert_eq!((&results[0], &results[3]), (&Ok("1".to_owned()), &Ok("3".to_owned())));
        assert!(results[1].as_ref().unwrap_err().starts_with("a.txt: gisa failed on this article"));
        assert_eq!(results[2], Err("b.txt: the file is empty".to_owned()));
    }

    #[test]
    fn chunks_are_cut_by_bytes_and_articles() {
        let record = |bytes: usize| {
            Ok(Record {
                id: Id::Text(String::new()),
                position: SourcePosition::file("a"),
                shape: Shape::Row,
                facts: Facts::default(),
                title: String::new(),
                text: " ".repeat(bytes),
            })
        };
        let sizes = [vec![1; 100], vec![CHUNK_BYTES; 2], vec![1]].concat();
        let lengths: Vec<_> = chunks(sizes.into_iter().map(record)).map(|chunk| chunk.len()).collect();
        assert_eq!(lengths, [64, 37, 1, 1]);
    }
}
