-- The most people who may have a license of a subscription that is canceled without support (D8); null: any number.
ALTER TABLE billing_account ADD COLUMN online_cancel_max {integer};
