"""What is true and what is due: talks, rules, the plan. Standard library only; no clock, file or socket."""
