import { canonicalJson, type Json } from '../domain/json.js';
import { listed } from './sheet-cell.js';

type Rec = Record<string, unknown>;

/** Approvers as people write them: the kind, and what it needs to know. What has no words of its own is JSON. */
export function resolverWords(resolver: Rec): { kind: string; of: string } {
  const kind = String(resolver.kind);
  switch (kind) {
    case 'ROLE':
      return { kind, of: `${String(resolver.role)} ${String(resolver.take)}` };
    case 'MANAGER':
      return { kind, of: String(resolver.levels) };
    case 'CHAIN_TO_LIMIT':
      return { kind, of: joined(resolver.mode, resolver.topRole) };
    case 'INITIATOR_CHOICE':
      return { kind, of: joined(resolver.among, resolver.scope) };
    case 'HEAD':
      return {
        kind,
        of:
          resolver.unit === 'INITIATOR' ? 'INITIATOR' : `input ${(resolver.unit as { input: string }).input}`,
      };
    case 'FORM_FIELD':
      return { kind, of: String(resolver.input) };
    case 'EXPRESSION':
      return { kind, of: joined(resolver.yields, resolver.expression) };
    case 'CHILD':
      return { kind, of: String(resolver.policyKind) };
    case 'PERSON':
      if (resolver.weights === undefined) return { kind, of: (resolver.personIds as string[]).join(', ') };
  }
  const { kind: _kind, ...rest } = resolver;
  return { kind, of: JSON.stringify(rest) };
}

/** The resolver that stands there; what is wrong with it shows once it is checked as one. */
export function resolverFrom(kind: string, of: string): Rec {
  if (of.startsWith('{')) return { ...parsed(of), kind };
  const [first = '', ...more] = of.split(/\s+/);
  const rest = more.join(' ');
  switch (kind) {
    case 'ROLE':
      return { kind, role: first, take: rest || 'NEAREST' };
    case 'MANAGER':
      return { kind, levels: Number(of) };
    case 'CHAIN_TO_LIMIT':
      return { kind, mode: first, topRole: rest || null };
    case 'INITIATOR_CHOICE':
      return { kind, among: first, ...(rest ? { scope: rest } : {}) };
    case 'HEAD':
      return { kind, unit: first === 'input' ? { input: rest } : of };
    case 'FORM_FIELD':
      return { kind, input: of };
    case 'EXPRESSION':
      return { kind, yields: first, expression: of.slice(first.length).trim() };
    case 'CHILD':
      return { kind, policyKind: of };
    case 'PERSON':
      return { kind, personIds: listed(of) };
    default:
      return { kind };
  }
}

/** `ANY`, `ANY UNTIL_ALL_NO`, `ALL VETO`, `COUNT 2`, `RATIO 50`, `RATIO > 50`, `WEIGHT 3`; per group as JSON. */
export function quorumWords(quorum: Rec): string {
  const reject = quorum.reject;
  switch (quorum.kind) {
    case 'ANY':
      return quorum.first === 'ANY_ANSWER' ? 'ANY' : 'ANY UNTIL_ALL_NO';
    case 'ALL':
      return joined('ALL', reject);
    case 'COUNT':
      return joined('COUNT', quorum.count, reject);
    case 'RATIO':
      return joined('RATIO', quorum.strict ? '>' : null, quorum.percent, reject);
    case 'WEIGHT':
      return joined('WEIGHT', quorum.weight, reject);
    default:
      return JSON.stringify(quorum);
  }
}

const QUORUM =
  /^(ANY|ALL|COUNT|RATIO|WEIGHT)\s*(>)?\s*(\d+)?(?:\s*%)?(?:\s+(VETO|IMPOSSIBLE|UNTIL_ALL_NO|ANY_ANSWER))?$/;

export function quorumFrom(text: string): Rec {
  if (text.startsWith('{')) return parsed(text);
  const [, kind = text, more, number, word] = QUORUM.exec(text) ?? [];
  const reject = word === 'VETO' || word === 'IMPOSSIBLE' ? { reject: word } : {};
  switch (kind) {
    case 'ANY':
      return { kind, first: word === 'UNTIL_ALL_NO' ? word : 'ANY_ANSWER' };
    case 'COUNT':
      return { kind, count: Number(number), ...reject };
    case 'RATIO':
      return { kind, percent: Number(number), strict: more === '>', ...reject };
    case 'WEIGHT':
      return { kind, weight: Number(number), ...reject };
    default:
      return { kind, ...reject };
  }
}

/** A rule that may have a value: `FALLBACK CFO`, `RETURN_STAGE LEGAL`. */
export function choiceWords(choice: Rec): string {
  return joined(choice.kind, choice.role ?? choice.key);
}

export function choiceFrom(text: string, field: 'role' | 'key'): Rec {
  const [kind = '', value] = text.split(/\s+/);
  return { kind, ...(value ? { [field]: value } : {}) };
}

/** `UP_CHAIN`, or `ALLOW 1000 CNY`. */
export function selfWords(self: unknown): string {
  if (typeof self === 'string') return self;
  const { cap, currency } = self as Rec;
  return joined('ALLOW', cap, currency);
}

export function selfFrom(text: string): unknown {
  const [kind = '', cap, currency] = text.split(/\s+/);
  return kind === 'ALLOW' ? { kind, cap, currency } : kind;
}

/** `50 REMIND; 120 AUTO_APPROVE 5000 CNY; 200 INCIDENT`. */
export function rungsWords(rungs: readonly Rec[]): string {
  return rungs
    .map(({ atPercent, kind, cap }) => {
      const { amount, currency } = (cap ?? {}) as Rec;
      return joined(atPercent, kind, amount, currency);
    })
    .join('; ');
}

/** A rung that is there already keeps its id, since events name rungs by it. */
export function rungsFrom(text: string, before: readonly Rec[]): Rec[] {
  const left = [...before];
  const taken = new Set<unknown>();
  return text
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [percent, kind = '', amount, currency] = part.split(/\s+/);
      const atPercent = Number(percent);
      const same = left.findIndex((rung) => rung.kind === kind && rung.atPercent === atPercent);
      const [known] = same < 0 ? [] : left.splice(same, 1);
      let id = known?.id ?? `${kind.toLowerCase()}-${atPercent}`;
      for (let number = 2; taken.has(id); number += 1) id = `${kind.toLowerCase()}-${atPercent}-${number}`;
      taken.add(id);
      return { id, kind, atPercent, ...(amount ? { cap: { amount, currency } } : {}) };
    });
}

/** Whether what was kept says every word that was written; it may say more, where a word stands for itself. */
export function saysAll(written: string, kept: string): boolean {
  if (written.startsWith('{')) return canonical(written) === canonical(kept);
  const left = wordsOf(kept);
  return wordsOf(written).every((word) => {
    const at = left.indexOf(word);
    left.splice(0, at + 1);
    return at >= 0;
  });
}

/** Commas and the signs for per cent and for the end of a step are no words. */
function wordsOf(text: string): string[] {
  return text.split(/[\s,，、;；%]+/).filter((word) => word !== '');
}

function canonical(text: string): string {
  return text.startsWith('{') ? canonicalJson(parsed(text) as Json) : text;
}

function joined(...parts: unknown[]): string {
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ');
}

function parsed(text: string): Rec {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Rec) : {};
  } catch {
    return {};
  }
}
