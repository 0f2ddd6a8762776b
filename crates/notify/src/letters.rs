//! Letters of other domains, by the same way out: they wait in the outbox and go to who is nobody in this house.

use async_trait::async_trait;
use kernel::Problem;
use webkit::Letter;

use crate::{Channels, digest::outgoing, outbox::wake, store};

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
        store::outbox_insert(tx, &outgoing(tx.ctx(), "mail", None, &letter.address, words)).await?;
        Ok(wake(tx, tx.ctx().now()).await?)
    }
}
