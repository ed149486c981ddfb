"""Whether words that are a link tell where it leads, for channels whose words may hide that."""


def is_told(url: str, words: str) -> bool:
    """People write addresses without what a browser adds."""
    bare = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return bare in words
