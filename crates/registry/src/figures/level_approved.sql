-- Operating systems with a dossier approved on or before the day on which operation began, whose check is within its cycle.
-- Where only the year is known, what was approved within that year is neither in time nor late, as the list of levels has it. The
-- second part holds those approved too late: they never count as in time. In time is by the first approval, how long it holds and
-- when it is checked is by the newest decision, as the pages of levels have it.
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
  LEFT JOIN (SELECT one.system_id, one.valid_through, one.check_by,
                    MIN(one.approved_on) OVER (PARTITION BY one.system_id) AS approved_on,
                    ROW_NUMBER() OVER (PARTITION BY one.system_id ORDER BY one.approved_on DESC, one.id DESC) AS place
             FROM registry_dossier AS one WHERE one.state = 'approved' AND one.approved_on <= $1) AS dossier
    ON dossier.system_id = entry.id AND dossier.place = 1
  CROSS JOIN (SELECT 'all' AS part UNION ALL SELECT 'late') AS parts
  WHERE entry.kind IN ('information_system', 'service', 'database', 'platform')
) AS told
