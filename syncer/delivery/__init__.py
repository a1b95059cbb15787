"""Mail, webhook, ping and upload, and trying them without sending."""
