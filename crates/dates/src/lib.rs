//! Date expressions of Korean text, and their values on the calendar.
//!
//! Two of three dates in the news cannot be resolved without the day of publication: `23일`, `지난해 11월`, `오는 30일`,
//! `이날`. [`Dates`] finds the date expressions of a text and resolves each as newspapers use it. It needs no dictionary.
//!
//! ```
//! use gisa_dates::{Basis, Dates};
//!
//! let text = "시는 23일 축제를 연다고 밝혔다. 축제는 오는 29일부터 다음 달 2일까지 열린다. 지난해보다 이틀 길다.";
//! let found = Dates::new().find(text, Some("2024-06-23".parse()?));
//! let values: Vec<String> = found
//!     .iter()
//!     .map(|mention| format!("{} = {}", mention.text, mention.value.map(|value| value.to_string()).unwrap_or_default()))
//!     .collect();
//! assert_eq!(
//!     values,
//!     ["23일 = 2024-06-23", "오는 29일부터 다음 달 2일까지 = 2024-06-29/2024-07-02", "지난해 = 2023", "이틀 = P2D"]
//! );
//! assert_eq!(found[0].basis, Some(Basis::Publication));
//! assert_eq!(found[3].basis, Some(Basis::Text));
//! # Ok::<(), gisa_text::ParseDayError>(())
//! ```
//!
//! # Supported expressions
//!
//! Values for a publication on Sunday, 23 June 2024:
//!
//! | form | example | value |
//! | --- | --- | --- |
//! | full date | `2024년 6월 23일`, `2024.6.23`, `'24.6.23`, `2024년 6월 23일(일)` | `2024-06-23` |
//! | month and day | `6월 20일`, `지난 5월 3일`, `오는 7월 1일` | `2024-06-20`, `2024-05-03`, `2024-07-01` |
//! | day | `23일`, `지난 27일`, `오는 30일` | `2024-06-23`, `2024-05-27`, `2024-06-30` |
//! | month | `5월`, `지난 11월`, `지난달`, `내달 초` | `2024-05`, `2023-11`, `2024-05`, `2024-07` |
//! | year | `2019년`, `'24년`, `지난해`, `내년`, `작년 말`, `2019학년도` | `2019`, `2024`, `2023`, `2025`, `2023`, `2019` |
//! | year and month | `지난해 12월`, `올 1월`, `2019년 3월 말` | `2023-12`, `2024-01`, `2019-03` |
//! | day by name | `오늘`, `어제`, `모레` | `2024-06-23`, `2024-06-22`, `2024-06-25` |
//! | day of the discourse | `이날`, `전날`, `다음 날` | from the last day mentioned |
//! | month and year of the discourse | `같은 달`, `전월`, `같은 해`, `이듬해`, `전년` | from the last month or year mentioned |
//! | week | `지난주`, `다음 주`, `6월 첫째 주` | `2024-W24`, `2024-W26`, `2024-W23` |
//! | weekday | `금요일`, `지난 금요일`, `다음 주 화요일` | `2024-06-21`, `2024-06-21`, `2024-06-25` |
//! | weekend | `지난 주말`, `이번 주말` | `2024-06-15/2024-06-16`, `2024-06-22/2024-06-23` |
//! | quarter, half | `2분기`, `지난해 4분기`, `올 상반기` | `2024-Q2`, `2023-Q4`, `2024-H1` |
//! | decade, century | `1990년대`, `90년대 초반`, `20세기` | `199`, `199`, `19` |
//! | holiday | `광복절`, `지난해 추석`, `설날`, `3·1절` | `2024-08-15`, `2023-09-29`, `2024-02-10`, `2024-03-01` |
//! | lunar date | `음력 8월 15일` | `2024-09-17` |
//! | event | `6·25`, `5·18` | `1950-06-25`, `1980-05-18` |
//! | range | `23일부터 29일까지`, `27, 28일`, `지난 1~3월`, `2017~2019년` | `2024-06-23/2024-06-29`, …, `2024-01/2024-03`, `2017/2019` |
//! | open range | `~6월 30일` | `../2024-06-30` |
//! | range up to an offset | `오늘부터 2주 안에`, `내일부터 사흘 뒤까지` | `2024-06-23/2024-07-07`, `2024-06-24/2024-06-27` |
//! | offset | `3일 전`, `2주 뒤`, `두 달 전`, `5년 전` | `2024-06-20`, `2024-07-07`, `2024-04`, `2019` |
//! | working days | `3영업일 뒤`, `영업일 기준 5일 전` | `2024-06-26`, `2024-06-17` |
//! | duration | `3년`, `5개월간`, `사흘`, `넉 달`, `5박 7일`, `이틀 반`, `55일 만에` | `P3Y`, `P5M`, `P3D`, `P4M`, `P7D`, `P2DT12H`, `P55D` |
//! | court's sentence | `징역 1년 6월`, `징역 10월` | `P1Y6M`, `P10M` |
//! | without a value | `연말`, `매월`, `3년마다`, `수년`, `10주년`, `2월 30일` | none |
//!
//! A vague part (`말`, `초`, `중순`, `여름`) has the value of the period that it is part of. A range with two ends is one
//! mention; a single end (`26일까지`) is a mention without its particle and has the value of a day.
//!
//! # Resolution of missing parts
//!
//! Of the candidate days, months or years, the nearest to the publication is chosen, on the side that the text allows.
//! The side is given by an adverb before the date (`지난`, `오는`), or else by the tense of the first word after it that
//! has one (past for `밝혔다`, future for `열릴 예정` and `연다`); otherwise either side is possible. A month or year applies
//! to the days after it in the sentence, and a day follows the day before it (`오는 23일 … 24일`), unless it is the day of
//! a statement. `이날` is the last day mentioned. Without a day of publication the first full date of the text is used
//! instead; in a text without one only full dates have values. The current date is never used.

pub use crate::basis::Basis;
pub use crate::dates::{DateMention, Dates, ResolvedDate};
pub use crate::reading::Reading;
pub use crate::scan::{ScannedExpression, scan};
pub use crate::value::{DateValue, Duration, ParseDateError, Period};
pub use gisa_text::{Day, ParseDayError};

mod basis;
mod clock;
mod context;
mod cursor;
mod dates;
mod event;
mod expression;
mod follow;
mod holiday;
mod length;
mod lunar;
mod number;
mod numeric;
mod point;
mod reader;
mod reading;
mod resolve;
mod scan;
mod tense;
mod value;
