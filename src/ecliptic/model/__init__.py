"""The nouns: frozen records that the stages share, with no behaviour that reaches out."""
