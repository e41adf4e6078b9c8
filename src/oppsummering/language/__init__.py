"""Norwegian: pipelines, word forms, compounds and the two written standards."""
