-- Three rates: networks, operating systems, and those of them that are applications for the public. Partly is not yet.
SELECT told.owner_id AS unit_id, told.part, told.id AS system_id,
       CASE WHEN told.why = 'ipv6' THEN 1 ELSE 0 END AS numerator,
       CASE WHEN told.why IN ('ipv6', 'ipv6_partly', 'ipv6_none', 'ipv6_unknown') THEN 1 ELSE 0 END AS denominator,
       told.why
FROM (
  SELECT entry.id, entry.owner_id, parts.part,
         CASE WHEN entry.state = 'mistaken' THEN 'mistaken'
              WHEN entry.kind = 'database' THEN 'other_kind'
              WHEN entry.state_secret = 'yes' THEN 'state_secret'
              WHEN entry.state NOT IN ('operating', 'retiring') THEN 'not_operating'
              WHEN parts.part = 'public' AND COALESCE(entry.is_public, 'unknown') <> 'yes' THEN 'not_public'
              WHEN entry.ipv6 = 'yes' THEN 'ipv6'
              WHEN entry.ipv6 = 'partly' THEN 'ipv6_partly'
              WHEN entry.ipv6 = 'no' THEN 'ipv6_none'
              ELSE 'ipv6_unknown' END AS why
  FROM registry_system AS entry
  JOIN (SELECT 'networks' AS part UNION ALL SELECT 'systems' UNION ALL SELECT 'public') AS parts
    ON (parts.part = 'networks') = (entry.kind = 'network')
  WHERE entry.kind IN ('information_system', 'service', 'database', 'platform', 'network')
) AS told
