//! Occupations and skills (under construction).
