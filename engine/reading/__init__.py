"""How user files are read: guarded, decoded, cut into cells, typed. Runs in a child process of engine.load."""
