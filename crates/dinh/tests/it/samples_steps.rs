//! The acts on duties and periods, and the steps of a report, each on a thing of its own that stands just before it.

use axum::http::Method;
use serde_json::json;
use testkit::{Client, Part};

use crate::{ask::Ask, samples::Samples};

/// The act, the month of its report, and the steps before it. Of one more act of the same name, what it is done to.
const STEPS: [(&str, &str, &[&str]); 11] = [
    ("check", "2025-M01", &["submit"]),
    ("approve", "2025-M02", &["submit", "check"]),
    ("send_back", "2025-M03", &["submit"]),
    ("send_back of what is approved", "2025-M04", &["submit", "check", "approve"]),
    ("recall", "2025-M05", &["submit"]),
    ("issue", "2025-M06", &["submit", "check", "approve"]),
    ("accept", "2025-M07", &["submit", "check", "approve", "issue"]),
    ("return", "2025-M08", &["submit", "check", "approve", "issue"]),
    ("reconsider", "2025-M09", &["submit", "check", "approve", "issue", "accept"]),
    // The words of a report before it, which the steps above have sealed.
    ("as_before", "2025-M10", &[]),
    ("correct", "2025-M11", &["submit", "check", "approve", "issue"]),
];

fn step(by: &Client, id: &str, rev: usize, act: &str) -> Ask {
    let rev = rev.to_string();
    let parts = [
        Part::Field("rev", &rev),
        Part::Field("act", act),
        Part::Field("remarks", "Thiếu số liệu"),
        Part::Field("number", "15/BC-SKHCN"),
    ];
    Ask::upload(by, &format!("/reports/{id}"), &parts)
}

impl Samples<'_> {
    pub async fn ask_reporting_act(&self, path: &str, act: &str) -> Ask {
        let officer = &self.officer;
        match (path, act) {
            ("/duties/{id}", "start") => {
                let path = format!("/duties/{}", self.duty().await);
                officer.form(&path, &[("rev", "1"), ("act", "end")]).await;
                Ask::form(officer, &path, &[("rev", "2"), ("act", "start")])
            }
            ("/duties/{id}", "correct") => {
                let duty = [
                    ("rev", "1"),
                    ("name", "Báo cáo tháng, đã sửa"),
                    ("period", "month"),
                    ("due_kind", "after"),
                    ("due", "5"),
                    ("reports", "UBND xã Sông Mẫu"),
                ];
                Ask::form(officer, &format!("/duties/{}", self.duty().await), &duty)
            }
            ("/periods/{id}", "lock") => {
                Ask::form(officer, &format!("/periods/{}", self.period("2026-M01").await), &[("act", "lock")])
            }
            ("/periods/{id}", "unlock") => {
                let path = format!("/periods/{}", self.period("2026-M02").await);
                officer.form(&path, &[("act", "lock")]).await;
                Ask::form(officer, &path, &[("act", "unlock")])
            }
            ("/api/v1/periods/{id}/acts", "consolidate") => {
                let path = format!("/api/v1/periods/{}/acts", self.period("2026-M03").await);
                Ask::json(officer, Method::POST, &path, &json!({"act": "consolidate"}))
            }
            ("/api/v1/reports/{id}/acts", "check") => {
                let (id, leader, rev) = self.stepped("2025-M12", &["submit"]).await;
                let check = json!({"rev": rev, "act": "check"});
                Ask::json(&leader, Method::POST, &format!("/api/v1/reports/{id}/acts"), &check)
            }
            ("/reports/{id}", _) => {
                let (_, month, before) = STEPS.iter().find(|(name, ..)| *name == act).unwrap();
                let (id, leader, rev) = self.stepped(month, before).await;
                let act = act.split(' ').next().unwrap();
                step(self.hand(&leader, act), &id, rev, act)
            }
            (path, act) => panic!("no sample for {path}: {act}"),
        }
    }

    /// Who writes a report sends it on and out; the department's leader does the rest.
    fn hand<'c>(&'c self, leader: &'c Client, act: &str) -> &'c Client {
        if matches!(act, "submit" | "issue" | "recall" | "as_before" | "correct") { &self.officer } else { leader }
    }

    /// The department's own report of this month after these steps, its leader, and the revision that it then has.
    async fn stepped(&self, month: &str, steps: &[&str]) -> (String, Client, usize) {
        let (id, leader) = (self.report(month).await, self.house.signed_in("giamdoc").await);
        for (rev, act) in (1..).zip(steps) {
            let answer = step(self.hand(&leader, act), &id, rev, act).send().await;
            assert!(answer.status.is_redirection(), "{act} of {month}: {} {}", answer.status, answer.body);
        }
        (id, leader, steps.len() + 1)
    }
}
