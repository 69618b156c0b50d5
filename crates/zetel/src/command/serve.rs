//! `zetel serve`

use super::Outcome;
use crate::house::{Database, House, Listen, log_to_standard_error};
use crate::payments::Payments;
use crate::place::PlaceSettings;
use crate::post::MailServer;
use admin::web::Settings;
use app::session::SecretToken;
use app::setup;
use clap::Args;
use domain::user::UserDraft;
use std::net::IpAddr;

/// Run the admin center, the API and the background work.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    listen: Listen,
    #[command(flatten)]
    payments: Payments,
    #[command(flatten)]
    mail_server: MailServer,
    #[command(flatten)]
    place: PlaceSettings,
    /// Proxies in front of Zetel, by address: their X-Forwarded-For tells who asks, for the limits of failed sign-ins.
    /// They are expected to be reached over https.
    #[arg(long, env = "ZETEL_TRUSTED_PROXIES", value_delimiter = ',')]
    trusted_proxies: Vec<IpAddr>,
    /// Address of the first operator, made at the first start.
    #[arg(long, env = "ZETEL_OPERATOR_EMAIL")]
    operator_email: Option<String>,
    /// Name of the first operator.
    #[arg(long, env = "ZETEL_OPERATOR_NAME", default_value = "Operator")]
    operator_name: String,
    /// Password of the first operator; only from the environment, so that no list of processes shows it.
    #[arg(skip = std::env::var("ZETEL_OPERATOR_PASSWORD").ok())]
    operator_password: Option<String>,
}

impl Serve {
    /// Serves until it is asked to stop.
    pub fn run(self) -> Outcome {
        log_to_standard_error();
        let post = self.mail_server.post(self.payments.public_address())?;
        let house = House::open_with(&self.database, self.payments.gateway()?, post)?;
        let setup_code = self.set_up(&house)?;
        let settings = Settings {
            secure_cookies: !self.listen.is_loopback() || !self.trusted_proxies.is_empty(),
            trusted_proxies: self.trusted_proxies.iter().map(IpAddr::to_canonical).collect(),
            sandbox_bank: house.sandbox_bank.clone(),
            setup_code,
            ..self.place.settings()
        };
        house.serve(&self.listen, settings)
    }

    /// Makes the first operator from the environment, or gives the code with which the page `/setup` makes one.
    fn set_up(&self, house: &House) -> Result<Option<String>, Box<dyn std::error::Error>> {
        if setup::is_done(&house.app)? {
            return Ok(None);
        }
        if let (Some(email), Some(password)) = (&self.operator_email, &self.operator_password) {
            let draft =
                UserDraft { display_name: self.operator_name.clone(), email: email.clone(), ..UserDraft::default() };
            setup::first_operator(&house.app, &draft, password)?;
            println!("The first operator is {email}.");
            return Ok(None);
        }
        let code = SecretToken::generate()?.secret()[..12].to_owned();
        println!("Nobody runs this Zetel yet. Open /setup and use the setup code {code}");
        Ok(Some(code))
    }
}
