//! `cargo run -p plan-reader --example read -- FILE`: what was read, as JSON.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("read FILE")?;
    let reading = plan_reader::read(&std::fs::read(path)?)?;
    serde_json::to_writer(std::io::stdout(), &reading.plan)?;
    Ok(())
}
