"""The support mailbox: IMAP in, MIME, threads, SMTP out."""
