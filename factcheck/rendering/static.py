from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashed, compressed static files in which ES modules import each other by their hashed names."""

    support_js_module_import_aggregation = True
