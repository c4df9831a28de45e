"""The lecture hall: the stage and the arithmetic alone, and the notes for whoever speaks."""
