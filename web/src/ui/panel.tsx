import { useId, type ReactElement, type ReactNode } from 'react';

interface PanelProps {
  title: string;
  note?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Panel({ title, note, className, children }: PanelProps): ReactElement {
  const id = useId();
  return (
    <section className={className ? `panel ${className}` : 'panel'} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {note ? <div className="panel-note small quiet">{note}</div> : null}
      </div>
      {children}
    </section>
  );
}
