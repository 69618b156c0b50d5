//! The list of migrations, in order. A migration that has landed is never edited; the next change is the next number.

use crate::migrate::Migration;

macro_rules! migrations {
    ($($number:literal $name:literal;)*) => {
        &[$(Migration { number: $number, name: $name, text: include_str!(concat!("../migrations/", $name, ".sql")) }),*]
    };
}

/// Every migration. `1 "0001_foundation";` stands for `migrations/0001_foundation.sql`.
pub const MIGRATIONS: &[Migration] = migrations! {
    1 "0001_foundation";
    2 "0002_billing";
    3 "0003_payments";
    4 "0004_mails";
    5 "0005_payment_notices";
    6 "0006_billing_frequency";
    7 "0007_product_keys";
    8 "0008_self_service";
    9 "0009_payment_methods";
    10 "0010_reminders";
    11 "0011_profile_credits";
    12 "0012_long_lists";
    13 "0013_license_requests";
    14 "0014_cancellation_requests";
    15 "0015_trials";
    16 "0016_partners";
    17 "0017_life_of_a_subscription";
    18 "0018_purchase_limits";
    19 "0019_plan_changes";
    20 "0020_bill_runs";
    21 "0021_add_ons";
    22 "0022_undo_take_over";
    23 "0023_credit_paid_out";
    24 "0024_sales_of_partners";
    25 "0025_profile_of_an_order";
    26 "0026_auto_claim";
    27 "0027_start_days";
    28 "0028_invoices_of_many";
    29 "0029_eligibility";
    30 "0030_bill_run_organizations";
    31 "0031_charges_say_their_tax";
    32 "0032_online_cancel";
    33 "0033_given_for_request";
    34 "0034_groups";
    35 "0035_decided_by_program";
    36 "0036_license_setting";
    37 "0037_last_sign_in";
};
