-- Who gives a number a new token, or has it verified again, lifts its stop: messages that wait are tried at once.
GRANT UPDATE (stopped_at, stopped_code, stopped_reason) ON senders TO charla_app;
