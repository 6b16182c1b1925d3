import { Body, Controller, Param, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { editCalendar } from '../../commands/org/office-calendar.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { Allow } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { CalendarBody, CalendarChanged } from './calendar.dto.js';

@ApiTags('organisation')
@Controller('org/offices')
export class CalendarController {
  constructor(private readonly db: DataSource) {}

  /** What is due on open requests keeps its working minutes and moves with the hours. */
  @Put(':key/calendar')
  @Allow('org:admin')
  @ApiOkResponse({ type: CalendarChanged })
  async edit(
    @Param('key') officeKey: string,
    @Body() { workingHours, days }: CalendarBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CalendarChanged> {
    const edit = {
      officeKey,
      ...(workingHours ? { workingHours } : {}),
      ...(days ? { days: days.map((day) => ({ ...day, name: day.name ?? null })) } : {}),
    };
    return replyWith(response, await editCalendar(this.db, meta, edit));
  }
}
