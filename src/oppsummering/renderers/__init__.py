"""A report to what people read: one module a medium, none of them counts anything."""
