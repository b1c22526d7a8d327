//! The prompt on a real pseudo-terminal: what a person sees and types, run against the built program.

#![allow(clippy::panic)] // A helper of a test may stop it.
#![cfg(unix)]

mod answers;
mod completion;
mod editing;
mod fixed;
mod history;
mod keys;
mod lines;
mod looking;
mod menu;
mod newcomers;
mod reading;
mod screen;
mod sessions;
mod stopping;
mod terminal;
mod terminals;
mod typing;
mod vanishing;
