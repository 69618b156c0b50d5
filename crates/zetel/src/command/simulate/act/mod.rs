//! What can happen in a scenario: a type for each act, and the table of all of them.

mod buying;
mod contract;
mod expect;
mod keys;
mod life;
mod money;
mod partner;
mod profile;
mod self_service;

use super::mistake::Mistake;
use super::stage::{Player, Stage};
use app::Failure;
use buying::{Buy, BuyTrial, ExtendEndDate, ExtendTrial, StartTrial};
pub use contract::Rules;
use contract::{ChangeBillingRules, ChangeBuyer, EndSale, PublishPrice};
use domain::refusal::{Field, Refusal};
use expect::Expect;
use keys::{MakeKeys, RedeemKeys, RevokeKey};
use life::{
    Assign, Cancel, CancelScheduledChange, ChangePlan, Delete, EditBillingFrequency, Reactivate, RecurringBilling,
    SetQuantity, Unassign,
};
use money::{
    AnswerBank, ChangePaymentMethod, ChargeBack, CreditCheck, DeletePaymentMethod, PayInvoice, PayOutCredit,
    RecordTransfer, Refund, ReplacePaymentMethod, SettleBalance,
};
use partner::{AcceptPartner, AppointPartner, EndPartner, RequestRelationship, Resume, Sell, Suspend};
use profile::{AddBillingProfile, EditBillingProfile, MoveToBillingProfile};
use schemars::JsonSchema;
use self_service::{SetGuest, SetPurchaseLimits, SetSelfServicePolicy, SignUp, TakeOver, UndoTakeOver};
use serde::Deserialize;

/// An act of a scenario.
trait Play {
    /// Whether it is done by whoever `by` names. What is not is done by the operator or a bank.
    const BY_SOMEBODY: bool = true;

    /// Lets it happen.
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong>;
}

macro_rules! acts {
    ($($act:ident = $code:literal,)+) => {
        /// What can happen. `subscription` is the name that the scenario gave it when it was bought.
        #[derive(Debug, Deserialize, JsonSchema)]
        pub enum Act {
            $(#[serde(rename = $code)] $act($act),)+
        }

        impl Act {
            /// The name in the file.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$act(_) => $code,)+ }
            }

            /// Whether it is done by whoever `by` names.
            pub const fn is_by_somebody(&self) -> bool {
                match self { $(Self::$act(_) => <$act as Play>::BY_SOMEBODY,)+ }
            }

            /// Lets it happen.
            pub fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
                match self { $(Self::$act(act) => act.play(stage, by),)+ }
            }
        }
    };
}

acts! {
    Buy = "buy",
    StartTrial = "start_trial",
    ExtendTrial = "extend_trial",
    BuyTrial = "buy_trial",
    ExtendEndDate = "extend_end_date",
    SetQuantity = "set_quantity",
    Assign = "assign",
    Unassign = "unassign",
    Cancel = "cancel",
    Reactivate = "reactivate",
    RecurringBilling = "recurring_billing",
    EditBillingFrequency = "edit_billing_frequency",
    ChangePlan = "change_plan",
    CancelScheduledChange = "cancel_scheduled_change",
    Delete = "delete",
    MakeKeys = "make_keys",
    RedeemKeys = "redeem_keys",
    RevokeKey = "revoke_key",
    SetSelfServicePolicy = "set_self_service_policy",
    SetPurchaseLimits = "set_purchase_limits",
    SetGuest = "set_guest",
    SignUp = "sign_up",
    TakeOver = "take_over",
    UndoTakeOver = "undo_take_over",
    AddBillingProfile = "add_billing_profile",
    EditBillingProfile = "edit_billing_profile",
    MoveToBillingProfile = "move_to_billing_profile",
    AppointPartner = "appoint_partner",
    RequestRelationship = "request_relationship",
    AcceptPartner = "accept_partner",
    EndPartner = "end_partner",
    Sell = "sell",
    Suspend = "suspend",
    Resume = "resume",
    ChangePaymentMethod = "change_payment_method",
    ReplacePaymentMethod = "replace_payment_method",
    DeletePaymentMethod = "delete_payment_method",
    PayInvoice = "pay_invoice",
    SettleBalance = "settle_balance",
    AnswerBank = "answer_bank",
    ChargeBack = "charge_back",
    CreditCheck = "credit_check",
    RecordTransfer = "record_transfer",
    Refund = "refund",
    PayOutCredit = "pay_out_credit",
    PublishPrice = "publish_price",
    EndSale = "end_sale",
    ChangeBillingRules = "change_billing_rules",
    ChangeBuyer = "change_buyer",
    Expect = "expect",
}

/// How an act went otherwise than well.
pub enum Wrong {
    /// It was refused, which a scenario can expect.
    Refused {
        /// The code of the refusal.
        code: String,
        /// The field of the act that it is about; empty for the act as a whole.
        field: String,
    },
    /// The scenario is mistaken: in which field of the act, and how.
    Mistaken(Vec<Mistake>),
}

impl Wrong {
    /// A mistake in a field of the act; without a field in the act as a whole.
    pub fn at(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self::Mistaken(vec![Mistake::at(field, sentence)])
    }

    /// A refusal of the act as a whole.
    pub fn refused(code: impl Into<String>) -> Self {
        Self::Refused { code: code.into(), field: String::new() }
    }

    /// A refusal of a field that is one of a larger part of the act.
    pub fn within(self, part: &str) -> Self {
        match self {
            Self::Refused { code, field } if !field.is_empty() => {
                Self::Refused { code, field: format!("{part}.{field}") }
            }
            other => other,
        }
    }

    /// What went wrong where no refusal can be expected.
    pub fn mistakes(self) -> Vec<Mistake> {
        match self {
            Self::Refused { code, field } => vec![Mistake::at(field, format!("refused with {code}"))],
            Self::Mistaken(mistakes) => mistakes,
        }
    }
}

impl From<Failure> for Wrong {
    fn from(failure: Failure) -> Self {
        match failure.refusal() {
            // What is wrong with a key says more than that one is.
            Some(Refusal::KeysRefused(keys)) if !keys.is_empty() => Self::refused(keys[0].refusal.code()),
            Some(refusal) => Self::Refused { code: refusal.code().to_owned(), field: field_of(&failure).to_owned() },
            None => Self::at("", failure.to_string()),
        }
    }
}

/// What a scenario calls the field that is wrong: as forms do, with few exceptions.
fn field_of(failure: &Failure) -> &'static str {
    let Failure::Invalid(fields) = failure else { return "" };
    match fields.first().map(|wrong| wrong.field) {
        Some(Field::Payment) => "pay_with",
        Some(Field::BaseSubscription) => "add_to",
        Some(field) => field.code(),
        None => "",
    }
}

impl From<store::Error> for Wrong {
    fn from(error: store::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<Refusal> for Wrong {
    fn from(refusal: Refusal) -> Self {
        Failure::from(refusal).into()
    }
}
