### Texts of the pages: commitments.
### status: draft
