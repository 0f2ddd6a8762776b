-- State-owned enterprises of the approved list with a signed form of the year that says that they use a cloud service of a
-- domestic provider. What is not in force on the day is not of the list yet, and what is over is shown and in no whole. The last
-- form that was signed by the day counts, for its year alone. Where a provider is named, the registry says whose it is, too.
SELECT told.unit_id, 'all' AS part, told.id AS system_id,
       CASE WHEN told.why = 'domestic_service' THEN 1 ELSE 0 END AS numerator,
       CASE WHEN told.why = 'enterprise_over' THEN 0 ELSE 1 END AS denominator,
       told.why
FROM (
  SELECT listed.id, COALESCE(listed.body_id, listed.owner_id) AS unit_id,
         CASE WHEN listed.valid_until < $1 THEN 'enterprise_over'
              WHEN said.id IS NULL THEN 'no_form'
              WHEN CAST(said.year AS TEXT) < SUBSTR(CAST($1 AS TEXT), 1, 4) THEN 'form_expired'
              WHEN said.uses = 'no' THEN 'uses_none'
              WHEN said.is_domestic = 'no' OR provider.is_domestic = 'no' THEN 'foreign_provider'
              WHEN said.is_domestic = 'yes' OR provider.is_domestic = 'yes' THEN 'domestic_service'
              ELSE 'provider_unknown' END AS why
  FROM registry_enterprise AS listed
  LEFT JOIN (SELECT one.id, one.enterprise_id, one.year, one.uses, one.is_domestic, one.provider_id,
                    ROW_NUMBER() OVER (PARTITION BY one.enterprise_id ORDER BY one.signed_on DESC, one.id DESC) AS place
             FROM registry_enterprise_form AS one WHERE one.signed_on <= $1) AS said
    ON said.enterprise_id = listed.id AND said.place = 1
  LEFT JOIN registry_system AS provider ON provider.id = said.provider_id
  WHERE listed.document_on <= $1 AND listed.valid_from <= $1
) AS told
