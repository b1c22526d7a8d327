//! Print: the algebra as an indented tree, each operator on a line with its inputs below.
