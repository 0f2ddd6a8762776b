//! The province's single sign-on: Dinh as a client of an OpenID Connect provider.
//!
//! Authorization code with PKCE, `state` and `nonce`; the ID token's signature, issuer, audience, nonce and dates are
//! checked by `openidconnect` (OpenID Connect Core 1.0, 3.1.3.7), and only asymmetric signatures are taken.
//! Says who somebody is at the provider, never what they may do here.

use std::{pin::Pin, sync::Arc, time::Duration};

use kernel::{AccountId, Ctx, Problem, ProblemKind};
use openidconnect::{
    AsyncHttpClient, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, SignatureVerificationError, TokenResponse as _,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
        CoreProviderMetadata,
    },
};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, RwLock, Semaphore, SemaphorePermit};

/// Where the provider returns people to, below the base URL; registered there by its administrator.
pub const BACK: &str = "/sign-in/oidc/back";
/// The provider is asked by so many at once; the others wait a little, in the order of coming.
const SEATS: usize = 4;
const PATIENCE: Duration = Duration::from_secs(10);
const ANSWER_LIMIT: usize = 1024 * 1024;
/// Never `none`, never a shared secret: whoever could read the configuration could then sign anybody in.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

#[derive(Debug, Clone)]
pub struct OidcConfig {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// The provider's name as people know it, for the button.
    pub name: String,
    pub base_url: String,
}

/// The provider, if one is configured.
#[derive(Debug, Clone, Default)]
pub struct Oidc(Option<Arc<Inner>>);

#[derive(Debug)]
struct Inner {
    config: OidcConfig,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    http: Http,
    /// Ways back that are with the provider at once.
    seats: Semaphore,
    /// Fetched at the first sign-in and again when a token is signed by a key that is not in it.
    metadata: RwLock<Option<CoreProviderMetadata>>,
    /// One asks for all.
    fetching: Mutex<()>,
}

/// What the browser keeps (in a cookie of its own) while its user is at the provider.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Flow {
    pub state: String,
    nonce: String,
    verifier: String,
    pub next: String,
    /// The account that asked to be tied; none for a sign-in.
    #[serde(default)]
    pub ties: Option<AccountId>,
}

/// Somebody as the provider knows them. The subject never changes; the names are only good for a first meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalId {
    pub issuer: String,
    pub subject: String,
    pub names: Vec<String>,
}

impl ExternalId {
    /// How a person recognises themselves: the name at the provider, else the number there.
    pub fn label(&self) -> String {
        self.names.first().unwrap_or(&self.subject).chars().take(120).collect()
    }
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error(transparent)]
    Request(#[from] openidconnect::http::Error),
    #[error("the provider's answer is too large")]
    TooLarge,
}

fn unavailable(cause: impl std::fmt::Display) -> Problem {
    Problem::new(ProblemKind::Unavailable, "oidc-unavailable").because(cause)
}

fn refused(cause: impl std::fmt::Display) -> Problem {
    Problem::new(ProblemKind::Forbidden, "oidc-refused").because(cause)
}

