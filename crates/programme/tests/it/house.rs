//! The programme in a house of its own: made-up people and units, and no other domain.

use std::{
    ops::Deref,
    sync::{Arc, Mutex},
};

use kernel::Role;
use nd30::{Error, Paper, Writer};
use programme::{
    PapersPort, ReadingPort,
    demo::examples,
    overview::usecase::{board::Boards, glance::Glances, waiting::Waits},
    plans::{
        store::plan,
        usecase::{cascade::Pairs, plan_read::Briefs},
    },
    reporting::usecase::outside_door::Doors,
    work::usecase::remembered::{FirstParts, FirstTasks},
};
use testkit::{Building, Client};
use webkit::{Letter, Letters, LettersPort};

use crate::{
    documents::{self, PLAN},
    reading::Reader,
};

pub const SCIENCE: &str = "Sở Khoa học và Công nghệ";
pub const COMMUNE: &str = "UBND xã Sông Mẫu";
pub const OTHER_COMMUNE: &str = "UBND xã Đồi Mẫu";

/// Who is there in every house: the department that follows, a commune, who leads the province, who only administers.
const PEOPLE: [(&str, &str, Role); 8] = [
    ("vidu", SCIENCE, Role::PROGRAMME),
    ("thu", COMMUNE, Role::OFFICER),
    ("lanhdao", "UBND tỉnh", Role::LEADER),
    ("quantri", "Tỉnh Mẫu", Role::SYSTEM_ADMIN),
    ("donvi", COMMUNE, Role::UNIT_ADMIN),
    ("chutichxa", COMMUNE, Role::LEADER),
    ("giamdoc", SCIENCE, Role::LEADER),
    ("taichinh", "Sở Tài chính", Role::OFFICER),
];

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

pub struct House(testkit::House);

impl Deref for House {
    type Target = testkit::House;

    fn deref(&self) -> &testkit::House {
        &self.0
    }
}

/// A plan of the committee in which every body is known: nothing of it is doubted.
pub fn plan_without_doubts() -> String {
    let known = [("Công an tỉnh", "Sở Y tế"), ("Sở Tư pháp", "Sở Xây dựng"), ("Sở Công Thương", "Sở Xây dựng")];
    known.into_iter().fold(PLAN.to_owned(), |text, (unknown, known)| text.replace(unknown, known))
}

/// Letters that were laid down to be sent, for tests that read them.
#[derive(Debug, Default)]
pub struct Post(pub Mutex<Vec<Letter>>);

#[async_trait::async_trait]
impl Letters for Post {
    fn are_sent(&self) -> bool {
        true
    }

    async fn put(&self, _tx: &db::Tx, letter: &Letter) -> Result<(), kernel::Problem> {
        self.0.lock().unwrap().push(letter.clone());
        Ok(())
    }

    async fn call_off(&self, _tx: &db::Tx, carries: &str) -> Result<(), kernel::Problem> {
        self.0.lock().unwrap().retain(|letter| letter.carries.as_deref() != Some(carries));
        Ok(())
    }

    async fn forget(&self, tx: &db::Tx, carries: &str) -> Result<(), kernel::Problem> {
        self.call_off(tx, carries).await
    }

    async fn lost(&self, _conn: &db::Reader, _carries: &[String]) -> Result<Vec<String>, kernel::Problem> {
        Ok(vec![])
    }
}

/// An installation without a way out.
#[derive(Debug)]
struct NoPost;

#[async_trait::async_trait]
impl Letters for NoPost {
    fn are_sent(&self) -> bool {
        false
    }

    async fn put(&self, _tx: &db::Tx, _letter: &Letter) -> Result<(), kernel::Problem> {
        Err(kernel::Problem::internal("a letter without a way out"))
    }

    async fn call_off(&self, _tx: &db::Tx, _carries: &str) -> Result<(), kernel::Problem> {
        Ok(())
    }

    async fn forget(&self, _tx: &db::Tx, _carries: &str) -> Result<(), kernel::Problem> {
        Ok(())
    }

    async fn lost(&self, _conn: &db::Reader, _carries: &[String]) -> Result<Vec<String>, kernel::Problem> {
        Ok(vec![])
    }
}

/// With what the programme needs; `dinh` wires it so.
pub fn building() -> Building {
    building_with(Arc::new(NoPost))
}

/// The same with a way out for letters.
pub fn building_with(letters: LettersPort) -> Building {
    let (reading, papers): (ReadingPort, PapersPort) = (Arc::new(Reader), Arc::new(Papers));
    let building = testkit::house([programme::module()]).with(reading).with(papers);
    building
        .with(Boards::default())
        .with(Glances::default())
        .with(FirstParts::default())
        .with(FirstTasks::default())
        .with(Waits::default())
        .with(Briefs::default())
        .with(Pairs::default())
        .with(Doors::default())
        .with(letters)
}

impl House {
    /// What forgets people in plans and reports.
    pub fn charges(&self) -> programme::Charges {
        programme::Charges::new(self.app.db().clone(), self.app.get::<LettersPort>().unwrap().clone())
    }

    /// With people, without plans.
    pub async fn people() -> Self {
        Self::of(building()).await
    }

    /// The same in a building of the test's own.
    pub async fn of(building: Building) -> Self {
        let house = building.await;
        for (login, unit, role) in PEOPLE {
            house.people.add(&house.system(), login, &[(house.unit(unit), role)]);
        }
        Self(house)
    }

    /// With the plans of the demo, and what is done of them.
    pub async fn demo() -> Self {
        Self::demo_of(building()).await
    }

    pub async fn demo_of(building: Building) -> Self {
        let house = Self::of(building).await;
        examples::fill(&house.app, &house.system()).await.unwrap();
        house
    }

    /// A document that is read in and confirmed.
    pub async fn taken_in(&self, officer: &Client, name: &str, bytes: &[u8]) -> String {
        let plan = documents::read_in(self, officer, name, bytes).await;
        self.confirm(&plan).await;
        plan
    }

    /// The province's committee says that this plan is its own, and leaves the follower: `/plans/…`, or its id.
    pub async fn confirm(&self, plan: &str) {
        documents::confirm(self, &self.as_("lanhdao").await, plan).await;
    }

    /// Confirms the document of this number, in which tasks were given.
    pub async fn confirm_numbered(&self, number: &str) {
        for plan in plan::numbered(&self.app.db().read(), number).await.unwrap() {
            self.confirm(&plan.id().to_string()).await;
        }
    }
}
