-- Operating systems, of which nothing is known yet: that one exchanged data is said by the exchange, and none stands here.
-- What a relation declares is no exchange. The definition says that this waits. its numerator is shown nowhere.
SELECT judged.owner_id AS unit_id, 'all' AS part, judged.id AS system_id, 0 AS numerator,
       CASE WHEN judged.why = 'no_exchange' THEN 1 ELSE 0 END AS denominator,
       judged.why
FROM (
  SELECT entry.id, entry.owner_id,
         CASE WHEN entry.state = 'mistaken' THEN 'mistaken'
              WHEN entry.kind = 'database' THEN 'other_kind'
              WHEN entry.state_secret = 'yes' THEN 'state_secret'
              WHEN entry.state NOT IN ('operating', 'retiring') THEN 'not_operating'
              ELSE 'no_exchange' END AS why
  FROM registry_system AS entry
  WHERE entry.kind IN ('information_system', 'service', 'database', 'platform')
) AS judged
