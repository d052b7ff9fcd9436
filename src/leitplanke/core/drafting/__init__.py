"""Letters from a proof: composed from templates, edited by people, checked against what they stand on."""
