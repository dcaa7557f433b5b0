"""The errors that misuse raises; the content of an article never raises."""


class NewsextractError(Exception):
    """Something the caller can mend: the message says what, where and how."""


class InputError(NewsextractError):
    """An article could not be read: a missing file, a line that is not JSON, no text."""


class ModelError(NewsextractError):
    """The model, or a data file that belongs to it, is missing or broken."""


class TargetError(NewsextractError):
    """Records could not be stored: the target is in use, newer, full, or went away."""
