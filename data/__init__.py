"""The demo tables and what their columns mean. See README.md beside this file."""
