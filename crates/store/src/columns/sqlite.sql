SELECT t.name AS table_name, c.name AS column_name, c.type AS column_type,
    CASE WHEN c."notnull" = 1 THEN 0 ELSE 1 END AS optional
FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
