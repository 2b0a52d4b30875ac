import { importPeer } from '../../import-peer.ts';
import type { StrandsMultiAgent, StrandsSdk } from './strands-shapes.ts';

/** Where the classes of Strands come from. */
export interface StrandsPackage {
  sdk(): Promise<StrandsSdk>;
  multiAgent(): Promise<StrandsMultiAgent>;
}

/** Loaded on first use, by names that bundlers see: hooks are registered by class, so that a second copy is none. */
export const INSTALLED_STRANDS: StrandsPackage = {
  sdk: () => importPeer('@strands-agents/sdk', () => import('@strands-agents/sdk')),
  multiAgent: () => importPeer('@strands-agents/sdk', () => import('@strands-agents/sdk/multiagent')),
};
