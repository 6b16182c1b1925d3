import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { addContact, editContact, eraseContact, type ContactFields } from '../../commands/contact/contact.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { findContact, listContacts, type ContactRow } from '../../queries/contact/contacts.js';
import { findCustomer } from '../../queries/customer/customers.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { IfMatch, setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import {
  ContactBody,
  ContactEditBody,
  ContactPage,
  ContactQuery,
  ContactView,
  EraseContactBody,
} from './contacts.dto.js';

@ApiTags('contacts')
@Controller('contacts')
export class ContactsController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('contact:read')
  @ApiOkResponse({ type: ContactPage })
  list(@Query() query: ContactQuery, @CurrentViewer() viewer: Viewer): Promise<Page<ContactRow>> {
    return this.paging.read('contacts', query, (slice) => listContacts(this.db, viewer, query, slice));
  }

  @Get(':id')
  @Allow('contact:read')
  @ApiOkResponse({ type: ContactView })
  async one(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactRow> {
    const contact = await findContact(this.db, viewer, id);
    setVersion(response, contact.rowVersion);
    return contact;
  }

  @Post()
  @Allow('contact:write')
  @ApiCreatedResponse({ type: ContactView })
  async add(
    @Body() body: ContactBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactRow> {
    await findCustomer(this.db, viewer, body.customerId);
    const answer = await addContact(this.db, meta, { customerId: body.customerId, ...fieldsOf(body) });
    return findContact(this.db, viewer, replyWith(response, answer).id);
  }

  @Put(':id')
  @Allow('contact:write')
  @ApiOkResponse({ type: ContactView })
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expectedVersion: number,
    @Body() body: ContactEditBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContactRow> {
    await findContact(this.db, viewer, id, 'contact:write');
    replyWith(response, await editContact(this.db, meta, { id, expectedVersion, ...fieldsOf(body) }));
    return this.one(id, viewer, response);
  }

  @Post(':id/erase')
  @HttpCode(204)
  @Allow('privacy:erase')
  @ApiNoContentResponse()
  async erase(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: EraseContactBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    replyWith(response, await eraseContact(this.db, meta, { id, reason }));
  }
}

function fieldsOf({ name, title, phone, email, consent }: ContactEditBody): ContactFields {
  return {
    name: name.trim(),
    title: title ?? null,
    phone: phone ?? null,
    email: email ?? null,
    consent: consent ?? 'UNKNOWN',
  };
}
