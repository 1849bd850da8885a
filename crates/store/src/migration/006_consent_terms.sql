-- What a consent lets an organisation see, and until when; before, it was name and contact until
-- it was withdrawn.
ALTER TABLE consent ADD COLUMN shown TEXT NOT NULL DEFAULT 'name contact';
ALTER TABLE consent ADD COLUMN ends_at {INTEGER};
