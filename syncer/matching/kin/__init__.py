"""The files about which a person is asked: names that share parts of a row's words."""
