"""Pure: frames in, frames and findings out; no file, clock, network or language."""
