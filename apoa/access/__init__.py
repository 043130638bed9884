"""F2: users, sessions, invitations; who acts and what they may do."""
