"""Small changes of a spec that restore identifiability, each certified by the criteria on the changed spec."""

from .search import Proposal, aim, find_changes
from .words import document, text

__all__ = ["Proposal", "aim", "document", "find_changes", "text"]
