### Texts of the pages: guiding.
### status: draft
