import type { JsonObject } from '../../domain/json.js';
import { isMoney, resolved } from '../../domain/request-kind/schema.js';
import { isRecord } from '../../domain/request-kind/pointer.js';

/**
 * The name of what changed, as people know it: "Receipts · 票据明细 2 / Amount · 金额". A part of an amount goes by the
 * amount's name.
 * @param path of a leaf, list items by their place or their own key
 */
export function pathTitle(root: JsonObject, path: string): string {
  const steps = path.slice(1).split('/');
  let schema: JsonObject | null = root;
  const names: string[] = [];
  for (const step of steps) {
    if (!schema || isMoney(schema, root)) break;
    if (schema['type'] === 'array') {
      schema = resolved(schema['items'], root);
      names.push(`${names.pop() ?? ''} ${step}`.trim());
      continue;
    }
    const properties: unknown = schema['properties'];
    schema = isRecord(properties) ? resolved(properties[step], root) : null;
    names.push(schema ? nameOf(schema, step) : step);
  }
  return names.length === 1 ? names[0]! : inBoth(names);
}

function nameOf(schema: JsonObject, step: string): string {
  const titles = schema['x-titles'];
  if (isRecord(titles)) return `${String(titles['en'])} · ${String(titles['zh'])}`;
  return typeof schema['title'] === 'string' ? schema['title'] : step;
}

/** Several "English · 中文" one below the other, each language by itself. */
function inBoth(names: readonly string[]): string {
  const halves = names.map((name) => {
    const [first = '', second = first] = name.split(' · ');
    const place = / (\S+)$/.exec(second)?.[1];
    return { en: place && first !== second ? `${first} ${place}` : first, zh: second };
  });
  return `${halves.map(({ en }) => en).join(' / ')} · ${halves.map(({ zh }) => zh).join(' / ')}`;
}
