"""The knowledge base: files that people edit, checked, compiled and asked."""
