//! The rules of Zetel: types and pure functions that decide on commands. No I/O, no async, no clock, no randomness,
//! no floats. A folder per noun of the trade; in it a file per verb that holds the command, `decide` and its tests.

pub mod access;
pub mod api_token;
pub mod billing;
pub mod catalog;
pub mod cloud;
mod codes;
pub mod country;
pub mod credit_check;
pub mod event;
pub mod group;
pub mod ids;
pub mod job;
pub mod license;
pub mod limits;
pub mod mail;
pub mod money;
pub mod order;
pub mod organization;
pub mod partner;
pub mod product_key;
pub mod refusal;
pub mod self_service;
pub mod spreadsheet;
pub mod subscription;
pub mod time;
pub mod typed;
pub mod user;
pub mod working_day;
