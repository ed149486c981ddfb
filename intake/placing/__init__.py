"""Where words belong: to which card or ticket, or to a trouble of their own."""
