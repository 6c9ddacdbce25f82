"""How the deterministic writer (llm.template) says things: portraits, names, sentences, advice, reasons."""
