-- Databases in production, of lists that their owners have confirmed: on a cloud at the provincial centre, with a level in
-- force and a restore that was proven. The second part takes any data centre in the country, as plans of communes do.
SELECT told.owner_id AS unit_id, told.part, told.id AS system_id,
       CASE WHEN told.why = 'in_order' THEN 1 ELSE 0 END AS numerator,
       CASE WHEN told.why IN ('mistaken', 'other_kind', 'state_secret', 'not_operating', 'list_unconfirmed') THEN 0 ELSE 1 END
         AS denominator,
       told.why
FROM (
  SELECT entry.id, entry.owner_id, parts.part,
         CASE WHEN entry.state = 'mistaken' THEN 'mistaken'
              WHEN entry.kind <> 'database' THEN 'other_kind'
              WHEN entry.state_secret = 'yes' THEN 'state_secret'
              WHEN entry.state NOT IN ('operating', 'retiring') THEN 'not_operating'
              WHEN entry.confirmed_on IS NULL OR entry.confirmed_on > $1 THEN 'list_unconfirmed'
              WHEN entry.hosting = 'domestic_cloud' AND parts.part = 'all' THEN 'not_at_centre'
              WHEN entry.hosting NOT IN ('provincial_cloud', 'domestic_cloud') THEN 'not_on_cloud'
              WHEN COALESCE(entry.level, 0) = 0 THEN 'no_level'
              WHEN entry.level_until < $1 THEN 'level_expired'
              WHEN COALESCE(entry.backup, 'unknown') <> 'proven' THEN 'restore_unproven'
              ELSE 'in_order' END AS why
  FROM registry_system AS entry
  CROSS JOIN (SELECT 'all' AS part UNION ALL SELECT 'any_centre') AS parts
  WHERE entry.kind IN ('information_system', 'service', 'database', 'platform')
) AS told
