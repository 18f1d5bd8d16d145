"""Studies: questions asked of the whole machine, one knowledge or patient beside another."""
