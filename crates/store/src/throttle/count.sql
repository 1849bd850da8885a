INSERT INTO login_throttle (kind, subject, failures, window_started_at)
VALUES ($1, $2, 1, $3)
ON CONFLICT (kind, subject) DO UPDATE SET
    failures = CASE
        WHEN login_throttle.window_started_at > $4 THEN login_throttle.failures + 1
        ELSE 1
    END,
    window_started_at = CASE
        WHEN login_throttle.window_started_at > $4 THEN login_throttle.window_started_at
        ELSE $3
    END
RETURNING failures
