import { answer, api } from '../api/client.js';
import type { EditPreview } from '../api/types.js';

/** Pointer → value, as an approver wants the content. */
export type Edits = Readonly<Record<string, unknown>>;

/** What an approval with these edits would bring about; nothing is written. */
export function previewEdits(seatId: string, edits: Edits): Promise<EditPreview> {
  return answer(
    api.POST('/api/v1/seats/{seatId}/edits/preview', { params: { path: { seatId } }, body: { edits } }),
  );
}
