SELECT table_name::text AS table_name, column_name::text AS column_name, data_type::text AS column_type,
    CASE WHEN is_nullable = 'YES' THEN 1 ELSE 0 END::bigint AS optional
FROM information_schema.columns
WHERE table_schema = current_schema()
