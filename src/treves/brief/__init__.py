"""The brief: one HTML page that says where it stands, and why."""

from treves.brief.made import Made
from treves.brief.pages import render

__all__ = ["Made", "render"]
