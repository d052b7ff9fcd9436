"""Any Regelwerk as pages of questions and answers."""
