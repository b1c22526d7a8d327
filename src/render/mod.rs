//! Render: an answer or a complaint as text, one file a format.
