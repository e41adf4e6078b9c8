"""Tables and surveys to the bytes of files, one module a format; none of them counts."""
