"""Tell people and machines how a run went: mail, ping and webhook. None of them fails a run."""
