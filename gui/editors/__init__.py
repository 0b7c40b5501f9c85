"""Editors: from a parameter's kind to the widget that shows and changes its value."""
