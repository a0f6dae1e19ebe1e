"""Is this file what the bureau promises: one module per raw table, over what the gate has not yet decided."""
