import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { listColleagues } from '../../queries/org/colleagues.js';
import { listPeople, type PersonRef } from '../../queries/org/people.js';
import type { Viewer } from '../../queries/org/scope.js';
import { unitTree } from '../../queries/org/units.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Paging, type Page } from '../http/paging.js';
import {
  ColleaguePage,
  ColleaguesQuery,
  PeopleQuery,
  PersonPage,
  UnitNode,
  UnitsQuery,
  type PersonView,
} from './org.dto.js';

@ApiTags('organisation')
@Controller('org')
export class OrgController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get('people')
  @Allow('org:read')
  @ApiOkResponse({ type: PersonPage })
  people(@Query() query: PeopleQuery, @CurrentViewer() viewer: Viewer): Promise<Page<PersonView>> {
    return this.paging.read('people', query, (slice) => listPeople(this.db, viewer, query, slice));
  }

  @Get('colleagues')
  @Allow('approval:read')
  @ApiOkResponse({ type: ColleaguePage })
  colleagues(@Query() query: ColleaguesQuery): Promise<Page<PersonRef>> {
    return this.paging.read('colleagues', query, (slice) => listColleagues(this.db, query, slice));
  }

  @Get('units')
  @Allow('org:read')
  @ApiOkResponse({ type: [UnitNode] })
  units(@Query() query: UnitsQuery): Promise<UnitNode[]> {
    return unitTree(this.db, query.hierarchy ?? 'REPORTING', query.asOf ?? null);
  }
}
