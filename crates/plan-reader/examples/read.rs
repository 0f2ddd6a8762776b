//! `cargo run -p plan-reader --example read -- FILE`: what was read, as JSON.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("read FILE")?;
    let reading = plan_reader::read(&std::fs::read(path)?)?;
    if std::env::args().nth(2).is_some() {
        use std::io::Write;
        return Ok(std::io::stdout().write_all(reading.text.as_bytes())?);
    }
    serde_json::to_writer(std::io::stdout(), &reading.plan)?;
    Ok(())
}
