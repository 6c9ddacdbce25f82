"""The writers: facts become personas, a checker holds them to the facts, approved ones become a playbook."""
