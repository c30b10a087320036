import { useState } from 'react';
import type { ActionRecord, FileAction } from '../../../shared/contract/action.ts';
import { engine } from '../../app/engine.ts';
import { sendable } from './hand-over.ts';

/** Runs an action for a dialog, which says itself what went wrong. `run` answers with null then. */
export function useRunAction() {
  const [state, setState] = useState<{ isRunning: boolean; error: unknown }>({ isRunning: false, error: null });
  const run = async (action: FileAction): Promise<ActionRecord | null> => {
    setState({ isRunning: true, error: null });
    try {
      const started = await engine.actions.run({ action: await sendable(action) });
      setState({ isRunning: false, error: null });
      return started.action;
    } catch (error) {
      setState({ isRunning: false, error });
      return null;
    }
  };
  return { ...state, run };
}
