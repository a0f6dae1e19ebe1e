"""Tables written at random in every form an office might choose, each with the observations to be read back."""
