//! Tests of chancery as its users meet it: one binary, so that `RocksDB` is linked once.

/// What a query may do, and how long.
mod asking;
/// What `check` finds in what is broken on purpose.
mod check;
/// Each command: what it prints, where, and with which exit status.
mod cli;
/// The documents of `tests/corpus`.
mod corpus;
/// Crashes, full disks and damaged files.
mod crash;
/// What is found against gold, also for a user's own classes.
mod evaluate;
/// What leaves the store, in every format.
mod export;
/// Inputs that mean harm, through the whole program.
mod hostile;
/// The language model on sentences held back from its training.
mod language;
/// Each frame on its own examples, and a user's event type.
mod lexicon;
/// What `load` does with many documents, bad ones and old ones among them.
mod load;
/// What the program says of itself.
mod manual;
/// What claims say they rest on.
mod mechanism;
/// The promises of the README, each with a test.
mod promises;
/// What must hold of every text, tried on made-up ones.
mod property;
/// The named queries and their parameters.
mod queries;
/// The page that tells what the ontology holds.
mod reference;
/// Whether whoever has arrived somewhere is still there.
mod stay;
/// The store by itself.
mod store;
/// What the tests have in common.
mod support;
/// The house rules that a compiler does not check.
mod tidy;
/// What charges are about.
mod topic;
/// The commands around the store, and who has it open.
mod upkeep;
/// What a user's files add.
mod user;
/// Why a claim is there.
mod why;
