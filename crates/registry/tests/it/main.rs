//! The registry in a house of its own: made-up people and units, and no other domain.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod appraise;
mod architecture;
mod availability;
mod baselines;
mod baselines_again;
mod begun;
mod carried_out;
mod catalogue;
mod cost;
mod dependencies;
mod domestic;
mod doubles;
mod editions;
mod enterprise_forms;
mod enterprises;
mod figures;
mod figures_days;
mod figures_stated;
mod heard;
mod heirs;
mod if_match;
mod inbox;
mod inventories;
mod inventory;
mod label;
mod levels;
mod levels_back;
mod levels_due;
mod levels_forms;
mod moves;
mod moves_order;
mod moves_told;
mod ours;
mod papers;
mod proofs;
mod rule_drafts;
mod secrets;
mod secrets_kept;
mod sensitivity;
mod sharing;
mod sheets;
mod systems;
mod taken_along;
mod telecom;
mod value;
mod waves;
mod waves_gantt;
mod waves_over;

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use kernel::Problem;
use nd30::{Error, Paper, Writer};
use registry::sources::AnswerSources;
use serde_json::{Value, json};
use testkit::Client;
use webkit::{Bytes, FileLook, FileLookPort, Mark};

/// Papers as their HTML: how they become files is not asked here.
#[derive(Debug)]
struct Papers;

impl Writer for Papers {
    fn docx(&self, paper: &Paper) -> Result<Vec<u8>, Error> {
        Ok(nd30::html(paper).into_bytes())
    }

    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, Error> {
        Ok(nd30::html(paper).into_bytes())
    }
}

/// Words in the bytes stand for what a reader would find: no document is read here.
#[derive(Debug)]
struct Look;

#[async_trait::async_trait]
impl FileLook for Look {
    async fn has_pictures(&self, bytes: Bytes) -> Result<bool, Problem> {
        let text = String::from_utf8_lossy(&bytes);
        if text.contains("MARKED") { Err(Problem::bad_input("plan-classified")) } else { Ok(text.contains("PICTURE")) }
    }

    async fn mark(&self, bytes: Vec<u8>) -> Result<Mark, Problem> {
        let text = String::from_utf8_lossy(&bytes);
        match () {
            () if text.contains("PICTURE BUSY") => Err(Problem::internal("busy")),
            () if text.contains("PICTURE SECRET") => Ok(Mark::Said("MẬT".into())),
            () if text.contains("PICTURE BROKEN") => Ok(Mark::Unreadable),
            () => Ok(Mark::Clear),
        }
    }
}

fn look() -> FileLookPort {
    Arc::new(Look)
}

async fn house() -> testkit::House {
    house_of().await
}

/// What the registry needs beside the house.
fn house_of() -> testkit::Building {
    let papers: Arc<dyn Writer> = Arc::new(Papers);
    let own = registry::Own { version: "thử".into(), has_second_factor: true, ..registry::Own::default() };
    let house = testkit::house([registry::module()]).with(papers).with(own).with(look());
    house.with(AnswerSources::default()).with(registry::Landscapes::default())
}

/// A system as the API takes it, with its place in the architecture, and since when it operates, where the test has no other
/// word of that; returns its id.
async fn added(client: &Client, said: &Value) -> String {
    let mut whole = json!({"architecture": "Lớp ứng dụng", "deviates": "no"});
    if said["state"] == "operating" && said["operating_since"].is_null() {
        whole["since"] = 2020.into();
    }
    whole.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
    let answer = client.json(Method::POST, "/api/v1/systems", &whole).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}
