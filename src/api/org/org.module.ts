import { Module } from '@nestjs/common';
import { AbsenceController } from './absence.controller.js';
import { CalendarController } from './calendar.controller.js';
import { OrgAdminController } from './org-admin.controller.js';
import { OrgController } from './org.controller.js';

@Module({ controllers: [OrgController, AbsenceController, CalendarController, OrgAdminController] })
export class OrgModule {}
