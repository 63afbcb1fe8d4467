"""Tags of assessments on pages of others."""
