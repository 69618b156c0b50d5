//! What takes payments: Stripe when its key is there, and else the sandbox, which takes no money.

use adapters::{STRIPE_ADDRESS, SandboxGateway, StripeGateway};
use app::ports::{PaymentGateway, SandboxBank};
use clap::Args;
use std::sync::Arc;

/// The settings of a real gateway. Secrets come from the environment only, so that no list of processes shows them:
/// `ZETEL_STRIPE_KEY` and `ZETEL_STRIPE_WEBHOOK_SECRET`.
#[derive(Args, Clone, Default)]
pub struct Payments {
    #[arg(skip = secret("ZETEL_STRIPE_KEY"))]
    stripe_key: Option<String>,
    #[arg(skip = secret("ZETEL_STRIPE_WEBHOOK_SECRET"))]
    stripe_webhook_secret: Option<String>,
    /// Where Stripe is; another place is for tests.
    #[arg(long, env = "ZETEL_STRIPE_ADDRESS", default_value = STRIPE_ADDRESS, hide = true)]
    stripe_address: String,
    /// The address at which people reach Zetel, such as https://zetel.example.com: payers come back to it from their
    /// bank, and mails lead to it.
    #[arg(long, env = "ZETEL_PUBLIC_ADDRESS")]
    public_address: Option<String>,
}

fn secret(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What takes payments.
pub struct Gateway {
    /// The gateway.
    pub port: Arc<dyn PaymentGateway>,
    /// The bank behind it, when it is the sandbox.
    pub sandbox_bank: Option<Arc<dyn SandboxBank>>,
}

impl Default for Gateway {
    /// The sandbox.
    fn default() -> Self {
        let sandbox = Arc::new(SandboxGateway::default());
        Self { port: sandbox.clone(), sandbox_bank: Some(sandbox) }
    }
}

impl Payments {
    /// The address at which people reach Zetel.
    pub fn public_address(&self) -> Option<&str> {
        self.public_address.as_deref()
    }

    /// The gateway that the settings ask for.
    ///
    /// # Errors
    /// A sentence that says which setting is missing beside the key of Stripe.
    pub fn gateway(&self) -> Result<Gateway, String> {
        let Some(key) = self.stripe_key.clone() else { return Ok(Gateway::default()) };
        let missing = |name: &str| crate::command::words().cli_stripe_needs(name);
        let webhook_secret =
            self.stripe_webhook_secret.clone().ok_or_else(|| missing("ZETEL_STRIPE_WEBHOOK_SECRET"))?;
        let public = self.public_address.as_deref().ok_or_else(|| missing("ZETEL_PUBLIC_ADDRESS"))?;
        let stripe = StripeGateway::new(key, webhook_secret, &self.stripe_address, public);
        Ok(Gateway { port: Arc::new(stripe), sandbox_bank: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(key: bool, webhook_secret: bool, public_address: bool) -> Payments {
        let given = |is_given: bool, value: &str| is_given.then(|| value.to_owned());
        Payments {
            stripe_key: given(key, "sk_test_1"),
            stripe_webhook_secret: given(webhook_secret, "whsec_1"),
            stripe_address: STRIPE_ADDRESS.to_owned(),
            public_address: given(public_address, "https://zetel.example.com"),
        }
    }

    #[test]
    fn stripe_takes_payments_only_when_everything_is_set() {
        assert!(settings(false, true, true).gateway().is_ok_and(|gateway| gateway.sandbox_bank.is_some()));
        assert!(settings(true, true, true).gateway().is_ok_and(|gateway| gateway.sandbox_bank.is_none()));
        let missing = |settings: Payments| settings.gateway().map(|_| ()).unwrap_err();
        assert!(missing(settings(true, false, true)).contains("ZETEL_STRIPE_WEBHOOK_SECRET"));
        assert!(missing(settings(true, true, false)).contains("ZETEL_PUBLIC_ADDRESS"));
    }
}
