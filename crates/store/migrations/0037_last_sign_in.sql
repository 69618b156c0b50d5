-- When a person last signed in, to the hour; null: not since this is kept (D25).
ALTER TABLE "user" ADD COLUMN last_sign_in_at {integer};
