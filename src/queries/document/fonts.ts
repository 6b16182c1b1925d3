import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Noto Sans SC (OFL 1.1) as TrueType: OpenType/CFF loses glyphs in pdfkit (pdfkit#1106, #1027). */
const FILES = {
  regular: '400Regular/NotoSansSC_400Regular.ttf',
  bold: '700Bold/NotoSansSC_700Bold.ttf',
} as const;
export type FontName = keyof typeof FILES;

const { resolve } = createRequire(import.meta.url);
let loaded: Promise<Record<FontName, Buffer>> | null = null;

/** The font files, read when the first document is drawn. */
export function fontFiles(): Promise<Record<FontName, Buffer>> {
  loaded ??= (async () => {
    const file = (name: FontName) => readFile(resolve(`@expo-google-fonts/noto-sans-sc/${FILES[name]}`));
    const [regular, bold] = await Promise.all([file('regular'), file('bold')]);
    return { regular, bold };
  })();
  return loaded;
}

interface Glyph {
  id: number;
  advanceWidth: number;
  codePoints: number[];
}

/** What of pdfkit's embedded font is used beside its types. */
export interface EmbeddedFont {
  font: {
    glyphForCodePoint(code: number): Glyph;
    layout(text: string): unknown;
  };
}

/**
 * Sets text letter by letter: no ligatures and no kerning, which Chinese business documents do without, and which cost four
 * fifths of the time. Every letter stays a letter when text is taken out of the PDF again.
 */
export function setLetterByLetter({ font }: EmbeddedFont): void {
  const known = new Map<string, Glyph>();
  const glyphOf = (letter: string): Glyph => {
    const found = known.get(letter) ?? font.glyphForCodePoint(letter.codePointAt(0)!);
    known.set(letter, found);
    return found;
  };
  font.layout = (text: string) => {
    const glyphs = Array.from(text, glyphOf);
    return {
      glyphs,
      positions: glyphs.map(({ advanceWidth }) => ({
        xAdvance: advanceWidth,
        yAdvance: 0,
        xOffset: 0,
        yOffset: 0,
      })),
      advanceWidth: glyphs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0),
    };
  };
}
