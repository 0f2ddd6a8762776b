//! Who may do what to which real thing.
//!
//! Here: the table of actions and people, and a house in which every cell of it is tried with a valid request; the things are
//! those of one plan of the committee that the department follows, and of one commune with work in it. A cell that says no
//! must get a refusal and leave nothing behind; one that says yes must be carried out.
//!
//! In `every_route`: the same for every mutating route and every act by it, over the samples of `samples*.rs`, with a row
//! each in `rows*.rs`. In `own_name`: things of others in the name of one's own body.

mod board;
mod every_route;
mod own_name;
mod requests;
mod row;
mod rows;
mod rows_appraise;
mod rows_enterprises;
mod rows_plans;
mod rows_telecom;
mod rows_work;
mod strangers;

use axum::http::StatusCode;
use board::Board;
use testkit::Answer;

/// The action, and who may. Everybody else of the house, and who is not signed in, may not.
const TABLE: [(&str, &[&str]); 20] = [
    ("read the part", &["thu", "chutichxa", "tinh", "vidu", "giamdoc", "lanhdao", "ubtinh", "phoihop", "quantri"]),
    ("note progress", &["thu", "vidu", "ubtinh"]),
    ("bring evidence", &["thu", "vidu", "ubtinh"]),
    ("bring in a helper", &["thu", "vidu", "ubtinh"]),
    ("send back", &["vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("accept", &["vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("grant more time", &["vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("ask to explain", &["chutichxa", "tinh", "vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("answer a question", &["thu", "chutichxa", "tinh"]),
    // Of one's own, outside any plan.
    ("give the commune a task", &["ubtinh"]),
    ("give a value", &["thu", "chutichxa", "tinh"]),
    ("write the report", &["thu"]),
    ("check the report", &["chutichxa", "tinh"]),
    ("approve the report", &["chutichxa", "tinh"]),
    ("receive the report", &["vidu", "giamdoc"]),
    // The other commune owes the same report.
    ("read the duty", &["thu", "chutichxa", "tinh", "vidu", "giamdoc", "lanhdao", "ubtinh", "xakhac", "quantri"]),
    ("end the duty", &["tinh", "vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("correct the regime", &["tinh", "vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("confirm the plan", &["tinh", "lanhdao", "ubtinh", "vanphong"]),
    ("give a role in the plan", &["vidu", "ubtinh"]),
];

fn is_refused(answer: &Answer) -> bool {
    answer.status == StatusCode::FORBIDDEN
        || answer.status == StatusCode::UNAUTHORIZED
        || answer.location.starts_with("/sign-in")
        || (answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("chưa có thẩm quyền giao việc"))
}

#[tokio::test]
async fn every_cell_of_the_table_is_as_it_says() {
    let board = Board::new().await;
    let mut wrong = Vec::new();
    for (action, may) in TABLE {
        for (login, _) in board.people.iter().filter(|(login, _)| !may.contains(login)) {
            board.prepare(action).await;
            let before = board.house.ledger_length().await;
            let answer = board.send(action, login).await;
            if !is_refused(&answer) {
                wrong.push(format!("{login} may {action}: {}", answer.status));
            } else if !matches!(action, "answer a question") && board.house.ledger_length().await != before {
                wrong.push(format!("{login}, refused to {action}, left something behind"));
            }
        }
        for login in may {
            board.prepare(action).await;
            let answer = board.send(action, login).await;
            let is_done = answer.status == StatusCode::OK || (answer.status.is_redirection() && !is_refused(&answer));
            if !is_done {
                wrong.push(format!("{login} may not {action}: {} {}", answer.status, answer.body));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    board.house.lake_is_as_the_rows().await;
}
