import type { MenuItemConstructorOptions } from 'electron';
import type { Volume } from '#shared/contract/volume.ts';
import type { Texts } from './texts.ts';

export interface TrayActions {
  openVolume(fingerprint: string): void;
  track(volume: Volume): void;
  eject(volume: Volume): void;
  show(): void;
  settings(): void;
  quit(): void;
}

const MAX_NAME_LENGTH = 40;

/** The live drives with their free space, each with what can be done to it. */
export function trayMenu(volumes: readonly Volume[], texts: Texts, actions: TrayActions): MenuItemConstructorOptions[] {
  const mounted = volumes.filter((volume) => volume.isMounted);
  const { t } = texts;
  return [
    ...(mounted.length === 0
      ? [{ label: t('tray.noDrives'), enabled: false }]
      : mounted.map((volume) => ({ label: driveLabel(volume, texts), submenu: driveMenu(volume, texts, actions) }))),
    { type: 'separator' },
    { label: t('tray.show'), click: () => actions.show() },
    { label: t('tray.settings'), click: () => actions.settings() },
    { type: 'separator' },
    { label: t('tray.quit'), click: () => actions.quit() },
  ];
}

function driveMenu(volume: Volume, { t }: Texts, actions: TrayActions): MenuItemConstructorOptions[] {
  const items: MenuItemConstructorOptions[] = [{ label: t('tray.open'), click: () => actions.openVolume(volume.fingerprint) }];
  if (!volume.tracking) items.push({ label: t('tray.track'), click: () => actions.track(volume) });
  if (volume.isEjectable) items.push({ label: t('tray.eject'), click: () => actions.eject(volume) });
  return items;
}

function driveLabel(volume: Volume, texts: Texts): string {
  const name = menuName(volume.name);
  if (volume.unresponsive) return texts.t('tray.unresponsive', { name });
  const total = texts.size(volume.totalBytes);
  if (volume.isReadOnly) return texts.t('tray.readOnly', { name, total });
  return texts.t('tray.free', { name, free: texts.size(volume.availableBytes), total });
}

/**
 * A drive's name as one line of a menu: names come from disks, and may hold line breaks, characters that turn the
 * direction of writing, or `&`, which menus take for the mark of a shortcut.
 */
export function menuName(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const short = [...line].length > MAX_NAME_LENGTH ? `${[...line].slice(0, MAX_NAME_LENGTH - 1).join('')}…` : line;
  return short.replaceAll('&', '&&');
}
