import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { findCustomer, listCustomers } from '../../queries/customer/customers.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { setVersion } from '../http/if-match.js';
import { Paging, type Page } from '../http/paging.js';
import { CustomerListQuery, CustomerPage, CustomerView } from './customers.dto.js';

@ApiTags('customers')
@Controller('customers')
@Allow('customer:read')
export class CustomersController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @ApiOkResponse({ type: CustomerPage })
  list(@Query() query: CustomerListQuery, @CurrentViewer() viewer: Viewer): Promise<Page<CustomerView>> {
    return this.paging.read('customers', query, (slice) => listCustomers(this.db, viewer, query, slice));
  }

  @Get(':id')
  @ApiOkResponse({ type: CustomerView })
  async one(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerView> {
    const customer = await findCustomer(this.db, viewer, id);
    setVersion(response, customer.rowVersion);
    return customer;
  }
}
