-- Systems and IT services that began after the day of their owner's frozen list. One of them that runs on no cloud keeps its
-- agency from counting: the counted unit is the agency. Of the year alone the list's own year says nothing. Not eligible is what
-- the rules say so of and a reviewer accepted: ground and reviewer stand in its assessment. The word of the rules alone, or a
-- reviewer who decided otherwise, leaves nothing out.
SELECT judged.owner_id AS unit_id, 'all' AS part, judged.id AS system_id,
       CASE WHEN judged.why = 'on_cloud' THEN 1 ELSE 0 END AS numerator,
       CASE WHEN judged.why IN ('on_cloud', 'not_on_cloud') THEN 1 ELSE 0 END AS denominator,
       judged.why
FROM (
  SELECT dated.id, dated.owner_id,
         CASE WHEN dated.state = 'mistaken' THEN 'mistaken'
              WHEN dated.kind NOT IN ('information_system', 'service') THEN 'other_kind'
              WHEN dated.state_secret = 'yes' THEN 'state_secret'
              WHEN dated.item_id IS NOT NULL THEN 'in_baseline'
              WHEN dated.state NOT IN ('operating', 'retiring') THEN 'not_operating'
              WHEN dated.as_of IS NULL THEN 'no_baseline'
              WHEN dated.began IS NULL THEN 'since_unknown'
              WHEN dated.began <= dated.as_of THEN 'before_plan'
              WHEN dated.is_left_out = 1 THEN 'not_eligible'
              WHEN dated.hosting IN ('provincial_cloud', 'domestic_cloud') THEN 'on_cloud'
              ELSE 'not_on_cloud' END AS why
  FROM (
    SELECT entry.id, entry.owner_id, entry.state, entry.kind, entry.state_secret, entry.hosting,
           item.id AS item_id, frozen.as_of,
           CASE WHEN appraisal.review = 'accepted' AND NOT appraisal.eligible THEN 1 ELSE 0 END AS is_left_out,
           CASE WHEN entry.operating_since IS NOT NULL THEN entry.operating_since
                WHEN CAST(entry.since AS TEXT) < SUBSTR(frozen.as_of, 1, 4) THEN CAST(entry.since AS TEXT) || '-12-31'
                WHEN CAST(entry.since AS TEXT) > SUBSTR(frozen.as_of, 1, 4) THEN CAST(entry.since AS TEXT) || '-01-01'
                END AS began
    FROM registry_system AS entry
    LEFT JOIN registry_baseline_item AS item ON item.system_id = entry.id
    LEFT JOIN registry_baseline AS frozen ON frozen.unit_id = entry.owner_id AND frozen.approved_on <= $1
    LEFT JOIN registry_assessment AS appraisal ON appraisal.system_id = entry.id
    WHERE entry.kind IN ('information_system', 'service', 'database', 'platform')
  ) AS dated
) AS judged
