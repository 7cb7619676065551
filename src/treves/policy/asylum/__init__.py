"""The asylum chain: from application to home, with family reunification, month by month."""
