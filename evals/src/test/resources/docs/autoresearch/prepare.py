"""Data and tokenizer, in the real one."""

TIME_BUDGET = 300
