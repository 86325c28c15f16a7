-- Dead jobs are counted for metrics and health every few seconds; without this the count would read all waiting ones.
CREATE INDEX jobs_dead ON jobs (id) WHERE state = 'dead';
