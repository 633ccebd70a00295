"""The one error that ends a build, a check or a deploy because of what people can put right."""


class StoppedError(Exception):
    """Nothing was done, or what was begun is safe to begin again; the message says why and what to do."""
