//! Command: the `:commands` of the prompt in one table, and the shell that answers one input at a time; usable without a terminal.
