//! Ways out of the program: e-mail, and a gateway for short texts (SMS, chat) that is off unless configured.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use kernel::Problem;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, header::HeaderName, header::HeaderValue},
};

const PATIENCE: Duration = Duration::from_secs(15);

/// What is to be delivered.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Stable, so that a letter sent twice after a crash is recognised as one.
    pub id: String,
    pub address: String,
    pub subject: String,
    pub text: String,
    /// Empty for channels without markup.
    pub html: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    Accepted,
    /// The address itself is not wanted over there: trying again is of no use.
    Refused(String),
    /// This one failed for now.
    Later(String),
    /// Nothing can be delivered for now.
    Down(String),
}

#[async_trait]
pub trait Channel: Send + Sync + fmt::Debug {
    /// `mail` or `text`.
    fn code(&self) -> &'static str;
    async fn deliver(&self, out: &Outgoing) -> Delivery;
}

/// The channels that the installation has.
#[derive(Debug, Default)]
pub struct Channels(Vec<Box<dyn Channel>>);

impl Channels {
    /// From `smtp_url` (`smtp://user:password@host:587?tls=required`, `smtps://…`), `mail_from` and `text_gateway`.
    pub fn new(smtp: Option<&str>, from: Option<&str>, gateway: Option<&str>) -> Result<Self, Problem> {
        let mut out: Vec<Box<dyn Channel>> = Vec::new();
        match (smtp, from) {
            (None, None) => {}
            (Some(url), Some(from)) => out.push(Box::new(Smtp::new(url, from)?)),
            _ => return Err(Problem::bad_input("mail-incomplete")),
        }
        if let Some(url) = gateway {
            out.push(Box::new(Gateway::new(url)?));
        }
        Ok(Self(out))
    }

    pub fn get(&self, code: &str) -> Option<&dyn Channel> {
        self.0.iter().find(|channel| channel.code() == code).map(AsRef::as_ref)
    }

    pub fn has(&self, code: &str) -> bool {
        self.get(code).is_some()
    }
}

struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl fmt::Debug for Smtp {
    // The transport knows a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Smtp {
    fn new(url: &str, from: &str) -> Result<Self, Problem> {
        let wrong = |error: &dyn fmt::Display| Problem::bad_input("mail-settings").with("error", error);
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| wrong(&error))?;
        let from = from.parse().map_err(|error: lettre::address::AddressError| wrong(&error))?;
        Ok(Self { transport: transport.timeout(Some(PATIENCE)).build(), from })
    }

    fn message(&self, out: &Outgoing) -> Result<Message, String> {
        let to: Mailbox = out.address.parse().map_err(|error: lettre::address::AddressError| error.to_string())?;
        let builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&out.subject)
            .message_id(Some(format!("<{}@{}>", out.id, self.from.email.domain())))
            // Holiday answers of machines are not wanted.
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()));
        let body = if out.html.is_empty() {
            builder.body(out.text.clone())
        } else {
            builder.multipart(MultiPart::alternative_plain_html(out.text.clone(), out.html.clone()))
        };
        body.map_err(|error| error.to_string())
    }
}

#[async_trait]
impl Channel for Smtp {
    fn code(&self) -> &'static str {
        "mail"
    }

    async fn deliver(&self, out: &Outgoing) -> Delivery {
        let message = match self.message(out) {
            Ok(message) => message,
            Err(error) => return Delivery::Refused(error),
        };
        let Err(error) = self.transport.send(message).await else { return Delivery::Accepted };
        let code = error.status().map_or(0, u16::from);
        let words = format!("{error}");
        match code {
            // RFC 5321: mailbox unavailable, not local, over quota, name not allowed.
            550..=553 => Delivery::Refused(words),
            // 421: the service is closing. Refusals of the sign-in concern everything, not this letter.
            421 | 530 | 534 | 535 | 0 => Delivery::Down(words),
            _ => Delivery::Later(words),
        }
    }
}

/// A gateway for short texts: gets `{"to", "text", "id"}` by POST and answers 2xx when it has taken it.
#[derive(Debug)]
struct Gateway {
    client: reqwest::Client,
    url: reqwest::Url,
}

impl Gateway {
    fn new(url: &str) -> Result<Self, Problem> {
        let wrong = |error: &dyn fmt::Display| Problem::bad_input("mail-settings").with("error", error);
        let url = url.parse().map_err(|error| wrong(&error))?;
        let client = reqwest::Client::builder().timeout(PATIENCE).build().map_err(Problem::internal)?;
        Ok(Self { client, url })
    }
}

#[async_trait]
impl Channel for Gateway {
    fn code(&self) -> &'static str {
        "text"
    }

    async fn deliver(&self, out: &Outgoing) -> Delivery {
        let body = serde_json::json!({ "to": out.address, "text": out.text, "id": out.id });
        let request = self.client.post(self.url.clone()).header("content-type", "application/json");
        match request.body(body.to_string()).send().await {
            Ok(answer) if answer.status().is_success() => Delivery::Accepted,
            // Only these two speak of what was sent; the rest speaks of the gateway, or of how often it was asked.
            Ok(answer) if matches!(answer.status().as_u16(), 400 | 422) => {
                Delivery::Refused(answer.status().to_string())
            }
            Ok(answer) => Delivery::Down(answer.status().to_string()),
            // The address of the gateway may hold a key: it stays out of what is shown.
            Err(error) => Delivery::Down(error.without_url().to_string()),
        }
    }
}
