import type PDFDocument from 'pdfkit';
import { fontFiles, setLetterByLetter, type EmbeddedFont, type FontName } from './fonts.js';
import type { PrintedDocument } from './pdf.js';
import { wrap } from './wrap.js';

const MARGIN = { side: 50, top: 64, bottom: 62 } as const;
const LEADING = 1.5;
const GREY = '#595959';
const FRAME_SIZE = 8;

const FRAME = {
  'zh-CN': {
    page: (n: number, of: number) => `第 ${n} 页，共 ${of} 页`,
    hash: (hash: string) => `文本 SHA-256 ${hash}`,
    draft: '草稿：未经批准，不构成要约',
  },
  en: {
    page: (n: number, of: number) => `Page ${n} of ${of}`,
    hash: (hash: string) => `Text SHA-256 ${hash}`,
    draft: 'Draft: not approved, not an offer',
  },
} as const;

export interface Style {
  size: number;
  font?: FontName;
  colour?: string;
}

/** Pages that are filled from top to bottom; lays out by itself so that every letter is where the text says. */
export class Sheet {
  /** where the next line goes */
  y = MARGIN.top;
  readonly left = MARGIN.side;
  readonly width: number;
  private readonly bottom: number;
  private readonly done: Promise<Buffer>;

  private constructor(
    private readonly pdf: PDFKit.PDFDocument,
    private readonly printed: PrintedDocument,
  ) {
    this.width = pdf.page.width - 2 * MARGIN.side;
    this.bottom = pdf.page.height - MARGIN.bottom;
    this.done = new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      pdf.on('end', () => resolve(Buffer.concat(chunks)));
      pdf.on('error', reject);
    });
  }

  static async open(printed: PrintedDocument): Promise<Sheet> {
    const [{ default: Pdf }, fonts] = await Promise.all([import('pdfkit'), fontFiles()]);
    const date = new Date(printed.datedAt);
    const pdf = new (Pdf as typeof PDFDocument)({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: printed.language,
      displayTitle: true,
      info: {
        Title: printed.name,
        Producer: 'Sealflow',
        Creator: 'Sealflow',
        CreationDate: date,
        ModDate: date,
      },
    });
    for (const name of ['regular', 'bold'] as const) {
      pdf.registerFont(name, fonts[name]).font(name);
      setLetterByLetter((pdf as unknown as { _font: EmbeddedFont })._font);
    }
    return new Sheet(pdf, printed);
  }

  lines(text: string, width: number, style: Style): string[] {
    this.use(style);
    return wrap(text, width, (part) => this.pdf.widthOfString(part));
  }

  heightOf({ size }: Style): number {
    return size * LEADING;
  }

  /** One line of text at a place of the page; right-aligned it ends at x. */
  put(text: string, x: number, y: number, style: Style, align: 'left' | 'right' = 'left'): void {
    if (text === '') return;
    this.use(style);
    const from = align === 'left' ? x : x - this.pdf.widthOfString(text);
    this.pdf.text(text, from, y, { lineBreak: false });
  }

  rule(y: number, weight = 0.5): void {
    this.pdf
      .moveTo(this.left, y)
      .lineTo(this.left + this.width, y)
      .lineWidth(weight)
      .strokeColor('#8c8c8c')
      .stroke();
  }

  band(y: number, height: number): void {
    this.pdf.rect(this.left, y, this.width, height).fill('#f0f2f5');
  }

  /** Is there room for so much? Otherwise a new page begins. @returns whether one did */
  room(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.pdf.addPage();
    this.y = MARGIN.top;
    return true;
  }

  /** What belongs to the pages and not to the text: marked, so that it is left out when the text is taken out again. */
  furniture(draw: () => void): void {
    this.pdf.markContent('Artifact', { type: 'Pagination' });
    draw();
    this.pdf.endMarkedContent();
  }

  close(): Promise<Buffer> {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(page);
      this.furniture(() => this.frame(page + 1, count));
    }
    this.pdf.end();
    return this.done;
  }

  private frame(page: number, of: number): void {
    const { name, language, textHash } = this.printed;
    const words = FRAME[language];
    const style = { size: FRAME_SIZE, colour: GREY };
    const right = this.left + this.width;
    this.put(name, this.left, 34, style);
    this.put(words.page(page, of), right, 34, style, 'right');
    this.rule(50);
    this.rule(this.bottom + 12);
    const mark = textHash === null ? words.draft : words.hash(textHash);
    this.put(mark, this.left, this.bottom + 18, { ...style, size: 7.5 });
  }

  private use({ size, font = 'regular', colour = '#1f1f1f' }: Style): void {
    this.pdf.font(font).fontSize(size).fillColor(colour);
  }
}
