//! Rewrites: what is planned gives the same rows as what was asked, whichever rewrites are made.

#[path = "rewrites/agreement.rs"]
mod agreement;
#[path = "rewrites/hetionet.rs"]
mod hetionet;
#[path = "rewrites/invent.rs"]
mod invent;
#[path = "rewrites/plans.rs"]
mod plans;
#[path = "rewrites/world.rs"]
mod world;
