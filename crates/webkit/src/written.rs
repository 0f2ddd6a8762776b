//! A form that is written by a link, without an account: whose its drafts are.

use db::{DbError, Reader, Writer};
use kernel::{OutsideId, PersonId};

use crate::page_fields::draft_key;

/// The link and the form: its drafts are the link's, whoever comes with it.
#[derive(Debug, Clone)]
pub struct Written {
    pub link: OutsideId,
    /// The address to which the form is sent; its draft is kept below that.
    pub form: String,
}

impl Written {
    /// Where rows name a person a link stands in the same column: no id is of both.
    pub(crate) fn writer(&self) -> PersonId {
        writer(self.link)
    }

    pub(crate) fn key(&self) -> String {
        draft_key(&self.form, "")
    }

    /// Where its draft is let go of.
    pub(crate) fn drop(&self) -> String {
        format!("{}/draft/drop", self.form)
    }
}

fn writer(link: OutsideId) -> PersonId {
    PersonId::from_uuid(link.uuid())
}

/// Lets go of what was written by a link and not sent, inside the act that forgets who is behind it.
///
/// # Errors
/// Of the database.
pub async fn link_drafts_erase(conn: &Writer, link: OutsideId) -> Result<(), DbError> {
    db::drafts_erase(conn, writer(link)).await
}

/// Whether something is being written by a link.
///
/// # Errors
/// Of the database.
pub async fn has_link_drafts(conn: &Reader, link: OutsideId) -> Result<bool, DbError> {
    Ok(!db::draft_keys(conn, writer(link)).await?.is_empty())
}
