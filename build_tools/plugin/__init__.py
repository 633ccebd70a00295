"""The door of this room, where MkDocs meets the archive and nowhere else."""

from build_tools.plugin.events import NianbaoPlugin, make_hub

__all__ = ["NianbaoPlugin", "make_hub"]
