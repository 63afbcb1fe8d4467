"""Assessments: frameworks, assessors, reconciliation and reply."""
