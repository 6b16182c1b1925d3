import { describe, expect, it } from '@jest/globals';
import { amountText, instantText, peopleText, plainText, waitText } from './sentence.js';

describe('a sentence for operators', () => {
  it('says who, what, until when, and what then', () => {
    const who = peopleText([{ name: 'Dustin Brinkmann', title: 'team lead' }]);
    const due = {
      at: '2026-11-25T02:30:00.000Z',
      zone: 'Asia/Shanghai',
      then: 'escalates to the next manager',
    };
    expect(waitText({ who, to: 'approve quote Q-2026-000123 v1, 412,000.00 CNY', due })).toBe(
      'Waits for Dustin Brinkmann (team lead) to approve quote Q-2026-000123 v1, 412,000.00 CNY; ' +
        'due 2026-11-25 10:30 Asia/Shanghai, then escalates to the next manager',
    );
  });

  it.each([
    ['**Acme** [click](http://evil)', 'Acme click http://evil'],
    ['<img src=x onerror=1>', 'img src=x onerror=1'],
    ['# Title\n- one', 'Title - one'],
    ['Ganjaflex Street', 'Ganjaflex Street'],
    ['北京分公司', '北京分公司'],
  ])('shows %j as plain text', (name, text) => {
    expect(plainText(name)).toBe(text);
  });

  it('names three of many', () => {
    const people = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name, title: null }));
    expect(peopleText(people)).toBe('A, B, C and 2 more');
    expect(peopleText([])).toBe('nobody');
  });

  it.each([
    ['412000.00', '412,000.00 CNY'],
    ['999.50', '999.50 CNY'],
    ['1234567890', '1,234,567,890 CNY'],
  ])('groups %s', (amount, text) => {
    expect(amountText({ amount, currency: 'CNY' })).toBe(text);
  });

  it('gives instants in the office zone', () => {
    expect(instantText('2026-12-31T16:00:00.000Z', 'Asia/Shanghai')).toBe('2027-01-01 00:00 Asia/Shanghai');
  });
});
