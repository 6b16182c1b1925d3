import { DateTime } from 'luxon';

/** A person as a sentence names them. */
export interface Named {
  name: string;
  title: string | null;
}

const MARKUP = /[\\`*_{}[\]<>()#!|~&]/g;

/**
 * Text from data inside a sentence the Temporal UI renders as markdown: names are data, not markup, so the characters
 * that mean something there become blanks. Line breaks too: one sentence is one line.
 */
export function plainText(text: string): string {
  return text.replace(MARKUP, ' ').replace(/\s+/g, ' ').trim();
}

/** `Ann Lee (team lead)`; of many people the first three. */
export function peopleText(people: readonly Named[]): string {
  if (people.length === 0) return 'nobody';
  const names = people
    .slice(0, 3)
    .map(({ name, title }) => plainText(name) + (title ? ` (${plainText(title)})` : ''));
  return people.length > 3 ? `${names.join(', ')} and ${people.length - 3} more` : names.join(', ');
}

/** `412,000.00 CNY`. @param amount decimal string with the scale to show */
export function amountText({ amount, currency }: { amount: string; currency: string }): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
}

/** `2026-11-25 10:30 Asia/Shanghai`. @param at ISO instant @param zone IANA zone */
export function instantText(at: string, zone: string): string {
  return `${DateTime.fromISO(at, { zone }).toFormat('yyyy-MM-dd HH:mm')} ${zone}`;
}

/** ` to approve …; due …, then …`: what follows the people in every sentence about a wait. */
export function waitText(wait: {
  who: string;
  to: string;
  due: { at: string; zone: string; then: string | null } | null;
}): string {
  const due = wait.due ? `; due ${instantText(wait.due.at, wait.due.zone)}` : '';
  const then = wait.due?.then ? `, then ${wait.due.then}` : '';
  return `Waits for ${wait.who} to ${wait.to}${due}${then}`;
}
