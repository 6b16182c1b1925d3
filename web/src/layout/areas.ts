import {
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  BellOutlined,
  ClearOutlined,
  DollarOutlined,
  EyeOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FormOutlined,
  FunnelPlotOutlined,
  ImportOutlined,
  PartitionOutlined,
  ShopOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

export interface Area {
  path: string;
  key:
    | 'inbox'
    | 'notifications'
    | 'forms'
    | 'opportunities'
    | 'quotes'
    | 'contracts'
    | 'customers'
    | 'prices'
    | 'imports'
    | 'people'
    | 'policies'
    | 'ops'
    | 'figures'
    | 'access'
    | 'erasure';
  Icon: ComponentType;
  /** shown only with this permission */
  permission: string | null;
  /** has its own place in the tab bar of a phone */
  onPhone: boolean;
}

export const AREAS: readonly Area[] = [
  { path: '/inbox', key: 'inbox', Icon: AuditOutlined, permission: null, onPhone: true },
  {
    path: '/notifications',
    key: 'notifications',
    Icon: BellOutlined,
    permission: null,
    onPhone: false,
  },
  { path: '/forms', key: 'forms', Icon: FormOutlined, permission: null, onPhone: true },
  {
    path: '/opportunities',
    key: 'opportunities',
    Icon: FunnelPlotOutlined,
    permission: 'opportunity:read',
    onPhone: false,
  },
  { path: '/quotes', key: 'quotes', Icon: FileTextOutlined, permission: 'quote:read', onPhone: true },
  {
    path: '/contracts',
    key: 'contracts',
    Icon: FileDoneOutlined,
    permission: 'contract:read',
    onPhone: true,
  },
  { path: '/customers', key: 'customers', Icon: ShopOutlined, permission: 'customer:read', onPhone: false },
  { path: '/ops', key: 'ops', Icon: ToolOutlined, permission: 'ops:read', onPhone: true },
  { path: '/prices', key: 'prices', Icon: DollarOutlined, permission: 'price:write', onPhone: false },
  { path: '/imports', key: 'imports', Icon: ImportOutlined, permission: 'import:run', onPhone: false },
  {
    path: '/policies',
    key: 'policies',
    Icon: PartitionOutlined,
    permission: 'policy:read',
    onPhone: false,
  },
  { path: '/figures', key: 'figures', Icon: BarChartOutlined, permission: 'figures:read', onPhone: false },
  { path: '/access', key: 'access', Icon: EyeOutlined, permission: 'audit:read', onPhone: false },
  { path: '/erasure', key: 'erasure', Icon: ClearOutlined, permission: 'privacy:erase', onPhone: false },
  { path: '/people', key: 'people', Icon: ApartmentOutlined, permission: null, onPhone: false },
];
