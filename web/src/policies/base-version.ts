import { createContext, useContext } from 'react';
import type { PolicyView } from '../api/types.js';

const Base = createContext<PolicyView | null>(null);
export const BaseProvider = Base.Provider;

/** The version a draft was made from; null when there is none, and for versions. */
export function useBase(): PolicyView | null {
  return useContext(Base);
}
