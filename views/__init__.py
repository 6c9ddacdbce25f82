"""The pages of the app: thin scripts over the engine and the writers."""
