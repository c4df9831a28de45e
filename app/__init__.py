"""The desktop app: everything that needs Qt, and what it needs to show and read numbers."""
