"""Migrations of the dossier's schema, run by Alembic in the order of their revisions."""
