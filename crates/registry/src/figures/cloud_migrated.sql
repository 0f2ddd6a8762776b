-- The systems and IT services of the frozen lists. All of it: assessed, classified and moved with an accepted conversion to the
-- provincial or a domestic cloud. What is kept where it is, ends, or went elsewhere is never in the numerator. Then the same over the eligible alone, and the three steps apart.
-- Assessed is what somebody answered or looked at. Classified is what a reviewer accepted or decided otherwise.
SELECT told.owner_id AS unit_id, told.part, told.id AS system_id,
       CASE WHEN told.why IN ('assessed', 'classified', 'converted') THEN 1 ELSE 0 END AS numerator,
       CASE WHEN told.why IN ('not_in_baseline', 'baseline_open', 'taken_out', 'not_eligible') THEN 0 ELSE 1 END AS denominator,
       told.why
FROM (
  SELECT judged.id, judged.owner_id, parts.part,
         CASE WHEN judged.standing <> 'counted' THEN judged.standing
              WHEN parts.part = 'eligible' AND judged.eligible = 0 THEN 'not_eligible'
              WHEN parts.part = 'assessed' AND judged.assessed = 1 THEN 'assessed'
              WHEN parts.part = 'classified' AND judged.classified = 1 THEN 'classified'
              WHEN parts.part = 'converted' AND judged.converted = 1 THEN 'converted'
              WHEN parts.part = 'assessed' THEN 'not_assessed'
              WHEN parts.part = 'classified' THEN 'not_classified'
              WHEN parts.part = 'converted' AND judged.converted = 2 THEN 'converted_elsewhere'
              WHEN parts.part = 'converted' THEN 'not_converted'
              WHEN judged.assessed = 0 THEN 'not_assessed'
              WHEN judged.classified = 0 THEN 'not_classified'
              WHEN judged.strategy IN ('retain', 'retire') THEN 'stays'
              WHEN judged.converted = 2 THEN 'converted_elsewhere'
              WHEN judged.converted = 0 THEN 'not_converted'
              ELSE 'converted' END AS why
  FROM (
    SELECT entry.id, entry.owner_id, COALESCE(entry.strategy, '') AS strategy,
           CASE WHEN item.id IS NULL THEN 'not_in_baseline'
                WHEN frozen.approved_on IS NULL OR frozen.approved_on > $1 THEN 'baseline_open'
                WHEN item.is_counted THEN 'counted'
                ELSE 'taken_out' END AS standing,
           CASE WHEN item.is_eligible THEN 1 ELSE 0 END AS eligible,
           CASE WHEN appraisal.answered > 0 OR appraisal.review <> 'open' THEN 1 ELSE 0 END AS assessed,
           CASE WHEN appraisal.review <> 'open' AND entry.strategy <> '' THEN 1 ELSE 0 END AS classified,
           CASE gone.went WHEN 2 THEN 1 WHEN 1 THEN 2 ELSE 0 END AS converted
    FROM registry_system AS entry
    LEFT JOIN registry_baseline_item AS item ON item.system_id = entry.id
    LEFT JOIN registry_baseline AS frozen ON frozen.id = item.baseline_id
    LEFT JOIN registry_assessment AS appraisal ON appraisal.system_id = entry.id
    LEFT JOIN (SELECT one.system_id, MAX(CASE WHEN one.to_hosting IN ('provincial_cloud', 'domestic_cloud') THEN 2 ELSE 1 END) AS went
               FROM registry_migration AS one WHERE one.state = 'accepted' AND one.strategy NOT IN ('retain', 'retire')
               AND one.ended_on <= $1 GROUP BY one.system_id) AS gone
      ON gone.system_id = entry.id
    WHERE entry.kind IN ('information_system', 'service', 'database', 'platform') OR item.id IS NOT NULL
  ) AS judged
  CROSS JOIN (SELECT 'all' AS part UNION ALL SELECT 'eligible' UNION ALL SELECT 'assessed' UNION ALL SELECT 'classified'
              UNION ALL SELECT 'converted') AS parts
) AS told
