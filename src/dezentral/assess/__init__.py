"""Two mechanisms: one household at every place, all others staying put; a changed instance or policy, solved again."""
