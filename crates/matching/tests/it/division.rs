//! Division of places against independent oracles.

mod live;
mod optimal;
mod oracle;
mod stable;
