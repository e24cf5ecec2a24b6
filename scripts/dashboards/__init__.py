"""What scripts/make-dashboards and scripts/check-dashboards are made of."""
