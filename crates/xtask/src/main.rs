//! Repository commands (under construction).
fn main() {}
