/** Multipart headers arrive as Latin-1; a path or control characters in a name are nobody's business. */
export function fileNameOf(originalName: string, fallback: string): string {
  const utf8 = Buffer.from(originalName, 'latin1').toString('utf8');
  const name = utf8.includes('\ufffd') ? originalName : utf8;
  return name.split(/[/\\]/).at(-1)!.replaceAll(/\p{C}/gu, '').slice(0, 255) || fallback;
}
