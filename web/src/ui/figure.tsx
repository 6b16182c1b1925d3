import type { ReactElement, ReactNode } from 'react';
import './figure.css';

interface FigureProps {
  label: string;
  value: ReactNode;
  bad?: boolean;
  note?: ReactNode;
}

/** One number with its name, inside a `<dl className="figures">`. */
export function Figure({ label, value, bad = false, note }: FigureProps): ReactElement {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className={bad ? 'figure-value due-late' : 'figure-value'}>{value}</dd>
      {note ? <dd className="small quiet">{note}</dd> : null}
    </div>
  );
}
