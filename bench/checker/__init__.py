"""How often the persona checker is wrong: generated and frozen sentences, an oracle of its own, intervals."""
