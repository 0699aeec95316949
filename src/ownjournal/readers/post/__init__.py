"""The post office: every mail leaves through one outbox, each of them once."""
