/**
 * From when the days without contact of a deal count: from its last contact on, without the time it was on hold or closed since.
 * @param deal the alias of `opportunity`
 */
export function quietSince(deal: string): string {
  return `(${deal}.contact_at + coalesce((
    SELECT sum(e.left_at - greatest(e.entered_at, ${deal}.contact_at)) FROM opportunity_stage_entry e
    WHERE e.opportunity_id = ${deal}.id AND e.stage IN ('WON', 'LOST', 'ON_HOLD') AND e.left_at > ${deal}.contact_at), interval '0'))`;
}
