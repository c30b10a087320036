import { create } from 'zustand';
import type { Device } from '../../shared/contract/system.ts';

export type ConnectionStatus =
  | 'connecting'
  | 'connected'
  /** Was connected, is trying again by itself. */
  | 'reconnecting'
  /** The engine speaks another version of the contract. */
  | 'mismatch'
  /** The web page's cookie is missing or no longer valid. */
  | 'unauthorized';

interface ConnectionState {
  status: ConnectionStatus;
  /** What the engine said about itself; null before the first connection. */
  engine: { version: string; contractVersion: number; device: Device } | null;
  message: string | null;
}

export const useConnection = create<ConnectionState>(() => ({ status: 'connecting', engine: null, message: null }));
