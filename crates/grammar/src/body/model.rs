//! What is found: bodies with their place, kind and how sure they are.

use std::ops::Range;

use serde::Serialize;

/// What sort of body it is; it says nothing of rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Government, ministries and what stands beside them.
    Ministry,
    /// "Sở", "Văn phòng", "Chi cục", "Phòng", boards that manage projects.
    Department,
    /// People's committees and councils of a province.
    Committee,
    /// People's committees and councils below the province, and communes themselves.
    Ward,
    Party,
    /// The Fatherland Front and the associations of its family.
    Front,
    Police,
    Army,
    Court,
    Enterprise,
    /// Centres, schools, hospitals, newspapers.
    Service,
    /// Steering committees, working groups.
    Team,
    /// "Các sở, ban, ngành".
    Group,
    /// Persons by office, "Giám đốc Sở Y tế".
    Person,
    /// "Tổ chức, cá nhân", "người dân".
    Citizens,
    /// Words that stand where a body should and are none that the grammar knows.
    Other,
}

/// One body, or one group that is named as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body {
    /// Bytes of the text that name it, without what stands in brackets behind it.
    pub span: Range<usize>,
    /// The name as written, on one line. Where a list leaves the head out ("các Sở: Y tế, Nội vụ") it is put back.
    pub name: String,
    pub kind: Kind,
    /// More than one body ("UBND các xã, phường").
    pub is_group: bool,
    /// Only those concerned ("có liên quan").
    pub is_concerned: bool,
    /// What stands in brackets behind it ("cơ quan thường trực").
    pub note: Option<String>,
    /// 0 to 99: how surely the words name a body and end where it ends. Below 60 a person should look.
    pub sure: u8,
}

/// A list of bodies in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// From the first body's first byte to the last one's last, brackets included.
    pub span: Range<usize>,
    pub bodies: Vec<Body>,
    /// What stands behind it cannot begin a predicate, so that a name may go on there or another one follow.
    pub is_cut: bool,
}