impl Oidc {
    /// Reads the configuration; the provider itself is asked at the first sign-in, so that it may be down at start.
    pub fn new(config: Option<OidcConfig>) -> Result<Self, Problem> {
        let Some(config) = config else { return Ok(Self(None)) };
        let wrong = |error: openidconnect::url::ParseError| Problem::bad_input("oidc-address").because(error);
        let issuer = IssuerUrl::new(config.issuer.clone()).map_err(wrong)?;
        let redirect = RedirectUrl::new(format!("{}{BACK}", config.base_url)).map_err(wrong)?;
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(10))
            // A redirect could lead the server to places that only it can reach.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(Problem::internal)?;
        Ok(Self(Some(Arc::new(Inner {
            config,
            issuer,
            redirect,
            http: Http(http),
            seats: Semaphore::new(SEATS),
            metadata: RwLock::default(),
            fetching: Mutex::default(),
        }))))
    }

    /// The provider's name, if there is one.
    pub fn name(&self) -> Option<&str> {
        self.0.as_ref().map(|inner| inner.config.name.as_str())
    }

    fn inner(&self) -> Result<&Inner, Problem> {
        self.0.as_deref().ok_or_else(Problem::not_found)
    }

    /// A turn to ask the provider who somebody is.
    pub async fn seat(&self) -> Result<SemaphorePermit<'_>, Problem> {
        let seat = tokio::time::timeout(PATIENCE, self.inner()?.seats.acquire()).await;
        seat.map_err(|_| unavailable("too many ask at once"))?.map_err(Problem::internal)
    }

    /// The address at the provider to send a person to, and what their browser must bring back.
    pub async fn start(&self, next: &str, ties: Option<AccountId>) -> Result<(String, Flow), Problem> {
        let inner = self.inner()?;
        let client = inner.client(inner.metadata().await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("profile".into()))
            .add_scope(Scope::new("email".into()))
            .set_pkce_challenge(challenge)
            .url();
        let flow = Flow {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            next: next.to_owned(),
            ties,
        };
        Ok((url.into(), flow))
    }

    /// Exchanges the code and checks the ID token. `issuer` is the answer's own claim (RFC 9207), if it makes one.
    pub async fn identity(
        &self,
        ctx: &Ctx,
        code: String,
        issuer: Option<&str>,
        flow: Flow,
    ) -> Result<ExternalId, Problem> {
        let inner = self.inner()?;
        if issuer.is_some_and(|issuer| issuer != inner.issuer.as_str()) {
            return Err(refused("the answer names another issuer"));
        }
        let client = inner.client(inner.metadata().await?);
        let exchange = client.exchange_code(AuthorizationCode::new(code)).map_err(refused)?;
        let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(flow.verifier));
        let answer = exchange.request_async(&inner.http).await.map_err(|error| match error {
            openidconnect::RequestTokenError::Request(fault) => unavailable(fault),
            other => refused(other),
        })?;
        let token = answer.id_token().ok_or_else(|| refused("no ID token"))?;
        let nonce = Nonce::new(flow.nonce);
        let claims = match checked(&client, token, &nonce, ctx) {
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let renewed = inner.client(inner.fetch().await?);
                checked(&renewed, token, &nonce, ctx).map_err(refused)?
            }
            other => other.map_err(refused)?,
        };
        // OpenID Connect Core 3.1.3.7, steps 4 and 5: a token made for another program is not for us, whoever also hears it.
        let client_id = inner.config.client_id.as_str();
        let party = claims.authorized_party().map(|party| party.as_str());
        if party.is_some_and(|party| party != client_id) || (claims.audiences().len() > 1 && party.is_none()) {
            return Err(refused("the ID token was issued to another party"));
        }
        Ok(external(&claims))
    }
}

fn checked(
    client: &Client,
    token: &CoreIdToken,
    nonce: &Nonce,
    ctx: &Ctx,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let now = chrono::DateTime::from_timestamp_micros(ctx.now().as_microsecond()).unwrap_or_default();
    let verifier = client.id_token_verifier().set_allowed_algs(SIGNATURES).set_time_fn(move || now);
    token.claims(&verifier, nonce).cloned()
}

fn external(claims: &CoreIdTokenClaims) -> ExternalId {
    let name = claims.preferred_username().map(|name| name.as_str());
    let mail = claims.email().filter(|_| claims.email_verified() == Some(true)).map(|mail| mail.as_str());
    ExternalId {
        issuer: claims.issuer().as_str().to_owned(),
        subject: claims.subject().as_str().to_owned(),
        names: name.into_iter().chain(mail).map(|name| name.trim().to_lowercase()).collect(),
    }
}

impl Inner {
    fn client(&self, metadata: CoreProviderMetadata) -> Client {
        let id = ClientId::new(self.config.client_id.clone());
        let secret = ClientSecret::new(self.config.client_secret.clone());
        CoreClient::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(self.redirect.clone())
    }

    async fn metadata(&self) -> Result<CoreProviderMetadata, Problem> {
        if let Some(metadata) = self.metadata.read().await.clone() {
            return Ok(metadata);
        }
        let turn = tokio::time::timeout(PATIENCE, self.fetching.lock()).await;
        let _turn = turn.map_err(|_| unavailable("another one waits for its answer"))?;
        let fetched = self.metadata.read().await.clone();
        match fetched {
            Some(metadata) => Ok(metadata),
            None => self.fetch().await,
        }
    }

    /// Discovery and keys; a provider that calls itself by another name than the configured one is refused.
    async fn fetch(&self) -> Result<CoreProviderMetadata, Problem> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        let metadata = found.map_err(|error| match error {
            openidconnect::DiscoveryError::Validation(why) => refused(why),
            other => unavailable(other),
        })?;
        *self.metadata.write().await = Some(metadata.clone());
        Ok(metadata)
    }
}

/// `openidconnect` brings an older reqwest or none; this is the one that the program already has.
#[derive(Debug)]
struct Http(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Fault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.answer(request))
    }
}

impl Http {
    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, Fault> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut response = openidconnect::http::Response::builder().status(answer.status());
        if let Some(kind) = answer.headers().get("content-type") {
            response = response.header("content-type", kind);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > ANSWER_LIMIT {
                return Err(Fault::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(response.body(body)?)
    }
}
