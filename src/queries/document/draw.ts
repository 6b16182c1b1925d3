import type { Block, Column } from '../../domain/document/document.js';
import type { Sheet, Style } from './sheet.js';

const BODY: Style = { size: 9.5 };
const LABEL: Style = { size: 9.5, colour: '#595959' };
const HEAD: Style = { size: 9, font: 'bold' };
const HEADING: Style = { size: 11.5, font: 'bold' };
const TITLE: Style = { size: 18, font: 'bold' };
const LABEL_WIDTH = 130;
const GAP = 12;
const CELL = 4;

export function drawBlock(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'title':
      return paragraph(sheet, block.text, TITLE, GAP);
    case 'heading':
      sheet.room(70); // a heading does not end a page
      return paragraph(sheet, block.text, HEADING, 4);
    case 'prose':
      return paragraph(sheet, block.text, BODY, GAP);
    case 'facts':
      return facts(sheet, block.rows);
    case 'table':
      return table(sheet, block.columns, block.rows);
  }
}

function paragraph(sheet: Sheet, text: string, style: Style, gap: number): void {
  const height = sheet.heightOf(style);
  for (const line of sheet.lines(text, sheet.width, style)) {
    sheet.room(height);
    sheet.put(line, sheet.left, sheet.y, style);
    sheet.y += height;
  }
  sheet.y += gap;
}

function facts(sheet: Sheet, rows: readonly (readonly [string, string])[]): void {
  const height = sheet.heightOf(BODY);
  for (const [label, value] of rows) {
    const labels = sheet.lines(label, LABEL_WIDTH - 10, LABEL);
    const values = sheet.lines(value, sheet.width - LABEL_WIDTH, BODY);
    const count = Math.max(labels.length, values.length);
    sheet.room(count * height);
    labels.forEach((line, index) => sheet.put(line, sheet.left, sheet.y + index * height, LABEL));
    values.forEach((line, index) =>
      sheet.put(line, sheet.left + LABEL_WIDTH, sheet.y + index * height, BODY),
    );
    sheet.y += count * height + 2;
  }
  sheet.y += GAP;
}

/** Rows are never divided; where the table goes on, its head is repeated, as furniture of the page. */
function table(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const places = placesOf(sheet, columns);
  const height = sheet.heightOf(BODY);
  const titles = columns.map(({ title }) => title);
  const draw = (cells: readonly string[], style: Style): void => {
    const lines = cells.map((cell, index) => sheet.lines(cell, places[index]!.width - 2 * CELL, style));
    const tall = Math.max(...lines.map(({ length }) => length)) * height + CELL;
    if (style === BODY && sheet.room(tall)) sheet.furniture(() => draw(titles, HEAD));
    if (style === HEAD) sheet.band(sheet.y - 3, tall);
    lines.forEach((cell, index) => {
      const { x, width, align } = places[index]!;
      const at = align === 'left' ? x + CELL : x + width - CELL;
      cell.forEach((line, row) => sheet.put(line, at, sheet.y + row * height, style, align));
    });
    sheet.y += tall;
    sheet.rule(sheet.y - 3, 0.25);
  };
  sheet.room(90);
  draw(titles, HEAD);
  for (const row of rows) draw(row, BODY);
  sheet.y += GAP;
}

function placesOf(
  sheet: Sheet,
  columns: readonly Column[],
): { x: number; width: number; align: Column['align'] }[] {
  const whole = columns.reduce((sum, { weight }) => sum + weight, 0);
  let x = sheet.left;
  return columns.map(({ weight, align }) => {
    const place = { x, width: (sheet.width * weight) / whole, align };
    x += place.width;
    return place;
  });
}
