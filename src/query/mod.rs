//! Query: from text to algebra. `syntax` reads words, `resolve` gives them their meaning, `mend` tells all that is wrong; none sees the store.

pub mod mend;
pub mod resolve;
pub mod syntax;
