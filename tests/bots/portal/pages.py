"""A form page as a browser without scripts sees it: its inputs, and what it would post."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Collects what a browser posts: checked boxes, chosen options, typed words."""

    def __init__(self, text, path):
        super().__init__()
        self.text, self.path = text, path
        self._values, self._open, self._select = {}, None, None
        self.scripts = []
        self.feed(text)

    def values(self):
        return dict(self._values)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "script":
            self.scripts.append(given)
        elif tag == "textarea":
            self._open = name
            self._values[name] = ""
        elif tag == "select":
            self._select = name
            self._values.setdefault(name, "")
        elif tag == "option" and "selected" in given:
            self._values[self._select] = given["value"]
        elif tag == "input" and name and given.get("type") != "file":
            is_boxed = given.get("type") in ("radio", "checkbox")
            if not is_boxed or "checked" in given:
                self._values[name] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._open = None

    def handle_data(self, text):
        if self._open is not None:
            self._values[self._open] += text
