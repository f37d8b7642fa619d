"""How statements reach a database of the kit's own: one module for each kind of database, behind one protocol."""
