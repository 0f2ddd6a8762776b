//! Every mutating route, and every act by it, with a valid request to a thing that is there: first from those who may not,
//! to the letter the same, then from who may. A refusal leaves nothing behind; what is done stands in the ledger.

use testkit::Answer;
use webkit::{Access, Route};

use super::{
    row::NOBODY,
    rows::{ELSEWHERE, acts, rows},
    strangers::Stranger,
};
use crate::{ask::Ask, house::House, samples::Samples};

fn mutating(house: &House) -> Vec<Route> {
    let routes = house.app.modules().iter().flat_map(|module| (module.routes)());
    routes.filter(|route| route.mutates).collect()
}

fn name_of(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

fn is_elsewhere(name: &str) -> bool {
    ELSEWHERE.iter().any(|(route, _)| *route == name)
}

fn is_done(answer: &Answer) -> bool {
    let led_away = answer.location.starts_with("/sign-in?next=") || answer.location.starts_with("/account/prove");
    answer.status.is_success() || (answer.status.is_redirection() && !led_away)
}

/// The house, and what was not as the rows say.
struct Trial<'a> {
    house: &'a House,
    strangers: Vec<Stranger>,
    wrong: Vec<String>,
}

impl<'a> Trial<'a> {
    async fn new(house: &'a House) -> Self {
        Self { house, strangers: Stranger::all(house).await, wrong: vec![] }
    }

    /// Said at once too: a later sample may find nothing to be about, where somebody did what was not theirs.
    fn fault(&mut self, line: String) {
        println!("{line}");
        self.wrong.push(line);
    }

    async fn refused(&mut self, name: &str, ask: &Ask, may: &[&str]) {
        let mut faults = Vec::new();
        for stranger in self.strangers.iter().filter(|one| one.login.is_none_or(|login| !may.contains(&login))) {
            let before = self.house.ledger_length().await;
            let answer = ask.send_as(&stranger.client).await;
            if !stranger.is_refused(&answer) {
                faults.push(format!("{} may {name}: {} {}", stranger.name(), answer.status, answer.location));
            } else if self.house.ledger_length().await != before {
                faults.push(format!("{}, refused to {name}, left something behind", stranger.name()));
            }
        }
        for line in faults {
            self.fault(line);
        }
    }

    async fn done(&mut self, name: &str, ask: &Ask) {
        let before = self.house.ledger_length().await;
        let answer = ask.send().await;
        if !is_done(&answer) {
            self.fault(format!("who may does not {name}: {} {}", answer.status, answer.body));
        } else if self.house.ledger_length().await == before {
            self.fault(format!("{name} left no entry in the ledger"));
        }
    }

    async fn end(self) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        self.house.lake_is_as_the_rows().await;
        self.house.acts_have_words().await;
    }
}

async fn samples(house: &House) -> Samples<'_> {
    Samples { house, admin: house.signed_in("quantri").await, officer: house.signed_in("vidu").await }
}

#[tokio::test]
async fn every_mutating_route_is_closed_to_strangers_and_open_to_who_may() {
    // With a mail server, though none that answers.
    let house = House::demo_with(&crate::reminders::config(1)).await;
    let (samples, mut trial) = (samples(&house).await, Trial::new(&house).await);
    for route in mutating(&house) {
        let (name, ask) = (name_of(&route), samples.ask(&route).await);
        if !is_elsewhere(&name) {
            let may = rows().find(|(row, _)| *row == name).map_or(NOBODY, |(_, may)| *may);
            trial.refused(&name, &ask, may).await;
        }
        trial.done(&name, &ask).await;
    }
    trial.end().await;
}

#[tokio::test]
async fn every_act_is_closed_to_strangers_and_open_to_who_may() {
    let house = House::demo_with(&crate::reminders::config(1)).await;
    let (samples, mut trial) = (samples(&house).await, Trial::new(&house).await);
    for (name, path, act, may) in acts() {
        let ask = samples.ask_act(path, act).await;
        trial.refused(name, &ask, may).await;
        trial.done(name, &ask).await;
    }
    trial.end().await;
}

/// A route that changes something is a row of the matrix, or stands in the list of those that are about nobody else.
#[tokio::test]
async fn every_mutating_route_is_a_row_of_the_matrix() {
    let house = House::empty().await;
    let routes = mutating(&house);
    let names: Vec<String> = routes.iter().map(name_of).collect();
    let mut written: Vec<&str> = rows().map(|(name, _)| *name).collect();
    written.extend(ELSEWHERE.iter().map(|(name, _)| *name));
    written.sort_unstable();
    let mut served: Vec<&str> = names.iter().map(String::as_str).collect();
    served.sort_unstable();
    assert_eq!(written, served, "left: rows and ELSEWHERE; right: the routes");
    for (name, _, _, may) in acts() {
        let route = name.split_once(": ").unwrap().0;
        assert!(names.iter().any(|known| known == route), "{name} is by no route");
        assert!(may.iter().all(|login| Stranger::is_known(login)), "{name} names nobody of the strangers");
    }
    for (name, may) in rows() {
        assert!(may.iter().all(|login| Stranger::is_known(login)), "{name} names nobody of the strangers");
    }
    // Whose gate names an action is about a thing: it has a row.
    let guarded = |route: &&Route| matches!(route.access, Access::Action(_)) && is_elsewhere(&name_of(route));
    assert_eq!(routes.iter().filter(guarded).map(name_of).collect::<Vec<_>>(), Vec::<String>::new());
}
