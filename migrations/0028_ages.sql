-- What is forgotten by age is found by it.
CREATE INDEX drafts_ended ON drafts (updated_at) WHERE body = '';
CREATE INDEX early_statuses_by_age ON early_statuses (at);
