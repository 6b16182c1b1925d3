import type { ReactElement } from 'react';
import { useMe } from '../api/session.js';
import { useCodeText } from '../i18n/code-text.js';

export function WhoAmI(): ReactElement {
  const me = useMe();
  const words = useCodeText();
  return (
    <div>
      <p className="strong">{me.name}</p>
      <p className="small quiet">
        {[words('role', me.roles[0] ?? ''), me.unit?.name].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}
