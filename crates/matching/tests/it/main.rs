//! Tests of the engine as its users see it: everything fast is held against the pair function.

mod cases;
mod division;
mod laws;
mod levers;
mod ranking;
mod records;
