-- A subscription's timeline reads what happened to the subscription itself, past the entries about licenses of people.
CREATE INDEX journal_by_life ON journal (organization_id, subscription_id, id)
    WHERE user_id IS NULL OR kind = 'subscription_taken_over';
