### Texts of the pages: monitor.
### status: draft
