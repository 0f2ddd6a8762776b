//! What Dinh's own record and dossier still lack, and where people record it.

use kernel::{Ctx, Lang};
use webkit::Core;

use super::known::{kept, levels};
use crate::model::{
    Known, System, SystemHosting,
    level::{Dossier, is_operating},
};

/// Each in words, with the page on which it is said. `open` controls nobody has said anything of.
pub fn lacks(core: &Core, ctx: &Ctx, system: &System, dossier: (&Dossier, bool), open: usize) -> Vec<String> {
    let (row, is_approved) = dossier;
    let (edit, own) = (format!("/systems/{}/edit", system.id), format!("/levels/{}", row.id));
    let unknown = unknown(ctx, row);
    let runs = is_operating(system.state);
    let is_undated = system.since.is_none() && system.operating_since.is_none();
    let say = |key: &str, page: &str, more: &str| {
        let args = [("page", page.to_owned().into()), ("more", more.to_owned().into())];
        core.locales().text(ctx.lang, key, &args)
    };
    let [paper, answers] = ["level-decision", "level"].map(|page| format!("/systems/{}/{page}", system.id));
    let controls = format!("{own}/controls");
    [
        (system.architecture.is_none() || system.deviates == Known::Unknown, "own-lacks-place", &edit, String::new()),
        (system.hosting == SystemHosting::Unknown, "own-lacks-hosting", &edit, String::new()),
        (!unknown.is_empty(), "own-lacks-facts", &answers, unknown.join("; ")),
        (open > 0, "own-lacks-controls", &controls, open.to_string()),
        (!is_approved, "own-lacks-approval", &own, paper),
        (is_approved && !runs, "own-lacks-state", &edit, String::new()),
        (runs && is_undated, "own-lacks-day", &edit, String::new()),
    ]
    .into_iter()
    .filter(|(is_lacking, ..)| *is_lacking)
    .map(|(_, key, page, more)| say(key, page, &more))
    .collect()
}

/// The questions of the table that nobody has answered; of a decision on paper none was asked.
fn unknown(ctx: &Ctx, row: &Dossier) -> Vec<String> {
    if row.rule.is_empty() {
        return vec![];
    }
    let table = levels().table();
    let known = table.write_facts(&kept(&row.facts));
    let open = table.facts().iter().filter(|fact| !known.contains_key(&fact.key));
    open.map(|fact| if ctx.lang == Lang::En { fact.say.en.clone() } else { fact.say.vi.clone() }).collect()
}
