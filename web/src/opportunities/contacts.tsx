import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { FetchFailed } from '../ui/fetched.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { useToast } from '../ui/toast.js';
import { addContact, fetchContacts, setRoles } from './opportunities.api.js';

const ROLES = ['INITIATOR', 'USER', 'INFLUENCER', 'DECIDER'] as const;
type Role = (typeof ROLES)[number];

/** The customer's people and their part in the buying centre: one click says who decides. */
export function Contacts({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const customerId = deal.customer?.id;
  const contacts = useQuery({
    queryKey: ['contacts', customerId],
    queryFn: () => fetchContacts(customerId ?? ''),
    enabled: customerId !== undefined && deal.may.write,
  });
  const command = useCommand({ run: setRoles });
  const rolesOf = (id: string): readonly string[] =>
    deal.contacts.find((contact) => contact.id === id)?.roles ?? [];
  const people = contacts.data?.items ?? deal.contacts.map((contact) => ({ ...contact, phone: null }));
  const toggle = (contactId: string, role: Role): void => {
    const has = ROLES.filter((known) => rolesOf(contactId).includes(known));
    command.mutate({
      id: deal.id,
      contactId,
      roles: has.includes(role) ? has.filter((known) => known !== role) : [...has, role],
    });
  };
  return (
    <Panel
      title={t('deal.contacts')}
      note={
        deal.may.write && customerId ? (
          <Button size="small" onClick={() => setAdding(true)}>
            {t('deal.addContact')}
          </Button>
        ) : null
      }
    >
      <FetchFailed query={contacts} />
      {people.length === 0 && !contacts.isError && !contacts.isLoading ? (
        <p className="quiet">{t('deal.noContacts')}</p>
      ) : null}
      <ul className="deal-list">
        {people.map(({ id, name, title, phone }) => (
          <li key={id} className="deal-contact">
            <span>
              <span className="strong">{name}</span> <span className="small quiet">{title}</span>{' '}
              {phone && !phone.includes('*') ? <a href={`tel:${phone}`}>{phone}</a> : phone}
            </span>
            <span className="row" role="group" aria-label={`${t('deal.roles')}: ${name}`}>
              {ROLES.map((role) => (
                <button
                  key={role}
                  type="button"
                  className="chip deal-role"
                  aria-pressed={rolesOf(id).includes(role)}
                  disabled={!deal.may.write || command.isPending}
                  onClick={() => toggle(id, role)}
                >
                  {t(`deal.role.${role}`)}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <ProblemNote error={command.error} />
      {adding && customerId ? (
        <ContactSheet customerId={customerId} onClose={() => setAdding(false)} />
      ) : null}
    </Panel>
  );
}

function ContactSheet({ customerId, onClose }: { customerId: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [fields, setFields] = useState({ name: '', title: '', phone: '' });
  const [consent, setConsent] = useState(false);
  const command = useCommand({
    run: addContact,
    onSuccess: () => {
      toast(t('deal.added'));
      onClose();
    },
  });
  const words = { name: t('deal.contactName'), title: t('deal.contactTitle'), phone: t('deal.phone') };
  const send = (): void =>
    command.mutate({
      customerId,
      name: fields.name.trim(),
      title: fields.title.trim() || null,
      phone: fields.phone.trim() || null,
      consent: consent ? 'GIVEN' : 'UNKNOWN',
    });
  return (
    <Sheet title={t('deal.addContact')} onClose={onClose}>
      {(['name', 'title', 'phone'] as const).map((name) => (
        <Field key={name} label={words[name]}>
          {(control) => (
            <input
              {...control}
              className="input"
              type={name === 'phone' ? 'tel' : 'text'}
              maxLength={name === 'phone' ? 40 : 120}
              value={fields[name]}
              onChange={(event) => setFields({ ...fields, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <label className="choice">
        <input type="checkbox" checked={consent} onChange={(event) => setConsent(event.target.checked)} />
        {t('deal.consent')}
      </label>
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={fields.name.trim() === ''}
          loading={command.isPending}
          onClick={send}
        >
          {t('deal.save')}
        </Button>
      </div>
    </Sheet>
  );
}
