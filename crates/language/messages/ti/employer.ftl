### Texts of the pages: employer.
### status: draft
