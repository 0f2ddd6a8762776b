//! `cargo run -p plan-reader --example read -- FILE [text|places]`: what was read, as JSON, or the text it quotes.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let reading = plan_reader::read(&std::fs::read(arguments.next().ok_or("read FILE")?)?)?;
    let mut out = std::io::stdout();
    match arguments.next() {
        Some(what) if what == "places" => {
            for placed in &reading.places {
                let text = reading.text.get(placed.source.start..placed.source.end).unwrap_or_default();
                writeln!(out, "{:?} {:?} {}", placed.place, placed.reason, text.trim())?;
            }
            writeln!(out, "{:?}", reading.coverage)?;
        }
        Some(_) => out.write_all(reading.text.as_bytes())?,
        None => serde_json::to_writer(out, &reading.plan)?,
    }
    Ok(())
}
