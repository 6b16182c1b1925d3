import type { events as zh } from '../zh/events.js';

export const events: typeof zh = {
  timelineText: {
    request_submitted: 'submitted it for approval',
    request_resubmitted: 'submitted it again',
    stage_activated: 'stage “{{stage}}” began',
    stage_blocked: 'nobody can approve stage “{{stage}}”',
    stage_restaffed: 'named approvers for stage “{{stage}}”',
    stage_skipped: 'stage “{{stage}}” was skipped',
    stage_closed: 'stage “{{stage}}” ended',
    seat_opened: 'it is {{holder}}’s turn',
    seat_decided: 'decided',
    seat_closed: '{{holder}} is not needed any more',
    seat_added: '{{holder}} was added',
    seat_transferred: 'passed to {{holder}}',
    rung_fired: 'reminder fell due',
    request_returned: 'returned it',
    request_closed: 'the approval ended',
  },
};
