"""Twinning programmes: the call, applications, the matching studio, reason cards, consent of both sides."""
