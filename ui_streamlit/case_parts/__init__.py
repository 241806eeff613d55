"""The blocks of the page « Dossier », one module each."""
