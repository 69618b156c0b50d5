-- Reminders of what time is going to do to a subscription, and of invoices that are overdue.

-- The day up to which people were told.
ALTER TABLE subscription ADD COLUMN reminded_on {text};
-- The calendar looks again when it comes next: a reminder may be before what it waited for.
UPDATE subscription SET due_on = started_on WHERE due_on > started_on;
-- What customers pay themselves is looked at from its due day on.
UPDATE invoice SET due_step_on = due_on WHERE state IN ('open', 'partly_paid') AND gross > 0
    AND payment_method_id IS NULL AND due_step_on IS NULL;
