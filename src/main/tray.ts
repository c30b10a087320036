import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray } from 'electron';
import type { Volume } from '#shared/contract/volume.ts';
import type { Texts } from './texts.ts';
import { type TrayActions, trayMenu } from './tray-menu.ts';

/** The icon in the system's panel. Its menu is replaced only when it says something new, since a replaced menu closes. */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #texts: Texts;
  readonly #actions: TrayActions;
  #said = '';

  constructor(resources: string, texts: Texts, actions: TrayActions) {
    this.#texts = texts;
    this.#actions = actions;
    this.#tray = new Tray(trayImage(resources));
    if (process.platform !== 'darwin') {
      this.#tray.on('click', () => actions.show());
      nativeTheme.on('updated', () => this.#tray.setImage(trayImage(resources)));
    }
  }

  update(volumes: readonly Volume[]): void {
    const template = trayMenu(volumes, this.#texts, this.#actions);
    const says = JSON.stringify([template, volumes.map((volume) => [volume.fingerprint, volume.isEjectable, volume.tracking !== null])]);
    if (says === this.#said) return;
    this.#said = says;
    this.#tray.setContextMenu(Menu.buildFromTemplate(template));
    this.#tray.setToolTip(this.#texts.t('tray.toolTip', { count: volumes.filter((volume) => volume.isMounted).length }));
  }
}

/** macOS colours the image itself; elsewhere the panel is light or dark whatever the windows are. */
function trayImage(resources: string): Electron.NativeImage {
  const isMac = process.platform === 'darwin';
  const name = isMac ? 'trayTemplate' : nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'tray-dark' : 'tray-light';
  const image = nativeImage.createFromPath(join(resources, 'tray', `${name}.png`));
  image.setTemplateImage(isMac);
  return image;
}
