import type { ReactElement } from 'react';
import type { PolicyView } from '../api/types.js';
import { WhatIf } from './what-if.js';

export function WhatIfPane({ policy }: { policy: PolicyView }): ReactElement {
  return <WhatIf candidate={{ policyId: policy.id }} />;
}
