"""What words are signs of: a trouble that is over, a second one, danger, a ticket taken back."""
