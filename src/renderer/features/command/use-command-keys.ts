import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect } from 'react';
import { useConfig } from '../settings/settings-queries.ts';
import { runChord } from './run-chord.ts';
import { useCommandContext } from './run-command.ts';
import { useCustomKeys } from './shortcuts.ts';

/**
 * The keys of all commands, wherever in the page they are pressed. What has the keyboard gets them first: a list moves by its arrows and
 * looks for what is typed.
 */
export function useCommandKeys(): void {
  const client = useQueryClient();
  const custom = useConfig()?.explorer.shortcuts;
  // They work as soon as what they are about is on screen.
  useLayoutEffect(() => {
    useCommandContext.setState({ context: { client } });
    return () => useCommandContext.setState({ context: null });
  }, [client]);
  useEffect(() => {
    if (custom) useCustomKeys.setState({ custom });
  }, [custom]);
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => void runChord(event);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
