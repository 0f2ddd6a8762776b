//! A house that is made for one command and goes with it: the bodies of the invented province, and nobody's data.

use kernel::{Actor, Lang, Problem};
use serde_json::Value as Json;
use webkit::{ArgMatches, Cli};

use crate::{config::Config, console::os_user, wiring};

/// Whose demo are the bodies.
const BODIES: &str = "directory";

/// Answers a command that asks for nothing but bodies.
pub async fn answer(config: &Config, lang: Lang, of: &Cli, args: &ArgMatches) -> Result<Json, Problem> {
    let folder = tempfile::Builder::new().prefix("dinh-").tempdir().map_err(Problem::internal)?;
    let config = Config { data_dir: folder.path().to_owned(), database_url: None, ..config.clone() };
    let app = wiring::app(&config, false).await?;
    let ctx = app.ctx(Actor::Cli(os_user()), lang);
    for fill in app.modules().iter().filter(|module| module.name == BODIES).filter_map(|module| module.demo) {
        fill(&app, &ctx).await?;
    }
    of.run(&app, &ctx, args).await
}
