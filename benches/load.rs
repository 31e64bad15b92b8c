//! What loading many documents costs.

mod generate;

fn main() {
    let item = generate::Item::new(1, 0);
    assert!(serde_json::to_string(&item).is_ok() && !item.to_string().is_empty());
}
