//! Letters of other domains, by the same way out: they wait in the outbox and go to who is nobody in this house.

use async_trait::async_trait;
use kernel::Problem;
use webkit::Letter;

use crate::{
    Channels,
    digest::outgoing,
    outbox::wake,
    store::{self, OutboxRow},
};

/// The outbox as other domains write to it.
#[derive(Debug)]
pub struct Outbox {
    has_mail: bool,
}

impl Outbox {
    pub fn new(channels: &Channels) -> Self {
        Self { has_mail: channels.has("mail") }
    }
}

#[async_trait]
impl webkit::Letters for Outbox {
    fn are_sent(&self) -> bool {
        self.has_mail
    }

    async fn put(&self, tx: &db::Tx, letter: &Letter) -> Result<(), Problem> {
        let words = (letter.subject.clone(), letter.text.clone(), String::new());
        let row = outgoing(tx.ctx(), "mail", None, &letter.address, words);
        store::outbox_insert(tx, &OutboxRow { carries: letter.carries.clone(), ..row }).await?;
        Ok(wake(tx, tx.ctx().now()).await?)
    }

    async fn call_off(&self, tx: &db::Tx, carries: &str) -> Result<(), Problem> {
        Ok(store::outbox_call_off(tx, carries).await?)
    }

    async fn forget(&self, tx: &db::Tx, carries: &str) -> Result<(), Problem> {
        Ok(store::outbox_forget(tx, carries).await?)
    }

    async fn lost(&self, conn: &db::Reader, carries: &[String]) -> Result<Vec<String>, Problem> {
        Ok(store::outbox_lost(conn, carries).await?)
    }
}
