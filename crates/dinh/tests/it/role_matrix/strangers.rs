//! Those to whom the things of the samples are not theirs to act on: a commune with no part in them, and colleagues of the
//! officer who follows them. Of every post one: whatever gate a route has, somebody here comes through it.

use axum::http::StatusCode;
use kernel::Role;
use testkit::{Answer, Client};

use crate::{
    house::House,
    second_step::{SENTENCE, enrolled, newcomer},
};

/// In the plans as every commune is, but the samples are about nothing of it.
pub const COMMUNE: &str = "UBND xã Biển Mẫu";
/// The body of the officer who sends most of the samples: it follows the plans and keeps the duties.
const DEPARTMENT: &str = "Sở Khoa học và Công nghệ";

/// Login, body, post.
const STRANGERS: [(&str, &str, Role); 11] = [
    ("xa.lanhdao", COMMUNE, Role::LEADER),
    ("xa.theodoi", COMMUNE, Role::PROGRAMME),
    ("xa.chuyenvien", COMMUNE, Role::OFFICER),
    ("xa.truongphong", COMMUNE, Role::HEAD),
    ("xa.vanthu", COMMUNE, Role::CLERK),
    ("xa.quantri", COMMUNE, Role::UNIT_ADMIN),
    ("xa.hethong", COMMUNE, Role::SYSTEM_ADMIN),
    // Without another programme officer: that one may what the officer may.
    ("so.lanhdao", DEPARTMENT, Role::LEADER),
    ("so.chuyenvien", DEPARTMENT, Role::OFFICER),
    ("so.quantri", DEPARTMENT, Role::UNIT_ADMIN),
    ("so.hethong", DEPARTMENT, Role::SYSTEM_ADMIN),
];

/// What a refusal says that comes with the form: the body is beyond the reach of who asks.
const BEYOND: [&str; 3] = [
    "không thuộc cấp dưới",
    "không được kế hoạch giao báo cáo chỉ tiêu này",
    "trong những hệ thống bạn được nạp số đo",
];

pub struct Stranger {
    /// None is not signed in.
    pub login: Option<&'static str>,
    pub client: Client,
}

impl Stranger {
    pub async fn all(house: &House) -> Vec<Self> {
        let mut all = vec![Self { login: None, client: house.client() }];
        all.extend(Self::of(house, COMMUNE).await);
        all.extend(Self::of(house, DEPARTMENT).await);
        all
    }

    /// Those of one body.
    pub async fn of(house: &House, body: &str) -> Vec<Self> {
        let mut all = Vec::new();
        for (login, unit, role) in STRANGERS.into_iter().filter(|(_, unit, _)| *unit == body) {
            let answer = newcomer(house, login, role, unit).await;
            let client = if role.needs_second_factor() {
                enrolled(house, &answer).await.0
            } else {
                house.client().sign_in(login, SENTENCE).await
            };
            all.push(Self { login: Some(login), client });
        }
        all
    }

    pub fn is_known(login: &str) -> bool {
        STRANGERS.iter().any(|(known, ..)| *known == login)
    }

    pub fn name(&self) -> &'static str {
        self.login.unwrap_or("who is not signed in")
    }

    /// Refused for who they are. Who was signed out meanwhile is not: nothing was asked of them.
    pub fn is_refused(&self, answer: &Answer) -> bool {
        let signed_in = self.login.is_some();
        match answer.status {
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => signed_in,
            StatusCode::UNPROCESSABLE_ENTITY => signed_in && BEYOND.iter().any(|words| answer.body.contains(*words)),
            StatusCode::UNAUTHORIZED => !signed_in,
            StatusCode::SEE_OTHER => !signed_in && answer.location.starts_with("/sign-in?next="),
            _ => false,
        }
    }
}
