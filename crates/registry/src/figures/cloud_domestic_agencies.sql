-- Agencies with at least one live cloud service that an enterprise of the country provides (do doanh nghiệp trong nước cung
-- cấp): something of theirs runs on such a cloud, or they keep such a service. The cloud of the province is the State's own and
-- no enterprise's: it counts in the second part alone, for whoever reads the plan so. What a foreign provider gives does not
-- count, nor what is provided by nobody knows whom. The whole are the departments and communes of the day, each with what is
-- below it, and those too that own nothing: they are counted beside, by the list of bodies. Bodies of the Party and of
-- ministries, mass organisations and enterprises are no agencies of the province, and neither is the province itself.
SELECT told.owner_id AS unit_id, told.part, told.id AS system_id,
       CASE WHEN told.why IN ('domestic_cloud', 'domestic_service') THEN 1
            WHEN told.part = 'with_province' AND told.why = 'provincial_cloud' THEN 1
            ELSE 0 END AS numerator,
       CASE WHEN told.why IN ('mistaken', 'not_operating', 'state_secret') THEN 0 ELSE 1 END AS denominator,
       told.why
FROM (
  SELECT entry.id, entry.owner_id, parts.part,
         CASE WHEN entry.state = 'mistaken' THEN 'mistaken'
              WHEN entry.state_secret = 'yes' THEN 'state_secret'
              WHEN entry.state NOT IN ('operating', 'retiring') THEN 'not_operating'
              WHEN provider.is_domestic = 'no' THEN 'foreign_provider'
              WHEN entry.kind = 'cloud_service' AND entry.is_domestic = 'no' THEN 'foreign_provider'
              WHEN entry.hosting = 'provincial_cloud' THEN 'provincial_cloud'
              WHEN entry.kind = 'cloud_service' AND entry.hosting IN ('own_room', 'provincial_data_centre') THEN 'provincial_cloud'
              WHEN entry.kind = 'cloud_service' AND entry.is_domestic = 'yes' THEN 'domestic_service'
              WHEN entry.kind = 'cloud_service' AND provider.is_domestic = 'yes' THEN 'domestic_service'
              WHEN entry.kind = 'cloud_service' THEN 'provider_unknown'
              WHEN entry.hosting = 'domestic_cloud' THEN 'domestic_cloud'
              ELSE 'not_on_cloud' END AS why
  FROM registry_system AS entry
  LEFT JOIN registry_system AS provider ON provider.id = entry.provider_id
  CROSS JOIN (SELECT 'all' AS part UNION ALL SELECT 'with_province') AS parts
  WHERE entry.kind IN ('information_system', 'service', 'database', 'platform', 'cloud_service')
) AS told
