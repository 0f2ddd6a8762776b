-- Agencies with at least one live service on a cloud in the country: something of theirs stands there, or they keep such a
-- cloud service. What a foreign provider gives does not count. Agencies that own nothing are counted beside, by the list of bodies.
SELECT judged.owner_id AS unit_id, 'all' AS part, judged.id AS system_id,
       CASE WHEN judged.why IN ('domestic_cloud', 'domestic_service') THEN 1 ELSE 0 END AS numerator,
       CASE WHEN judged.why IN ('mistaken', 'not_operating', 'state_secret') THEN 0 ELSE 1 END AS denominator,
       judged.why
FROM (
  SELECT entry.id, entry.owner_id,
         CASE WHEN entry.state = 'mistaken' THEN 'mistaken'
              WHEN entry.state_secret = 'yes' THEN 'state_secret'
              WHEN entry.state NOT IN ('operating', 'retiring') THEN 'not_operating'
              WHEN COALESCE(provider.is_domestic, 'unknown') = 'no' THEN 'foreign_provider'
              WHEN entry.kind = 'cloud_service' AND entry.is_domestic = 'yes' THEN 'domestic_service'
              WHEN entry.kind <> 'cloud_service' AND entry.hosting IN ('provincial_cloud', 'domestic_cloud') THEN 'domestic_cloud'
              WHEN entry.kind = 'cloud_service' THEN 'foreign_provider'
              ELSE 'not_on_cloud' END AS why
  FROM registry_system AS entry
  LEFT JOIN registry_system AS provider ON provider.id = entry.provider_id
  WHERE entry.kind IN ('information_system', 'service', 'database', 'platform', 'cloud_service')
) AS judged
