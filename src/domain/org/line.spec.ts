import { describe, expect, it } from '@jest/globals';
import { managerOf, unitsAbove, type Line } from './line.js';
import type { DirectoryPerson, DirectorySnapshot } from './directory.js';
import { partOf } from './part.js';

const LINE: Line = {
  parentOf: new Map([
    ['team', 'region'],
    ['region', 'sales'],
    ['sales', 'company'],
  ]),
  headOf: new Map([
    ['team', 'lead'],
    ['region', 'director'],
    ['company', 'gm'],
  ]),
  deputyOf: new Map([
    ['team', 'senior'],
    ['sales', 'acting'],
  ]),
};

describe('the reporting line', () => {
  it('runs from the own unit to the root', () => {
    expect(unitsAbove('team', LINE)).toEqual(['team', 'region', 'sales', 'company']);
    expect(unitsAbove(null, LINE)).toEqual([]);
  });

  it('ends even when the hierarchy is broken', () => {
    const ring = new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    expect(unitsAbove('a', { ...LINE, parentOf: ring })).toHaveLength(64);
  });

  it.each([
    ['rep', ['team', 'region', 'sales', 'company'], 'lead', 'the head of the own unit'],
    ['lead', ['team', 'region', 'sales', 'company'], 'director', 'not oneself, and not the own deputy'],
    ['senior', ['team', 'region', 'sales', 'company'], 'lead', 'the head above the deputy'],
    ['director', ['region', 'sales', 'company'], 'acting', 'the deputy where the post is vacant'],
    ['acting', ['sales', 'company'], 'gm', 'past a vacancy one fills oneself'],
    ['gm', ['company'], null, 'nobody at the top'],
    ['guest', [], null, 'nobody without a unit'],
  ])('of %s in %j leads to %s: %s', (person, units, expected, _why) => {
    expect(managerOf(person, units, LINE)).toBe(expected);
  });
});

describe('the part of the organisation a request needs', () => {
  const person = (id: string, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
    id,
    name: id,
    title: null,
    active: true,
    managerId: null,
    unitIds: [],
    grants: [],
    identity: id,
    away: null,
    ...more,
  });
  const grant = (unitId: string | null) =>
    ({ role: 'FINANCE', unitId, limit: null, currency: null }) as const;
  const people = [
    person('rep', { unitIds: ['team', 'region'], managerId: 'lead' }),
    person('lead', {
      unitIds: ['team', 'region'],
      managerId: 'director',
      away: { until: '2026-12-01T00:00:00.000Z', delegateId: 'stand-in' },
    }),
    person('director', { unitIds: ['region'] }),
    person('stand-in', { unitIds: ['elsewhere'], managerId: 'their-lead' }),
    person('their-lead', { unitIds: ['elsewhere'] }),
    person('finance', { grants: [grant(null)] }),
    person('region-finance', { grants: [grant('region')] }),
    person('other-finance', { grants: [grant('elsewhere')] }),
    person('stranger', { unitIds: ['elsewhere'] }),
  ];
  const whole = (order: readonly DirectoryPerson[]): DirectorySnapshot => ({
    revision: '7',
    at: '2026-11-24T00:00:00.000Z',
    people: Object.fromEntries(order.map((one) => [one.id, one])),
    units: { team: 'Team', region: 'Region', elsewhere: 'Elsewhere', far: 'Far away' },
  });
  const AT = '2026-11-24T09:00:00.000Z';

  it('is they, their line and stand-ins, and holders of roles over their units or everywhere', () => {
    const part = partOf(whole(people), ['rep'], [], AT);
    expect(Object.keys(part.people)).toEqual([
      'director',
      'finance',
      'lead',
      'region-finance',
      'rep',
      'stand-in',
      'their-lead',
    ]);
    expect(part.units).toEqual({ elsewhere: 'Elsewhere', region: 'Region', team: 'Team' });
    expect(part.at).toBe(AT);
  });

  it('widens by further units', () => {
    expect(Object.keys(partOf(whole(people), ['rep'], ['elsewhere'], AT).people)).toContain('other-finance');
  });

  it('AE-PLAN-1: does not depend on the order in which people were read', () => {
    const one = JSON.stringify(partOf(whole(people), ['rep', 'lead'], [], AT));
    expect(JSON.stringify(partOf(whole([...people].reverse()), ['lead', 'rep', 'nobody'], [], AT))).toBe(one);
  });
});
