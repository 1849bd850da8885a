### Texts of the pages: newcomer.
### status: draft
