"""Whatever asks the user: lines, keys, an editor, a form, a plan to agree to."""
