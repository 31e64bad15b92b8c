#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() {
    println!("x");
}
