import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** a sheet that must be answered: Escape does not close it */
  modal?: boolean;
}

/** A native modal dialog: in the middle on a desktop, from the bottom on a phone. Mount it to open it. */
export function Sheet({ title, onClose, children, modal = false }: SheetProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Escape that closes a list inside the sheet is not meant for the sheet
  const forList = useRef(false);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onKeyDownCapture={(event) => {
        if (event.key === 'Escape') {
          forList.current = dialog.current?.querySelector('[aria-expanded="true"]') != null;
        }
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (!modal && !forList.current) onClose();
      }}
    >
      <div className="sheet-body">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
