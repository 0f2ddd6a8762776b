-- Operating systems with a dossier approved on or before the day on which operation began, whose check is within its cycle.
-- Where only the year is known, what was approved within that year is neither in time nor late, as the list of levels has it. The
-- second part holds those approved too late: they never count as in time.
SELECT told.owner_id AS unit_id, told.part, told.id AS system_id,
       CASE WHEN told.part = 'all' AND told.why = 'approved' OR told.part = 'late' AND told.why = 'approved_late'
            THEN 1 ELSE 0 END AS numerator,
       CASE WHEN told.why IN ('mistaken', 'other_kind', 'state_secret', 'not_operating') THEN 0 ELSE 1 END AS denominator,
       told.why
FROM (
  SELECT entry.id, entry.owner_id, parts.part,
         CASE WHEN entry.state = 'mistaken' THEN 'mistaken'
              WHEN entry.kind = 'database' THEN 'other_kind'
              WHEN entry.state_secret = 'yes' THEN 'state_secret'
              WHEN entry.state NOT IN ('operating', 'retiring') THEN 'not_operating'
              WHEN dossier.approved_on IS NULL THEN 'no_dossier'
              WHEN entry.operating_since IS NULL AND entry.since IS NULL THEN 'since_unknown'
              WHEN dossier.approved_on > COALESCE(entry.operating_since, CAST(entry.since AS TEXT) || '-12-31') THEN 'approved_late'
              WHEN dossier.approved_on > COALESCE(entry.operating_since, CAST(entry.since AS TEXT) || '-01-01') THEN 'since_unknown'
              WHEN dossier.valid_through < $1 THEN 'level_expired'
              WHEN dossier.check_by < $1 THEN 'check_late'
              ELSE 'approved' END AS why
  FROM registry_system AS entry
  LEFT JOIN (SELECT one.system_id, MIN(one.approved_on) AS approved_on, MAX(one.valid_through) AS valid_through,
                    MAX(one.check_by) AS check_by
             FROM registry_dossier AS one WHERE one.approved_on <= $1 GROUP BY one.system_id) AS dossier
    ON dossier.system_id = entry.id
  CROSS JOIN (SELECT 'all' AS part UNION ALL SELECT 'late') AS parts
  WHERE entry.kind IN ('information_system', 'service', 'database', 'platform')
) AS told
