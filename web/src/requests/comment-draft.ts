import { useState } from 'react';

export interface CommentDraft {
  text: string;
  set(text: string): void;
  clear(): void;
}

/** A comment under way, per request: survives an error, a lost session, Back and reload of this tab. */
export function useCommentDraft(requestId: string): CommentDraft {
  const name = `sealflow.comment.${requestId}`;
  const [text, setText] = useState(() => sessionStorage.getItem(name) ?? '');
  return {
    text,
    set: (next) => {
      setText(next);
      sessionStorage.setItem(name, next);
    },
    clear: () => {
      setText('');
      sessionStorage.removeItem(name);
    },
  };
}
