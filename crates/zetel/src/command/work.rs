//! `zetel work`

use super::Outcome;
use crate::house::{Database, House, log_to_standard_error};
use crate::payments::Payments;
use crate::post::MailServer;
use clap::Args;

/// Run the background work only.
#[derive(Args)]
pub struct Work {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    payments: Payments,
    #[command(flatten)]
    mail_server: MailServer,
    /// How many jobs run at once.
    #[arg(long, default_value_t = 2)]
    workers: usize,
}

impl Work {
    /// Works until it is asked to stop.
    pub fn run(self) -> Outcome {
        log_to_standard_error();
        let post = self.mail_server.post(self.payments.public_address())?;
        let house = House::open_with(&self.database, self.payments.gateway()?, post)?;
        let workers = app::job::Workers::start(&house.app, self.workers);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(crate::house::asked_to_stop());
        workers.stop();
        Ok(())
    }
}
