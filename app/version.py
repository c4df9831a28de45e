"""The version that is installed."""

from __future__ import annotations

NAME = "stepformer"


def version() -> str:
    """The installed version; from the sources, the one that stands in pyproject.toml."""
    from importlib import metadata

    try:
        return metadata.version(NAME)
    except metadata.PackageNotFoundError:
        import tomllib

        from app.paths import RESOURCES

        with (RESOURCES.parent / "pyproject.toml").open("rb") as file:
            found: str = tomllib.load(file)["project"]["version"]
        return found
