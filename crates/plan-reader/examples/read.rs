//! Reads one file and prints the plan: `cargo run -p plan-reader --example read FILE`.
fn main() {
    let path = std::env::args().nth(1).expect("usage: read FILE");
    let reading = plan_reader::read(&std::fs::read(path).expect("file")).expect("readable");
    println!("{}", serde_json::to_string_pretty(&reading.plan).expect("json"));
}
