//! The head of a body's own paper: its name in full, who is above it, its place, its initials.

use kernel::{UnitId, text::fold};
use webkit::Core;

/// A body as papers write it.
pub fn official(core: &Core, unit: UnitId) -> String {
    let name = core.bodies().body(unit).map(|body| body.name).unwrap_or_default();
    let full = name.replace("UBND", "Ủy ban nhân dân");
    let is_bare = full.ends_with(" tỉnh") || full.ends_with(" thành phố");
    let province = core.bodies().province();
    if is_bare && !province.is_empty() { format!("{full} {province}") } else { full }
}

/// The body right above; none for a people's committee, and for what stands under the province alone.
pub fn superior(core: &Core, unit: UnitId) -> Option<String> {
    let bodies = core.bodies();
    if bodies.body(unit).is_some_and(|body| is_committee(&body.name)) {
        return None;
    }
    let above = bodies.above(unit).filter(|above| bodies.above(*above).is_some())?;
    let name = bodies.body(above)?.name;
    let is_bare = name.ends_with(" tỉnh") || name.ends_with(" thành phố");
    let province = bodies.province();
    Some(if is_bare && !province.is_empty() { format!("{name} {province}") } else { name })
}

pub fn place(core: &Core) -> String {
    Some(core.bodies().province()).filter(|name| !name.is_empty()).unwrap_or_else(|| "……".into())
}

/// `TTr-SKHCN` from "TTr" and "Sở KH&CN".
pub fn symbol(core: &Core, kind: &str, unit: UnitId) -> String {
    let Some(body) = core.bodies().body(unit) else { return kind.to_owned() };
    let letters = |word: &str| {
        let folded = fold(word).replace(' ', "").to_uppercase();
        let is_short = word.contains('&') || word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if is_short { folded } else { folded.chars().take(1).collect::<String>() }
    };
    let own = if is_committee(&body.name) {
        "UBND".to_owned()
    } else {
        body.short_name.split_whitespace().map(letters).collect()
    };
    format!("{kind}-{own}")
}

fn is_committee(name: &str) -> bool {
    name.starts_with("UBND") || name.starts_with("Ủy ban nhân dân")
}
