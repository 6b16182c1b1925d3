import { open } from 'node:fs/promises';

/** Where roots of the audit chains go, off this machine: a file on a volume of somebody else's, or an address. */
export interface AnchorTarget {
  /** as operators know it */
  name: string;
  publish: (line: string) => Promise<void>;
}

/** Appends lines of JSON and returns when they are on the disk; meant for write-once storage or another host's share. */
export function anchorFile(path: string): AnchorTarget {
  return {
    name: `file:${path}`,
    async publish(line) {
      const file = await open(path, 'a');
      try {
        await file.write(`${line}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

const ANSWER_WITHIN_MS = 15_000;

/** POSTs each line; anything but a 2xx is a failure, so that the caller's retry goes on. */
export function anchorUrl(url: string): AnchorTarget {
  return {
    name: new URL(url).origin,
    async publish(line) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: line,
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      if (!response.ok) throw new Error(`the anchor address answered ${response.status}`);
    },
  };
}
