import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitNode } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Tag } from '../ui/tag.js';

/** The reporting hierarchy, unit by unit, with who heads each. */
export function UnitTree({ units }: { units: readonly UnitNode[] }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <ul className="unit-tree">
      {units.map((unit) => (
        <li key={unit.id}>
          <span className="row">
            <span className="strong">{unit.name}</span>
            <Tag>{words('unitKind', unit.kind)}</Tag>
            <span className="small quiet">{unit.head ? unit.head.name : t('people.noHead')}</span>
          </span>
          {unit.children.length > 0 ? <UnitTree units={unit.children} /> : null}
        </li>
      ))}
    </ul>
  );
}
