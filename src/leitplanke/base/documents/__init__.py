"""Files: upload, type by content, text extraction in a limited subprocess, versions by hash."""
