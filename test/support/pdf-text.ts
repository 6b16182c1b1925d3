import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfText {
  /** every letter of the text without blanks */
  text: string;
  /** the furniture of each page: what is marked as an artifact */
  frames: string[];
}

/** What is written in a PDF, as a reader of its own takes it out. */
export async function pdfText(pdf: Buffer): Promise<PdfText> {
  const file = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  let text = '';
  const frames: string[] = [];
  for (let n = 1; n <= file.numPages; n += 1) {
    const options = { includeMarkedContent: true, disableNormalization: true };
    const { items } = await (await file.getPage(n)).getTextContent(options);
    let [depth, frame] = [0, ''];
    for (const item of items) {
      if ('str' in item) {
        if (depth > 0) frame += item.str;
        else text += item.str;
      } else depth += item.type === 'endMarkedContent' ? -1 : 1;
    }
    frames.push(frame);
  }
  return { text: text.replaceAll(/\s+/gu, ''), frames };
}
