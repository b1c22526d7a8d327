//! Query: from text to algebra. `syntax` reads words, `resolve` gives them their meaning; neither sees the store.

pub mod resolve;
pub mod syntax;
