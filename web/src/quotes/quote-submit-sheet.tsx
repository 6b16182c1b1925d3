import type { ReactElement } from 'react';
import { PlanPreviewView } from './plan-preview.js';
import { previewQuote, submitQuote } from './quotes.api.js';
import { SubmitSheet } from './submit-sheet.js';

interface QuoteSubmitSheetProps {
  quoteId: string;
  again: boolean;
  onClose: () => void;
  onSubmitted: () => void;
}

export function QuoteSubmitSheet({ quoteId, ...sheet }: QuoteSubmitSheetProps): ReactElement {
  return (
    <SubmitSheet
      {...sheet}
      subject={quoteId}
      preview={() => previewQuote(quoteId)}
      show={(preview) => <PlanPreviewView preview={preview} />}
      takesCopies
      submit={(planHash, key, ccPersonIds) =>
        submitQuote(
          { id: quoteId, body: { planHash, ...(ccPersonIds.length > 0 ? { ccPersonIds } : {}) } },
          key,
        )
      }
    />
  );
}
