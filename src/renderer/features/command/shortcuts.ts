import { create } from 'zustand';
import { COMMAND_IDS, type CommandId, type CustomKeys, type KeyPlatform, keysOf } from '../../../shared/command-keys.ts';
import { isWebPage } from '../../app/web-transport.ts';
import { isMac } from '../../lib/platform.ts';

/** The keys that the user has chosen, as the configuration has them. */
export const useCustomKeys = create<{ custom: CustomKeys }>(() => ({ custom: {} }));

export function keyPlatform(): KeyPlatform {
  const platform = isMac ? 'mac' : 'other';
  return isWebPage() ? `web-${platform}` : platform;
}

/** The chords that mean a command now. */
export function shortcutsOf(id: CommandId, custom: CustomKeys = useCustomKeys.getState().custom): string[] {
  return keysOf(id, custom, keyPlatform());
}

/** The commands that a chord means: several where each is about another place, or where the user has let them collide. */
export function commandsWith(chord: string, custom: CustomKeys = useCustomKeys.getState().custom): CommandId[] {
  const own = COMMAND_IDS.filter((id) => id in custom);
  const usual = COMMAND_IDS.filter((id) => !(id in custom));
  // What the user has chosen goes before what merely comes that way.
  return [...own, ...usual].filter((id) => shortcutsOf(id, custom).includes(chord));
}
