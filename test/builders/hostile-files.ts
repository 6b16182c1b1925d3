import { constants, deflateRawSync, deflateSync } from 'node:zlib';

const MEBIBYTE = 1024 * 1024;
const ZLIB_HEADER = Buffer.from([0x78, 0x9c]);

/** Zlib data of as many mebibytes of zeros: one block of 16 after another, which is quick to make. */
function zeros(mebibytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(16 * MEBIBYTE), { finishFlush: constants.Z_FULL_FLUSH });
  const blocks = Array.from({ length: mebibytes / 16 }, () => block);
  return Buffer.concat([ZLIB_HEADER, ...blocks, deflateRawSync(Buffer.alloc(0))]);
}

/** A PDF of one page whose content is the stream. */
function pdfOf(stream: Buffer, filter: string, more: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([
    Buffer.from(
      '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n' +
        '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>\nendobj\n' +
        `4 0 obj\n<</Length ${stream.length}/Filter${filter}>>\nstream\r\n`,
    ),
    stream,
    Buffer.from('\nendstream\nendobj\n'),
    more,
    Buffer.from('trailer\n<</Root 1 0 R>>\n%%EOF\n'),
  ]);
}

const PAGE = deflateSync(Buffer.from('BT /F1 12 Tf (Signed by both sides) Tj ET'));

/** Small files that would take whoever opens them very much, by the code they are refused with. */
export const PDF_BOMBS: Readonly<Record<string, () => Buffer>> = {
  UNPACKS_TOO_LARGE: () => pdfOf(zeros(2048), '/FlateDecode'),
  PACKED_TWICE: () => pdfOf(deflateSync(zeros(2048)), '[/FlateDecode/FlateDecode]'),
  TOO_MANY_OBJECTS: () => pdfOf(PAGE, '/FlateDecode', Buffer.from('9 0 obj\n0\nendobj\n'.repeat(250_000))),
  TOO_DEEP: () => pdfOf(PAGE, '/FlateDecode', Buffer.from(`5 0 obj\n${'<</A['.repeat(100_000)}\nendobj\n`)),
};

/** A million objects in one stream of objects. */
export const packedObjects = (): Buffer =>
  pdfOf(
    PAGE,
    '/FlateDecode',
    Buffer.from(
      `5 0 obj\n<</Type/ObjStm/N 1000000/First 9/Length 9/Filter/FlateDecode>>\nstream\nx\nendstream\nendobj\n`,
    ),
  );

/** As a scanner makes it: a white page of 60 mebibytes beside a packed text. */
export const scan = (): Buffer =>
  pdfOf(
    PAGE,
    '/FlateDecode',
    Buffer.concat([
      Buffer.from('6 0 obj\n<</Subtype/Image/Filter/FlateDecode>>\nstream\n'),
      deflateSync(Buffer.alloc(60 * MEBIBYTE, 0xff), { level: 1 }),
      Buffer.from('\nendstream\nendobj\n'),
    ]),
  );

/** A zip of one part whose directory claims what it likes of its size. */
export function zip(content: Buffer, claimed: number): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(claimed, 24);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + packed.length, 16);
  return Buffer.concat([local, packed, entry, end]);
}
