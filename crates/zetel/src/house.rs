//! What every command that runs Zetel needs: a database, the ports, an address to listen on, and the way out.

use crate::metrics::measured;
use crate::payments::Gateway;
use crate::post::Post;
use adapters::{SystemClock, TimeOrderedIds};
use admin::web::{Admin, Settings};
use app::job::Workers;
use app::ports::{Clock, PaymentGateway, SandboxBank};
use app::product_key::ProductKeySecret;
use app::session::SecretToken;
use app::{App, Ports};
use axum::Router;
use clap::Args;
use documents::Files;
use std::cmp::Ordering;
use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use store::{Options, Store};
use tokio::net::TcpListener;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Which database.
#[derive(Args, Clone)]
pub struct Database {
    /// A file for the embedded database, or postgres://user:password@host/database.
    #[arg(long, env = "ZETEL_DATABASE", default_value = "zetel.db", hide_env_values = true)]
    pub database: String,
}

impl Database {
    /// Opens it.
    pub fn open(&self) -> Result<Store, store::Error> {
        Store::open(&self.database, Options::default())
    }

    /// Opens it when it is there, for commands that make none.
    pub fn open_existing(&self) -> Result<Store, Box<dyn Error>> {
        if !self.is_postgres() && !Path::new(&self.database).is_file() {
            return Err(crate::command::words().cli_no_database(&self.database).into());
        }
        Ok(self.open()?)
    }

    /// Refuses a file that belongs to it: what is written there would destroy it.
    pub fn must_not_own(&self, file: &Path) -> Result<(), Box<dyn Error>> {
        match Store::owns(&self.database, file)? {
            true => Err(crate::command::words().cli_is_the_database(&file.display().to_string()).into()),
            false => Ok(()),
        }
    }

    /// Whether it is a server's.
    pub fn is_postgres(&self) -> bool {
        self.database.starts_with("postgres://") || self.database.starts_with("postgresql://")
    }

    /// Its address as a terminal may show it: without what may hold a password.
    pub fn shown(&self) -> &str {
        match self.database.rsplit_once('@') {
            Some((_, host)) if self.is_postgres() => host,
            _ => &self.database,
        }
    }
}

/// Where to listen.
#[derive(Args, Clone, Copy)]
pub struct Listen {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "ZETEL_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// How many background jobs run at once in this process; 0 leaves them to `zetel work`.
    #[arg(long, default_value_t = 2)]
    pub workers: usize,
}

impl Listen {
    /// Whether only this machine can reach it, without encryption.
    pub fn is_loopback(self) -> bool {
        self.listen.ip().is_loopback()
    }
}

/// Zetel, ready to serve.
pub struct House {
    /// The door.
    pub app: App,
    /// The bank of the sandbox, while no real gateway takes payments.
    pub sandbox_bank: Option<Arc<dyn SandboxBank>>,
    /// The database.
    pub store: Store,
}

impl House {
    /// Opens the database and brings its schema up to date. Payments go through the sandbox.
    pub fn open(database: &Database) -> Result<Self, Box<dyn Error>> {
        Self::open_with(database, Gateway::default(), Post::without_server(None))
    }

    /// As [`open`](Self::open), with a secret of product keys that is gone when the program ends: for the demo.
    pub fn open_demo(database: &Database, post: Post) -> Result<Self, Box<dyn Error>> {
        let store = database.open()?;
        store.migrate()?;
        let secret = SecretToken::generate()?;
        let secret = ProductKeySecret::new(secret.secret().as_bytes());
        Ok(Self::with(store, Gateway::default(), post, Some(secret)))
    }

    /// Opens the database and brings its schema up to date.
    pub fn open_with(database: &Database, gateway: Gateway, post: Post) -> Result<Self, Box<dyn Error>> {
        let store = database.open()?;
        store.migrate()?;
        Ok(Self::with(store, gateway, post, product_key_secret()))
    }

