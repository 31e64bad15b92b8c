//! Tests of chancery as its users meet it: one binary, so that `RocksDB` is linked once.

/// Each command: what it prints, where, and with which exit status.
mod cli;
/// What leaves the store, in every format.
mod export;
/// The promises of the README, each with a test.
mod promises;
/// The store by itself.
mod store;
/// What the tests have in common.
mod support;
/// The house rules that a compiler does not check.
mod tidy;
