"""From a certificate to words: why each property holds, fails or stays open, in the user's names for the layers.

Built from the certificate alone, so that it says what was proved and nothing else.
"""

from .build import Block, Explanation, explanation
from .text import text

__all__ = ["Block", "Explanation", "explanation", "text"]
