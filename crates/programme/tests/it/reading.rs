//! Documents are read in this process: tests make them themselves. `dinh` reads those of others in a child.

use async_trait::async_trait;
use plan_reader::{
    Reading, Refusal,
    secrecy::{self, Look},
};
use programme::{Error, Glimpse, PlanReading, Progress};

#[derive(Debug)]
pub struct Reader;

/// Away from the threads that answer requests, as it is in the house. Pictures of pages are recognised by tools that are not here.
async fn apart<T: Send + 'static>(read: impl FnOnce() -> Result<T, Refusal> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(read).await.unwrap().map_err(Error::from)
}

#[async_trait]
impl PlanReading for Reader {
    async fn read(&self, bytes: Vec<u8>, _progress: Progress<'_>) -> Result<Reading, Error> {
        apart(move || plan_reader::read(&bytes)).await
    }

    async fn look(&self, bytes: webkit::Bytes) -> Result<Glimpse, Error> {
        let look = move || {
            let (mut identities, mut is_whole) = (0, true);
            let look = secrecy::look_and_hear(&bytes, &mut |text| match text {
                Some(text) => identities += db::identities(text),
                None => is_whole = false,
            });
            let look = match look {
                Ok(Look::Marked(mark)) => Err(Refusal::Classified(mark)),
                Err(Refusal::Scan) => Ok(Look::Pictures),
                look => look,
            };
            let identities = Some(identities).filter(|places| is_whole || *places > 0);
            look.map(|look| Glimpse { look, identities })
        };
        apart(look).await
    }

    async fn picture(&self, archive: Vec<u8>, at: u32) -> Result<Option<Vec<u8>>, Error> {
        apart(move || secrecy::picture(&archive, at)).await
    }
}
