//! The program (under construction).
fn main() {}
