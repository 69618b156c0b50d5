-- Payment methods that people keep.

-- A method that the gateway keeps can pay as well as one that has paid.
ALTER TABLE payment_method RENAME COLUMN first_paid_at TO verified_at;
