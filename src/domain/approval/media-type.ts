const ZIP = 'PK\u0003\u0004';
const MARKS: readonly (readonly [string, string])[] = [
  ['%PDF-', 'application/pdf'],
  ['\u0089PNG\r\n\u001a\n', 'image/png'],
  ['\u00ff\u00d8\u00ff', 'image/jpeg'],
];
const OFFICE: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  ...Object.fromEntries(Object.entries(OFFICE).map(([ending, mediaType]) => [mediaType, [ending]])),
};

/** Whether a file's name agrees with what it is: text has many endings, but not those of the other kinds; a name without one says nothing. */
export function isNamedAs(name: string, mediaType: string): boolean {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (ending === undefined) return true;
  const own = ENDINGS[mediaType];
  return own ? own.includes(ending) : !Object.values(ENDINGS).flat().includes(ending);
}

/** What a file is by its own first bytes, never by what its sender calls it; null: none of the kinds known here. */
export function mediaTypeOf(name: string, bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  const mark = MARKS.find(([start]) => head.startsWith(start));
  if (mark) return mark[1];
  if (head.startsWith(ZIP)) return OFFICE[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? null;
  return isText(bytes) ? 'text/plain' : null;
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
