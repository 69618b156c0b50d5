-- The first day of what was ordered, when the buyer chose it.
ALTER TABLE "order" ADD COLUMN starts_on {text};