    /// Opens a database that is there and of this version, for commands that neither make nor migrate one.
    pub fn existing(database: &Database) -> Result<Self, Box<dyn Error>> {
        let store = database.open_existing()?;
        let version = match store.schema_version() {
            Ok(version) => version as usize,
            Err(error) if *error.kind() == store::Kind::Connection => return Err(error.into()),
            // Nothing was ever migrated.
            Err(_) => 0,
        };
        match version.cmp(&store::MIGRATIONS.len()) {
            Ordering::Less => Err(crate::command::words().cli_migration_needed().into()),
            Ordering::Equal => Ok(Self::on(store)),
            Ordering::Greater => Err(crate::command::words().cli_database_newer().into()),
        }
    }

    /// Everything on a database as it is, for commands that take no payments.
    pub fn on(store: Store) -> Self {
        Self::with(store, Gateway::default(), Post::without_server(None), product_key_secret())
    }

    fn with(store: Store, gateway: Gateway, post: Post, product_keys: Option<ProductKeySecret>) -> Self {
        let ports = ports(Arc::new(SystemClock), gateway.port, post);
        let ports = Ports { product_keys, ..ports };
        Self { app: App::new(store.clone(), ports), sandbox_bank: gateway.sandbox_bank, store }
    }

    /// Serves pages and API and does the background work until it is asked to stop; then finishes what it has.
    pub fn serve(self, listen: &Listen, settings: Settings) -> Result<(), Box<dyn Error>> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let workers = Workers::start(&self.app, listen.workers);
        let pages = admin::pages::router(Admin { app: self.app.clone(), settings: Arc::new(settings) });
        let mut router = pages.merge(api::router(&self.app));
        if let Some(token) = metrics_token() {
            router = measured(router, &self.app, &token);
        }
        let served = runtime.block_on(serve_until_stopped(listen.listen, router));
        workers.stop();
        self.store.close();
        served
    }
}

/// The fewest characters of the secret of product keys.
const SECRET_CHARACTERS_MIN: usize = 32;

/// The secret of product keys. As every secret it comes from the environment only: `ZETEL_PRODUCT_KEY_SECRET`, the same
/// for all processes. One that is too short is none.
fn product_key_secret() -> Option<ProductKeySecret> {
    let secret = std::env::var("ZETEL_PRODUCT_KEY_SECRET").ok()?;
    (secret.chars().count() >= SECRET_CHARACTERS_MIN).then(|| ProductKeySecret::new(secret.as_bytes()))
}

/// The token of whoever may read the figures at `/metrics`, from `ZETEL_METRICS_TOKEN`; an empty one is none.
fn metrics_token() -> Option<String> {
    std::env::var("ZETEL_METRICS_TOKEN").ok().filter(|token| !token.is_empty())
}

/// The outside world of this program, by a clock.
pub fn ports(clock: Arc<dyn Clock>, gateway: Arc<dyn PaymentGateway>, post: Post) -> Ports {
    Ports {
        clock,
        ids: Arc::new(TimeOrderedIds::default()),
        gateway,
        documents: Arc::new(Files),
        mail_writer: post.writer,
        mailer: post.mailer,
        product_keys: None,
    }
}

async fn serve_until_stopped(address: SocketAddr, router: Router) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
    println!("Zetel is at http://{}", listener.local_addr()?);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await?;
    Ok(())
}

/// Waits for an interrupt or a request to terminate.
pub async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! { _ = interrupted => {}, () = terminated => {} }
}

/// Logs to standard error what `RUST_LOG` asks for: a level, or levels of parts (`warn,store=debug`); by default what
/// is of interest to whoever runs Zetel. With `ZETEL_LOG_FORMAT=json` each line is a JSON object, for programs that
/// collect logs.
pub fn log_to_standard_error() {
    let asked = std::env::var("RUST_LOG").ok().and_then(|asked| asked.parse::<Targets>().ok());
    let log = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let log = match std::env::var("ZETEL_LOG_FORMAT").as_deref() {
        Ok("json") => log.json().boxed(),
        _ => log.boxed(),
    };
    let filter = asked.unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    tracing_subscriber::registry().with(log.with_filter(filter)).init();
}
