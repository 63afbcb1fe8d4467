"""Events: workshop, conference, study tour, delegation, peer review, online series; who comes, what it needs and costs."""
