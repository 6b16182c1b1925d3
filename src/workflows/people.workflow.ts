import { continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { PeopleActivities } from '../activities/people.activities.js';
import { MOVING_SEATS, READING, READING_PATIENTLY } from './activity-options.js';
import type { AbsenceInput, StaffChangeInput } from './messages.js';
import { follow } from './watch.js';

const { readStaffChange, readAbsence } = proxyLocalActivities<PeopleActivities>(READING);
const { readStaffChange: readChangePatiently, readAbsence: readAbsencePatiently } =
  proxyActivities<PeopleActivities>(READING_PATIENTLY);
const { applyStaffChange, applyAbsence } = proxyActivities<PeopleActivities>(MOVING_SEATS);

/**
 * Somebody has left, or gets or loses a role: from that instant on their open seats are looked at, and a second time a
 * little later, for seats that were being opened just then.
 * @returns how it ended
 */
export async function staffChange(input: StaffChangeInput): Promise<string> {
  const { changeId, wakesPerRun } = input;
  return follow({
    process: 'staffChange',
    read: () => readStaffChange(changeId),
    readPatiently: () => readChangePatiently(changeId),
    oneAggregate: false,
    wakesPerRun,
    take: ({ at }, by) =>
      applyStaffChange.executeWithOptions({ ...MOVING_SEATS, summary: `Hands seats on, due ${at}` }, [
        by,
        changeId,
      ]),
    again: () => continueAsNew<typeof staffChange>(input),
  });
}

/**
 * Somebody is away: when that begins, what they hold goes to their stand-in if they said so; when it is over or was taken
 * back, what is undecided returns, and a second look a little later finds seats that were being opened just then.
 * @returns how it ended
 */
export async function absence(input: AbsenceInput): Promise<string> {
  const { absenceId, wakesPerRun } = input;
  return follow({
    process: 'absence',
    read: () => readAbsence(absenceId),
    readPatiently: () => readAbsencePatiently(absenceId),
    oneAggregate: false,
    wakesPerRun,
    take: ({ at }, by) =>
      applyAbsence.executeWithOptions({ ...MOVING_SEATS, summary: `Moves seats, due ${at}` }, [
        by,
        absenceId,
      ]),
    again: () => continueAsNew<typeof absence>(input),
  });
}
