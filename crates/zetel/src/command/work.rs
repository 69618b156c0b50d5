//! `zetel work`

use super::Outcome;
use crate::house::{Database, House, log_to_standard_error};
use crate::payments::Payments;
use clap::Args;

/// Run the background work only.
#[derive(Args)]
pub struct Work {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    payments: Payments,
    /// How many jobs run at once.
    #[arg(long, default_value_t = 2)]
    workers: usize,
}

impl Work {
    /// Works until it is asked to stop.
    pub fn run(self) -> Outcome {
        log_to_standard_error();
        let house = House::open_with(&self.database, self.payments.gateway()?)?;
        let workers = app::job::Workers::start(&house.app, self.workers);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(crate::house::asked_to_stop());
        workers.stop();
        Ok(())
    }
}
