-- National platforms whose milestone, as the ministry set it, has come: in real use here when they operate and somebody
-- uses them. Without a milestone there is no denominator.
SELECT judged.owner_id AS unit_id, 'all' AS part, judged.id AS system_id,
       CASE WHEN judged.why = 'in_use' THEN 1 ELSE 0 END AS numerator,
       CASE WHEN judged.why IN ('not_deployed', 'nobody_uses', 'in_use') THEN 1 ELSE 0 END AS denominator,
       judged.why
FROM (
  SELECT entry.id, entry.owner_id,
         CASE WHEN entry.state = 'mistaken' THEN 'mistaken'
              WHEN entry.kind <> 'platform' THEN 'other_kind'
              WHEN milestone.due_on IS NULL THEN 'no_milestone'
              WHEN milestone.due_on > $1 THEN 'milestone_later'
              WHEN entry.state NOT IN ('operating', 'retiring') THEN 'not_deployed'
              WHEN used.system_id IS NULL THEN 'nobody_uses'
              ELSE 'in_use' END AS why
  FROM registry_system AS entry
  LEFT JOIN registry_milestone AS milestone ON milestone.system_id = entry.id
  LEFT JOIN (SELECT due.system_id FROM registry_milestone AS due JOIN registry_use AS one ON one.system_id = due.system_id
             GROUP BY due.system_id) AS used ON used.system_id = entry.id
  WHERE entry.kind IN ('information_system', 'service', 'database', 'platform')
) AS judged
