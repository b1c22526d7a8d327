//! Tests: expressions and their values.
