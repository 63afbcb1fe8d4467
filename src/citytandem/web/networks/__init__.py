"""A network's registry: classes of members, offices and bodies, memberships over time, ties and how they fare."""
