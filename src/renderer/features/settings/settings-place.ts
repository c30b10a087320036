import { create } from 'zustand';
import { navigate } from '../../app/navigation.ts';
import type { SettingId } from './setting.ts';

/** The setting that somebody wants to see; the page shows it, and forgets it. */
export const useWantedSetting = create<{ wanted: SettingId | null }>(() => ({ wanted: null }));

/** Opens the settings at one of them. */
export function openSetting(id: SettingId): void {
  useWantedSetting.setState({ wanted: id });
  navigate({ page: 'settings' });
}
